"""A question by hand: about an invoice, a payment or a conversation that the address names, or just the dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from comptoir.conversations.models import Conversation
from comptoir.core.errors import NotFound
from comptoir.core.ids import new_id
from comptoir.ledger.models import Direction, Invoice, Payment
from comptoir.questions.catalogue import CATALOGUE
from comptoir.questions.models import FREE
from comptoir.questions.subjects import is_sayable
from comptoir.web.thread.forms import uuid_from

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from comptoir.people.models import Company, Membership


@dataclass(frozen=True)
class ByHand:
    """What the form begins with: `field` and `subject_id` name what it is about, `kind` is asked most about it."""

    kinds: list[tuple[str, str]]
    key: UUID
    kind: str = FREE
    field: str = ""
    subject_id: UUID | None = None
    about: str = ""

    @property
    def is_open(self) -> bool:
        return self.subject_id is not None


def by_hand(request: HttpRequest, member: Membership, dossier: Company) -> ByHand:
    """`?invoice=`, `?payment=` or `?about=` (a conversation), of this dossier."""
    if text := request.GET.get("invoice", ""):
        invoice = Invoice.objects.visible_to(member).filter(
            pk=uuid_from(text, field="invoice"), company=dossier.pk
        )
        return _of_invoice(invoice.first())
    if text := request.GET.get("payment", ""):
        payment = Payment.objects.visible_to(member).filter(
            pk=uuid_from(text, field="payment"), company=dossier.pk
        )
        return _of_payment(payment.first())
    if text := request.GET.get("about", ""):
        talks = Conversation.objects.visible_to(member).filter(company=dossier.pk)
        return _of_conversation(talks.filter(pk=uuid_from(text, field="about")).first())
    return ByHand(_kinds(), new_id())


def _of_invoice(invoice: Invoice | None) -> ByHand:
    if invoice is None:
        raise NotFound
    kind = FREE if invoice.direction == Direction.SALE else "A2"
    about = f"{invoice.party} · {invoice.number}"
    return ByHand(_kinds(), new_id(), kind, "invoice_id", invoice.pk, about)


def _of_payment(payment: Payment | None) -> ByHand:
    if payment is None:
        raise NotFound
    kind = "B3" if payment.amount > 0 else "B1"
    about = payment.party or payment.text[:80]
    return ByHand(_kinds(), new_id(), kind, "payment_id", payment.pk, about)


def _of_conversation(talk: Conversation | None) -> ByHand:
    if talk is None:
        raise NotFound
    return ByHand(_kinds(), new_id(), FREE, "about_id", talk.pk, talk.subject)


def _kinds() -> list[tuple[str, str]]:
    """Those whose text needs no facts that only the data knows."""
    return [(one.id, gettext(one.text)) for one in CATALOGUE.values() if is_sayable(one.id, {})]
