"""Questions that leave tomorrow: by a job, by what is true then, and not where somebody cancelled them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django_tasks_db.models import DBTaskResult

from comptoir.activity.models import Event
from comptoir.conversations.models import Conversation, Message
from comptoir.conversations.refusals import EmptyField
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.core.ids import new_id
from comptoir.notifications.models import Announcement
from comptoir.people.actions.memberships import end_membership
from comptoir.questions.actions.asking_later import ask_scheduled, cancel_asking, schedule_questions
from comptoir.questions.actions.drafts import drop_draft
from comptoir.questions.refusals import NotLater, SentAlready
from comptoir.questions.to_send import just_asked, scheduled
from tests.questions.asked import ask, draft, now_of
from tests.world import NOW, fresh

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from comptoir.questions.models import LaterAsking, Question

TOMORROW = NOW.replace(hour=8, minute=0) + timedelta(days=1)


def schedule(by: Membership, company: Company, *questions: Question, **more: Any) -> LaterAsking:
    return schedule_questions(
        [one.pk for one in questions],
        company_id=company.pk,
        by=by,
        at=NOW,
        key=more.pop("key", None) or new_id(),
        message_key=new_id(),
        send_at=more.pop("send_at", TOMORROW),
        subject="{{ questions }} questions",
        body=more.pop("body", "Bonjour"),
        **more,
    )


def test_they_leave_at_their_moment_as_one_conversation(accountant: Membership, bakery: Company) -> None:
    one, two = draft(accountant, bakery), draft(accountant, bakery)
    later = schedule(accountant, bakery, one, two)
    assert [(row.later, row.number) for row in scheduled(accountant)] == [(later, 2)]
    job = DBTaskResult.objects.get(task_path__endswith="ask_at_last")
    assert (job.run_after, job.args_kwargs["kwargs"]) == (TOMORROW, {"later_id": str(later.pk)})
    ask_scheduled(later.pk, at=TOMORROW - timedelta(seconds=1))
    assert not Conversation.objects.exists()
    for _ in "12":
        ask_scheduled(later.pk, at=TOMORROW)
    talk = Conversation.objects.get()
    assert (talk.subject, talk.open_questions, talk.pk) == ("2 questions", 2, later.pk)
    assert Message.objects.count() == 1
    assert Announcement.objects.filter(event_id__in=Event.objects.values("pk")).count() == 1
    assert scheduled(accountant) == []
    assert len(just_asked(accountant, since=TOMORROW)) == 1


def test_only_what_is_a_draft_then(accountant: Membership, bakery: Company) -> None:
    one, two, three = (draft(accountant, bakery) for _ in "123")
    later = schedule(accountant, bakery, one, two, three)
    drop_draft(two.pk, by=accountant, at=NOW)
    ask(accountant, bakery, three)
    ask_scheduled(later.pk, at=TOMORROW)
    assert Conversation.objects.get(pk=later.pk).subject == "1 questions"
    assert [now_of(each).conversation_id == later.pk for each in (one, two, three)] == [True, False, False]


def test_cancelled_they_are_plain_drafts_again(
    accountant: Membership, assistant: Membership, outsider: Membership, bakery: Company
) -> None:
    one = draft(accountant, bakery)
    later = schedule(accountant, bakery, one)
    with pytest.raises(NotFound):
        cancel_asking(later.pk, by=outsider, at=NOW)
    with pytest.raises(NotAllowed):
        cancel_asking(later.pk, by=assistant, at=NOW)
    for _ in "12":
        cancel_asking(later.pk, by=accountant, at=NOW)
    ask_scheduled(later.pk, at=TOMORROW)
    assert (now_of(one).state, now_of(one).leaves) == ("draft", None)
    verbs = Event.objects.filter(verb__startswith="asking.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["asking.scheduled", "asking.cancelled"]


def test_refused_by_what_is_true_then(accountant: Membership, admin: Membership, bakery: Company) -> None:
    one = draft(accountant, bakery)
    later = schedule(accountant, bakery, one)
    end_membership(accountant.pk, by=fresh(admin), at=NOW)
    ask_scheduled(later.pk, at=TOMORROW)
    [row] = scheduled(admin)
    assert (row.later.refused_at, bool(row.later.refused_why), row.number) == (TOMORROW, True, 0)
    assert (now_of(one).state, now_of(one).leaves) == ("draft", None)
    assert not Conversation.objects.exists()
    cancel_asking(later.pk, by=admin, at=TOMORROW)
    assert scheduled(admin) == []


def test_what_cannot_be_said_or_is_no_later_is_refused_at_once(
    accountant: Membership, assistant: Membership, bakery: Company
) -> None:
    one = draft(accountant, bakery)
    for moment in (NOW, NOW + timedelta(days=61)):
        with pytest.raises(NotLater):
            schedule(accountant, bakery, one, send_at=moment)
    with pytest.raises(EmptyField):
        schedule(accountant, bakery, one, body="{{ deadline }}")
    with pytest.raises(NotAllowed):
        schedule(assistant, bakery, one)
    assert now_of(one).leaves is None


def test_too_late_to_cancel_and_the_same_key_again(accountant: Membership, bakery: Company) -> None:
    one, key = draft(accountant, bakery), new_id()
    assert len({schedule(accountant, bakery, one, key=key).pk for _ in "12"}) == 1
    ask_scheduled(key, at=TOMORROW)
    with pytest.raises(SentAlready):
        cancel_asking(key, by=accountant, at=TOMORROW)
