"""At the same moment: nothing lost, nothing twice, no gap, nothing after closing; on both databases, with real threads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import (
    close_conversation,
    mark_handled,
    start_conversation,
)
from comptoir.conversations.actions.message import edit_message, post_message
from comptoir.conversations.actions.note import write_note
from comptoir.conversations.actions.receipt import mark_delivered, mark_seen
from comptoir.conversations.models import Conversation, Message, MessageVersion, Note, Reader, Receipt
from comptoir.conversations.refusals import ConversationClosed, UnknownAttachment
from comptoir.conversations.seal import unsealed
from comptoir.core.errors import NotFound, Refused
from comptoir.core.ids import new_id
from comptoir.live.broker import broker
from comptoir.people.actions.memberships import end_membership
from tests.conversations.facts import again, events, history, positions, texts
from tests.conversations.threads import at_once
from tests.world import NOW, Cast, begin, fresh, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.files.models import Attachment
    from comptoir.people.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


@pytest.fixture(autouse=True)
def no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hints stay in this process: the way to others keeps a session open, and such a database cannot be dropped."""
    monkeypatch.setattr(broker(), "bus", None)


def without_a_gap(conversation: Conversation) -> bool:
    """Every revision was recorded once, and positions rise with them."""
    revisions = [e.facts["revision"] for e in events(conversation) if "note" not in e.verb]
    in_order = positions(conversation)
    now = again(conversation)
    return sorted(revisions) == list(range(1, now.revision + 1)) and in_order == sorted(set(in_order))


def sending(conversation: Conversation, by: Membership, body: str) -> Callable[[], Message]:
    return lambda: say(conversation, by, body)


def test_many_send_at_once(asked: Conversation, cast: Cast) -> None:
    people = [fresh(getattr(cast, part)) for part in ("client", "partner", "accountant", "admin")]
    bodies = [f"{number}" for number in range(12)]
    sent = at_once([sending(asked, people[int(body) % 4], body) for body in bodies])
    assert not [one for one in sent if isinstance(one, Refused)]
    assert sorted(texts(asked)[1:]) == sorted(bodies)
    assert positions(asked) == list(range(1, 14))
    assert without_a_gap(asked)


def test_the_same_message_sent_at_once_is_one(asked: Conversation, sophie: Membership) -> None:
    key = new_id()
    send = partial(post_message, asked.pk, by=sophie, at=NOW, key=key, body="Voilà")
    sent = at_once([send] * 5)
    assert sorted(one.is_new for one in sent) == [False] * 4 + [True]
    assert (texts(asked)[1:], history(asked)[1:]) == (["Voilà"], ["message.posted"])


def test_the_same_start_sent_at_once_is_one(cast: Cast, sophie: Membership) -> None:
    for _ in range(ROUNDS):
        before = Conversation.objects.count()
        start = partial(
            start_conversation,
            cast.bakery.pk,
            by=sophie,
            at=NOW,
            key=new_id(),
            message_key=new_id(),
            subject="TVA",
            body="Bonjour",
        )
        started = at_once([start] * 4)
        assert sorted(one.is_new for one in started) == [False] * 3 + [True]
        assert Conversation.objects.count() == before + 1


def test_the_same_note_written_at_once_is_one(asked: Conversation, accountant: Membership) -> None:
    write = partial(write_note, asked.pk, by=accountant, at=NOW, key=new_id(), body="Note")
    at_once([write] * 4)
    assert (Note.objects.count(), again(asked).desk_revision) == (1, 1)


