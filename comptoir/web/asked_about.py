"""What was asked about an invoice or a payment, and answered: on its own page, for whoever may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from comptoir.questions.queries import questions_about
from comptoir.web.question_shown import Card, card

if TYPE_CHECKING:
    from comptoir.ledger.models import Invoice, Payment
    from comptoir.people.models import Membership
    from comptoir.questions.models import Question

SHOWN = 20


@dataclass(frozen=True)
class AskedAbout:
    card: Card
    url: str  # the conversation, or the drafts


def asked_about(
    member: Membership, *, invoice: Invoice | None = None, payment: Payment | None = None
) -> list[AskedAbout]:
    rows = questions_about(
        member, invoice_id=invoice.pk if invoice else None, payment_id=payment.pk if payment else None
    )
    return [AskedAbout(card(one, for_office=member.is_office), _where(one, member)) for one in rows[:SHOWN]]


def _where(question: Question, member: Membership) -> str:
    if question.conversation_id is None:
        return reverse("company_questions", args=[question.company_id])
    thread = "desk_thread" if member.is_office else "portal_thread"
    return reverse(thread, args=[question.conversation_id])
