"""The calendar on the desk: the office's and a dossier's, what is set otherwise, and the addresses for programs."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from comptoir.campaigns.actions.deadlines import set_date
from comptoir.campaigns.actions.feeds import make_feed, revoke_feed
from comptoir.campaigns.models import CalendarFeed, OwnDeadline
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.core.ids import new_id
from comptoir.people.actions.companies import archive_company, change_company
from comptoir.people.actions.memberships import end_membership
from comptoir.people.models import Company, Membership
from tests.doors.knock import contents
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    Browser = Callable[[Membership], Client]

pytestmark = pytest.mark.usefixtures("clock")  # a Thursday, 12 November 2026
OWN = {"obligation": "return", "regime": "quarterly", "due_on": date(2027, 1, 20), "reason": "Congé."}


def put_under(company: Company, regime: str, *, by: Membership) -> None:
    facts = {"name": company.name, "enterprise_number": company.enterprise_number, "language": "fr"}
    change_company(
        company.pk, by=by, at=NOW, vat_regime=regime, manager_id=company.manager_id, group_id=None, **facts
    )


def dates(answer: Any) -> list[tuple[str, str]]:
    return [
        (row.deadline.due_on.isoformat(), f"{row.deadline.obligation} {row.deadline.period}")
        for month in answer.context["months"]
        for row in month.rows
    ]


# ── Looking ──────────────────────────────────────────────────────────────
def test_the_office_sees_both_kinds_of_filers(browser_of: Browser, accountant: Membership) -> None:
    answer = browser_of(accountant).get(reverse("deadlines"), {"year": "2026"})
    found = dates(answer)
    assert ("2026-11-20", "return 2026-10") in found
    assert ("2026-10-25", "return 2026-Q3") in found
    assert found == sorted(found, key=lambda one: one[0])
    assert {day[:4] for day, _ in found} == {"2026"}
    assert "vendredi 20 novembre" in answer.text
    assert "3e trimestre 2026" in answer.text
    assert reverse("deadline_rule") not in answer.text  # nothing that an accountant may not do


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        ("", "2026-11-20", "2027-10-25"),
        ("x", "2026-11-20", "2027-10-25"),
        ("1999", "2026-11-20", "2027-10-25"),
        ("2028", "2026-11-20", "2027-10-25"),
        ("2024", "2024-01-22", "2024-12-24"),
        ("2027", "2027-01-20", "2027-12-24"),
    ],
)
def test_what_comes_up_or_another_year(
    year: str, first: str, last: str, browser_of: Browser, accountant: Membership
) -> None:
    days = [day for day, _ in dates(browser_of(accountant).get(reverse("deadlines"), {"year": year}))]
    assert (days[0], days[-1]) == (first, last)


@pytest.mark.parametrize(
    ("regime", "number"), [("monthly", 12 * 3 + 2), ("quarterly", 4 * 3 + 2), ("exempt", 0)]
)
def test_a_dossier_sees_its_own(
    regime: str, number: int, browser_of: Browser, admin: Membership, bakery: Company
) -> None:
    put_under(bakery, regime, by=admin)
    answer = browser_of(admin).get(reverse("company_deadlines", args=[bakery.pk]), {"year": "2027"})
    assert len(dates(answer)) == number


# ── Setting ──────────────────────────────────────────────────────────────
def test_an_administrator_sets_a_date_and_withdraws_it(browser_of: Browser, admin: Membership) -> None:
    browser = browser_of(admin)
    form = reverse("deadline_date", args=["quarterly", "2026-Q4", "return"])
    assert "25 janv. 2027" in browser.get(form).text  # the law's, to compare
    wrong = browser.post(form, {"due_on": "2027-01-20", "reason": ""})
    assert (wrong.status_code, OwnDeadline.objects.count()) == (422, 0)
    assert browser.post(form, {"due_on": "2027-01-20", "reason": "Congé."}).status_code == 302
    page = browser.get(reverse("deadlines"), {"year": "2027"})
    assert ("2027-01-20", "return 2026-Q4") in dates(page)
    assert "Congé." in page.text
    one = OwnDeadline.objects.get()
    assert browser.post(reverse("deadline_withdraw", args=[one.pk])).status_code == 302
    assert ("2027-01-25", "return 2026-Q4") in dates(browser.get(reverse("deadlines"), {"year": "2027"}))


def test_an_administrator_sets_a_rule(browser_of: Browser, admin: Membership) -> None:
    typed = {
        "obligation": "return",
        "regime": "monthly",
        "day": "15",
        "shifts": "on",
        "valid_from": "2026-10-01",
        "valid_to": "",
        "reason": "Plus tôt.",
    }
    browser = browser_of(admin)
    assert browser.post(reverse("deadline_rule"), {**typed, "day": "40"}).status_code == 422
    assert browser.post(reverse("deadline_rule"), typed).status_code == 302
    assert ("2026-11-16", "return 2026-10") in dates(browser.get(reverse("deadlines")))


@pytest.mark.parametrize(
    "which", [("monthly", "2026-Q4", "return"), ("exempt", "2026-10", "return"), ("x", "y", "z")]
)
def test_what_nobody_owes_has_no_page(which: tuple[str, ...], browser_of: Browser, admin: Membership) -> None:
    assert browser_of(admin).get(reverse("deadline_date", args=which)).status_code == 404


# ── The calendar program ─────────────────────────────────────────────────
def fetched(secret: str) -> Any:
    return Client().get(reverse("calendar_feed", args=[secret]))


def events(secret: str) -> dict[str, Any]:
    calendar = Calendar.from_ical(fetched(secret).content)
    return {str(event["uid"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}


def test_the_address_is_shown_once_and_answers_a_program_without_a_session(
    browser_of: Browser, accountant: Membership
) -> None:
    browser = browser_of(accountant)
    page = browser.post(reverse("feed_make"))
    (secret,) = re.findall(r"/calendar/([\w-]{40,})\.ics", page.text)
    assert secret not in browser.get(reverse("deadlines")).text
    assert secret not in str(CalendarFeed.objects.values().get())
    answer = fetched(secret)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert CalendarFeed.objects.get().last_used_on == NOW.date()


def test_it_holds_the_dates_as_whole_days_in_the_language_of_whoever_made_it(
    admin: Membership, accountant: Membership
) -> None:
    _feed, secret = make_feed(None, by=accountant, at=NOW)
    set_date("2026-Q4", by=admin, at=NOW, **OWN)
    found = events(secret)
    ours, law = found["return-quarterly-2026-Q4"], found["return-quarterly-2026-Q3"]
    assert (ours["dtstart"].dt, ours["dtend"].dt) == (date(2027, 1, 20), date(2027, 1, 21))
    assert str(ours["summary"]) == "Déclaration TVA · Trimestriel · 4e trimestre 2026"
    assert "Congé." in str(ours["description"])
    assert law["dtstart"].dt == date(2026, 10, 25)
    years = {event["dtstart"].dt.year for event in found.values()}
    assert years == {2025, 2026, 2027}


def test_that_of_a_dossier_holds_its_own_dates_only(admin: Membership, bakery: Company) -> None:
    put_under(bakery, "monthly", by=admin)
    _feed, secret = make_feed(bakery.pk, by=admin, at=NOW)
    assert {uid.split("-")[1] for uid in events(secret)} == {"monthly"}
    assert bakery.name in fetched(secret).text


def test_a_revoked_address_is_as_one_that_never_was(accountant: Membership) -> None:
    feed, secret = make_feed(None, by=accountant, at=NOW)
    revoke_feed(feed.pk, by=accountant, at=NOW)
    guessed = "x" * len(secret)
    gone, never = fetched(secret), fetched(guessed)
    assert (gone.status_code, never.status_code) == (404, 404)
    assert contents(gone).replace(secret.encode(), guessed.encode()) == contents(never)


def test_it_ends_with_the_access_of_whoever_made_it(admin: Membership, colleague: Membership) -> None:
    _feed, secret = make_feed(None, by=colleague, at=NOW)
    assert fetched(secret).status_code == 200
    end_membership(colleague.pk, by=admin, at=NOW)
    assert fetched(secret).status_code == 404


def test_it_ends_where_its_dossier_is_seen_no_more(
    admin: Membership, accountant: Membership, bakery: Company
) -> None:
    _feed, theirs = make_feed(bakery.pk, by=accountant, at=NOW)
    _feed, ours = make_feed(bakery.pk, by=admin, at=NOW)
    assert [fetched(theirs).status_code, fetched(ours).status_code] == [200, 200]
    Company.objects.filter(pk=bakery.pk).update(manager=None, group=None)
    assert [fetched(theirs).status_code, fetched(ours).status_code] == [404, 200]
    archive_company(bakery.pk, by=admin, at=NOW + timedelta(hours=1))
    assert fetched(ours).status_code == 404


def test_who_may_make_and_end_one(
    accountant: Membership, colleague: Membership, sophie: Membership, bakery: Company
) -> None:
    with pytest.raises(NotAllowed):
        make_feed(None, by=sophie, at=NOW)
    for company in (bakery.pk, new_id()):
        with pytest.raises(NotFound):
            make_feed(company, by=colleague, at=NOW)
    feed, _secret = make_feed(None, by=accountant, at=NOW)
    with pytest.raises(NotFound):
        revoke_feed(feed.pk, by=colleague, at=NOW)
