"""Deleting: a line remains for both sides, the text is sealed, and its files are shown to nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.actions.message import delete_message
from comptoir.conversations.models import MessageVersion
from comptoir.conversations.queries import attachment_for, attachments_of
from comptoir.conversations.refusals import ConversationClosed, NotYours
from comptoir.conversations.seal import unsealed
from comptoir.core.errors import NotFound
from comptoir.core.ids import new_id
from tests.conversations.facts import again, events, history, message, positions
from tests.world import NOW, Cast, fresh, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.conversations.models import Conversation, Message
    from comptoir.files.models import Attachment
    from comptoir.people.models import Membership

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def said(asked: Conversation, sophie: Membership) -> Message:
    return say(asked, sophie, "Mon code est 1234")


def test_a_line_without_text_remains_in_its_place(
    asked: Conversation, said: Message, sophie: Membership
) -> None:
    delete_message(said.pk, by=sophie, at=LATER)
    now = message(said.pk)
    assert (now.body, now.html, now.deleted_at, now.author_id) == ("", "", LATER, sophie.pk)
    assert (now.revision, again(asked).revision, positions(asked)) == (3, 3, [1, 2])
    assert (again(asked).last_line, again(asked).last_message_at) == ("", NOW)
    assert history(asked)[-1] == "message.deleted"
    assert [unsealed(v.sealed_body) for v in MessageVersion.objects.all()] == ["Mon code est 1234"]
    assert not [e for e in events(asked) if "1234" in str(e.facts)]


def test_the_list_s_line_stays_where_another_message_is_the_newest(
    asked: Conversation, said: Message, sophie: Membership, accountant: Membership
) -> None:
    say(asked, accountant, "Merci")
    delete_message(said.pk, by=sophie, at=LATER)
    assert again(asked).last_line == "Merci"


def test_its_files_are_there_first_and_then_for_nobody(
    cast: Cast, asked: Conversation, sophie: Membership, file_of: Callable[..., Attachment]
) -> None:
    file = file_of(sophie)
    with_file = say(asked, sophie, "Voici", files=[file.pk])
    everybody = [
        fresh(getattr(cast, part)) for part in ("client", "partner", "accountant", "admin", "assistant")
    ]
    assert [attachment_for(one, file.pk) for one in everybody] == [file] * 5
    assert attachments_of([with_file]) == {with_file.pk: [file]}

    delete_message(with_file.pk, by=sophie, at=LATER)
    assert [attachment_for(one, file.pk) for one in everybody] == [None] * 5
    assert attachments_of([message(with_file.pk)]) == {}
    assert not again(asked).last_has_files


def test_twice_changes_nothing_more(asked: Conversation, said: Message, sophie: Membership) -> None:
    delete_message(said.pk, by=sophie, at=LATER)
    assert delete_message(said.pk, by=sophie, at=LATER + timedelta(hours=1)).deleted_at == LATER
    assert (again(asked).revision, MessageVersion.objects.count()) == (3, 1)
    assert history(asked).count("message.deleted") == 1


def test_nobody_deletes_what_another_wrote(cast: Cast, asked: Conversation, said: Message) -> None:
    for part in ("admin", "accountant", "assistant", "partner"):
        with pytest.raises(NotYours):
            delete_message(said.pk, by=fresh(getattr(cast, part)), at=LATER)
    for part in ("documents", "reader", "colleague", "other", "outsider", "stranger"):
        with pytest.raises(NotFound):
            delete_message(said.pk, by=fresh(getattr(cast, part)), at=LATER)
    assert (message(said.pk).body, again(asked).revision) == (said.body, 2)


def test_neither_in_a_closed_conversation_nor_what_is_missing(
    asked: Conversation, said: Message, sophie: Membership, accountant: Membership
) -> None:
    close_conversation(asked.pk, by=accountant, at=NOW)
    with pytest.raises(ConversationClosed):
        delete_message(said.pk, by=sophie, at=LATER)
    with pytest.raises(NotFound):
        delete_message(new_id(), by=sophie, at=LATER)
    assert message(said.pk).body == said.body
