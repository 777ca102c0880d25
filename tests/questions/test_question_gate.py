"""Who sees which question: every member of the cast, a draft, a shared and a private one; and by the link of a mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.core.errors import NotFound
from comptoir.core.ids import new_id
from comptoir.people.models import Membership
from comptoir.questions.actions.asking import ask_in_conversation
from comptoir.questions.models import Answer, AnswerRule, OfficeThresholds, Question
from comptoir.questions.queries import open_for, questions_of, questions_on, to_accept
from comptoir.questions.refusals import NobodyToAsk
from comptoir.questions.to_send import to_send
from tests.questions.asked import answer, ask, draft
from tests.world import NOW, begin, fresh

if TYPE_CHECKING:
    from comptoir.people.models import Company
    from tests.world import Cast

# draft, shared, private with Sophie
SEEN = {
    "admin": "dsp",
    "accountant": "dsp",
    "assistant": "dsp",
    "client": "sp",
    "partner": "s",
    "documents": "",
    "reader": "",
    "colleague": "",
    "other": "",
    "outsider": "",
    "stranger": "",
}


@pytest.fixture
def three(cast: Cast, bakery: Company) -> dict[str, Question]:
    accountant, sophie = fresh(cast.accountant), fresh(cast.client)
    return {
        "d": draft(accountant, bakery),
        "s": ask(accountant, bakery).questions[0],
        "p": ask(accountant, bakery, to=sophie).questions[0],
    }


@pytest.mark.parametrize("who", SEEN)
def test_each_sees_what_is_written_here(who: str, cast: Cast, three: dict[str, Question]) -> None:
    member = fresh(getattr(cast, who))
    seen = set(Question.objects.visible_to(member))
    assert seen == {three[letter] for letter in SEEN[who]}
    asked = {three[letter] for letter in SEEN[who] if letter != "d"}
    assert set(open_for(member)) == asked
    found = [
        one for q in three.values() if q.message_id for one in questions_of(q.conversation_id, member=member)
    ]
    assert set(found) == asked
    carried = questions_on([q.message_id for q in three.values() if q.message_id], member=member)
    assert {one for ones in carried.values() for one in ones} == asked
    assert bool(to_send(member)) == ("d" in SEEN[who])


@pytest.mark.parametrize("who", SEEN)
def test_answers_are_seen_with_their_questions(who: str, cast: Cast, three: dict[str, Question]) -> None:
    for letter in "sp":
        answer(fresh(cast.client), three[letter])
    member = fresh(getattr(cast, who))
    seen = {three[letter] for letter in SEEN[who] if letter != "d"}
    assert {one.question for one in Answer.objects.visible_to(member)} == seen
    assert set(to_accept(member)) == (seen if member.is_office else set())
    assert not AnswerRule.objects.visible_to(member).exists()
    assert not OfficeThresholds.objects.visible_to(member).exists()


def test_full_feedback_sees_none_even_in_a_conversation_of_their_own(
    accountant: Membership, reader: Membership, sophie: Membership, bakery: Company
) -> None:
    """Asked of Sophie alone, who has had her profile changed since."""
    [question] = ask(accountant, bakery, to=sophie).questions
    Membership.objects.filter(pk=sophie.pk).update(profile="full_feedback")
    member = fresh(sophie)
    assert question.conversation_id is not None
    assert not questions_of(question.conversation_id, member=member).exists()
    with pytest.raises(NotFound):
        answer(member, question)
    talk = begin(accountant, bakery, to=reader).conversation
    with pytest.raises(NobodyToAsk):
        ask_in_conversation(
            [draft(accountant, bakery).pk],
            conversation_id=talk.pk,
            by=accountant,
            at=NOW,
            message_key=new_id(),
            body="Bonjour",
        )


def test_by_the_link_of_a_mail_those_of_its_conversation(
    sophie: Membership, three: dict[str, Question]
) -> None:
    sophie.only_conversation = three["s"].conversation_id
    assert set(Question.objects.visible_to(sophie)) == {three["s"]}
    assert answer(sophie, three["s"]).state == "answered"
    with pytest.raises(NotFound):
        answer(sophie, three["p"])
