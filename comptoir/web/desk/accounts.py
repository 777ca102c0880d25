"""The accounts of a dossier at the desk: how far they reach, files brought in, invoices, payments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from comptoir.core.errors import Invalid
from comptoir.ledger.actions.books import date_books
from comptoir.ledger.models import ImportedFile
from comptoir.ledger.queries import invoices, payments, statement_gaps, up_to
from comptoir.people.profiles import may_write_to_clients
from comptoir.web.desk.companies import seen_company
from comptoir.web.desk.imports import import_row
from comptoir.web.desk.matches import payment_row
from comptoir.web.members import for_office
from comptoir.web.pages import page, wants_fragment

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Company, Membership

ROWS_A_PAGE = 50
GAPS_SHOWN = 10
VIEWS = {"imports": _("Files"), "invoices": _("Invoices"), "payments": _("Payments")}
# What a template needs of a row beyond the row.
ROWS: dict[str, Callable[[Any], Any]] = {
    "imports": import_row,
    "invoices": lambda invoice: invoice,
    "payments": payment_row,
}
KINDS = {
    "": pgettext_lazy("invoices", "All"),
    "purchase": _("Purchases"),
    "sale": _("Sales"),
    "unpaid": pgettext_lazy("invoices", "Unpaid"),
    "other": _("Of another party"),
}


@for_office
@require_safe
def accounts(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    """`?view=imports|invoices|payments`, `?q=` finds, `?which=` chooses invoices."""
    dossier = seen_company(member, company_id)
    facts = {"company": dossier, **_facts(member, dossier)}
    if wants_fragment(request, "facts"):
        return render(request, "desk/_accounts_facts.html", facts)
    view = request.GET.get("view", "imports")
    view = view if view in VIEWS else "imports"
    which, wanted = request.GET.get("which", ""), request.GET.get("q", "").strip()[:100]
    part = Paginator(_rows(member, dossier, view, which, wanted), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    return page(
        request,
        member,
        "desk/accounts.html",
        active="companies",
        view=view,
        views=VIEWS,
        kinds=KINDS,
        which=which,
        wanted=wanted,
        part=part,
        rows=[ROWS[view](one) for one in part],
        **facts,
    )


class BooksForm(forms.Form):
    day = forms.DateField(required=False)


@for_office
@require_POST
def books(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    """`day`; empty takes back what was said."""
    form = BooksForm(request.POST)
    if not form.is_valid():
        raise Invalid(gettext("Please give a date."), field="day")
    date_books(company_id, day=form.cleaned_data["day"], by=member, at=timezone.now())
    return redirect("accounts", company_id)


def _facts(member: Membership, dossier: Company) -> dict[str, Any]:
    gaps = statement_gaps(member, dossier.pk)
    return {
        "up_to": up_to(member, dossier.pk),
        "gaps": gaps[-GAPS_SHOWN:],
        "gap_count": len(gaps),
        "may_date": may_write_to_clients(member.profile) and dossier.archived_at is None,
    }


def _rows(member: Membership, dossier: Company, view: str, which: str, wanted: str) -> QuerySet[Any]:
    if view == "invoices":
        return invoices(member, dossier.pk, which=which, wanted=wanted)
    if view == "payments":
        return payments(member, dossier.pk, wanted=wanted)
    files = ImportedFile.objects.visible_to(member).filter(company=dossier.pk)
    return files.select_related("file", "brought_by__person").order_by("-created_at", "-id")
