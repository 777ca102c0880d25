"""Internal notes by API: the staff's, at addresses of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.core.ids import new_id
from tests.world import begin

if TYPE_CHECKING:
    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api


@pytest.fixture
def theirs(accountant: Membership, bakery: Company) -> Conversation:
    return begin(accountant, bakery).conversation


def test_written_read_edited_and_deleted(api_of: Api, assistant: Membership, theirs: Conversation) -> None:
    program, path, asked = (
        api_of(assistant),
        f"/conversations/{theirs.pk}/notes",
        {"id": new_id(), "body": "À revoir"},
    )

    note = program.post(path, asked).json()
    assert program.post(path, asked).json() == note  # the same again
    assert program.post(path, {**asked, "body": "Autre"}).status_code == 409
    assert program.get(path).json()["items"] == [note]

    edited = program.patch(f"/notes/{note['id']}", {"body": "Revu"}).json()
    assert (edited["body"], edited["edited_at"] is not None) == ("Revu", True)
    assert program.delete(f"/notes/{note['id']}").json()["body"] == ""
    assert program.get(path).json()["items"] == []


def test_not_anothers(
    api_of: Api, assistant: Membership, accountant: Membership, theirs: Conversation
) -> None:
    note = (
        api_of(assistant).post(f"/conversations/{theirs.pk}/notes", {"id": new_id(), "body": "À moi"}).json()
    )

    assert api_of(accountant).patch(f"/notes/{note['id']}", {"body": "Non"}).status_code == 403
    assert api_of(accountant).delete(f"/notes/{note['id']}").status_code == 403


def test_a_client_cannot_tell_whether_there_are_any(
    api_of: Api, sophie: Membership, accountant: Membership, theirs: Conversation
) -> None:
    program, path = api_of(sophie), f"/conversations/{theirs.pk}/notes"

    def all_that_a_client_sees() -> list[bytes]:
        paths = ("", "/messages", "/notes")
        found = [program.get(f"/conversations/{theirs.pk}{end}").content for end in paths]
        return [
            *found,
            program.get("/conversations").content,
            program.get(f"/sync?conversations={theirs.pk}:2").content,
        ]

    program.get(f"/conversations/{theirs.pk}/messages")
    before = all_that_a_client_sees()
    assert (program.get(path).status_code, program.post(path, {"id": new_id(), "body": "x"}).status_code) == (
        403,
        403,
    )

    note = api_of(accountant).post(path, {"id": new_id(), "body": "Secret"}).json()

    assert all_that_a_client_sees() == before
    missing = program.patch(f"/notes/{new_id()}", {"body": "x"})
    assert program.patch(f"/notes/{note['id']}", {"body": "x"}).content == missing.content
    assert program.delete(f"/notes/{note['id']}").content == missing.content
