"""Search over all that a member may see: subjects, messages, names of files, invoices and payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from comptoir.conversations.search import find
from comptoir.ledger.queries import found_invoices, found_payments
from comptoir.web.members import for_members
from comptoir.web.pages import page
from comptoir.web.thread.view import PAGE

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership

LONGEST = 200


@for_members
@require_GET
def search(request: HttpRequest, member: Membership) -> HttpResponseBase:
    text = request.GET.get("q", "")[:LONGEST]
    side = "desk" if member.is_office else "portal"
    return page(
        request,
        member,
        f"{side}/search.html",
        active="search",
        text=text,
        half_a_page=PAGE // 2,  # a hit stands in the middle of the page that its link opens
        found=find(member, text) if text else [],
        invoices=found_invoices(member, text) if text.strip() else [],
        payments=found_payments(member, text) if text.strip() else [],
    )
