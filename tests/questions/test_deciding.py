"""Accepted, sent back, withdrawn: by an accountant of the dossier, each once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.models import Message
from comptoir.conversations.refusals import EmptyMessage
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.notifications.models import Announcement
from comptoir.questions.actions.deciding import accept_answers, send_back_answer, withdraw_question
from comptoir.questions.models import Answer
from comptoir.questions.queries import to_accept
from comptoir.questions.refusals import NothingToAsk, QuestionMoved
from tests.conversations.facts import again, waits
from tests.questions.asked import answer, ask, draft, now_of
from tests.world import NOW, say

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from comptoir.questions.models import Question

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def answered(accountant: Membership, sophie: Membership, bakery: Company) -> list[Question]:
    asked = ask(accountant, bakery, draft(accountant, bakery), draft(accountant, bakery))
    return [answer(sophie, one) for one in asked.questions]


def test_many_are_accepted_at_once_and_the_office_waits_no_more(
    accountant: Membership, sophie: Membership, answered: list[Question]
) -> None:
    assert list(to_accept(accountant)) == answered
    assert not to_accept(sophie).exists()
    accept_answers([one.pk for one in answered], by=accountant, at=LATER)
    assert [now_of(one).state for one in answered] == ["accepted", "accepted"]
    assert (now_of(answered[0]).decided_by, now_of(answered[0]).decided_at) == (accountant, LATER)
    assert waits(answered[0].conversation) == ""
    assert not to_accept(accountant).exists()
    with pytest.raises(QuestionMoved):
        answer(sophie, answered[0], "Trop tard")


def test_what_the_client_wrote_beside_them_still_waits(
    accountant: Membership, sophie: Membership, answered: list[Question]
) -> None:
    say(answered[0].conversation, sophie, "Et la TVA ?")
    accept_answers([one.pk for one in answered], by=accountant, at=LATER)
    assert waits(answered[0].conversation) == "office"


def test_all_or_none(accountant: Membership, sophie: Membership, answered: list[Question]) -> None:
    send_back_answer(answered[0].pk, by=accountant, at=LATER, reason="Lequel ?")
    with pytest.raises(QuestionMoved):
        accept_answers([one.pk for one in answered], by=accountant, at=LATER)
    assert now_of(answered[1]).state == "answered"
    with pytest.raises(NothingToAsk):
        accept_answers([], by=accountant, at=LATER)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("assistant", NotAllowed),
        ("sophie", NotAllowed),
        ("reader", NotFound),
        ("colleague", NotFound),
        ("outsider", NotFound),
    ],
)
def test_nobody_else_decides(
    who: str, refusal: type[Exception], request: pytest.FixtureRequest, answered: list[Question]
) -> None:
    member = request.getfixturevalue(who)
    with pytest.raises(refusal):
        accept_answers([answered[0].pk], by=member, at=LATER)
    with pytest.raises(refusal):
        send_back_answer(answered[0].pk, by=member, at=LATER, reason="?")
    with pytest.raises(refusal):
        withdraw_question(answered[0].pk, by=member, at=LATER)
    assert now_of(answered[0]).state == "answered"


def test_sent_back_it_is_asked_again_and_the_client_is_told_why(
    accountant: Membership, sophie: Membership, answered: list[Question]
) -> None:
    question, talk = answered[0], answered[0].conversation
    with pytest.raises(EmptyMessage):
        send_back_answer(question.pk, by=accountant, at=LATER, reason=" ")
    before = Announcement.objects.count()
    send_back_answer(question.pk, by=accountant, at=LATER, reason="Quel client ?")
    assert (now_of(question).state, again(talk).open_questions) == ("sent_back", 1)
    assert waits(talk) == "office client"  # the other answer is still to be accepted
    assert Message.objects.filter(conversation=talk, body="Quel client ?").count() == 1
    assert Announcement.objects.count() == before + 1
    [first] = Answer.objects.filter(question=question)
    assert (first.sent_back_by, first.sent_back_reason) == (accountant, "Quel client ?")
    assert answer(sophie, question, "M. Leroy").state == "answered"


def test_sent_back_in_a_closed_conversation_reopens_it(
    accountant: Membership, answered: list[Question]
) -> None:
    close_conversation(answered[0].conversation_id, by=accountant, at=LATER)
    send_back_answer(answered[0].pk, by=accountant, at=LATER, reason="Quel client ?")
    talk = again(answered[0].conversation)
    assert (talk.is_open, talk.open_questions) == (True, 1)


def test_accepted_in_a_closed_conversation(accountant: Membership, answered: list[Question]) -> None:
    close_conversation(answered[0].conversation_id, by=accountant, at=LATER)
    accept_answers([one.pk for one in answered], by=accountant, at=LATER)
    assert waits(answered[0].conversation) == ""


def test_withdrawn_it_waits_for_nobody(accountant: Membership, sophie: Membership, bakery: Company) -> None:
    asked = ask(accountant, bakery)
    [question] = asked.questions
    withdraw_question(question.pk, by=accountant, at=LATER, reason="Trouvé entre-temps")
    stored = now_of(question)
    assert (stored.state, stored.withdrawn_facts) == ("withdrawn", {"reason": "Trouvé entre-temps"})
    assert (waits(asked.conversation), again(asked.conversation).open_questions) == ("", 0)
    with pytest.raises(QuestionMoved):
        answer(sophie, question)
