"""Internal notes: for the staff, at addresses of their own. For a client they are refused, whether there are any or not."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Router

from comptoir.api import schemas
from comptoir.api.answers import answer
from comptoir.api.asked import EditNote, WriteNote
from comptoir.api.auth import READ, WRITE, ApiRequest
from comptoir.api.errors import refusals
from comptoir.api.rows import Item, member_item
from comptoir.conversations.actions.note import delete_note, edit_note, write_note
from comptoir.conversations.models import Conversation, Note
from comptoir.conversations.queries import notes_of
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.people.models import Membership

router = Router(auth=WRITE, tags=["notes"])


def note_item(note: Note, *, author: Membership) -> Item:
    return {
        "id": note.pk,
        "author": member_item(author),
        "body": note.body,
        "written_at": note.written_at,
        "edited_at": note.edited_at,
        "position": note.position,
        "revision": note.revision,
    }


@router.get(
    "/conversations/{conversation_id}/notes",
    auth=READ,
    response={200: schemas.Notes, **refusals(404)},
    summary="The internal notes",
)
def list_notes(request: ApiRequest, conversation_id: UUID) -> HttpResponse:
    """Oldest first."""
    member = request.auth.member
    conversation = Conversation.objects.visible_to(member).filter(pk=conversation_id).first()
    if conversation is None:
        raise NotFound
    if not member.is_office:
        raise NotAllowed(_("Internal notes are for the staff of the office."))
    notes = notes_of(conversation, member=member)
    return answer({"items": [note_item(note, author=note.author) for note in notes]})


@router.post(
    "/conversations/{conversation_id}/notes",
    response={200: schemas.Note, 201: schemas.Note, **refusals(404, 409)},
    summary="Write an internal note",
)
def write(request: ApiRequest, conversation_id: UUID, asked: WriteNote) -> HttpResponse:
    """The same again is answered with the note that is stored, other content under its id with 409."""
    member = request.auth.member
    written = write_note(conversation_id, by=member, at=timezone.now(), key=asked.id, body=asked.body)
    return answer(note_item(written.note, author=member), status=201 if written.is_new else 200)


@router.patch(
    "/notes/{note_id}", response={200: schemas.Note, **refusals(404, 409)}, summary="Edit a note of mine"
)
def edit_one(request: ApiRequest, note_id: UUID, asked: EditNote) -> HttpResponse:
    member = request.auth.member
    note = edit_note(note_id, by=member, at=timezone.now(), body=asked.body)
    return answer(note_item(note, author=member))


@router.delete(
    "/notes/{note_id}", response={200: schemas.Note, **refusals(404, 409)}, summary="Delete a note of mine"
)
def delete_one(request: ApiRequest, note_id: UUID) -> HttpResponse:
    member = request.auth.member
    return answer(note_item(delete_note(note_id, by=member, at=timezone.now()), author=member))
