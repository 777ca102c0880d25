"""What did not arrive, as the administrator sees it, and what they can do about it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from comptoir.activity.models import Event
from comptoir.notifications.actions.addresses import note_bounce
from comptoir.notifications.models import AddressState, Channel, Delivery, OfficePolicy, State
from comptoir.notifications.server import note_server_away
from tests.world import NOW, begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Company, Membership

    Browser = Callable[[Membership], Client]


@pytest.fixture
def dead(sophie: Membership, accountant: Membership, bakery: Company) -> Delivery:
    message = begin(accountant, bakery, subject="Facture du Moulin").message
    return Delivery.objects.create(
        office_id=sophie.office_id,
        member=sophie,
        conversation_id=message.conversation_id,
        message=message,
        channel=Channel.EMAIL,
        state=State.DEAD,
        due_at=NOW,
        created_at=NOW,
        attempts=31,
        failing_since=NOW,
        last_error="450 <b>Later</b>",
    )


def page(browser_of: Browser, admin: Membership) -> str:
    answer = browser_of(admin).get(reverse("settings_deliveries"))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_shows_dead_letters_with_their_reason(browser_of: Browser, admin: Membership, dead: Delivery) -> None:
    shown = page(browser_of, admin)
    for words in ("Sophie Renard", "Facture du Moulin", "450 &lt;b&gt;Later&lt;/b&gt;"):
        assert words in shown
    assert str(dead.pk) in shown


@pytest.mark.parametrize("one", [True, False])
def test_tries_again(browser_of: Browser, admin: Membership, dead: Delivery, *, one: bool) -> None:
    where = reverse("delivery_retry", args=[dead.pk]) if one else reverse("deliveries_retry")
    assert browser_of(admin).post(where).status_code == 302
    dead.refresh_from_db()
    assert (dead.state, dead.attempts, dead.failing_since, dead.last_error) == (State.WAITING, 0, None, "")
    assert Event.objects.get(verb="delivery.retried").facts == {"number": 1}
    assert "Facture du Moulin" not in page(browser_of, admin)


@pytest.mark.parametrize("one", [True, False])
def test_gives_up(browser_of: Browser, admin: Membership, dead: Delivery, *, one: bool) -> None:
    where = reverse("delivery_drop", args=[dead.pk]) if one else reverse("deliveries_drop")
    assert browser_of(admin).post(where).status_code == 302
    dead.refresh_from_db()
    assert dead.state == State.SKIPPED
    assert Event.objects.get(verb="delivery.dropped").facts == {"number": 1}
    assert "Facture du Moulin" not in page(browser_of, admin)


def test_tells_how_the_mail_server_is(browser_of: Browser, admin: Membership) -> None:
    assert "ne répond plus" not in page(browser_of, admin)
    note_server_away(error="Connection refused", at=NOW)
    assert "Connection refused" in page(browser_of, admin)


def test_tells_that_there_is_none(browser_of: Browser, admin: Membership, settings: SettingsWrapper) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "Aucun serveur de courrier" in page(browser_of, admin)


def test_another_offices_stay_theirs(browser_of: Browser, outsider: Membership, dead: Delivery) -> None:
    shown = page(browser_of, outsider)
    assert "Sophie Renard" not in shown
    browser_of(outsider).post(reverse("deliveries_retry"))
    browser_of(outsider).post(reverse("deliveries_drop"))
    dead.refresh_from_db()
    assert dead.state == State.DEAD


# ── Addresses ────────────────────────────────────────────────────────────
def test_an_address_that_sends_mails_back(
    browser_of: Browser, admin: Membership, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    note_bounce("CLIENT@demo.example ", reason="550 5.1.1 No such user", at=NOW)
    note_bounce(sophie.person.email, reason="550 5.1.1 Again", at=NOW + timedelta(days=1))
    assert AddressState.objects.get().bounced_at == NOW
    assert Event.objects.filter(verb="address.failed").count() == 1
    assert "550 5.1.1 Again" in page(browser_of, admin)
    dossier = browser_of(accountant).get(reverse("company", args=[bakery.pk])).content.decode()
    assert dossier.count("Les e-mails reviennent") == 1
    assert reverse("address_trust", args=[sophie.pk]) in dossier

    browser_of(accountant).post(reverse("address_trust", args=[sophie.pk]))
    assert AddressState.objects.count() == 0
    assert Event.objects.filter(verb="address.trusted", by_id=accountant.pk).count() == 1
    assert (
        "reviennent" not in browser_of(accountant).get(reverse("company", args=[bakery.pk])).content.decode()
    )


def test_one_of_the_staff(browser_of: Browser, admin: Membership, accountant: Membership) -> None:
    note_bounce(accountant.person.email, reason="550", at=NOW, is_complaint=True)
    assert "Les e-mails reviennent" in browser_of(admin).get(reverse("settings_staff")).content.decode()


def test_nobodys_address(admin: Membership) -> None:
    assert note_bounce("nobody@elsewhere.example", reason="550", at=NOW) is False
    assert AddressState.objects.count() == 0


# ── The office's rules ───────────────────────────────────────────────────
def test_changes_the_rules(browser_of: Browser, admin: Membership) -> None:
    rules = {"delay_minutes": "60", "text_in_mails": "subject"}
    assert browser_of(admin).post(reverse("settings_telling"), rules).status_code == 302
    policy = OfficePolicy.objects.get(pk=admin.office_id)
    assert (policy.delay_minutes, policy.text_in_mails) == (60, "subject")
    event = Event.objects.get(verb="office.policy_changed")
    assert event.facts == {"changes": {"delay_minutes": [120, 60], "text_in_mails": ["none", "subject"]}}
    assert '<option value="60" selected>' in page(browser_of, admin)


@pytest.mark.parametrize("wrong", [{"delay_minutes": "0"}, {"text_in_mails": "all"}])
def test_refuses_others(browser_of: Browser, admin: Membership, wrong: dict[str, str]) -> None:
    rules = {"delay_minutes": "60", "text_in_mails": "subject", **wrong}
    assert browser_of(admin).post(reverse("settings_telling"), rules).status_code == 422
    assert OfficePolicy.objects.count() == 0
