"""What people do in a thread, from both sides: each a POST that a form without a script can make as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from comptoir.conversations.actions.conversation import close_conversation, mark_handled, reopen_conversation
from comptoir.conversations.actions.message import delete_message, edit_message, post_message
from comptoir.conversations.actions.receipt import mark_seen
from comptoir.conversations.audience import receipts_of
from comptoir.conversations.models import Message
from comptoir.core.errors import NotFound
from comptoir.live import hints
from comptoir.live.broker import publish
from comptoir.web.by_link import or_by_link
from comptoir.web.members import for_members
from comptoir.web.pages import page, wants_fragment, wants_json
from comptoir.web.thread.forms import files_from, is_on, key_from, revision_from
from comptoir.web.thread.view import allowed_in, conversation_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership


def thread_page(member: Membership) -> str:
    return "desk_thread" if member.is_office else "portal_thread"


def _done(request: HttpRequest, member: Membership, conversation_id: UUID, revision: int) -> HttpResponseBase:
    """The script catches up by itself from the answer; a plain form goes back to the thread."""
    if wants_json(request):
        return JsonResponse({"revision": revision})
    return redirect(thread_page(member), conversation_id)


@or_by_link
@for_members
@require_POST
def post(request: HttpRequest, member: Membership, conversation_id: UUID) -> HttpResponseBase:
    if request.FILES:
        conversation_for(member, conversation_id)  # nothing is kept for a thread that is not there
    posted = post_message(
        conversation_id,
        by=member,
        at=timezone.now(),
        key=key_from(request),
        body=request.POST.get("body", ""),
        files=files_from(request, by=member),
        expects_answer=is_on(request, "expects_answer"),
        reopening=is_on(request, "reopening"),
    )
    if wants_json(request):
        answer = {"id": str(posted.message.pk), "revision": posted.message.revision}
        return JsonResponse(answer, status=201 if posted.is_new else 200)
    return redirect(thread_page(member), conversation_id)


@for_members
@require_POST
def close(request: HttpRequest, member: Membership, conversation_id: UUID) -> HttpResponseBase:
    conversation = close_conversation(conversation_id, by=member, at=timezone.now())
    return _done(request, member, conversation_id, conversation.revision)


@for_members
@require_POST
def reopen(request: HttpRequest, member: Membership, conversation_id: UUID) -> HttpResponseBase:
    conversation = reopen_conversation(conversation_id, by=member, at=timezone.now())
    return _done(request, member, conversation_id, conversation.revision)


@or_by_link
@for_members
@require_POST
def handled(request: HttpRequest, member: Membership, conversation_id: UUID) -> HttpResponseBase:
    conversation = mark_handled(conversation_id, by=member, at=timezone.now())
    return _done(request, member, conversation_id, conversation.revision)


@or_by_link
@for_members
@require_POST
def seen(request: HttpRequest, member: Membership, conversation_id: UUID) -> HttpResponseBase:
    """The reader looks at the thread up to this revision; sent by the page while it is in front."""
    upto = revision_from(request.POST.get("revision"))
    mark_seen(conversation_id, by=member, at=timezone.now(), upto=upto)
    return HttpResponse(status=204)


@or_by_link
@for_members
@require_POST
def typing(request: HttpRequest, member: Membership, conversation_id: UUID) -> HttpResponseBase:  # noqa: ARG001 -- a view
    """Somebody is writing: a hint to the others who have the thread open, kept nowhere."""
    conversation = conversation_for(member, conversation_id)
    if "post" in allowed_in(conversation, member):
        publish(
            hints.typing(
                office=conversation.office_id,
                company=conversation.company_id,
                conversation=conversation.pk,
                by=member.pk,
                name=member.person.first_name,
            )
        )
    return HttpResponse(status=204)


def _message_of(member: Membership, message_id: UUID) -> Message:
    message = Message.objects.visible_to(member).filter(pk=message_id).first()
    if message is None:
        raise NotFound
    return message


@for_members
@require_POST
def edit(request: HttpRequest, member: Membership, message_id: UUID) -> HttpResponseBase:
    message = edit_message(message_id, by=member, at=timezone.now(), body=request.POST.get("body", ""))
    return _done(request, member, message.conversation_id, message.revision)


@for_members
@require_POST
def delete(request: HttpRequest, member: Membership, message_id: UUID) -> HttpResponseBase:
    message = delete_message(message_id, by=member, at=timezone.now())
    return _done(request, member, message.conversation_id, message.revision)


@for_members
@require_GET
def receipts(request: HttpRequest, member: Membership, message_id: UUID) -> HttpResponseBase:
    """To whom one's own message came, and when; as a fragment or a page."""
    message = _message_of(member, message_id)
    if message.author_id != member.pk:
        raise NotFound
    context: dict[str, Any] = {"receipts": receipts_of(message), "message": message}
    if wants_fragment(request, "receipts"):
        return render(request, "thread/_receipts.html", {"member": member, **context})
    base = "desk/base.html" if member.is_office else "portal/base.html"
    back = f"{reverse(thread_page(member), args=[message.conversation_id])}#m-{message.pk}"
    return page(request, member, "thread/receipts.html", base=base, back=back, active="", **context)


@for_members
@require_GET
def raw(request: HttpRequest, member: Membership, message_id: UUID) -> HttpResponseBase:  # noqa: ARG001 -- a view
    """The text of one's own message, to edit it."""
    message = _message_of(member, message_id)
    if message.author_id != member.pk or message.deleted_at is not None:
        raise NotFound
    return JsonResponse({"body": message.body})
