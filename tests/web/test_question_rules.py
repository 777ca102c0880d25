"""What decides whether something is asked: the office's thresholds, a dossier's remembered answers and accounts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.questions.models import AnswerRule, DirectorAccounts, OfficeThresholds
from comptoir.questions.queries import thresholds_of
from comptoir.questions.thresholds import DEFAULT
from comptoir.web.desk.settings_questions import ThresholdsForm, shown
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Company, Membership

    Browser = Callable[[Membership], Client]

SETTINGS = "settings_questions"
IBAN = "BE71096123456769"


def rule(company: Company, party: str = "Colruyt NV", **more: object) -> AnswerRule:
    facts = {"type": "A1", "choice": "private", "since_on": NOW.date(), "made_at": NOW, **more}
    return AnswerRule.objects.create(
        office_id=company.office_id, company=company, party=party, party_key=party.lower(), **facts
    )


def test_every_threshold_has_its_field() -> None:
    assert set(ThresholdsForm().fields) == set(shown(DEFAULT))


def test_saving_what_is_shown_changes_nothing(browser_of: Browser, admin: Membership) -> None:
    form = browser_of(admin).get(reverse(SETTINGS)).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    assert browser_of(admin).post(reverse(SETTINGS), typed).status_code == 302
    assert thresholds_of(admin.office_id) == DEFAULT
    assert not Event.objects.filter(verb=Verb.THRESHOLDS_CHANGED).exists()


def test_thresholds_as_a_belgian_writes_them(browser_of: Browser, admin: Membership) -> None:
    typed = {
        "investment_from": "1.250,50",
        "usual_share": "40",
        "private_words": "Lidl,  ALDI ,",
        "overdue_days": "30",
    }
    assert browser_of(admin).post(reverse(SETTINGS), typed).status_code == 302
    own = thresholds_of(admin.office_id)
    assert (own.investment_from, own.usual_share, own.overdue_days) == (
        Decimal("1250.50"),
        Decimal("0.4"),
        30,
    )
    assert own.private_words == ("lidl", "aldi")
    assert own.document_days == DEFAULT.document_days
    assert Event.objects.filter(verb=Verb.THRESHOLDS_CHANGED, by_id=admin.pk).count() == 1
    page = browser_of(admin).get(reverse(SETTINGS)).text
    assert 'value="1250,50"' in page
    assert browser_of(admin).post(reverse(SETTINGS), {"overdue_days": ""}).status_code == 302
    assert thresholds_of(admin.office_id) == DEFAULT


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("overdue_days", "-1", "supérieure ou égale à 0"),
        ("overdue_days", "soon", "nombre entier"),
        ("cash_from", "beaucoup", "Saisissez un nombre"),
        ("usual_share", "101", "inférieure ou égale à 100"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    name: str, typed: str, said: str, browser_of: Browser, admin: Membership
) -> None:
    answer = browser_of(admin).post(reverse(SETTINGS), {name: typed, "part_days": "3"})
    assert (answer.status_code, OfficeThresholds.objects.count()) == (422, 0)
    assert said in answer.text
    assert answer.context["form"]["part_days"].value() == "3"


def test_a_dossier_shows_what_it_remembers(
    browser_of: Browser, accountant: Membership, bakery: Company
) -> None:
    kept = rule(bakery, made_by=accountant, dropped_count=3, last_dropped_at=NOW)
    page = browser_of(accountant).get(reverse("question_rules", args=[bakery.pk]))
    (row,) = page.context["rows"]
    assert (row.rule, row.answer, row.question) == (kept, "Privé", "Cette dépense est-elle professionnelle ?")
    assert "3 questions non posées" in page.text
    assert [value for value, _text in row.others] == ["business", "refund"]
    browser_of(accountant).post(reverse("rule_change", args=[kept.pk]), {"choice": "business"})
    kept.refresh_from_db()
    assert kept.choice == "business"
    browser_of(accountant).post(reverse("rule_end", args=[kept.pk]))
    kept.refresh_from_db()
    assert kept.ended_at is not None
    assert browser_of(accountant).get(reverse("question_rules", args=[bakery.pk])).context["rows"] == []


def test_a_mixed_use_stays_as_it_is_when_it_is_not_changed(
    browser_of: Browser, accountant: Membership, bakery: Company
) -> None:
    kept = rule(bakery, choice="mixed", detail={"percent": "35"})
    where = reverse("rule_change", args=[kept.pk])
    assert browser_of(accountant).post(where, {"choice": "mixed", "percent": "35"}).status_code == 302
    kept.refresh_from_db()
    assert (kept.choice, kept.detail, kept.since_on) == ("mixed", {"percent": "35"}, NOW.date())
    assert browser_of(accountant).post(where, {"choice": "refund", "percent": "35"}).status_code == 302
    kept.refresh_from_db()
    assert (kept.choice, kept.detail) == ("refund", {})


def test_an_assistant_reads_and_changes_nothing(
    browser_of: Browser, assistant: Membership, bakery: Company
) -> None:
    kept = rule(bakery)
    page = browser_of(assistant).get(reverse("question_rules", args=[bakery.pk]))
    assert [row.rule for row in page.context["rows"]] == [kept]
    assert "<form" not in page.text.partition("<main")[2]


def test_as_many_queries_for_one_rule_as_for_three(
    browser_of: Browser, accountant: Membership, bakery: Company
) -> None:
    counts, browser = [], browser_of(accountant)
    for party in ("A", "B", "C"):
        rule(bakery, party, made_by=accountant)
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("question_rules", args=[bakery.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_the_director_s_accounts(browser_of: Browser, accountant: Membership, bakery: Company) -> None:
    where = reverse("director_accounts", args=[bakery.pk])
    wrong = browser_of(accountant).post(where, {"ibans": "BE71 0961 2345 6769\nBE12"})
    assert (wrong.status_code, DirectorAccounts.objects.count()) == (422, 0)
    assert "« BE12 » n’est pas un numéro de compte (IBAN)." in wrong.text
    for _ in range(2):
        typed = {"ibans": "be71 0961 2345 6769\n\nBE71096123456769\n"}
        assert browser_of(accountant).post(where, typed).status_code == 302
    assert DirectorAccounts.objects.get().ibans == [IBAN]
    assert Event.objects.filter(verb=Verb.DIRECTOR_ACCOUNTS_CHANGED, company_id=bakery.pk).count() == 1
