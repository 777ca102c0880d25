"""The audit trail: read by an administrator of the same office, filtered, exported; earlier texts unsealed."""

from __future__ import annotations

import ast
import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.conversations.actions.message import delete_message, edit_message
from comptoir.people.actions.companies import FIELDS as COMPANY_FIELDS
from comptoir.people.actions.companies import change_company
from comptoir.people.actions.groups import create_group
from comptoir.web.desk.audit_rows import NOT_SHOWN
from comptoir.web.desk.audit_words import NAMES
from tests.world import begin, say

ROOT = Path(__file__).resolve().parents[2]

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpResponse
    from django.test import Client

    from comptoir.people.models import Company, Group, Membership

    Browser = Callable[[Membership], Client]

AUDIT = "/desk/settings/audit"


def rows(answer: HttpResponse) -> list[str]:
    return [row.event.verb for row in answer.context["rows"]]


def test_shows_who_did_what_in_this_office_only(
    browser_of: Browser, admin: Membership, outsider: Membership, bakery: Company, now: datetime
) -> None:
    begin(admin, bakery)
    answer = browser_of(admin).get(AUDIT)
    first = answer.context["rows"][0]
    assert (first.by, first.company) == ("Philippe Talmont", bakery.name)
    assert {row.event.office_id for row in answer.context["rows"]} == {admin.office_id}
    assert Verb.CONVERSATION_STARTED not in rows(browser_of(outsider).get(AUDIT))


def test_says_changes_with_the_names_of_people_and_groups(  # noqa: PLR0917 -- people
    browser_of: Browser,
    admin: Membership,
    colleague: Membership,
    bakery: Company,
    group: Group,
    now: datetime,
) -> None:
    change_company(
        bakery.pk, by=admin, at=now, name=bakery.name, enterprise_number=bakery.enterprise_number,
        vat_regime="monthly", language="fr", manager_id=colleague.pk, group_id=None,
    )  # fmt: skip
    details = browser_of(admin).get(AUDIT, {"verb": "company.changed"}).context["rows"][0].details
    assert "Gestionnaire : Nathalie Verhulst → Julien Moreau" in details
    assert "Groupe : Namur → —" in details


def test_every_fact_that_is_recorded_has_a_name() -> None:
    """Read from the code: what is given to `record` and its like, besides what says who, when and where."""
    place = {"office_id", "company_id", "conversation_id", "by_id", "by", "at", "member_id", "changes"}
    found = set(COMPANY_FIELDS)
    for path in (ROOT / "comptoir").rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        for call in calls:
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name.startswith(("record", "_record")):
                found |= {keyword.arg for keyword in call.keywords if keyword.arg}
    assert {"profile", "restored", "vat_regime"} <= found
    assert found - place - NOT_SHOWN <= set(NAMES)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"verb": "conversation.started"}, 1),
        ({"person": "sophie"}, 1),
        ({"person": "client@demo"}, 1),
        ({"person": "nobody"}, 0),
        ({"company": "pain", "verb": "conversation.started"}, 1),
        ({"company": "garage", "verb": "conversation.started"}, 0),
        ({"since": "2026-11-12", "until": "2026-11-12"}, 1),
        ({"since": "2026-11-13"}, 0),
        ({"until": "2026-11-11", "verb": "conversation.started"}, 0),
    ],
)
def test_filters(  # noqa: PLR0917 -- people
    query: dict[str, str],
    found: int,
    browser_of: Browser,
    admin: Membership,
    sophie: Membership,
    bakery: Company,
) -> None:
    begin(sophie, bakery)
    Event.objects.filter(verb=Verb.MEMBER_JOINED)._raw_delete("default")
    assert len(rows(browser_of(admin).get(AUDIT, query))) == found


@pytest.mark.parametrize(
    "query",
    [{"since": "x"}, {"verb": "no.such"}, {"after": "x~y"}, {"after": "2026-01-01~"}, {"person": "\x00"}],
)
def test_nonsense_in_the_address_is_no_fault(
    query: dict[str, str], browser_of: Browser, admin: Membership
) -> None:
    assert browser_of(admin).get(AUDIT, query).status_code == 200


