"""Sending a message: in order, without a gap, once; never into what is closed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.actions.message import post_message
from comptoir.conversations.models import Message
from comptoir.conversations.queries import attachments_of
from comptoir.conversations.refusals import (
    ConversationClosed,
    EmptyMessage,
    IdentifierTaken,
    UnknownAttachment,
)
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.core.ids import new_id
from tests.conversations.facts import again, events, history, positions, texts, waits
from tests.world import NOW, Cast, begin, fresh, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.conversations.models import Conversation
    from comptoir.files.models import Attachment
    from comptoir.people.models import Membership

LATER = NOW + timedelta(hours=2)


def test_messages_stand_in_the_order_of_sending_whatever_the_clocks_say(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    say(asked, sophie, "deux", at=LATER)
    say(asked, accountant, "trois", at=NOW)
    say(asked, sophie, "quatre", at=NOW - timedelta(days=1))
    assert texts(asked) == ["Pouvez-vous regarder ?", "deux", "trois", "quatre"]
    assert positions(asked) == [1, 2, 3, 4]
    assert again(asked).revision == again(asked).last_position == 4


def test_the_list_s_row_tells_of_the_newest(asked: Conversation, sophie: Membership) -> None:
    say(asked, sophie, "Voici\nla facture", at=LATER)
    now = again(asked)
    assert (now.last_line, now.last_author_id, now.last_message_at) == (
        "Voici la facture",
        sophie.pk,
        LATER,
    )


def test_the_event_names_who_and_what_and_no_text(asked: Conversation, sophie: Membership) -> None:
    message = say(asked, sophie, "Voici un secret", at=LATER)
    event = events(asked).last()
    assert event is not None
    assert (event.verb, event.subject_id, event.by_id, event.at) == (
        "message.posted",
        message.pk,
        sophie.pk,
        LATER,
    )
    assert (event.office_id, event.company_id, event.facts) == (
        asked.office_id,
        asked.company_id,
        {"revision": 2},
    )


def test_links_are_made_and_markup_is_escaped(asked: Conversation, sophie: Membership) -> None:
    message = say(asked, sophie, "<b>voir</b> https://finances.example/tva")
    assert message.body == "<b>voir</b> https://finances.example/tva"
    assert message.html.startswith("&lt;b&gt;voir&lt;/b&gt; <a href=")


# ── What waits for whom ──────────────────────────────────────────────────
def test_a_side_that_waits_already_keeps_since_when(
    asked: Conversation, sophie: Membership, partner: Membership
) -> None:
    say(asked, sophie, "un")
    say(asked, partner, "deux", at=LATER)
    assert again(asked).awaiting_office_since == NOW


def test_the_office_s_follow_up_expects_nothing_unless_it_says_so(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    say(asked, sophie, "Voilà")
    say(asked, accountant, "Merci !")
    assert waits(asked) == ""
    say(asked, accountant, "Encore une chose ?", expects_answer=True, at=LATER)
    assert (waits(asked), again(asked).awaiting_client_since) == ("client", LATER)


# ── Once ─────────────────────────────────────────────────────────────────
def test_the_same_again_returns_the_stored_message(asked: Conversation, sophie: Membership) -> None:
    key = new_id()
    first = post_message(asked.pk, by=sophie, at=NOW, key=key, body="Voilà")
    second = post_message(asked.pk, by=sophie, at=LATER, key=key, body=" Voilà\r\n")
    assert (first.is_new, second.is_new, second.message.sent_at) == (True, False, NOW)
    assert second.message == first.message
    assert (again(asked).revision, history(asked)[1:]) == (2, ["message.posted"])


def test_the_same_again_is_answered_even_after_it_was_edited_or_the_conversation_closed(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    key = new_id()
    post_message(asked.pk, by=sophie, at=NOW, key=key, body="Voilà")
    close_conversation(asked.pk, by=accountant, at=NOW)
    assert not post_message(asked.pk, by=sophie, at=LATER, key=key, body="Voilà").is_new
    assert not again(asked).is_open


def test_other_content_author_or_conversation_under_a_taken_identifier_is_refused(
    asked: Conversation, wondered: Conversation, sophie: Membership, partner: Membership
) -> None:
    key = new_id()
    post_message(asked.pk, by=sophie, at=NOW, key=key, body="Voilà")
    for where, by, body in ((asked, sophie, "Autre"), (asked, partner, "Voilà"), (wondered, sophie, "Voilà")):
        with pytest.raises(IdentifierTaken):
            post_message(where.pk, by=by, at=NOW, key=key, body=body)
    assert (again(asked).revision, again(wondered).revision) == (2, 1)


# ── Closed, and reopened by an answer ────────────────────────────────────
def test_nothing_is_sent_into_a_closed_conversation(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    close_conversation(asked.pk, by=accountant, at=NOW)
    for by in (sophie, accountant):
        with pytest.raises(ConversationClosed):
            say(asked, by, "Trop tard")
    assert texts(asked) == ["Pouvez-vous regarder ?", "<closed>"]


def test_a_late_answer_reopens_and_raises_the_alarm(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    close_conversation(asked.pk, by=accountant, at=NOW)
    say(asked, sophie, "Encore ceci", at=LATER, reopening=True)
    now = again(asked)
    assert (now.is_open, now.reopened_at, now.awaiting_office_since) == (True, LATER, LATER)
    assert (now.closed_at, now.closed_by) == (None, None)
    assert texts(asked) == ["Pouvez-vous regarder ?", "<closed>", "<reopened>", "Encore ceci"]
    assert positions(asked) == [1, 2, 3, 4]
    assert history(asked)[-2:] == ["conversation.reopened", "message.posted"]


def test_an_assistant_s_late_answer_reopens_nothing(
    asked: Conversation, accountant: Membership, assistant: Membership
) -> None:
    close_conversation(asked.pk, by=accountant, at=NOW)
    with pytest.raises(NotAllowed):
        say(asked, assistant, "Bonjour", reopening=True)
    assert (again(asked).is_open, texts(asked)[-1]) == (False, "<closed>")


# ── Who may ──────────────────────────────────────────────────────────────
WRITERS = {
    "shared": ({"admin", "accountant", "client", "partner"}, {"assistant"}),
    "private": ({"admin", "accountant", "client"}, {"assistant"}),
}


@pytest.mark.parametrize("kind", WRITERS)
def test_who_may_write(cast: Cast, asked: Conversation, confided: Conversation, kind: str) -> None:
    conversation = {"shared": asked, "private": confided}[kind]
    allowed, refused = WRITERS[kind]
    for part in (name for name in vars(cast) if hasattr(getattr(cast, name), "profile")):
        by = fresh(getattr(cast, part))
        if part in allowed:
            assert say(conversation, by, part).body == part
        else:
            with pytest.raises(NotAllowed if part in refused else NotFound):
                say(conversation, by, part)
    assert set(texts(conversation)[1:]) == allowed


# ── Files ────────────────────────────────────────────────────────────────
def test_files_hang_in_the_order_given_and_a_message_may_be_files_alone(
    asked: Conversation, sophie: Membership, file_of: Callable[..., Attachment]
) -> None:
    files = [file_of(sophie, name) for name in ("b.txt", "a.txt")]
    message = say(asked, sophie, "", files=[file.pk for file in files])
    hung = message.conversation.last_has_files, again(asked).last_line
    assert hung == (True, "")
    assert [file.name for file in attachments_of([message])[message.pk]] == ["b.txt", "a.txt"]


def test_only_one_s_own_unused_files_may_be_sent(
    asked: Conversation, sophie: Membership, partner: Membership, file_of: Callable[..., Attachment]
) -> None:
    used = file_of(sophie)
    say(asked, sophie, "", files=[used.pk])
    for file in (used.pk, file_of(partner).pk, new_id()):
        with pytest.raises(UnknownAttachment):
            say(asked, sophie, "Voici", files=[file])
    assert again(asked).revision == 2


def test_full_feedback_hands_in_nothing(
    cast: Cast, reader: Membership, accountant: Membership, file_of: Callable[..., Attachment]
) -> None:
    talk = begin(accountant, cast.bakery, to=reader).conversation
    with pytest.raises(NotAllowed):
        say(talk, reader, "Voici", files=[file_of(reader).pk])
    assert say(talk, reader, "Sans fichier").body == "Sans fichier"


def test_an_empty_message_is_refused_before_anything_is_looked_up(asked: Conversation, cast: Cast) -> None:
    with pytest.raises(EmptyMessage):
        post_message(asked.pk, by=fresh(cast.stranger), at=NOW, key=new_id(), body=" ")
    assert Message.objects.count() == 1
