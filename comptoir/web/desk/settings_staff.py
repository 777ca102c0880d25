"""The staff: who they are, what they hold, invited, changed and ended. For administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.notifications.addresses import silent_addresses
from comptoir.people.actions.invitations import invite_member
from comptoir.people.gate import require_administrator
from comptoir.people.invitations import invitations_of
from comptoir.people.models import Company, Membership
from comptoir.people.profiles import Profile
from comptoir.web.desk.invited import sent
from comptoir.web.form_page import form_page
from comptoir.web.forms import InvitationForm, profile_choices, staff_of, tried
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@for_office
@require_safe
def settings(request: HttpRequest, member: Membership) -> HttpResponseBase:  # noqa: ARG001 -- a view
    require_administrator(member)
    return redirect("settings_staff")


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def settings_staff(request: HttpRequest, member: Membership) -> HttpResponseBase:
    require_administrator(member)
    first = {"profile": Profile.ACCOUNTANT, "language": member.person.language}
    form = InvitationForm(request.POST or None, to_staff=True, initial=first)
    invited = tried(
        form, lambda values: invite_member(values.pop("email"), by=member, at=timezone.now(), **values)
    )
    if invited is not None:
        return sent(request, member, invited)
    staff = _rows(member)
    return form_page(
        request,
        member,
        "desk/settings/staff.html",
        active="settings",
        part="staff",
        staff=staff,
        silent=silent_addresses(row["member"].person_id for row in staff),
        profiles=profile_choices(to_staff=True),
        invitations=invitations_of(member, company=None, at=timezone.now()),
        form=form,
    )


def _rows(member: Membership) -> list[dict[str, Any]]:
    """Each of the staff with the number of dossiers that they manage, and their groups; three queries in all."""
    staff = staff_of(member)
    managed = _managed(member)
    groups: dict[UUID, list[str]] = {}
    for pk, name in Membership.objects.filter(pk__in=[one.pk for one in staff]).values_list(
        "pk", "groups__name"
    ):
        groups.setdefault(pk, []).extend([name] if name else [])
    return [
        {"member": one, "managed": managed.get(one.pk, 0), "groups": sorted(groups.get(one.pk, []))}
        for one in staff
    ]


def _managed(member: Membership) -> dict[UUID, int]:
    dossiers = Company.objects.visible_to(member).active().filter(~Q(manager=None)).order_by()
    return dict(dossiers.values_list("manager").annotate(Count("pk")))
