"""What pages and programs read of questions, always through the gate. Nothing here writes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch, Q

from comptoir.conversations.querysets import readers
from comptoir.core.prepared import prepared
from comptoir.ledger.models import Direction, Invoice
from comptoir.people.models import Membership
from comptoir.people.profiles import Profile
from comptoir.questions.models import Answer, AnswerFile, AnswerRule, OfficeThresholds, Question
from comptoir.questions.office_thresholds import checked_values
from comptoir.questions.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from comptoir.conversations.models import Conversation, Message
    from comptoir.files.models import Attachment
    from comptoir.questions.thresholds import Thresholds

PEOPLE = ("asked_by", "addressee", "passed_to", "passed_by", "decided_by")


def with_answers(questions: QuerySet[Question]) -> QuerySet[Question]:
    """With all that a card shows: `known_answers` of each, the one that counts first, and what it is about."""
    files = Prefetch(
        "files", AnswerFile.objects.order_by("place").select_related("attachment"), to_attr="known_files"
    )
    answers = Answer.objects.order_by("-answered_at", "-pk").select_related("answered_by__person")
    return questions.select_related(
        "invoice", "payment__account", *(f"{name}__person" for name in PEOPLE)
    ).prefetch_related(Prefetch("answers", answers.prefetch_related(files), to_attr="known_answers"))


def questions_of(conversation_id: UUID, *, member: Membership) -> QuerySet[Question]:
    """All that was ever asked in it, in the order in which it was."""
    asked = Question.objects.visible_to(member).filter(conversation=conversation_id)
    return with_answers(asked).order_by("message__position", "place")


def carriers(messages: Sequence[Message], *, member: Membership) -> set[UUID]:
    """Those messages of one conversation that carry questions which the member sees. One cheap query."""
    if not messages:
        return set()
    asked = set(_carriers(member=member, conversation_id=messages[0].conversation_id))
    return {message.pk for message in messages if message.pk in asked}


@prepared
def _carriers(*, member: Membership, conversation_id: UUID) -> QuerySet[Any, UUID]:
    asked = Question.objects.visible_to(member).filter(conversation=conversation_id)
    return asked.order_by().values_list("message", flat=True).distinct()


def questions_on(message_ids: Iterable[UUID], *, member: Membership) -> dict[UUID, list[Question]]:
    """Those that these messages carry, by message; as many queries for one message as for fifty."""
    carried = Question.objects.visible_to(member).filter(message__in=list(message_ids))
    found: dict[UUID, list[Question]] = {}
    for question in with_answers(carried).order_by("message", "place"):
        assert question.message_id is not None
        found.setdefault(question.message_id, []).append(question)
    return found


def questions_about(
    member: Membership, *, invoice_id: UUID | None = None, payment_id: UUID | None = None
) -> QuerySet[Question]:
    """What was asked about one of them, and of what: with the one that it was put together with. The newest first."""
    about = {"invoice": invoice_id} if invoice_id else {"payment": payment_id}
    merged = Question.objects.filter(**about, merged_into__isnull=False).values("merged_into")
    seen = Question.objects.visible_to(member).filter(Q(**about) | Q(pk__in=merged))
    shown = seen.exclude(state=State.WITHDRAWN, conversation__isnull=True)
    return with_answers(shown).order_by("-drafted_at", "-pk")


def open_for(member: Membership) -> QuerySet[Question]:
    """What waits for an answer, the oldest first: of a client, of all that they see; of staff, of their dossiers."""
    return Question.objects.visible_to(member).open().order_by("asked_at", "place", "pk")


def to_accept(member: Membership) -> QuerySet[Question]:
    """Answers that wait for the staff of a dossier, the oldest first; none for a client."""
    if not member.is_office:
        return Question.objects.none()
    answered = Question.objects.visible_to(member).answered().filter(company__archived_at__isnull=True)
    return answered.order_by("answered_at", "pk")


def accepted(member: Membership, *, since: datetime | None = None) -> QuerySet[Question]:
    """What may go into the books: accepted, the oldest decision first; none for a client."""
    if not member.is_office:
        return Question.objects.none()
    rows = Question.objects.visible_to(member).filter(state=State.ACCEPTED)
    if since is not None:
        rows = rows.filter(decided_at__gte=since)
    return rows.order_by("decided_at", "pk")


def rules_of(company_id: UUID, *, member: Membership) -> QuerySet[AnswerRule]:
    """Those that stand, for the staff of the dossier."""
    standing = AnswerRule.objects.visible_to(member).filter(company=company_id, ended_at__isnull=True)
    return standing.select_related("made_by__person").order_by("party", "type")


PICKS = 60
A_WEEK = timedelta(days=7)


def payable_by(question: Question, *, member: Membership) -> list[Invoice]:
    """The open invoices that its payment may pay, the nearest in time first: what a client ticks."""
    payment = question.payment
    if payment is None:
        return []
    way = Direction.SALE if payment.amount > 0 else Direction.PURCHASE
    found = Invoice.objects.visible_to(member).filter(company=question.company_id, direction=way)
    unpaid = found.filter(payable__gt=F("paid"), issued_on__lte=payment.booked_on + A_WEEK)
    return list(unpaid.order_by("-issued_on", "-id")[:PICKS])


def colleagues_of(member: Membership, conversation: Conversation) -> QuerySet[Membership]:
    """To whom a client may pass a question on: with full access, and readers of its conversation."""
    full = Membership.objects.active().filter(readers(conversation), profile=Profile.FULL_ACCESS)
    return full.exclude(pk=member.pk).select_related("person").order_by("person__name")


def answer_file_for(member: Membership, attachment_id: UUID) -> Attachment | None:
    """A file through the answer that it belongs to. None = missing or not visible."""
    hung = AnswerFile.objects.visible_to(member).filter(attachment=attachment_id)
    found = hung.select_related("attachment").first()
    return found.attachment if found else None


def thresholds_of(office_id: UUID) -> Thresholds:
    """The office's own, and the product's where it has none."""
    stored = OfficeThresholds.objects.filter(office=office_id).first()
    return checked_values(stored.values if stored else {})
