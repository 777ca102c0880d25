"""Internal notes: the staff's own. For a client there are none, and nothing moves when one is written."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.actions.note import delete_note, edit_note, write_note
from comptoir.conversations.models import Note
from comptoir.conversations.queries import counters, notes_of
from comptoir.conversations.refusals import BodyTooLong, EmptyMessage, IdentifierTaken, NotYours
from comptoir.conversations.search import find
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.core.ids import new_id
from tests.conversations.facts import again, events, history, texts, waits
from tests.world import NOW, Cast, fresh, say

if TYPE_CHECKING:
    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership

LATER = NOW + timedelta(minutes=5)


def jot(conversation: Conversation, by: Membership, body: str = "Vérifier le taux") -> Note:
    return write_note(conversation.pk, by=by, at=NOW, key=new_id(), body=body).note


def test_a_note_stands_where_the_conversation_stood(
    asked: Conversation, sophie: Membership, assistant: Membership
) -> None:
    say(asked, sophie, "Voilà")
    note = jot(asked, assistant, "Voir https://finances.example")
    assert (note.position, note.revision, note.author_id, note.written_at) == (2, 1, assistant.pk, NOW)
    assert note.html.startswith("Voir <a href=")
    assert notes_of(asked, member=assistant) == [note]
    assert history(asked)[-1] == "note.written"
    event = events(asked).last()
    assert event is not None
    assert event.facts == {"revision": 2, "desk_revision": 1}


def test_nothing_that_a_client_could_notice_moves(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    def noticed() -> tuple[object, ...]:
        row = again(asked).__dict__.copy()
        row.pop("_state")
        row.pop("desk_revision")
        return row, texts(asked), counters(sophie), waits(asked), len(find(sophie, "verifier"))

    before = noticed()
    note = jot(asked, accountant)
    edit_note(note.pk, by=accountant, at=LATER, body="Vérifier encore")
    assert noticed() == before
    delete_note(note.pk, by=accountant, at=LATER)
    assert noticed() == before
    assert again(asked).desk_revision == 3


def test_for_a_client_there_are_no_notes(cast: Cast, asked: Conversation, accountant: Membership) -> None:
    jot(asked, accountant)
    assert len(notes_of(asked, member=fresh(cast.admin))) == 1
    for part in ("client", "partner", "documents", "reader", "other", "stranger"):
        assert notes_of(asked, member=fresh(getattr(cast, part))) == []
        assert not Note.objects.visible_to(fresh(getattr(cast, part))).exists()
    for part in ("colleague", "outsider"):  # staff, but not of this dossier
        assert not Note.objects.visible_to(fresh(getattr(cast, part))).exists()


def test_who_may_write_one(cast: Cast, asked: Conversation) -> None:
    for part in ("admin", "accountant", "assistant"):
        assert jot(asked, fresh(getattr(cast, part)), part).body == part
    for part in ("client", "partner"):
        with pytest.raises(NotAllowed):
            jot(asked, fresh(getattr(cast, part)))
    for part in ("documents", "reader", "colleague", "other", "outsider", "stranger"):
        with pytest.raises(NotFound):
            jot(asked, fresh(getattr(cast, part)))
    assert Note.objects.count() == 3


def test_a_closed_conversation_still_takes_notes(asked: Conversation, accountant: Membership) -> None:
    close_conversation(asked.pk, by=accountant, at=NOW)
    assert jot(asked, accountant).position == 2


def test_the_same_again_returns_the_stored_note(asked: Conversation, accountant: Membership) -> None:
    key = new_id()
    first, _is_new = write_note(asked.pk, by=accountant, at=NOW, key=key, body="Vérifier")
    assert write_note(asked.pk, by=accountant, at=LATER, key=key, body=" Vérifier\n") == (first, False)
    assert (again(asked).desk_revision, history(asked).count("note.written")) == (1, 1)


def test_anything_else_under_its_identifier_is_refused(
    asked: Conversation, wondered: Conversation, accountant: Membership, admin: Membership
) -> None:
    key = new_id()
    write_note(asked.pk, by=accountant, at=NOW, key=key, body="Vérifier")
    for where, by, body in (
        (asked, accountant, "X"),
        (asked, admin, "Vérifier"),
        (wondered, accountant, "Vérifier"),
    ):
        with pytest.raises(IdentifierTaken):
            write_note(where.pk, by=by, at=NOW, key=key, body=body)


@pytest.mark.parametrize(("body", "refusal"), [(" \n", EmptyMessage), ("x" * 20_001, BodyTooLong)])
def test_what_is_no_note(
    asked: Conversation, accountant: Membership, body: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        jot(asked, accountant, body)
    note = jot(asked, accountant)
    with pytest.raises(refusal):
        edit_note(note.pk, by=accountant, at=LATER, body=body)


# ── Changed and taken away ───────────────────────────────────────────────
def test_one_s_own_may_be_edited_and_taken_away(asked: Conversation, assistant: Membership) -> None:
    note = jot(asked, assistant)
    edited = edit_note(note.pk, by=assistant, at=LATER, body="Vérifié")
    assert (edited.body, edited.edited_at, edited.revision, edited.position) == ("Vérifié", LATER, 2, 1)
    delete_note(note.pk, by=assistant, at=LATER)
    row = Note.objects.get(pk=note.pk)
    assert (row.body, row.html, row.deleted_at, row.revision) == ("", "", LATER, 3)
    assert notes_of(asked, member=assistant) == []
    assert history(asked)[1:] == ["note.written", "note.edited", "note.deleted"]


def test_a_note_that_is_gone_is_gone(asked: Conversation, assistant: Membership) -> None:
    note = jot(asked, assistant)
    delete_note(note.pk, by=assistant, at=LATER)
    for pk in (note.pk, new_id()):
        with pytest.raises(NotFound):
            edit_note(pk, by=assistant, at=LATER, body="Encore")
        with pytest.raises(NotFound):
            delete_note(pk, by=assistant, at=LATER)


def test_nobody_changes_another_s(cast: Cast, asked: Conversation, accountant: Membership) -> None:
    note = jot(asked, accountant)
    refused = {"admin": NotYours, "assistant": NotYours}
    for part in ("admin", "assistant", "client", "partner", "documents", "colleague", "outsider"):
        refusal, by = refused.get(part, NotFound), fresh(getattr(cast, part))
        with pytest.raises(refusal):
            edit_note(note.pk, by=by, at=LATER, body="Faux")
        with pytest.raises(refusal):
            delete_note(note.pk, by=by, at=LATER)
    assert (Note.objects.get().body, again(asked).desk_revision) == ("Vérifier le taux", 1)
