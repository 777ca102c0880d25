"""What somebody says that a payment pays, as matches: who gets how much of it. Reads and writes nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from comptoir.ledger.matching.facts import Certainty, Reason
from comptoir.ledger.models import Match, MatchState
from comptoir.ledger.refusals import NothingToMatch, OtherCurrency, PaymentTooSmall

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from comptoir.ledger.models import Invoice, Payment
    from comptoir.people.models import Membership

Chosen = tuple["Invoice", Decimal | None]


class Share(NamedTuple):
    """So much of an invoice, in its currency; and of the payment, without its sign: negative for what is deducted."""

    invoice: Invoice
    amount: Decimal
    paid: Decimal


def matches_by_hand(
    payment: Payment, chosen: Sequence[Chosen], *, by: Membership, at: datetime
) -> list[Match]:
    sign = 1 if payment.amount > 0 else -1
    return [
        Match(
            office_id=payment.office_id,
            company_id=payment.company_id,
            payment=payment,
            invoice=share.invoice,
            amount=share.amount,
            paid=sign * share.paid,
            reason=Reason.BY_HAND,
            certainty=Certainty.CERTAIN,
            state=MatchState.STANDS,
            decided_by=by,
            decided_at=at,
        )
        for share in shared(payment, chosen)
    ]


def shared(payment: Payment, chosen: Sequence[Chosen]) -> list[Share]:
    """Credit notes first, which make more of the payment; then in the order given, as far as it goes.

    Raises NothingToMatch, PaymentTooSmall and OtherCurrency.
    """
    left = abs(payment.amount - payment.matched)
    if any(one.currency != payment.currency for one, _ in chosen):
        return _foreign(left, chosen)
    is_with = (payment.amount > 0).__eq__
    shares = []
    for one, said in sorted(chosen, key=lambda pair: is_with(pair[0].comes_in)):
        is_deducted = not is_with(one.comes_in)
        amount = said or (one.open if is_deducted else min(one.open, left))
        if amount > 0:
            shares.append(Share(one, amount, -amount if is_deducted else amount))
            left += amount if is_deducted else -amount
    if left < 0:
        raise PaymentTooSmall
    if not shares or sum(share.paid for share in shares) <= 0:
        raise NothingToMatch
    return shares


def _foreign(left: Decimal, chosen: Sequence[Chosen]) -> list[Share]:
    """All that is left of the payment is for this one: what it was worth, the bank alone knows."""
    if len(chosen) > 1:
        raise OtherCurrency
    one, said = chosen[0]
    amount = said or one.open
    if amount <= 0 or left <= 0:
        raise NothingToMatch
    return [Share(one, amount, left)]
