"""Dossiers: the list, one with its people, opened, changed and archived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comptoir.conversations.models import Conversation
from comptoir.core.errors import NotFound
from comptoir.correspondence.dossiers import dossier_address
from comptoir.notifications.addresses import silent_addresses
from comptoir.people.actions.companies import archive_company, change_company, open_company, restore_company
from comptoir.people.gate import require_administrator
from comptoir.people.invitations import invitations_of
from comptoir.people.models import Company, Membership
from comptoir.people.profiles import may_write_to_clients
from comptoir.people.queries import by_name
from comptoir.web.form_page import form_page
from comptoir.web.forms import CompanyForm, InvitationForm, profile_choices, tried
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

ROWS_A_PAGE = 100


@for_office
@require_safe
def companies(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """`?q=` finds by name or number; `?archived=1` shows those that were put away."""
    wanted, archived = request.GET.get("q", "").strip()[:100], request.GET.get("archived") == "1"
    found = Company.objects.visible_to(member).filter(archived_at__isnull=not archived)
    part = Paginator(by_name(found, wanted), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return form_page(
        request,
        member,
        "desk/companies.html",
        active="companies",
        part=part,
        rows=_in_order(found, list(part.object_list)),
        wanted=wanted,
        archived=archived,
    )


def _in_order(found: QuerySet[Company], ids: list[UUID]) -> list[Company]:
    rows = found.select_related("manager__person", "group").in_bulk(ids)
    return [rows[pk] for pk in ids]


@for_office
@require_safe
def company(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    return company_page(request, member, seen_company(member, company_id))


def seen_company(member: Membership, company_id: UUID) -> Company:
    found = (
        Company.objects.visible_to(member).select_related("manager__person", "group").filter(pk=company_id)
    )
    dossier = found.first()
    if dossier is None:
        raise NotFound
    return dossier


def company_page(
    request: HttpRequest, member: Membership, dossier: Company, *, form: InvitationForm | None = None
) -> HttpResponseBase:
    """The dossier with its people; `form` is an invitation that something is wrong with."""
    people = Membership.objects.visible_to(member).filter(company=dossier.pk, ended_at__isnull=True)
    people = people.select_related("person").order_by("person__name")
    conversations = Conversation.objects.visible_to(member).filter(company=dossier.pk)
    return form_page(
        request,
        member,
        "desk/company.html",
        active="companies",
        company=dossier,
        people=people,
        silent=silent_addresses(person.person_id for person in people),
        invitations=invitations_of(member, company=dossier, at=timezone.now()),
        profiles=profile_choices(to_staff=False),
        documents_address=dossier_address(dossier, seen_by=member),
        open_count=conversations.open().count(),
        may_invite=may_write_to_clients(member.profile) and dossier.archived_at is None,
        form=form
        or InvitationForm(to_staff=False, initial={"profile": "full_access", "language": dossier.language}),
    )


@for_office
def company_new(request: HttpRequest, member: Membership) -> HttpResponseBase:
    require_administrator(member)
    form = CompanyForm(request.POST or None, member=member, initial={"language": member.person.language})
    opened = tried(
        form, lambda values: open_company(values.pop("name"), by=member, at=timezone.now(), **values)
    )
    if opened is None:
        return _form(request, member, form)
    messages.success(request, _("%(name)s is open. Invite its people next.") % {"name": opened.name})
    return redirect("company", opened.pk)


@for_office
def company_edit(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    dossier = seen_company(member, company_id)
    require_administrator(member)
    known = {name: getattr(dossier, name) for name in CompanyForm.base_fields}
    known["enterprise_number"] = dossier.number_shown
    form = CompanyForm(request.POST or None, member=member, initial=known)
    changed = tried(form, lambda values: change_company(dossier.pk, by=member, at=timezone.now(), **values))
    if changed is None:
        return _form(request, member, form, dossier=dossier)
    messages.success(request, _("The dossier is changed."))
    return redirect("company", dossier.pk)


def _form(
    request: HttpRequest, member: Membership, form: CompanyForm, *, dossier: Company | None = None
) -> HttpResponseBase:
    status = 422 if form.errors else 200
    return form_page(
        request,
        member,
        "desk/company_form.html",
        status=status,
        active="companies",
        form=form,
        company=dossier,
    )


@for_office
@require_POST
def company_archive(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    dossier = archive_company(company_id, by=member, at=timezone.now())
    messages.success(
        request, _("%(name)s is archived. Its people have no access any more.") % {"name": dossier.name}
    )
    return redirect("company", dossier.pk)


@for_office
@require_POST
def company_restore(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    dossier = restore_company(company_id, by=member, at=timezone.now())
    messages.success(
        request, _("%(name)s is open again, with the people that it had.") % {"name": dossier.name}
    )
    return redirect("company", dossier.pk)
