"""After an access ended, every verb answers as if there were nothing: for the ex-client, the ex-employee, the demoted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from comptoir.activity.models import Event
from comptoir.conversations.actions.bulk import start_conversations
from comptoir.conversations.actions.conversation import (
    assign_conversation,
    close_conversation,
    mark_handled,
    reopen_conversation,
)
from comptoir.conversations.actions.message import delete_message, edit_message, post_message
from comptoir.conversations.actions.note import delete_note, edit_note, write_note
from comptoir.conversations.actions.receipt import mark_delivered, mark_seen
from comptoir.conversations.models import Conversation
from comptoir.conversations.queries import counters
from comptoir.conversations.refusals import DossierArchived
from comptoir.conversations.search import find
from comptoir.core.errors import NotFound
from comptoir.core.ids import new_id
from comptoir.people.actions.companies import archive_company
from comptoir.people.actions.memberships import change_profile, end_membership
from comptoir.people.models import Company, Person
from tests.conversations.facts import waits
from tests.world import NOW, Cast, begin, fresh, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from comptoir.conversations.models import Message, Note
    from comptoir.people.models import Membership


class Held(NamedTuple):
    """What one had a hand in before."""

    conversation: Conversation
    message: Message
    note: Note | None


VERBS: dict[str, Callable[[Membership, Held], object]] = {
    "post": lambda by, held: say(held.conversation, by, "Encore"),
    "post and reopen": lambda by, held: say(held.conversation, by, "Encore", reopening=True),
    "edit": lambda by, held: edit_message(held.message.pk, by=by, at=NOW, body="Faux"),
    "delete": lambda by, held: delete_message(held.message.pk, by=by, at=NOW),
    "close": lambda by, held: close_conversation(held.conversation.pk, by=by, at=NOW),
    "reopen": lambda by, held: reopen_conversation(held.conversation.pk, by=by, at=NOW),
    "handle": lambda by, held: mark_handled(held.conversation.pk, by=by, at=NOW),
    "assign": lambda by, held: assign_conversation(held.conversation.pk, by=by, at=NOW, assignee_id=by.pk),
    "see": lambda by, held: mark_seen(held.conversation.pk, by=by, at=NOW),
    "note": lambda by, held: write_note(held.conversation.pk, by=by, at=NOW, key=new_id(), body="Faux"),
    "edit a note": lambda by, held: edit_note(_id(held.note), by=by, at=NOW, body="Faux"),
    "delete a note": lambda by, held: delete_note(_id(held.note), by=by, at=NOW),
    "start": lambda by, held: begin(by, held.conversation.company),
    "start many": lambda by, held: start_conversations(
        [held.conversation.company_id], by=by, at=NOW, key=new_id(), subject="Faux", body="Faux"
    ),
}
# A profile that may never do these is told so before the dossier is looked at; nothing is told of the dossier.
NOT_FOR_CLIENTS = {"start many"}


def _id(note: Note | None) -> UUID:
    return note.pk if note else new_id()


def snapshot(held: Held) -> object:
    row = Conversation.objects.filter(pk=held.conversation.pk).values().get()
    return row, Event.objects.count(), Conversation.objects.count()


def nothing_is_left(member: Membership, held: Held, *, but: set[str]) -> None:
    assert not Conversation.objects.visible_to(member).filter(pk=held.conversation.pk).exists()
    before = snapshot(held)
    for name in VERBS.keys() - but:
        with pytest.raises(NotFound):
            VERBS[name](member, held)
        assert snapshot(held) == before, name
    assert mark_delivered([held.conversation.pk], by=member, at=NOW) == []
    assert (counters(member).to_handle, counters(member).unread, find(member, "moulin")) == (0, 0, [])


@pytest.mark.parametrize("is_private", [False, True])
def test_a_client_who_hands_in_documents_only_from_now_on(cast: Cast, *, is_private: bool) -> None:
    sophie = fresh(cast.client)
    talk = begin(sophie, cast.bakery, to=cast.accountant if is_private else None).conversation
    held = Held(talk, say(talk, sophie, "De moi"), None)
    assert len(find(sophie, "moulin")) == 1
    change_profile(sophie.pk, by=fresh(cast.admin), at=NOW, profile="document_processing")
    # They still see their dossier, and hear that they may not begin anything in it.
    nothing_is_left(fresh(sophie), held, but={"start", *NOT_FOR_CLIENTS})


def test_a_client_of_another_company_of_the_office(cast: Cast) -> None:
    talk = begin(fresh(cast.client), cast.bakery).conversation
    held = Held(talk, say(talk, fresh(cast.client), "De moi"), None)
    nothing_is_left(fresh(cast.other), held, but=NOT_FOR_CLIENTS)


def test_an_accountant_whose_dossier_went_to_a_colleague(cast: Cast) -> None:
    accountant = fresh(cast.accountant)
    talk = begin(accountant, cast.bakery).conversation
    note, _is_new = write_note(talk.pk, by=accountant, at=NOW, key=new_id(), body="À moi")
    held = Held(talk, say(talk, accountant, "De moi"), note)
    assert len(find(accountant, "moulin")) == 1
    Company.objects.filter(pk=cast.bakery.pk).update(manager=cast.colleague.pk, group=None)
    nothing_is_left(fresh(accountant), held, but=set())


@pytest.mark.parametrize("how", ["ended", "changed", "deactivated", "archived"])
def test_a_request_that_was_let_in_just_before(cast: Cast, how: str) -> None:
    """Its member was read while all was well; its write asks again."""
    sophie, admin = fresh(cast.client), fresh(cast.admin)
    talk = begin(sophie, cast.bakery).conversation
    held = Held(talk, say(talk, sophie, "De moi"), None)
    say(talk, fresh(cast.accountant), "À voir")
    if how == "ended":
        end_membership(sophie.pk, by=admin, at=NOW)
    elif how == "changed":
        change_profile(sophie.pk, by=admin, at=NOW, profile="document_processing")
    elif how == "deactivated":
        Person.objects.filter(pk=sophie.person_id).update(is_active=False)
    else:
        archive_company(cast.bakery.pk, by=admin, at=NOW)
    before = snapshot(held)
    for name in VERBS.keys() - NOT_FOR_CLIENTS:
        with pytest.raises(NotFound):
            VERBS[name](sophie, held)
        assert snapshot(held) == before, name


def test_an_administrator_of_another_office(cast: Cast) -> None:
    accountant = fresh(cast.accountant)
    talk = begin(accountant, cast.bakery).conversation
    note, _is_new = write_note(talk.pk, by=accountant, at=NOW, key=new_id(), body="À moi")
    held = Held(talk, say(talk, accountant, "De moi"), note)
    nothing_is_left(fresh(cast.outsider), held, but=set())


def test_in_an_archived_dossier_the_staff_read_and_change_nothing(cast: Cast) -> None:
    asked = begin(fresh(cast.accountant), cast.bakery)
    archive_company(cast.bakery.pk, by=fresh(cast.admin), at=NOW)
    office = fresh(cast.accountant)
    given = {"by": office, "at": NOW}
    attempts: list[Callable[[], object]] = [
        lambda: post_message(asked.conversation.pk, key=new_id(), body="Encore", **given),
        lambda: edit_message(asked.message.pk, body="Autre", **given),
        lambda: delete_message(asked.message.pk, **given),
        lambda: close_conversation(asked.conversation.pk, **given),
        lambda: mark_handled(asked.conversation.pk, **given),
        lambda: assign_conversation(asked.conversation.pk, assignee_id=office.pk, **given),
        lambda: write_note(asked.conversation.pk, key=new_id(), body="Note", **given),
    ]
    for attempt in attempts:
        with pytest.raises(DossierArchived):
            attempt()
    assert Conversation.objects.visible_to(office).filter(pk=asked.conversation.pk).exists()
    assert waits(asked.conversation) == ""
