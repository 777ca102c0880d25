"""Answering: once per tap, changeable, passed on; what waits for whom meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from comptoir.activity.models import Event
from comptoir.conversations.actions.conversation import close_conversation, mark_handled
from comptoir.conversations.actions.message import delete_message
from comptoir.conversations.refusals import ConversationClosed, IdentifierTaken, UnknownAttachment
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.core.ids import new_id
from comptoir.questions.actions.answers import answer_question, pass_on_question
from comptoir.questions.answer_checks import EVERYWHERE, checked_answer, kinds_of
from comptoir.questions.catalogue import CATALOGUE
from comptoir.questions.models import Answer
from comptoir.questions.queries import answer_file_for, questions_on
from comptoir.questions.refusals import AnswerIncomplete, NotAColleague, UnknownChoice
from tests.conversations.facts import again, waits
from tests.doors.things import put_a_file
from tests.questions.asked import answer, ask, draft, now_of
from tests.world import NOW, say

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership


def test_the_same_answer_again_is_one_answer(
    accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    [question] = ask(accountant, bakery).questions
    key = new_id()
    given = [
        answer_question(question.pk, by=sophie, at=NOW, key=key, choice="text", body="Un client")
        for _ in "12"
    ]
    assert [one.is_new for one in given] == [True, False]
    assert Answer.objects.count() == Event.objects.filter(verb="question.answered").count() == 1
    with pytest.raises(IdentifierTaken):
        answer_question(question.pk, by=sophie, at=NOW, key=key, choice="text", body="Un autre")


def test_the_newest_counts_and_all_are_kept(
    accountant: Membership, sophie: Membership, partner: Membership, bakery: Company
) -> None:
    asked = ask(accountant, bakery)
    [question] = asked.questions
    answer(sophie, question, choice="dont_know", body="")
    answer(partner, question, "Notre fournisseur")
    [[shown]] = questions_on([asked.message.pk], member=accountant).values()
    assert [one.body for one in shown.known_answers] == ["Notre fournisseur", ""]
    assert (shown.state, waits(asked.conversation)) == ("answered", "office")


def test_the_counter_falls_when_none_is_open(
    accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    asked = ask(accountant, bakery, draft(accountant, bakery), draft(accountant, bakery))
    talk = asked.conversation
    say(talk, sophie, "Je regarde")
    assert waits(talk) == "office client"
    mark_handled(talk.pk, by=sophie, at=NOW)
    assert waits(talk) == "office client"
    answer(sophie, asked.questions[0])
    mark_handled(talk.pk, by=accountant, at=NOW)
    assert (waits(talk), again(talk).open_questions) == ("client", 1)
    answer(sophie, asked.questions[1])
    assert (waits(talk), again(talk).open_questions) == ("office", 0)


def test_what_was_asked_in_words_beside_them_still_waits(
    accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    asked = ask(accountant, bakery)
    say(asked.conversation, accountant, "Et quand passez-vous ?", expects_answer=True)
    answer(sophie, asked.questions[0])
    assert waits(asked.conversation) == "office client"


def test_a_message_taken_back_gives_back_no_question_that_was_answered(
    accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    asked = ask(accountant, bakery)
    said = say(asked.conversation, sophie, "Je regarde")
    answer(sophie, asked.questions[0])
    delete_message(said.pk, by=sophie, at=NOW)
    assert "client" not in waits(asked.conversation)


def test_pages_fetch_the_message_again(accountant: Membership, sophie: Membership, bakery: Company) -> None:
    asked = ask(accountant, bakery)
    before = again(asked.conversation).revision
    answer(sophie, asked.questions[0])
    asked.message.refresh_from_db()
    assert asked.message.revision == again(asked.conversation).revision == before + 1


def test_a_photo_belongs_to_the_answer(
    accountant: Membership, sophie: Membership, partner: Membership, reader: Membership, bakery: Company
) -> None:
    [question] = ask(accountant, bakery, to=sophie).questions
    photo = put_a_file(sophie, "ticket.txt")
    with pytest.raises(AnswerIncomplete):
        answer(sophie, question, choice="file", body="")
    answer(sophie, question, choice="file", body="", files=[photo.pk])
    with pytest.raises(UnknownAttachment):
        answer(sophie, question, choice="file", body="", files=[photo.pk])
    assert answer_file_for(accountant, photo.pk) == answer_file_for(sophie, photo.pk) == photo
    assert answer_file_for(partner, photo.pk) is answer_file_for(reader, photo.pk) is None


@pytest.mark.parametrize("who", ["documents", "reader", "other", "stranger", "outsider", "partner"])
def test_whoever_does_not_see_it_answers_nothing(
    who: str, request: pytest.FixtureRequest, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    [question] = ask(accountant, bakery, to=sophie).questions
    with pytest.raises(NotFound):
        answer(request.getfixturevalue(who), question)


def test_the_office_answers_nothing_itself(
    accountant: Membership, admin: Membership, bakery: Company
) -> None:
    [question] = ask(accountant, bakery).questions
    for member in (accountant, admin):
        with pytest.raises(NotAllowed):
            answer(member, question)


def test_a_closed_conversation_withdraws_what_is_open_and_keeps_what_was_answered(
    accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    asked = ask(accountant, bakery, draft(accountant, bakery), draft(accountant, bakery))
    one, two = asked.questions
    answer(sophie, one)
    closed = close_conversation(asked.conversation.pk, by=accountant, at=NOW)
    assert closed.revision == again(closed).revision
    assert (now_of(one).state, now_of(two).state, now_of(two).withdrawn_why) == (
        "answered",
        "withdrawn",
        "closed",
    )
    assert again(closed).open_questions == 0
    with pytest.raises(ConversationClosed):
        answer(sophie, one)


# ── A colleague knows ────────────────────────────────────────────────────
def test_is_passed_on_to_a_colleague_who_answers(
    accountant: Membership, sophie: Membership, partner: Membership, bakery: Company
) -> None:
    asked = ask(accountant, bakery)
    [question] = asked.questions
    for _ in "12":
        pass_on_question(question.pk, by=sophie, at=NOW, to_id=partner.pk)
    assert (now_of(question).passed_to, now_of(question).state) == (partner, "asked")
    assert Event.objects.filter(verb="question.passed_on").count() == 1
    assert waits(asked.conversation) == "client"
    assert answer(partner, question).state == "answered"


@pytest.mark.parametrize("who", ["sophie", "reader", "documents", "other", "accountant", "partner"])
def test_not_to_whoever_cannot_see_it(
    who: str, request: pytest.FixtureRequest, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    [question] = ask(accountant, bakery, to=sophie).questions
    with pytest.raises(NotAColleague):
        pass_on_question(question.pk, by=sophie, at=NOW, to_id=request.getfixturevalue(who).pk)


# ── What counts as an answer ─────────────────────────────────────────────
WHOLE: dict[str, Any] = {
    "tap": {},
    "percent": {"percent": "33,5 %"},
    "name": {"name": " Sophie "},
    "day": {"day": "2026-11-20"},
    "file": {},
    "text": {},
    "pick": {"picked": ["0192f0c1-0000-7000-8000-000000000007"]},
}


@pytest.mark.parametrize("type_id", [*CATALOGUE, "free"])
def test_every_choice_of_every_type_can_be_given(type_id: str) -> None:
    for choice, kind in kinds_of(type_id).items():
        given = checked_answer(type_id, choice=choice, detail=WHOLE[kind], body="Oui", has_files=True)
        assert (given.choice, set(given.detail)) == (choice, set(WHOLE[kind]))
    assert set(EVERYWHERE) <= set(kinds_of(type_id))


@pytest.mark.parametrize(
    ("type_id", "choice", "detail", "refusal"),
    [
        ("A1", "nonsense", {}, UnknownChoice),
        ("free", "business", {}, UnknownChoice),
        ("A1", "mixed", {}, AnswerIncomplete),
        ("A1", "mixed", {"percent": "101"}, AnswerIncomplete),
        ("A1", "mixed", {"percent": "NaN"}, AnswerIncomplete),
        ("A2", "privately", {"name": "  "}, AnswerIncomplete),
        ("D2", "coming", {"day": "demain"}, AnswerIncomplete),
        ("B8", "invoices", {"picked": []}, AnswerIncomplete),
        ("B8", "invoices", {"picked": "7"}, AnswerIncomplete),
        ("B8", "invoices", {"picked": ["7"]}, AnswerIncomplete),
        ("A1", "text", {}, AnswerIncomplete),
        ("B1", "attached", {}, AnswerIncomplete),
    ],
)
def test_what_lacks_something(
    type_id: str, choice: str, detail: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        checked_answer(type_id, choice=choice, detail=detail, body="", has_files=False)


def test_details_are_plain(accountant: Membership, sophie: Membership, bakery: Company) -> None:
    given = checked_answer("A1", choice="mixed", detail={"percent": "40,0", "x": 1}, body="", has_files=False)
    assert given.detail == {"percent": "40"}
