"""Up to which day the books are complete: what statements prove, and what the accountant says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotAllowed, NotFound
from comptoir.ledger.actions.books import date_books
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.gaps import Told, whole_until
from comptoir.ledger.models import Source
from comptoir.ledger.queries import up_to
from tests.ledger.samples import coda_file
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Company, Membership

SEPTEMBER = date(2026, 9, 30)


def told(month: int, opening: int, closing: int, year: int = 2026) -> Told:
    return Told("", date(year, month, 28), Decimal(opening), Decimal(closing))


def test_whole_up_to_the_first_gap_of_the_account_that_is_behind() -> None:
    whole = [told(1, 0, 5), told(2, 5, 7), told(3, 7, 7)]
    torn = [told(1, 0, 5), told(2, 6, 7), told(3, 7, 7)]
    assert whole_until([]) is None
    assert whole_until([whole]) == date(2026, 3, 28)
    assert whole_until([torn]) == date(2026, 1, 28)
    assert whole_until([whole, torn]) == date(2026, 1, 28)
    assert whole_until([whole, [told(2, 0, 1)]]) == date(2026, 2, 28)
    assert whole_until([whole, [told(1, 0, 0, year=2024)]]) == date(2026, 3, 28)  # closed long ago


def test_the_statements_prove_it_until_the_accountant_says_it(
    bakery: Company, accountant: Membership, sophie: Membership
) -> None:
    assert up_to(sophie, bakery.pk).books_on is None
    data = coda_file(movements=((1000, "Merci", "X"),))
    import_file(bakery.pk, by=None, at=NOW, name="f", data=data, source=Source.COMMAND)
    assert up_to(sophie, bakery.pk).books_on == date(2026, 11, 21)
    date_books(bakery.pk, day=SEPTEMBER, by=accountant, at=NOW)
    for member in (sophie, accountant):
        reach = up_to(member, bakery.pk)
        assert reach.said is not None
        assert (reach.books_on, reach.statement_on) == (SEPTEMBER, date(2026, 11, 21))
    assert Event.objects.get(verb=Verb.BOOKS_DATED).facts == {"until": "2026-09-30"}
    date_books(bakery.pk, day=None, by=accountant, at=NOW)
    assert up_to(sophie, bakery.pk).said is None


def test_who_may_not_say_it_and_what_cannot_be_said(
    bakery: Company, accountant: Membership, assistant: Membership, sophie: Membership, stranger: Membership
) -> None:
    for member, refusal in ((assistant, NotAllowed), (sophie, NotAllowed), (stranger, NotFound)):
        with pytest.raises(refusal):
            date_books(bakery.pk, day=SEPTEMBER, by=member, at=NOW)
    with pytest.raises(Invalid):
        date_books(bakery.pk, day=date(2026, 11, 13), by=accountant, at=NOW)


def test_the_page_shows_it_and_takes_it(
    browser_of: Callable[[Membership], Client], bakery: Company, accountant: Membership, sophie: Membership
) -> None:
    desk = browser_of(accountant)
    path = f"/desk/companies/{bakery.pk}"
    assert desk.post(f"{path}/books", {"day": "2026-09-30"}).status_code == 302
    assert 'value="2026-09-30"' in desk.get(f"{path}/accounts").content.decode()
    assert "30 sept." in browser_of(sophie).get("/invoices/").content.decode()
    assert desk.post(f"{path}/books", {"day": "soon"}).status_code == 422
