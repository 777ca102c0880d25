"""What a payment pays: accepted, or undone, from the list of payments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comptoir.ledger.actions.matches import accept_match, undo_match
from comptoir.ledger.match_words import certainty_said, reason_said
from comptoir.ledger.models import MatchState, Payment
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.ledger.models import Match
    from comptoir.people.models import Membership


@dataclass(frozen=True)
class MatchShown:
    match: Match
    reason: str
    certainty: str

    @property
    def stands(self) -> bool:
        return self.match.state == MatchState.STANDS


@dataclass(frozen=True)
class PaymentRow:
    payment: Payment
    matches: list[MatchShown]

    @property
    def waits(self) -> bool:
        return any(not one.stands for one in self.matches)


def match_shown(match: Match) -> MatchShown:
    return MatchShown(match, reason_said(match), certainty_said(match))


def payment_row(payment: Payment) -> PaymentRow:
    return PaymentRow(payment, [match_shown(one) for one in payment.known_matches])  # type: ignore[attr-defined]  # prefetched


@for_office
@require_POST
def accept(request: HttpRequest, member: Membership, payment_id: UUID) -> HttpResponseBase:
    accept_match(payment_id, by=member, at=timezone.now())
    messages.success(request, _("The payment is matched."))
    return _back(member, payment_id)


@for_office
@require_POST
def undo(request: HttpRequest, member: Membership, payment_id: UUID) -> HttpResponseBase:
    undo_match(payment_id, by=member, at=timezone.now())
    messages.success(request, _("The match is undone, and is not proposed again."))
    return _back(member, payment_id)


def _back(member: Membership, payment_id: UUID) -> HttpResponseBase:
    payment = Payment.objects.visible_to(member).get(pk=payment_id)
    return redirect(f"{reverse('accounts', args=[payment.company_id])}?view=payments#payment-{payment.pk}")
