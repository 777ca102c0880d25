"""One conversation at the desk: the thread, notes among it, and the dossier's card beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from comptoir.conversations.actions.conversation import assign_conversation
from comptoir.conversations.actions.note import delete_note, edit_note, write_note
from comptoir.conversations.actions.receipt import mark_seen
from comptoir.files.queries import limits
from comptoir.people.queries import clients_around, staff_around
from comptoir.web.listing import private_with
from comptoir.web.members import for_office
from comptoir.web.pages import page, wants_json
from comptoir.web.thread.forms import key_from, uuid_from
from comptoir.web.thread.view import conversation_for, page_asked, thread_of
from comptoir.web.waiting import waiting_since

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership


@for_office
@require_GET
def thread(request: HttpRequest, member: Membership, conversation_id: UUID) -> HttpResponseBase:
    """Opening the newest page is seeing what waits there; an earlier one is for looking something up."""
    before = page_asked(request, conversation_id)
    if before is None:
        mark_seen(conversation_id, by=member, at=timezone.now())
    conversation = conversation_for(member, conversation_id)
    company = conversation.company
    return page(
        request,
        member,
        "desk/thread.html",
        active="",
        thread=thread_of(conversation, member, before=before),
        private_with=private_with(conversation, member),
        waiting=waiting_since(conversation),
        staff=staff_around(company=company),
        clients=clients_around(company=company),
        limits=limits(),
        key=key_from(request),
    )


def _back(request: HttpRequest, conversation_id: UUID, desk_revision: int) -> HttpResponseBase:
    if wants_json(request):
        return JsonResponse({"desk_revision": desk_revision})
    return redirect("desk_thread", conversation_id)


@for_office
@require_POST
def assign(request: HttpRequest, member: Membership, conversation_id: UUID) -> HttpResponseBase:
    chosen = request.POST.get("assignee", "")
    conversation = assign_conversation(
        conversation_id,
        by=member,
        at=timezone.now(),
        assignee_id=uuid_from(chosen, field="assignee") if chosen else None,
    )
    return _back(request, conversation_id, conversation.desk_revision)


@for_office
@require_POST
def add_note(request: HttpRequest, member: Membership, conversation_id: UUID) -> HttpResponseBase:
    note, _is_new = write_note(
        conversation_id,
        by=member,
        at=timezone.now(),
        key=key_from(request),
        body=request.POST.get("body", ""),
    )
    return _back(request, conversation_id, note.revision)


@for_office
@require_POST
def change_note(request: HttpRequest, member: Membership, note_id: UUID) -> HttpResponseBase:
    note = edit_note(note_id, by=member, at=timezone.now(), body=request.POST.get("body", ""))
    return _back(request, note.conversation_id, note.revision)


@for_office
@require_POST
def remove_note(request: HttpRequest, member: Membership, note_id: UUID) -> HttpResponseBase:
    note = delete_note(note_id, by=member, at=timezone.now())
    return _back(request, note.conversation_id, note.revision)
