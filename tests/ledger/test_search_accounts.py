"""The one search finds invoices and payments too, within what the member may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.models import Invoice, Payment, Source
from comptoir.ledger.queries import found_invoices, found_payments
from tests.doors.knock import TOKEN
from tests.ledger.samples import belgian_ubl, coda_file
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Company, Membership
    from tests.world import Cast

SEE_IT = ("admin", "accountant", "assistant", "sophie", "partner", "reader")
SEE_NOTHING = ("documents", "other", "colleague", "stranger", "outsider")


@pytest.fixture(autouse=True)
def _accounts(bakery: Company) -> None:
    paid = (-121_000, "090933755493", "MOULINS DE LA SENNE")
    for data in (belgian_ubl(buyer=bakery.enterprise_number), coda_file(movements=(paid,))):
        import_file(bakery.pk, by=None, at=NOW, name="f", data=data, source=Source.COMMAND)


@pytest.mark.parametrize("typed", ["senne", "MOULINS sen", "121,00", "121.00", "090933755493", "1.21"])
def test_by_party_amount_and_reference(sophie: Membership, typed: str) -> None:
    invoices, payments = found_invoices(sophie, typed), found_payments(sophie, typed)
    assert (len(invoices), len(payments)) == (1, 1)


@pytest.mark.parametrize("typed", ["sennne", "122,00", "\x00", "\ud800", "%", "_", "senne zzz"])
def test_what_is_not_there_is_not_found(sophie: Membership, typed: str) -> None:
    assert (found_invoices(sophie, typed), found_payments(sophie, typed)) == ([], [])


@pytest.mark.parametrize("part", [*SEE_IT, *SEE_NOTHING])
def test_who_sees_the_accounts_finds_them_on_the_page_and_nobody_else(
    part: str, browser_of: Callable[[Membership], Client], request: pytest.FixtureRequest
) -> None:
    browser = browser_of(request.getfixturevalue(part))
    page = TOKEN.sub(b"", browser.get("/search?q=senne").content).decode()
    links = f"/invoices/{Invoice.objects.get().pk}/", f"/payments/{Payment.objects.get().pk}/"
    assert [link in page for link in links] == [part in SEE_IT] * 2
    if part in SEE_NOTHING:
        nothing = TOKEN.sub(b"", browser.get("/search?q=sennn").content).decode()
        assert page.replace("senne", "sennn") == nothing  # to the letter


def test_the_lists_of_the_accounts_take_it_as_well(
    cast: Cast, browser_of: Callable[[Membership], Client], accountant: Membership
) -> None:
    for view in ("invoices", "payments"):
        path = f"/desk/companies/{cast.bakery.pk}/accounts?view={view}&q=%00"
        assert browser_of(accountant).get(path).status_code == 200
