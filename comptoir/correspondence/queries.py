"""What the desk shows of mails that came in, and of the documents among them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from comptoir.correspondence.models import Document, DocumentSender, InboundMail, State

if TYPE_CHECKING:
    from comptoir.correspondence.querysets import (
        DocumentQuerySet,
        DocumentSenderQuerySet,
        InboundMailQuerySet,
    )
    from comptoir.people.models import Company, Membership

COUNTED_UP_TO = 99


class Pile(StrEnum):
    TO_CHECK = "to_check"
    TAKEN = "taken"
    PROGRAMS = "programs"
    DONE = "done"


STATES = {
    Pile.TO_CHECK: [State.KEPT],
    Pile.TAKEN: [State.POSTED, State.FILED],
    Pile.PROGRAMS: [State.AUTOMATIC],
    Pile.DONE: [State.ASSIGNED, State.DROPPED],
}


def mails(member: Membership, *, pile: Pile) -> InboundMailQuerySet:
    """Newest first, without the raw mails."""
    seen = InboundMail.objects.visible_to(member).filter(state__in=STATES[pile])
    return seen.select_related("company", "handled_by__person").defer("text").order_by("-received_at", "-pk")


def to_check_count(member: Membership) -> int:
    """Exact up to 99, and never the cost of more."""
    return mails(member, pile=Pile.TO_CHECK).order_by()[: COUNTED_UP_TO + 1].count()


def documents(member: Membership, company: Company) -> DocumentQuerySet:
    seen = Document.objects.visible_to(member).filter(company=company.pk)
    return seen.select_related("attachment", "mail").order_by("-received_at", "-pk")


def trusted_senders(member: Membership, company: Company) -> DocumentSenderQuerySet:
    """Each with `is_in_force`: a trust ends with the access of whoever gave it."""
    seen = DocumentSender.objects.visible_to(member).filter(company=company.pk)
    in_force = Exists(DocumentSender.objects.in_force(company).filter(pk=OuterRef("pk")))
    return seen.annotate(is_in_force=in_force).select_related("trusted_by__person").order_by("address")
