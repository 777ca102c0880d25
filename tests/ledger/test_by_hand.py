"""Payments matched by hand: one or several invoices, wholly or in part, credit notes deducted, and undone again."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.core.ids import new_id
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.actions.matches import match_by_hand, match_payments, undo_match
from comptoir.ledger.match_words import reason_said
from comptoir.ledger.models import Invoice, Match, MatchState, Payment, Source
from comptoir.ledger.queries import open_invoices
from comptoir.ledger.refusals import NothingToMatch, OtherCurrency, PaymentTooSmall
from tests.ledger.samples import belgian_ubl, coda_file
from tests.world import NOW

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership


def bring(company: Company, data: bytes) -> None:
    import_file(company.pk, by=None, at=NOW, name="f", data=data, source=Source.COMMAND)


def invoice(company: Company, number: str, *, credit_note: bool = False, currency: str = "EUR") -> Invoice:
    data = belgian_ubl(
        number=number, buyer=company.enterprise_number, root="CreditNote" if credit_note else "Invoice"
    )
    bring(company, data.replace(b"EUR", currency.encode()))
    found: Invoice = Invoice.objects.get(number=number)
    return found


def payment(company: Company, thousandths: int, *, number: int = 1) -> Payment:
    bring(company, coda_file(movements=((thousandths, "Divers", "X"),), number=number, opening=number))
    found: Payment = Payment.objects.get(amount=Decimal(thousandths) / 1000)
    return found


def matched(one: Payment) -> list[tuple[str, Decimal, Decimal]]:
    rows = Match.objects.filter(payment=one, state=MatchState.STANDS).order_by("invoice__number")
    return list(rows.values_list("invoice__number", "amount", "paid"))


def test_one_payment_for_several_invoices(bakery: Company, accountant: Membership) -> None:
    first, second, paid = invoice(bakery, "1"), invoice(bakery, "2"), payment(bakery, -250_000)
    match_by_hand(paid.pk, invoices={first.pk: None, second.pk: None}, by=accountant, at=NOW)
    assert matched(paid) == [("1", 121, -121), ("2", 121, -121)]
    first.refresh_from_db()
    paid.refresh_from_db()
    assert (first.settlement, paid.matched) == ("paid", -242)  # eight of it pay nothing that is known
    match = Match.objects.first()
    assert match is not None
    assert (match.decided_by, reason_said(match)) == (accountant, "Rapproché à la main.")
    event = Event.objects.get(verb=Verb.PAYMENT_MATCHED)
    assert (event.by_id, event.facts["reason"]) == (accountant.pk, "by_hand")


def test_as_far_as_it_goes_or_as_it_is_said(bakery: Company, accountant: Membership) -> None:
    first, second, paid = invoice(bakery, "1"), invoice(bakery, "2"), payment(bakery, -150_000)
    match_by_hand(paid.pk, invoices={first.pk: None, second.pk: None}, by=accountant, at=NOW)
    assert matched(paid) == [("1", 121, -121), ("2", 29, -29)]
    undo_match(paid.pk, by=accountant, at=NOW)
    match_by_hand(paid.pk, invoices={first.pk: Decimal(40), second.pk: None}, by=accountant, at=NOW)
    assert matched(paid) == [("1", 40, -40), ("2", 110, -110)]
    second.refresh_from_db()
    assert second.settlement == "partly_paid"


def test_what_is_left_can_be_matched_later(bakery: Company, accountant: Membership) -> None:
    first, second, paid = invoice(bakery, "1"), invoice(bakery, "2"), payment(bakery, -242_000)
    for one in (first, second):
        match_by_hand(paid.pk, invoices={one.pk: None}, by=accountant, at=NOW)
    paid.refresh_from_db()
    assert (paid.matched, len(matched(paid))) == (-242, 2)
    with pytest.raises(NothingToMatch):
        match_by_hand(paid.pk, invoices={first.pk: None}, by=accountant, at=NOW)


def test_a_credit_note_is_deducted(bakery: Company, accountant: Membership) -> None:
    bill, note = invoice(bakery, "1"), invoice(bakery, "2", credit_note=True)
    other, paid = invoice(bakery, "3"), payment(bakery, -121_000)
    chosen = {one.pk: None for one in (bill, note, other)}
    match_by_hand(paid.pk, invoices=chosen, by=accountant, at=NOW)
    assert matched(paid) == [("1", 121, -121), ("2", 121, 121), ("3", 121, -121)]
    paid.refresh_from_db()
    note.refresh_from_db()
    assert (paid.matched, note.settlement) == (-121, "paid")


def test_more_than_the_payment_has_is_refused(bakery: Company, accountant: Membership) -> None:
    first, paid = invoice(bakery, "1"), payment(bakery, -100_000)
    with pytest.raises(PaymentTooSmall):
        match_by_hand(paid.pk, invoices={first.pk: Decimal(121)}, by=accountant, at=NOW)
    with pytest.raises(NothingToMatch):
        match_by_hand(paid.pk, invoices={}, by=accountant, at=NOW)
    assert Match.objects.count() == 0


def test_an_invoice_in_another_currency_is_matched_by_itself(bakery: Company, accountant: Membership) -> None:
    dollars, euros = invoice(bakery, "1", currency="USD"), invoice(bakery, "2")
    paid = payment(bakery, -104_300)
    with pytest.raises(OtherCurrency):
        match_by_hand(paid.pk, invoices={dollars.pk: None, euros.pk: None}, by=accountant, at=NOW)
    match_by_hand(paid.pk, invoices={dollars.pk: None}, by=accountant, at=NOW)
    assert matched(paid) == [("1", 121, Decimal("-104.3"))]


def test_undone_all_is_as_before(bakery: Company, accountant: Membership) -> None:
    first, paid = invoice(bakery, "1"), payment(bakery, -100_000)
    match_by_hand(paid.pk, invoices={first.pk: None}, by=accountant, at=NOW)
    undo_match(paid.pk, by=accountant, at=NOW)
    first.refresh_from_db()
    paid.refresh_from_db()
    assert (first.paid, first.settlement, paid.matched) == (0, "unpaid", 0)
    assert match_payments(bakery.pk, at=NOW) == 0


def test_what_was_proposed_falls(bakery: Company, accountant: Membership) -> None:
    invoice(bakery, "1")
    other = invoice(bakery, "2026/118")
    bring(bakery, coda_file(movements=((-130_000, "090933755493", "MOULINS"),)))
    match_payments(bakery.pk, at=NOW)
    paid = Payment.objects.get()
    assert Match.objects.filter(state=MatchState.PROPOSED).exists()
    match_by_hand(paid.pk, invoices={other.pk: None}, by=accountant, at=NOW)
    assert set(Match.objects.values_list("state", flat=True)) == {MatchState.STANDS}


def test_only_invoices_of_the_same_dossier(bakery: Company, garage: Company, admin: Membership) -> None:
    theirs, paid = invoice(garage, "9"), payment(bakery, -121_000)
    for pk in (theirs.pk, new_id()):
        with pytest.raises(NotFound):
            match_by_hand(paid.pk, invoices={pk: None}, by=admin, at=NOW)


def test_a_client_looks_on(bakery: Company, sophie: Membership) -> None:
    first, paid = invoice(bakery, "1"), payment(bakery, -121_000)
    with pytest.raises(NotAllowed):
        match_by_hand(paid.pk, invoices={first.pk: None}, by=sophie, at=NOW)


def test_what_fits_best_is_offered_first(bakery: Company, accountant: Membership) -> None:
    invoice(bakery, "note", credit_note=True)
    invoice(bakery, "paid")
    small = belgian_ubl(number="small", buyer=bakery.enterprise_number, gross="50.00")
    bring(bakery, small)
    paid = payment(bakery, -50_000)
    assert [one.number for one in open_invoices(accountant, paid)] == ["small", "paid", "note"]
    assert [one.number for one in open_invoices(accountant, paid, wanted="121,00")] == ["paid", "note"]
