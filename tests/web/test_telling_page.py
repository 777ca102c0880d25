"""One's own wishes, and the link at the foot of a mail."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comptoir.activity.models import Event
from comptoir.core.ids import new_id
from comptoir.notifications.actions.addresses import note_bounce
from comptoir.notifications.models import OfficePolicy, Preference
from comptoir.notifications.unsubscribing import Subscription, unsubscribe_link
from comptoir.people.models import Membership
from comptoir.people.profiles import Profile
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.people.models import Company

    Browser = Callable[[Membership], Client]

WISHES = {
    "email_on": "on",
    "delay_minutes": "30",
    "digest_hour": "",
    "urgent_at_once": "on",
    "quiet_from": "22:00",
    "quiet_to": "07:00",
    "days": ["0", "1", "2", "3", "4"],
}


def save(browser: Client, member: Membership, **changed: object) -> int:
    answer = browser.post(reverse("telling_save", args=[member.pk]), {**WISHES, **changed})
    return int(answer.status_code)


def test_keeps_what_is_wished(browser_of: Browser, sophie: Membership) -> None:
    assert save(browser_of(sophie), sophie) == 302
    kept = Preference.objects.get(pk=sophie.pk)
    assert (kept.email_on, kept.push_on, kept.urgent_at_once) == (True, False, True)
    assert (kept.delay_minutes, kept.digest_hour) == (30, None)
    assert (kept.quiet_from, kept.quiet_to) == (time(22), time(7))
    assert kept.working_days == 0b0011111

    page = browser_of(sophie).get(reverse("telling")).content.decode()
    assert '<option value="30" selected>' in page
    assert 'value="22:00"' in page
    assert page.count('name="days" value') == 7
    assert save(browser_of(sophie), sophie, quiet_from="", quiet_to="", delay_minutes="") == 302
    kept.refresh_from_db()
    assert (kept.delay_minutes, kept.quiet_from, kept.quiet_to) == (None, None, None)


def test_begins_with_the_defaults_of_ones_side(
    browser_of: Browser, sophie: Membership, accountant: Membership
) -> None:
    OfficePolicy.objects.create(office_id=sophie.office_id, delay_minutes=240)
    hers = browser_of(sophie).get(reverse("telling")).content.decode()
    assert "4 heures" in hers
    assert '<option value="8" selected>' not in hers
    assert '<option value="8" selected>' in browser_of(accountant).get(reverse("telling")).content.decode()
    assert Preference.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"days": []}, {"quiet_to": ""}, {"digest_hour": "24"}, {"delay_minutes": "1"}, {"days": ["7"]}]
)
def test_tells_what_is_to_be_corrected(
    browser_of: Browser, sophie: Membership, wrong: dict[str, object]
) -> None:
    assert save(browser_of(sophie), sophie, **wrong) == 422
    assert Preference.objects.count() == 0


def test_another_of_ones_memberships(browser_of: Browser, sophie: Membership, garage: Company) -> None:
    second = Membership.objects.create(
        office=sophie.office, person=sophie.person, company=garage, profile=Profile.FULL_ACCESS
    )
    page = browser_of(sophie).get(reverse("telling"))
    assert [one.pk for one, _ in page.context["places"]] == [sophie.pk, second.pk]
    assert save(browser_of(sophie), second) == 302
    assert list(Preference.objects.values_list("pk", flat=True)) == [second.pk]


def test_nobody_elses(browser_of: Browser, sophie: Membership, partner: Membership) -> None:
    assert save(browser_of(sophie), partner) == 404
    assert Preference.objects.count() == 0


def test_costs_the_same_for_three_memberships(
    browser_of: Browser, sophie: Membership, garage: Company, elsewhere: Company
) -> None:
    browser, counts = browser_of(sophie), []
    for more in (garage, elsewhere, None):
        browser.get(reverse("telling"))
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("telling"))
        counts.append(len(asked))
        if more:
            Membership.objects.create(
                office=more.office, person=sophie.person, company=more, profile=Profile.FULL_ACCESS
            )
    assert min(counts) == max(counts)


def test_says_that_mails_come_back(browser_of: Browser, sophie: Membership) -> None:
    note_bounce(sophie.person.email, reason="550 No such user", at=NOW)
    assert "reviennent" in browser_of(sophie).get(reverse("telling")).content.decode()


# ── Unsubscribing ────────────────────────────────────────────────────────
@pytest.fixture
def link(sophie: Membership) -> str:
    return (
        "/unsubscribe/" + unsubscribe_link(Subscription(sophie.person_id, sophie.office_id)).rsplit("/", 1)[1]
    )


def test_a_scanner_that_follows_the_link_changes_nothing(link: str) -> None:
    for ask in (Client().get, Client().head):
        assert ask(link).status_code == 200
    assert Preference.objects.count() == 0


def test_one_click_of_the_mail_program(link: str, sophie: Membership) -> None:
    """RFC 8058: a POST without session, cookie or token of a form."""
    answer = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Preference.objects.get(pk=sophie.pk).email_on is False
    assert Event.objects.filter(verb="telling.stopped", subject_id=sophie.pk).count() == 1
    Client().post(link, {"List-Unsubscribe": "One-Click"})
    assert Event.objects.filter(verb="telling.stopped").count() == 1


def test_and_back(link: str, sophie: Membership) -> None:
    browser = Client()
    assert "M’écrire de nouveau" in browser.post(link, {"mails": "off"}).content.decode()
    browser.post(link, {"mails": "on"})
    assert Preference.objects.get(pk=sophie.pk).email_on is True


def test_speaks_the_readers_language(link: str, sophie: Membership) -> None:
    sophie.person.language = "nl"
    sophie.person.save()
    page = Client(headers={"Accept-Language": "de"}).get(link).content.decode()
    assert "Geen e-mails meer" in page


def test_every_membership_in_that_office_and_no_other(
    link: str, sophie: Membership, garage: Company, elsewhere: Company
) -> None:
    for company in (garage, elsewhere):
        Membership.objects.create(
            office=company.office, person=sophie.person, company=company, profile=Profile.FULL_ACCESS
        )
    Client().post(link)
    stopped = Preference.objects.filter(email_on=False)
    assert set(stopped.values_list("member__company", flat=True)) == {sophie.company_id, garage.pk}


def test_a_link_that_is_not_ours(link: str, sophie: Membership) -> None:
    forged = unsubscribe_link(Subscription(sophie.person_id, new_id())).rsplit("/", 1)[1]
    for token in ("x", "x:y", link.rsplit("/", 1)[1][:-1], forged):
        answer = Client().post(f"/unsubscribe/{token}")
        assert answer.status_code == 404
    assert Preference.objects.count() == 0
