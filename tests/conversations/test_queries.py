"""What pages and programs read: pages of a thread, what changed, files through the gate, and whom a message reached."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.actions.message import delete_message, edit_message
from comptoir.conversations.actions.receipt import mark_seen
from comptoir.conversations.models import Conversation, Message
from comptoir.conversations.queries import (
    attachment_for,
    attachments_of,
    bounded,
    longest_waiting_first,
    messages_before,
    messages_changed_since,
    newest_first,
)
from comptoir.core.ids import new_id
from tests.conversations.facts import again
from tests.world import NOW, Cast, begin, fresh, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.files.models import Attachment
    from comptoir.people.models import Company, Membership


def test_a_thread_is_read_page_by_page_from_its_end(asked: Conversation, sophie: Membership) -> None:
    for number in range(2, 8):
        say(asked, sophie, str(number))

    def page(before: int | None) -> list[int]:
        return [message.position for message in messages_before(asked, before=before, limit=3)]

    assert [page(None), page(5), page(2), page(1)] == [[5, 6, 7], [2, 3, 4], [1], []]


def test_what_is_new_or_changed_comes_in_the_order_of_change(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    first = say(asked, sophie, "deux")  # 2
    say(asked, sophie, "trois")  # 3
    edit_message(first.pk, by=sophie, at=NOW, body="deux, corrigé")  # 4
    mark_seen(asked.pk, by=accountant, at=NOW)  # 5: both of them
    delete_message(first.pk, by=sophie, at=NOW)  # 6
    close_conversation(asked.pk, by=accountant, at=NOW)  # 7

    def since(revision: int) -> list[tuple[int, int]]:
        changed = messages_changed_since(asked, revision=revision, limit=100)
        return [(message.position, message.revision) for message in changed.messages]

    assert since(0) == [(1, 1), (3, 5), (2, 6), (7, 7)]
    assert since(4) == [(3, 5), (2, 6), (7, 7)]
    assert since(6) == [(7, 7)]
    assert since(7) == since(10**12) == []
    assert again(asked).revision == 7


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_catching_up_in_small_steps_jumps_over_nothing(
    asked: Conversation, sophie: Membership, accountant: Membership, limit: int
) -> None:
    """One receipt gives many messages the same revision; a page must not be cut between them."""
    for number in range(5):
        say(asked, sophie, str(number))
    mark_seen(asked.pk, by=accountant, at=NOW)
    say(asked, accountant, "Merci")
    seen: dict[int, int] = {}
    revision, more = 0, True
    while more:
        changed = messages_changed_since(asked, revision=revision, limit=limit)
        more, before = changed.has_more, revision
        for message in changed.messages:
            seen[message.position] = revision = message.revision
        assert revision > before
    assert seen == {row.position: row.revision for row in Message.objects.of(asked.pk)}


def test_a_file_is_served_through_its_message_only(
    cast: Cast, confided: Conversation, sophie: Membership, file_of: Callable[..., Attachment]
) -> None:
    file, unsent = file_of(sophie), file_of(sophie, "autre.txt")
    say(confided, sophie, "Voici", files=[file.pk])
    expected = {
        "client": file,
        "admin": file,
        "accountant": file,
        "assistant": file,
        "partner": None,
        "documents": None,
        "reader": None,
        "colleague": None,
        "other": None,
        "outsider": None,
        "stranger": None,
    }
    for part, found in expected.items():
        member = fresh(getattr(cast, part))
        assert attachment_for(member, file.pk) == found
        assert attachment_for(member, unsent.pk) is None
        assert attachment_for(member, new_id()) is None


def test_files_of_many_messages_are_one_query(
    asked: Conversation,
    sophie: Membership,
    file_of: Callable[..., Attachment],
    django_assert_num_queries: Callable[..., object],
) -> None:
    files = [file_of(sophie, f"{number}.txt") for number in range(3)]
    messages = [say(asked, sophie, "", files=[file.pk]) for file in files]
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        found = attachments_of(messages)
    assert found == {message.pk: [file] for message, file in zip(messages, files, strict=True)}
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert attachments_of([]) == {}


def test_the_orders_of_lists(sophie: Membership, accountant: Membership, bakery: Company) -> None:
    talks = {
        "waits long": begin(sophie, bakery, at=NOW),
        "waits since today": begin(sophie, bakery, at=NOW + timedelta(hours=2)),
        "answered": begin(sophie, bakery, at=NOW + timedelta(hours=1)),
    }
    say(talks["answered"].conversation, accountant, "Voilà", at=NOW + timedelta(hours=3))
    say(talks["waits long"].conversation, sophie, "Alors ?", at=NOW + timedelta(hours=4))
    names = {started.conversation.pk: name for name, started in talks.items()}

    def ordered(order: Callable[..., object]) -> list[str]:
        return [names[talk.pk] for talk in order(Conversation.objects.all())]  # type: ignore[attr-defined]

    assert ordered(newest_first) == ["waits long", "answered", "waits since today"]
    assert ordered(longest_waiting_first) == ["waits long", "waits since today", "answered"]


def test_a_tab_counts_no_further_than_it_shows(wondered: Conversation, asked: Conversation) -> None:
    assert bounded(Conversation.objects.all()).get() == 2
    assert bounded(newest_first(Conversation.objects.closed())).get() == 0
