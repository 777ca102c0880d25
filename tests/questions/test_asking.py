"""Asking: many drafts, one conversation, one message, one notice; and taking them back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.conversations.actions.message import delete_message
from comptoir.conversations.actions.receipt import mark_delivered, mark_seen
from comptoir.conversations.models import Conversation, Message
from comptoir.conversations.refusals import EmptyField, IdentifierTaken, UnknownField
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.core.ids import new_id
from comptoir.notifications.models import Announcement
from comptoir.people.models import Membership
from comptoir.questions.actions.asking import ask_in_conversation, take_back_questions
from comptoir.questions.actions.drafts import drop_draft
from comptoir.questions.models import Question
from comptoir.questions.queries import open_for, questions_of
from comptoir.questions.refusals import (
    AskedByAnother,
    NobodyToAsk,
    NothingToAsk,
    QuestionMoved,
    TooLateToTakeBack,
)
from tests.conversations.facts import again, waits
from tests.questions.asked import answer, ask, draft, now_of
from tests.world import NOW, begin, say

if TYPE_CHECKING:
    from comptoir.people.models import Company

SOON = NOW + timedelta(minutes=4)


def test_many_are_one_conversation_one_message_and_one_notice(
    accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    one, two = draft(accountant, bakery), draft(accountant, bakery, due_on=date(2026, 11, 20))
    asked = ask(accountant, bakery, two, one, due_on=date(2026, 11, 30))
    talk = again(asked.conversation)
    assert (talk.open_questions, waits(talk), talk.last_line) == (2, "client", "Bonjour")
    assert Message.objects.filter(conversation=talk).count() == Announcement.objects.count() == 1
    found = list(questions_of(talk.pk, member=sophie))
    assert [(q.pk, q.state, q.place, q.asked_by_id) for q in found] == [
        (two.pk, "asked", 1, accountant.pk),
        (one.pk, "asked", 2, accountant.pk),
    ]
    assert [q.due_on for q in found] == [date(2026, 11, 20), date(2026, 11, 30)]
    verbs = list(Event.objects.filter(conversation_id=talk.pk).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["conversation.started", "question.asked", "question.asked"]


def test_the_same_keys_ask_once(accountant: Membership, bakery: Company) -> None:
    keys = {"key": new_id(), "message_key": new_id()}
    one, two = draft(accountant, bakery), draft(accountant, bakery)
    first, second = ask(accountant, bakery, one, **keys), ask(accountant, bakery, one, **keys)
    assert (first.is_new, second.is_new, first.message) == (True, False, second.message)
    with pytest.raises(IdentifierTaken):
        ask(accountant, bakery, two, **keys)
    with pytest.raises(QuestionMoved):
        ask(accountant, bakery, one)
    assert Conversation.objects.count() == 1


def test_merge_fields_of_the_introduction(accountant: Membership, bakery: Company) -> None:
    said = "{{ company }} : {{questions}} question avant le {{ deadline }}. {{ manager }}"
    asked = ask(accountant, bakery, body=said, subject="{{ questions }} question", due_on=date(2026, 11, 30))
    assert asked.message.body == f"{bakery.name} : 1 question avant le 30/11/2026. Nathalie Verhulst"
    assert asked.conversation.subject == "1 question"
    with pytest.raises(EmptyField):
        ask(accountant, bakery, body=said)
    with pytest.raises(UnknownField):
        ask(accountant, bakery, body="{{ compny }}")


def test_the_text_of_a_question_is_in_no_message(accountant: Membership, bakery: Company) -> None:
    """So neither a mail, nor a list, nor the search has it: whoever may not see questions reads none."""
    asked = ask(accountant, bakery, draft(accountant, bakery, "Qui est Mme Leroy ?"))
    assert "Leroy" not in asked.message.body + asked.conversation.last_line + asked.conversation.subject


def test_to_one_person_alone(
    accountant: Membership, sophie: Membership, partner: Membership, bakery: Company
) -> None:
    asked = ask(accountant, bakery, to=sophie)
    [question] = asked.questions
    assert (question.addressee, list(open_for(sophie))) == (sophie, [question])
    assert not Question.objects.visible_to(partner).exists()


@pytest.mark.parametrize("who", ["reader", "documents", "other"])
def test_nobody_is_asked_who_may_not_see_questions(
    who: str, request: pytest.FixtureRequest, accountant: Membership, bakery: Company
) -> None:
    found = draft(accountant, bakery)
    with pytest.raises((NobodyToAsk, NotFound, Exception)) as refused:
        ask(accountant, bakery, found, to=request.getfixturevalue(who))
    assert refused.typename == ("NobodyToAsk" if who == "reader" else "NotAddressable")
    assert (now_of(found).state, Conversation.objects.count()) == ("draft", 0)


def test_a_dossier_without_anybody_to_answer(
    accountant: Membership, sophie: Membership, partner: Membership, bakery: Company
) -> None:
    Membership.objects.filter(pk__in=[sophie.pk, partner.pk]).update(ended_at=NOW)
    with pytest.raises(NobodyToAsk):
        ask(accountant, bakery)


def test_assistants_and_clients_ask_nothing(
    assistant: Membership, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    found = draft(assistant, bakery)
    for member in (assistant, sophie):
        with pytest.raises(NotAllowed):
            ask(member, bakery, found)
    assert now_of(found).state == "draft"


def test_of_another_dossier_or_none_at_all(
    admin: Membership, accountant: Membership, bakery: Company, garage: Company
) -> None:
    theirs = draft(admin, garage)
    for member in (admin, accountant):
        with pytest.raises(NotFound):
            ask(member, bakery, theirs)
    dropped = draft(admin, bakery)
    drop_draft(dropped.pk, by=admin, at=NOW)
    with pytest.raises(QuestionMoved):
        ask(admin, bakery, dropped)
    with pytest.raises(NothingToAsk):
        ask_in_conversation([], conversation_id=new_id(), by=admin, at=NOW, message_key=new_id(), body="?")


def test_by_one_more_message_of_a_conversation(
    accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    talk = begin(sophie, bakery).conversation
    found = draft(accountant, bakery, about_id=talk.pk)
    asked = ask_in_conversation(
        [found.pk], conversation_id=talk.pk, by=accountant, at=NOW, message_key=new_id(), body="Une question"
    )
    assert (again(talk).open_questions, waits(talk)) == (1, "client")
    take_back_questions(asked.message.pk, by=accountant, at=SOON)
    assert (again(talk).is_open, again(talk).open_questions, now_of(found).state) == (True, 0, "draft")


# ── Taken back ───────────────────────────────────────────────────────────
def test_taken_back_they_are_drafts_and_the_conversation_is_closed(
    accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    asked = ask(accountant, bakery)
    mark_delivered([asked.conversation.pk], by=sophie, at=NOW)
    [question] = take_back_questions(asked.message.pk, by=accountant, at=SOON)
    stored = now_of(question)
    assert (stored.state, stored.conversation, stored.asked_at, stored.delivered_at) == (
        "draft",
        None,
        None,
        None,
    )
    talk = again(asked.conversation)
    assert (talk.is_open, talk.open_questions, waits(talk)) == (False, 0, "")
    asked.message.refresh_from_db()
    assert asked.message.deleted_at == SOON
    assert not Question.objects.visible_to(sophie).exists()
    assert ask(accountant, bakery, question, at=SOON).is_new


def test_not_by_another_nor_too_late_nor_once_it_was_read(
    accountant: Membership, admin: Membership, assistant: Membership, sophie: Membership, bakery: Company
) -> None:
    asked = ask(accountant, bakery)
    with pytest.raises(AskedByAnother):
        take_back_questions(asked.message.pk, by=admin, at=SOON)
    with pytest.raises(NotAllowed):
        take_back_questions(asked.message.pk, by=assistant, at=SOON)
    with pytest.raises(TooLateToTakeBack):
        take_back_questions(asked.message.pk, by=accountant, at=NOW + timedelta(minutes=5, seconds=1))
    mark_seen(asked.conversation.pk, by=sophie, at=NOW)
    with pytest.raises(TooLateToTakeBack):
        take_back_questions(asked.message.pk, by=accountant, at=SOON)


def test_once_one_was_answered_none_is_taken_back(
    accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    asked = ask(accountant, bakery, draft(accountant, bakery), draft(accountant, bakery))
    answer(sophie, asked.questions[0])
    with pytest.raises(TooLateToTakeBack):
        take_back_questions(asked.message.pk, by=accountant, at=SOON)
    assert again(asked.conversation).open_questions == 1


# ── Carried by their message ─────────────────────────────────────────────
def test_delivered_and_seen_with_their_message(
    accountant: Membership, admin: Membership, sophie: Membership, bakery: Company
) -> None:
    asked = ask(accountant, bakery)
    [question] = asked.questions
    mark_seen(asked.conversation.pk, by=admin, at=NOW)
    assert now_of(question).state == "asked"
    mark_delivered([asked.conversation.pk], by=sophie, at=SOON)
    assert (now_of(question).state, now_of(question).delivered_at) == ("delivered", SOON)
    mark_seen(asked.conversation.pk, by=sophie, at=SOON)
    seen = now_of(question)
    assert (seen.state, seen.seen_by, seen.seen_at) == ("seen", sophie, SOON)


def test_what_was_asked_later_is_not_seen_with_what_was_read_before(
    accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    talk = ask(accountant, bakery).conversation
    upto = again(talk).last_position
    more = ask_in_conversation(
        [draft(accountant, bakery).pk],
        conversation_id=talk.pk,
        by=accountant,
        at=NOW,
        message_key=new_id(),
        body="Encore",
    )
    mark_seen(talk.pk, by=sophie, at=NOW, upto=upto)
    assert [q.state for q in questions_of(talk.pk, member=sophie)] == ["seen", "asked"]
    assert more.questions[0].place == 1


def test_a_deleted_message_asks_no_more(accountant: Membership, sophie: Membership, bakery: Company) -> None:
    asked = ask(accountant, bakery)
    say(asked.conversation, accountant, "Encore ceci")
    delete_message(asked.message.pk, by=accountant, at=NOW)
    [question] = asked.questions
    assert (now_of(question).state, now_of(question).withdrawn_why) == ("withdrawn", "deleted")
    assert (again(asked.conversation).open_questions, waits(asked.conversation)) == (0, "")
