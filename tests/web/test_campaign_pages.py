"""Campaigns at the desk: prepared for a period, looked at, worded, opened; what a dossier is asked, and its reminders."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from comptoir.campaigns.models import Campaign
from comptoir.people.models import Company
from tests.campaigns.asked import campaign

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Membership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def monthly(bakery: Company) -> Company:
    Company.objects.filter(pk=bakery.pk).update(vat_regime="monthly")
    return bakery


@pytest.fixture
def desk(accountant: Membership, browser_of: Callable[[Membership], Client]) -> Client:
    return browser_of(accountant)


@pytest.fixture
def prepared(accountant: Membership, monthly: Company) -> Campaign:
    return campaign(accountant)


def place(prepared: Campaign, name: str = "campaign") -> str:
    return reverse(name, args=[prepared.pk])


def test_a_period_is_chosen_and_prepared_once(desk: Client, monthly: Company) -> None:
    new = reverse("campaign_new")
    assert "octobre 2026" in desk.get(new).content.decode()
    first = desk.post(new, {"which": "monthly:2026-10"})
    again = desk.post(new, {"which": "monthly:2026-10"})
    [made] = Campaign.objects.all()
    assert first.headers["Location"] == again.headers["Location"] == place(made)
    assert desk.post(new, {"which": "exempt:2026-10"}).status_code == 422


def test_it_proposes_the_dossiers_of_the_regime_and_shows_what_one_receives(
    desk: Client, prepared: Campaign, monthly: Company
) -> None:
    shown = desk.get(place(prepared), {"preview": str(monthly.pk)}).content.decode()
    assert "Boulangerie Pain &amp; Levain" in shown
    assert "TVA octobre 2026" in shown
    assert "{{ manager }}\n" not in shown.partition('id="preview"')[2].partition("</section>")[0]


def test_its_day_and_texts_change_and_what_is_usual_is_not_kept(desk: Client, prepared: Campaign) -> None:
    words = {"subject_fr": "Vos pièces, {{ period }}", "body_fr": "Bonjour {{ manager }}"}
    assert desk.post(place(prepared), {"due_on": "2026-11-16", **words}).status_code == 302
    prepared.refresh_from_db()
    assert prepared.due_on == date(2026, 11, 16)
    assert prepared.texts == {"fr": {"subject": words["subject_fr"], "body": words["body_fr"]}}
    assert desk.post(place(prepared), {"due_on": "2026-11-16"}).status_code == 302
    prepared.refresh_from_db()
    assert prepared.texts == {}


@pytest.mark.parametrize(
    "wrong",
    [{"due_on": "2026-11-30"}, {"due_on": "demain"}, {"due_on": "2026-11-16", "subject_fr": "{{ iban }}"}],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    wrong: dict[str, str], desk: Client, prepared: Campaign
) -> None:
    answer = desk.post(place(prepared), {"body_nl": "Dag {{ manager }}, tot dan", **wrong})
    assert answer.status_code == 422
    assert "tot dan" in answer.content.decode()


def test_those_ticked_are_asked(desk: Client, prepared: Campaign, monthly: Company) -> None:
    assert desk.post(place(prepared, "campaign_open"), {"company": [str(monthly.pk)]}).status_code == 302
    prepared.refresh_from_db()
    assert prepared.state == "open"


def test_an_assistant_prepares_and_opens_nothing(
    assistant: Membership, browser_of: Callable[[Membership], Client], prepared: Campaign, monthly: Company
) -> None:
    browser = browser_of(assistant)
    assert browser.get(place(prepared)).status_code == 200
    assert browser.post(place(prepared, "campaign_open"), {"company": [str(monthly.pk)]}).status_code == 403
    prepared.refresh_from_db()
    assert prepared.state == "prepared"
