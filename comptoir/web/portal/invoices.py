"""The client's own invoices: what the office has, to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from comptoir.core.errors import NotFound
from comptoir.ledger.queries import invoices, up_to
from comptoir.people.profiles import sees_accounts
from comptoir.web.members import for_clients
from comptoir.web.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership

ROWS_A_PAGE = 50
KINDS = {
    "": pgettext_lazy("invoices", "All"),
    "purchase": _("Purchases"),
    "sale": _("Sales"),
    "unpaid": pgettext_lazy("invoices", "Unpaid"),
}


@for_clients
@require_safe
def list_(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """`?which=` chooses, `?q=` finds. For whoever sees the accounts; for others the page is missing."""
    company_id = member.company_id
    if company_id is None or not sees_accounts(member.profile):
        raise NotFound
    which, wanted = request.GET.get("which", ""), request.GET.get("q", "").strip()[:100]
    rows = invoices(member, company_id, which=which if which in KINDS else "", wanted=wanted)
    return page(
        request,
        member,
        "portal/invoices.html",
        active="invoices",
        part=Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        kinds=KINDS,
        which=which,
        wanted=wanted,
        up_to=up_to(member, company_id),
    )