def test_goes_on_where_a_page_ends(browser_of: Browser, admin: Membership, now: datetime) -> None:
    for number in range(150):
        create_group(f"Groupe {number}", by=admin, at=now)
    browser, seen = browser_of(admin), []
    address = AUDIT
    while address:
        answer = browser.get(address)
        seen += [row.event.pk for row in answer.context["rows"]]
        address = answer.context["next_page"] and f"{AUDIT}{answer.context['next_page']}"
    assert seen == list(
        Event.objects.filter(office_id=admin.office_id).order_by("-at", "-pk").values_list("pk", flat=True)
    )


def test_costs_the_same_for_one_and_for_many(
    browser_of: Browser, admin: Membership, sophie: Membership, bakery: Company
) -> None:
    browser = browser_of(admin)
    with CaptureQueriesContext(connection) as few:
        browser.get(AUDIT)
    talk = begin(sophie, bakery).conversation
    for number in range(5):
        say(talk, sophie, f"Encore {number}")
    with CaptureQueriesContext(connection) as many:
        browser.get(AUDIT)
    assert len(many) == len(few)


# ── Export ───────────────────────────────────────────────────────────────
def exported(browser: Client, **filters: str) -> list[list[str]]:
    answer = browser.post(reverse("audit_export"), filters)
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_exports_what_the_filter_finds_and_records_that(
    browser_of: Browser, admin: Membership, now: datetime
) -> None:
    create_group("=cmd|' /C calc'!A1", by=admin, at=now)
    heading, line = exported(browser_of(admin), verb="group.created", since="2026-11-01")
    assert len(heading) == len(line)
    assert line[2:4] == ["Philippe Talmont", "admin@demo.example"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line)
    event = Event.objects.get(verb=Verb.AUDIT_EXPORTED)
    assert (event.by_id, event.facts) == (
        admin.pk,
        {"filters": {"verb": "group.created", "since": "2026-11-01"}},
    )


@pytest.mark.parametrize(("who", "status"), [("accountant", 403), ("assistant", 403), ("sophie", 404)])
def test_nobody_else_exports(
    who: str, status: int, browser_of: Browser, request: pytest.FixtureRequest
) -> None:
    assert browser_of(request.getfixturevalue(who)).post(reverse("audit_export")).status_code == status
    assert not Event.objects.filter(verb=Verb.AUDIT_EXPORTED).exists()


# ── Earlier texts ────────────────────────────────────────────────────────
def test_an_earlier_text_is_read_by_a_button_and_recorded(
    browser_of: Browser, admin: Membership, sophie: Membership, bakery: Company, now: datetime
) -> None:
    message = begin(sophie, bakery, body="Première version").message
    edit_message(message.pk, by=sophie, at=now, body="Deuxième version")
    delete_message(message.pk, by=sophie, at=now)
    browser, page = browser_of(admin), reverse("audit_message", args=[message.pk])
    assert "version" not in browser.get(page).content.decode()
    assert not Event.objects.filter(verb=Verb.MESSAGE_UNSEALED).exists()
    shown = browser.post(page)
    assert [text.body for text in shown.context["texts"]] == ["Première version", "Deuxième version"]
    event = Event.objects.get(verb=Verb.MESSAGE_UNSEALED)
    assert (event.subject_id, event.by_id, event.company_id) == (message.pk, admin.pk, bakery.pk)
    assert "version" not in str(event.facts)


@pytest.mark.parametrize(
    ("who", "status"), [("accountant", 403), ("assistant", 403), ("sophie", 404), ("outsider", 404)]
)
def test_nobody_else_reads_it(  # noqa: PLR0917 -- people
    who: str,
    status: int,
    browser_of: Browser,
    sophie: Membership,
    bakery: Company,
    now: datetime,
    request: pytest.FixtureRequest,
) -> None:
    message = begin(sophie, bakery, body="Première version").message
    edit_message(message.pk, by=sophie, at=now, body="Deuxième version")
    browser = browser_of(request.getfixturevalue(who))
    for answer in (
        browser.get(reverse("audit_message", args=[message.pk])),
        browser.post(reverse("audit_message", args=[message.pk])),
    ):
        assert answer.status_code == status
        assert "Première" not in answer.content.decode()
    assert not Event.objects.filter(verb=Verb.MESSAGE_UNSEALED).exists()


def test_a_message_that_never_changed_has_none(
    browser_of: Browser, admin: Membership, sophie: Membership, bakery: Company
) -> None:
    message = begin(sophie, bakery).message
    assert browser_of(admin).post(reverse("audit_message", args=[message.pk])).status_code == 404
