"""At the same moment: asked once, answered once, accepted once, and nothing accepted that nobody has read."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from comptoir.activity.models import Event
from comptoir.conversations.models import Conversation, Message
from comptoir.core.errors import Refused
from comptoir.core.ids import new_id
from comptoir.live.broker import broker
from comptoir.questions.actions.answers import answer_question, pass_on_question
from comptoir.questions.actions.asking_later import ask_scheduled, cancel_asking, schedule_questions
from comptoir.questions.actions.deciding import accept_answers, send_back_answer
from comptoir.questions.actions.drafts import drop_draft
from comptoir.questions.actions.merging import merge_drafts
from comptoir.questions.models import Answer, LaterAsking, Question
from comptoir.questions.refusals import AnswerChanged, QuestionMoved
from tests.conversations.facts import again, waits
from tests.conversations.threads import at_once
from tests.questions.asked import answer, ask, draft, now_of
from tests.world import NOW, fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.people.models import Company, Membership
    from tests.world import Cast

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hints stay in this process: the way to others keeps a session open, and such a database cannot be dropped."""
    monkeypatch.setattr(broker(), "bus", None)


def happened(verb: str, question: Question) -> int:
    return Event.objects.filter(verb=verb, subject_id=question.pk).count()


def split(results: list[Any]) -> tuple[list[Any], list[Refused]]:
    refused = [one for one in results if isinstance(one, Refused)]
    return [one for one in results if not isinstance(one, Refused)], refused


def test_the_same_drafts_are_asked_once(cast: Cast, bakery: Company) -> None:
    people = [fresh(cast.accountant), fresh(cast.admin)]
    for _ in range(ROUNDS):
        before = Conversation.objects.count()
        drafts = [draft(people[0], bakery) for _ in "123"]
        done, refused = split(at_once([partial(ask, by, bakery, *drafts) for by in people]))
        assert (len(done), [type(one) for one in refused]) == (1, [QuestionMoved])
        assert Conversation.objects.count() == before + 1
        assert [happened("question.asked", one) for one in drafts] == [1, 1, 1]
        assert {now_of(one).conversation_id for one in drafts} == {done[0].conversation.pk}


def test_drafts_asked_by_a_job_and_by_hand_are_asked_once(cast: Cast, bakery: Company) -> None:
    by = fresh(cast.accountant)
    for _ in range(ROUNDS):
        one = draft(by, bakery)
        later = later_of(by, bakery, one)
        job: Callable[[], Any] = partial(ask_scheduled, later.pk, at=TOMORROW)
        at_once([job, job, partial(ask, by, bakery, one, at=TOMORROW)])
        assert happened("question.asked", one) == 1
        assert now_of(one).state == "asked"
        assert not LaterAsking.objects.get(pk=later.pk).waits


def test_cancelled_or_sent_and_never_both(cast: Cast, bakery: Company) -> None:
    by = fresh(cast.accountant)
    for _ in range(ROUNDS):
        one = draft(by, bakery)
        later = later_of(by, bakery, one)
        at_once(
            [partial(ask_scheduled, later.pk, at=TOMORROW), partial(cancel_asking, later.pk, by=by, at=NOW)]
        )
        now = LaterAsking.objects.get(pk=later.pk)
        assert (now.sent_at is None) != (now.cancelled_at is None)
        assert now_of(one).state == ("asked" if now.sent_at else "draft")


def later_of(by: Membership, company: Company, one: Question) -> LaterAsking:
    return schedule_questions(
        [one.pk],
        company_id=company.pk,
        by=by,
        at=NOW,
        key=new_id(),
        message_key=new_id(),
        send_at=TOMORROW,
        subject="Questions",
        body="Bonjour",
    )


def test_put_together_dropped_or_asked(cast: Cast, bakery: Company) -> None:
    by = fresh(cast.accountant)
    for _ in range(ROUNDS):
        one, two = draft(by, bakery), draft(by, bakery)
        at_once(
            [
                partial(ask, by, bakery, one, two),
                partial(merge_drafts, [one.pk, two.pk], by=by, at=NOW),
                partial(drop_draft, two.pk, by=by, at=NOW),
            ]
        )
        left = 2 - sum(now_of(each).state == "withdrawn" for each in (one, two))
        asked = Question.objects.filter(pk__in=[one.pk, two.pk], state="asked").count()
        assert asked in {0, left}


def test_one_tap_of_two_colleagues(cast: Cast, bakery: Company) -> None:
    by, sophie, partner = (fresh(one) for one in (cast.accountant, cast.client, cast.partner))
    for _ in range(ROUNDS):
        asked = ask(by, bakery)
        [question] = asked.questions
        key = new_id()
        tap = partial(answer_question, question.pk, by=sophie, at=NOW, key=key, choice="dont_know")
        other = partial(answer_question, question.pk, by=partner, at=NOW, key=new_id(), choice="call_me")
        results, refused = split(at_once([tap, tap, other]))
        assert not refused
        assert sorted(one.is_new for one in results) == [False, True, True]
        assert (
            Answer.objects.filter(question=question).count() == happened("question.answered", question) == 2
        )
        assert (now_of(question).state, again(asked.conversation).open_questions) == ("answered", 0)
        assert waits(asked.conversation) == "office"


def test_passed_on_once_to_one(cast: Cast, bakery: Company) -> None:
    sophie, partner = fresh(cast.client), fresh(cast.partner)
    [question] = ask(fresh(cast.accountant), bakery).questions
    pass_on = partial(pass_on_question, question.pk, by=sophie, at=NOW, to_id=partner.pk)
    at_once([pass_on] * 4)
    assert happened("question.passed_on", question) == 1
    assert Message.objects.filter(conversation=question.conversation_id, kind="passed_on").count() == 1


def test_accepted_once_or_sent_back(cast: Cast, bakery: Company) -> None:
    sophie, by, admin = (fresh(one) for one in (cast.client, cast.accountant, cast.admin))
    for _ in range(ROUNDS):
        questions = ask(by, bakery, draft(by, bakery), draft(by, bakery)).questions
        for one in questions:
            answer(sophie, one)
        ids = [one.pk for one in questions]
        doings: list[Callable[[], Any]] = [
            partial(accept_answers, ids, by=by, at=NOW),
            partial(accept_answers, ids[::-1], by=admin, at=NOW),
            partial(send_back_answer, ids[0], by=admin, at=NOW, reason="Lequel ?"),
        ]
        done, refused = split(at_once(doings))
        assert (len(done), {type(one) for one in refused}) == (1, {QuestionMoved})
        accepted = [happened("question.accepted", one) for one in questions]
        assert accepted in ([1, 1], [0, 0])


def test_no_answer_is_accepted_that_was_not_read(cast: Cast, bakery: Company) -> None:
    sophie, by = fresh(cast.client), fresh(cast.accountant)
    for _ in range(ROUNDS):
        [question] = ask(by, bakery).questions
        answer(sophie, question, "Le premier")
        read = {question.pk: Answer.objects.get(question=question).pk}
        change = partial(
            answer_question, question.pk, by=sophie, at=NOW, key=new_id(), choice="text", body="L’autre"
        )
        accept = partial(accept_answers, [question.pk], by=by, at=NOW, read=read)
        accepted, changed = at_once([accept, change])
        assert isinstance(accepted, Refused) != isinstance(changed, Refused)
        if isinstance(accepted, Refused):
            assert isinstance(accepted, AnswerChanged)
            assert now_of(question).state == "answered"
        else:
            assert isinstance(changed, QuestionMoved)
            assert Answer.objects.filter(question=question).count() == 1
