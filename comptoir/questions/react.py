"""What becomes of questions when accounts change, and when their conversation moves: delivered, seen, withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.functions import Coalesce

from comptoir.activity.verbs import Verb
from comptoir.core.waiting_jobs import enqueue_once
from comptoir.ledger.actions.documents import tie_document
from comptoir.people.models import Membership
from comptoir.people.profiles import Profile
from comptoir.questions.actions.following import withdraw_with
from comptoir.questions.jobs import SOON, ask_at_last, look_for_questions
from comptoir.questions.models import AnswerFile, Question
from comptoir.questions.states import Does, Side, State, before

if TYPE_CHECKING:
    from comptoir.activity.models import Event


def ask_later(event: Event) -> None:
    """The job waits for the moment; one that is cancelled meanwhile finds nothing to do."""
    moment = datetime.fromisoformat(event.facts["send_at"])
    ask_at_last.using(run_after=moment).enqueue(later_id=str(event.subject_id))


def look_soon(event: Event) -> None:
    """A file that was read may raise questions and settle others, also one that brought nothing but a statement."""
    enqueue_once(look_for_questions, not_before=event.at + SOON, company_id=str(event.company_id))


def look_again(event: Event) -> None:
    """What somebody decided of a match; what is certain matches itself while a file is taken in, and is looked at then."""
    if event.by_id is not None:
        look_soon(event)


def tie_receipts(event: Event) -> None:
    """Files of an answer about a payment document it from now on, also those that came by the link of a mail."""
    question = Question.objects.get(pk=event.subject_id)
    if question.payment_id is None or event.by_id is None:
        return
    by = Membership.objects.select_related("person", "office", "company").get(pk=event.by_id)
    for file_id in AnswerFile.objects.filter(answer=event.facts["answer"]).values_list(
        "attachment", flat=True
    ):
        tie_document(question.payment_id, file_id=file_id, by=by, at=event.at)


def reach(event: Event) -> None:
    """The message that carries them was delivered to a client who may answer, or seen by one."""
    if not event.facts["open_questions"] or event.by_id is None:
        return
    carried = Question.objects.filter(
        conversation=event.conversation_id, message__position__lte=event.facts["upto"]
    )
    client = Membership.objects.filter(pk=event.by_id, profile=Profile.FULL_ACCESS).first()
    if client is None:
        return
    if event.verb == Verb.MESSAGE_SEEN:
        seen = carried.filter(state__in=before(Does.SEE, Side.CLIENT))
        seen.update(
            state=State.SEEN,
            seen_at=event.at,
            seen_by=client,
            delivered_at=Coalesce(F("delivered_at"), event.at),
        )
    else:
        carried.filter(state__in=before(Does.DELIVER, Side.DATA)).update(
            state=State.DELIVERED, delivered_at=event.at
        )


def withdraw_closed(event: Event) -> None:
    """A conversation that is closed asks nothing any more."""
    assert event.conversation_id is not None
    by = _member(event)
    withdraw_with(event.conversation_id, by=by, at=event.at, why="closed")


def withdraw_deleted(event: Event) -> None:
    """What the deleted message asked is asked no more."""
    assert event.conversation_id is not None
    if not Question.objects.filter(message=event.subject_id).exists():
        return
    by = _member(event)
    withdraw_with(event.conversation_id, by=by, at=event.at, why="deleted", message_id=event.subject_id)


def _member(event: Event) -> Membership:
    assert event.by_id is not None
    return Membership.objects.get(pk=event.by_id)
