"""*Documents*: what the office asks for, by when, and what is in. Every form works without a script."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.campaigns.actions.handing_in import (
    hand_in,
    postpone,
    say_all_is_in,
    say_nothing,
    take_back_all_is_in,
    undo_item,
)
from comptoir.campaigns.refusals import NoSuchDay
from comptoir.campaigns.request_queries import items_of, request_of, requests_seen
from comptoir.core.errors import Invalid, NotAllowed, NotFound, Refused
from comptoir.files.actions import store_attachment
from comptoir.people.profiles import may_hand_in
from comptoir.web.by_link import or_by_link
from comptoir.web.members import for_clients
from comptoir.web.pages import page
from comptoir.web.portal.documents_shown import shown
from comptoir.web.thread.forms import uuid_from

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.campaigns.models import DocumentRequest, RequestItem
    from comptoir.people.models import Membership

LISTED = 24


@for_clients
@require_GET
def documents(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """Leads to what is open, the most pressing first; else what was asked before. Missing for who hands in nothing."""
    if not may_hand_in(member.profile):
        raise NotFound
    rows = list(requests_seen(member)[:LISTED])
    open_ = [one for one in rows if one.is_open]
    if open_ and "all" not in request.GET:
        return redirect("portal_request", open_[0].conversation_id)
    return page(request, member, "portal/documents.html", rows=rows, active="documents")


@or_by_link
@for_clients
@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: HttpRequest, member: Membership, conversation_id: UUID) -> HttpResponseBase:
    asked = request_of(conversation_id, member=member)
    if request.method != "POST":
        return _page(request, member, asked)
    do = take_back_all_is_in if request.POST.get("do") == "take_back" else say_all_is_in
    try:
        do(asked.pk, by=member, at=timezone.localtime())
    except Refused as refusal:
        return _page(request, member, asked, refusal=refusal)
    return redirect("portal_request", conversation_id)


@or_by_link
@for_clients
@require_POST
def item(request: HttpRequest, member: Membership, conversation_id: UUID, item_id: UUID) -> HttpResponseBase:
    asked = request_of(conversation_id, member=member)
    one = next((row for row in items_of(asked, member=member) if row.pk == item_id), None)
    if one is None:
        raise NotFound
    try:
        _do(request, member, one)
    except Refused as refusal:
        return _page(request, member, asked, refusal=refusal, refused=one)
    return redirect("portal_request", conversation_id)


def _do(request: HttpRequest, member: Membership, one: RequestItem) -> None:
    now = timezone.localtime()
    match request.POST.get("do"):
        case "hand_in":
            hand_in(one.pk, by=member, at=now, files=_files(request, member))
        case "nothing":
            say_nothing(one.pk, by=member, at=now)
        case "later":
            postpone(one.pk, by=member, at=now, day=_day(request.POST.get("day", "")))
        case "undo":
            undo_item(one.pk, by=member, at=now)
        case _:
            raise Invalid(field="do")


def _files(request: HttpRequest, member: Membership) -> list[UUID]:
    """Those that were uploaded before, and those that the form brings along."""
    if not may_hand_in(member.profile):
        raise NotAllowed  # before anything of it is kept
    known = [uuid_from(text, field="files") for text in request.POST.getlist("files")]
    brought = [
        store_attachment(upload, name=upload.name or "", by=member, at=timezone.now()).pk
        for upload in request.FILES.getlist("upload")
    ]
    return [*known, *brought]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NoSuchDay(field="day") from error


def _page(
    request: HttpRequest,
    member: Membership,
    asked: DocumentRequest,
    *,
    refusal: Refused | None = None,
    refused: RequestItem | None = None,
) -> HttpResponseBase:
    facts = {
        "shown": shown(asked, items_of(asked, member=member), now=timezone.localtime(), refused=refused),
        "refusal": refusal,
        "typed": request.POST if refusal else None,
        "active": "documents",
    }
    status = refusal.status if refusal else 200
    if member.is_by_link:
        return render(request, "portal/request_alone.html", {"member": member, **facts}, status=status)
    return page(request, member, "portal/request.html", status=status, **facts)
