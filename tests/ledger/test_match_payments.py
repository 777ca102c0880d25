"""Payments of a dossier matched with its invoices, as rows: what stands, what waits, and undoing it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.actions.matches import accept_match, match_payments, undo_match
from comptoir.ledger.match_words import certainty_said, reason_said
from comptoir.ledger.models import Invoice, Match, MatchState, Payment, Source
from tests.ledger.samples import belgian_ubl, coda_file
from tests.world import NOW

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership

REFERENCE = "090933755493"


def bring(company: Company, *movements: tuple[int, str, str], gross: str = "121.00", number: int = 1) -> None:
    for data in (
        belgian_ubl(buyer=company.enterprise_number, gross=gross),
        coda_file(movements=movements, number=number, opening=number * 1000),
    ):
        import_file(company.pk, by=None, at=NOW, name="f", data=data, source=Source.COMMAND)


def test_a_certain_payment_pays_its_invoice(bakery: Company) -> None:
    bring(bakery, (-121_000, REFERENCE, "MOULINS DE LA SENNE"))
    assert match_payments(bakery.pk, at=NOW) == 1
    invoice, payment, match = Invoice.objects.get(), Payment.objects.get(), Match.objects.get()
    assert (invoice.paid, invoice.settlement, payment.matched) == (Decimal(121), "paid", Decimal(-121))
    assert (match.state, match.decided_by) == (MatchState.STANDS, None)
    with translation.override("fr"):
        assert certainty_said(match) == "Sûr"
        assert reason_said(match) == "La communication structurée désigne 2026/118 et le montant est le même."
    assert Event.objects.filter(verb=Verb.PAYMENT_MATCHED, subject_id=payment.pk).count() == 1


def test_a_second_run_changes_nothing(bakery: Company) -> None:
    bring(bakery, (-121_000, REFERENCE, "MOULINS DE LA SENNE"))
    match_payments(bakery.pk, at=NOW)
    assert match_payments(bakery.pk, at=NOW) == 0
    assert (Match.objects.count(), Invoice.objects.get().paid) == (1, Decimal(121))


def test_paid_in_part_and_too_much(bakery: Company) -> None:
    bring(bakery, (-100_000, REFERENCE, "MOULINS DE LA SENNE"))
    match_payments(bakery.pk, at=NOW)
    assert Invoice.objects.get().settlement == "partly_paid"
    bring(bakery, (-50_000, REFERENCE, "MOULINS DE LA SENNE"), number=2)
    match_payments(bakery.pk, at=NOW)
    proposed = Match.objects.get(state=MatchState.PROPOSED)
    accept_match(proposed.payment_id, by=bakery.manager, at=NOW)
    invoice = Invoice.objects.get()
    assert (invoice.settlement, invoice.paid) == ("overpaid", Decimal(150))


def test_paid_twice_is_proposed_for_the_invoice_that_is_paid(bakery: Company, accountant: Membership) -> None:
    bring(bakery, (-121_000, REFERENCE, "MOULINS"), (-121_000, REFERENCE, "MOULINS"))
    assert match_payments(bakery.pk, at=NOW) == 1
    again = Match.objects.get(state=MatchState.PROPOSED)
    assert (again.reason, again.amount, again.paid) == ("paid_again", Decimal(121), Decimal(-121))
    accept_match(again.payment_id, by=accountant, at=NOW)
    assert Invoice.objects.get().settlement == "overpaid"


def test_what_is_likely_waits_until_somebody_accepts(bakery: Company, accountant: Membership) -> None:
    bring(bakery, (-130_000, REFERENCE, "MOULINS DE LA SENNE"))
    assert match_payments(bakery.pk, at=NOW) == 0
    match = Match.objects.get()
    assert (match.state, Invoice.objects.get().paid) == (MatchState.PROPOSED, 0)
    accept_match(match.payment_id, by=accountant, at=NOW)
    match.refresh_from_db()
    assert (match.state, match.decided_by_id) == (MatchState.STANDS, accountant.pk)
    assert (Invoice.objects.get().paid, Payment.objects.get().matched) == (Decimal(130), Decimal(-130))


def test_undone_is_not_proposed_again(bakery: Company, accountant: Membership) -> None:
    bring(bakery, (-121_000, REFERENCE, "MOULINS DE LA SENNE"))
    match_payments(bakery.pk, at=NOW)
    undo_match(Payment.objects.get().pk, by=accountant, at=NOW)
    assert match_payments(bakery.pk, at=NOW) == 0
    assert [one.state for one in Match.objects.all()] == [MatchState.UNDONE]
    assert (Invoice.objects.get().paid, Payment.objects.get().matched) == (0, 0)
    assert Event.objects.filter(verb=Verb.PAYMENT_UNMATCHED).count() == 1
    with pytest.raises(NotFound):
        undo_match(Payment.objects.get().pk, by=accountant, at=NOW)


def test_only_the_staff_of_the_dossier_decides(
    bakery: Company, sophie: Membership, other: Membership
) -> None:
    bring(bakery, (-121_000, REFERENCE, "MOULINS DE LA SENNE"))
    match_payments(bakery.pk, at=NOW)
    payment = Payment.objects.get()
    for member, refusal in ((sophie, NotAllowed), (other, NotFound)):
        with pytest.raises(refusal):
            undo_match(payment.pk, by=member, at=NOW)
    assert Match.objects.get().state == MatchState.STANDS


def test_one_dossier_never_pays_anothers_invoice(bakery: Company, garage: Company) -> None:
    bring(bakery)
    bring(garage, (-121_000, REFERENCE, "MOULINS DE LA SENNE"))
    Invoice.objects.filter(company=garage).delete()
    assert match_payments(garage.pk, at=NOW) == match_payments(bakery.pk, at=NOW) == 0
    assert Match.objects.count() == 0
