"""Files: uploaded one by one while a message is written, and served through the gate each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from comptoir.campaigns.request_queries import item_file_for
from comptoir.conversations.queries import attachment_for
from comptoir.core.errors import Invalid, NotAllowed, NotFound
from comptoir.files.actions import drop_attachment, store_attachment
from comptoir.files.models import Attachment
from comptoir.files.serving import file_response, preview_response
from comptoir.people.profiles import may_attach
from comptoir.questions.queries import answer_file_for
from comptoir.web.by_link import or_by_link
from comptoir.web.members import for_members

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership


@or_by_link
@for_members
@require_POST
def upload(request: HttpRequest, member: Membership) -> JsonResponse:
    if not may_attach(member.profile):
        raise NotAllowed
    file = request.FILES.get("file")
    if file is None:
        raise Invalid(_("No file came in."), field="file")
    attachment = store_attachment(file, name=file.name or "", by=member, at=timezone.now())
    answer = {
        "id": str(attachment.pk),
        "name": attachment.name,
        "size": attachment.size,
        "type": attachment.media_type,
        "url": reverse("file", args=[attachment.pk]),
    }
    return JsonResponse(answer, status=201)


def _visible(member: Membership, attachment_id: UUID) -> Attachment:
    own = Attachment.objects.unclaimed_by(member).filter(pk=attachment_id).first()
    found = own or attachment_for(member, attachment_id) or answer_file_for(member, attachment_id)
    found = found or item_file_for(member, attachment_id)
    if found is None:
        raise NotFound
    return found


@or_by_link
@for_members
@require_GET
def file(request: HttpRequest, member: Membership, attachment_id: UUID) -> HttpResponseBase:
    """`?show=1` asks to see it in the browser, which is granted for what shows itself safely (PDF)."""
    return file_response(request, _visible(member, attachment_id), inline="show" in request.GET)


@or_by_link
@for_members
@require_GET
def card(request: HttpRequest, member: Membership, attachment_id: UUID) -> HttpResponseBase:
    """How a file stands in its message; asked again by the page while its preview is being made."""
    return render(request, "thread/_file.html", {"file": _visible(member, attachment_id)})


@or_by_link
@for_members
@require_POST
def drop(request: HttpRequest, member: Membership, attachment_id: UUID) -> HttpResponseBase:  # noqa: ARG001 -- a view
    """Take back an upload that was not sent."""
    drop_attachment(attachment_id, by=member)
    return HttpResponse(status=204)


@or_by_link
@for_members
@require_GET
def preview(request: HttpRequest, member: Membership, attachment_id: UUID) -> HttpResponseBase:
    return preview_response(request, _visible(member, attachment_id))
