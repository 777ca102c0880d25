"""Invitations and memberships: what the pages of the staff and of a dossier have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comptoir.people.actions.invitations import invite_member, resend_invitation, withdraw_invitation
from comptoir.people.actions.memberships import change_profile, end_membership
from comptoir.people.invitation_mail import invitation_link, mail_invitation
from comptoir.web.desk.companies import company_page, seen_company
from comptoir.web.form_page import form_page
from comptoir.web.forms import InvitationForm, tried
from comptoir.web.members import for_office
from comptoir.web.thread.forms import uuid_from

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.actions.invitations import Invited
    from comptoir.people.models import Membership


@for_office
@require_POST
def company_invite(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    dossier = seen_company(member, company_id)
    form = InvitationForm(request.POST, to_staff=False)
    invited = tried(
        form,
        lambda values: invite_member(
            values.pop("email"), by=member, at=timezone.now(), company_id=dossier.pk, **values
        ),
    )
    if invited is None:
        return company_page(request, member, dossier, form=form)
    return sent(request, member, invited)


def sent(request: HttpRequest, member: Membership, invited: Invited) -> HttpResponseBase:
    """Mail the invitation. Where that is impossible its link is shown, once: there is no other way to it."""
    if mail_invitation(invited):
        messages.success(
            request, _("The invitation is on its way to %(email)s.") % {"email": invited.token.email}
        )
        return back_to(invited.token.scope["company"])
    return form_page(
        request,
        member,
        "desk/invited.html",
        active="companies" if invited.token.scope["company"] else "settings",
        invitation=invited.token,
        link=invitation_link(invited.secret),
        company_id=invited.token.scope["company"],
    )


def back_to(company_id: UUID | str | None) -> HttpResponseBase:
    return redirect("company", company_id) if company_id else redirect("settings_staff")


@for_office
@require_POST
def invitation_resend(request: HttpRequest, member: Membership, invitation_id: UUID) -> HttpResponseBase:
    return sent(request, member, resend_invitation(invitation_id, by=member, at=timezone.now()))


@for_office
@require_POST
def invitation_withdraw(request: HttpRequest, member: Membership, invitation_id: UUID) -> HttpResponseBase:
    token = withdraw_invitation(invitation_id, by=member, at=timezone.now())
    messages.success(request, _("The invitation to %(email)s is withdrawn.") % {"email": token.email})
    return back_to(token.scope["company"])


@for_office
@require_POST
def member_profile(request: HttpRequest, member: Membership, member_id: UUID) -> HttpResponseBase:
    changed = change_profile(member_id, by=member, at=timezone.now(), profile=request.POST.get("profile", ""))
    messages.success(request, _("%(name)s has another profile now.") % {"name": changed.person.name})
    # Who gives up the administration is not led back to where only administrators are.
    return redirect("home") if changed.pk == member.pk else back_to(changed.company_id)


@for_office
@require_POST
def member_end(request: HttpRequest, member: Membership, member_id: UUID) -> HttpResponseBase:
    successor = request.POST.get("successor", "")
    ended = end_membership(
        member_id,
        by=member,
        at=timezone.now(),
        successor_id=uuid_from(successor, field="successor") if successor else None,
    )
    messages.success(request, _("%(name)s has no access any more.") % {"name": ended.person.name})
    return redirect("home") if ended.pk == member.pk else back_to(ended.company_id)
