"""One dossier's request at the desk: what came in, its files, whom to call, and how punctual the dossier is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from comptoir.campaigns.board import STRAGGLERS, history, items_of, lines_of, people_to_call
from comptoir.campaigns.models import DocumentRequest, Ended, ItemFile
from comptoir.core.errors import NotFound
from comptoir.web.deadline_rows import period_shown_named
from comptoir.web.desk.board_rows import STANDS, cell_of
from comptoir.web.form_page import form_page
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.campaigns.models import RequestItem
    from comptoir.people.models import Membership
    from comptoir.web.desk.board_rows import Cell


@dataclass(frozen=True)
class ItemShown:
    item: RequestItem
    cell: Cell
    files: list[ItemFile]


@for_office
@require_safe
def request_page(request: HttpRequest, member: Membership, request_id: UUID) -> HttpResponseBase:
    found = _seen(member, request_id)
    now, language = timezone.localtime(), get_language() or "fr"
    line = lines_of(DocumentRequest.objects.visible_to(member).filter(pk=found.pk))[0]
    stand = line.stand(now.date())
    files = _files(found, member)
    items = items_of([found.pk]).get(found.pk, [])
    return form_page(
        request,
        member,
        "desk/request.html",
        active="board",
        asked=found,
        company=found.company,
        period=period_shown_named(found.campaign.period, language=language),
        sign=STANDS[stand],
        items=[
            ItemShown(
                item,
                cell_of([item], is_late=stand in STRAGGLERS, now=now, language=language),
                files.get(item.pk, []),
            )
            for item in items
        ],
        people=people_to_call(member, [found.company_id]).get(found.company_id, []),
        history=[
            (one, period_shown_named(one.campaign.period, language=language), _days(one))
            for one in _before(found, member)
        ],
    )


def _seen(member: Membership, request_id: UUID) -> DocumentRequest:
    seen = DocumentRequest.objects.visible_to(member).filter(pk=request_id)
    found = seen.select_related("campaign", "company__manager__person", "asked_by__person").first()
    if found is None:
        raise NotFound
    return found


def _files(request: DocumentRequest, member: Membership) -> dict[UUID, list[ItemFile]]:
    rows = ItemFile.objects.visible_to(member).filter(item__request=request.pk, withdrawn_at__isnull=True)
    found: dict[UUID, list[ItemFile]] = {}
    for one in rows.select_related("attachment", "handed_in_by__person").order_by("handed_in_at", "pk"):
        found.setdefault(one.item_id, []).append(one)
    return found


def _before(request: DocumentRequest, member: Membership) -> list[DocumentRequest]:
    return [one for one in history(request.company_id, member=member) if one.pk != request.pk]


def _days(request: DocumentRequest) -> int | None:
    """Days after the day it was asked for; below zero: before it. None where nothing was handed in."""
    if request.ended_at is None or request.ended_how != Ended.HANDED_IN:
        return None
    return (timezone.localdate(request.ended_at) - request.due_on).days