def test_a_message_comes_before_closing_or_not_at_all(
    cast: Cast, sophie: Membership, accountant: Membership
) -> None:
    for _ in range(ROUNDS):
        talk = begin(accountant, cast.bakery).conversation
        doings = [sending(talk, sophie, "a"), sending(talk, sophie, "b")]
        doings.insert(1, partial(close_conversation, talk.pk, by=accountant, at=NOW))  # type: ignore[arg-type]
        answers = at_once(doings)
        stored = [one.body for one in answers if isinstance(one, Message)]
        refused = [one for one in answers if isinstance(one, Refused)]
        assert all(isinstance(one, ConversationClosed) for one in refused)
        assert texts(talk)[-1] == "<closed>"
        assert sorted(texts(talk)[1:-1]) == sorted(stored)
        assert len(stored) + len(refused) == 2
        assert not again(talk).is_open
        assert without_a_gap(talk)


def test_closed_twice_at_once_is_closed_once(wondered: Conversation, cast: Cast) -> None:
    people = [fresh(getattr(cast, part)) for part in ("client", "partner", "accountant", "admin")]
    at_once([partial(close_conversation, wondered.pk, by=one, at=NOW) for one in people])
    assert texts(wondered) == ["Pouvez-vous regarder ?", "<closed>"]
    assert history(wondered) == ["conversation.started", "conversation.closed"]


def test_edits_at_once_lose_no_text(asked: Conversation, sophie: Membership) -> None:
    said = say(asked, sophie, "0")
    edit = [partial(edit_message, said.pk, by=sophie, at=NOW, body=body) for body in "123"]
    at_once(edit)
    sealed = [unsealed(one.sealed_body) for one in MessageVersion.objects.all()]
    assert sorted([*sealed, Message.objects.get(pk=said.pk).body]) == ["0", "1", "2", "3"]
    assert without_a_gap(asked)


def test_marks_at_once_are_one_mark_each(
    asked: Conversation, sophie: Membership, partner: Membership
) -> None:
    mark = [partial(mark_seen, asked.pk, by=by, at=NOW) for by in (sophie, partner, sophie)]
    mark += [partial(mark_delivered, [asked.pk], by=by, at=NOW) for by in (sophie, partner)]  # type: ignore[misc]
    at_once(mark)
    assert Reader.objects.filter(member__in=[sophie.pk, partner.pk]).count() == 2
    assert Receipt.objects.filter(kind="seen").count() == 2
    assert without_a_gap(asked)


def test_one_file_hangs_on_one_message(
    asked: Conversation, wondered: Conversation, sophie: Membership, file_of: Callable[..., Attachment]
) -> None:
    file = file_of(sophie)
    answers = at_once([partial(say, talk, sophie, "Voici", files=[file.pk]) for talk in (asked, wondered)])
    assert sorted(type(one).__name__ for one in answers) == [Message.__name__, UnknownAttachment.__name__]
    assert (len(texts(asked)) + len(texts(wondered))) == 3


def test_whatever_is_done_at_once_what_waits_is_told_by_the_last(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    at_once(
        [
            sending(asked, sophie, "Voilà"),
            partial(mark_handled, asked.pk, by=accountant, at=NOW),  # type: ignore[list-item]
            partial(mark_handled, asked.pk, by=sophie, at=NOW),  # type: ignore[list-item]
            sending(asked, accountant, "Et ceci ?"),
        ]
    )
    assert without_a_gap(asked)
    now = again(asked)
    last = texts(asked)[-1]
    # The answer cleared or was cleared; the office's follow-up asks nothing by itself.
    assert now.awaiting_client_since is None or last == "Et ceci ?"


def test_nothing_is_written_after_an_access_ended(
    cast: Cast, asked: Conversation, partner: Membership, admin: Membership
) -> None:
    """The request was let in before; its write asks again. Also what began first may win the race, but is whole."""
    answers = at_once(
        [sending(asked, partner, "Encore"), partial(end_membership, partner.pk, by=admin, at=NOW)]  # type: ignore[list-item]
    )
    stored = [one for one in answers if isinstance(one, Message)]
    assert texts(asked)[1:] == [one.body for one in stored]
    with pytest.raises(NotFound):
        say(asked, partner, "Trop tard")
    with pytest.raises(NotFound):
        begin(partner, cast.bakery)
    assert without_a_gap(asked)
