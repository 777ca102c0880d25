"""Choosing the invoices that a payment pays, on a page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from comptoir.ledger.models import Invoice, Match, Payment
from tests.ledger.test_by_hand import invoice, payment

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Company, Membership


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def desk(browser_of: Callable[[Membership], Client], accountant: Membership) -> Client:
    return browser_of(accountant)


def test_from_the_payment_to_its_invoices_and_back(desk: Client, bakery: Company) -> None:
    first, paid = invoice(bakery, "2026/7"), payment(bakery, -121_000)
    where = f"/desk/payments/{paid.pk}/match"
    assert where in desk.get(f"/payments/{paid.pk}/").content.decode()
    page = desk.get(where).content.decode()
    assert f'value="{first.pk}"' in page
    assert "Même montant" in page
    done = desk.post(where, {"invoice": [first.pk], f"amount-{first.pk}": "1.20,50".replace(".", "")})
    assert (done.status_code, done["Location"]) == (302, f"/payments/{paid.pk}/")
    assert Match.objects.get().amount == Decimal("120.50")
    shown = desk.get(f"/payments/{paid.pk}/").content.decode()
    assert "Rapproché à la main." in shown
    assert "Rapproché en partie" in shown


def test_what_cannot_be_is_told_and_the_ticks_stay(desk: Client, bakery: Company) -> None:
    first, paid = invoice(bakery, "2026/7"), payment(bakery, -100_000)
    where = f"/desk/payments/{paid.pk}/match"
    for typed, said in (
        ("120", "dépassent"),
        ("cent", "n’est pas un montant"),
        ("-5", "n’est pas un montant"),
    ):
        answer = desk.post(where, {"invoice": [first.pk], f"amount-{first.pk}": typed})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert f'value="{first.pk}" data-open="121.00" checked' in answer.content.decode()
    assert desk.post(where, {"invoice": ["nonsense"]}).status_code == 404
    assert "au moins une facture" in desk.post(where, {}).content.decode()
    assert (Match.objects.count(), Payment.objects.get().matched, Invoice.objects.get().paid) == (0, 0, 0)
