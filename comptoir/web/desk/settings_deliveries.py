"""What the office tells and how, what did not arrive, and how the mail server is. For administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from comptoir.correspondence.ways import ways_in
from comptoir.notifications.actions.addresses import trust_address
from comptoir.notifications.actions.deliveries import drop_deliveries, retry_deliveries
from comptoir.notifications.actions.reply_addresses import revoke_reply_addresses
from comptoir.notifications.actions.telling import change_policy
from comptoir.notifications.addresses import silent_addresses
from comptoir.notifications.queries import dead_letters, outbox_state
from comptoir.notifications.server import has_mail_server
from comptoir.notifications.wishes import policy_of
from comptoir.people.gate import require_administrator
from comptoir.people.models import Membership
from comptoir.web.desk.invited import back_to
from comptoir.web.form_page import form_page
from comptoir.web.forms import tried
from comptoir.web.members import for_office
from comptoir.web.telling_forms import PolicyForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@for_office
@require_safe
def settings_deliveries(request: HttpRequest, member: Membership) -> HttpResponseBase:
    require_administrator(member)
    return _page(request, member)


@for_office
@require_POST
def settings_telling(request: HttpRequest, member: Membership) -> HttpResponseBase:
    require_administrator(member)
    form = PolicyForm(request.POST)
    if tried(form, lambda values: change_policy(by=member, at=timezone.now(), **values)) is None:
        return _page(request, member, form=form)
    messages.success(request, _("The policy is changed."))
    return redirect("settings_deliveries")


def _page(request: HttpRequest, member: Membership, *, form: PolicyForm | None = None) -> HttpResponseBase:
    policy = policy_of(member.office_id)
    known = {"delay_minutes": policy.delay_minutes, "text_in_mails": policy.text_in_mails}
    return form_page(
        request,
        member,
        "desk/settings/deliveries.html",
        active="settings",
        part="deliveries",
        form=form or PolicyForm(initial=known),
        has_mail_server=has_mail_server(),
        state=outbox_state(member),
        dead=dead_letters(member),
        silent=_silent(member),
        mail_in=ways_in(member),
    )


def _silent(member: Membership) -> list[dict[str, object]]:
    """The members whose address sends mails back, with why."""
    members = Membership.objects.visible_to(member).active().select_related("person", "company")
    known = silent_addresses(members.values_list("person", flat=True))
    seen = members.filter(person__in=known).order_by("person__name")
    return [{"member": one, "address": known[one.person_id]} for one in seen]


@for_office
@require_POST
def deliveries_retry(request: HttpRequest, member: Membership) -> HttpResponseBase:
    return _retried(request, retry_deliveries(by=member, at=timezone.now()))


@for_office
@require_POST
def delivery_retry(request: HttpRequest, member: Membership, delivery_id: UUID) -> HttpResponseBase:
    return _retried(request, retry_deliveries(delivery_id, by=member, at=timezone.now()))


def _retried(request: HttpRequest, number: int) -> HttpResponseBase:
    words = ngettext("%(n)s is tried again.", "%(n)s are tried again.", number)
    messages.success(request, words % {"n": number})
    return redirect("settings_deliveries")


@for_office
@require_POST
def deliveries_drop(request: HttpRequest, member: Membership) -> HttpResponseBase:
    return _dropped(request, drop_deliveries(by=member, at=timezone.now()))


@for_office
@require_POST
def delivery_drop(request: HttpRequest, member: Membership, delivery_id: UUID) -> HttpResponseBase:
    return _dropped(request, drop_deliveries(delivery_id, by=member, at=timezone.now()))


def _dropped(request: HttpRequest, number: int) -> HttpResponseBase:
    words = ngettext("%(n)s is given up.", "%(n)s are given up.", number)
    messages.success(request, words % {"n": number})
    return redirect("settings_deliveries")


@for_office
@require_POST
def address_trust(request: HttpRequest, member: Membership, member_id: UUID) -> HttpResponseBase:
    trusted = trust_address(member_id, by=member, at=timezone.now())
    messages.success(request, _("E-mails go to %(email)s again.") % {"email": trusted.person.email})
    return back_to(trusted.company_id)


@for_office
@require_POST
def addresses_revoke(request: HttpRequest, member: Membership, member_id: UUID) -> HttpResponseBase:
    """A mail was handed on: whoever has it answers in this person's place no more."""
    revoked = revoke_reply_addresses(member_id, by=member, at=timezone.now())
    words = _("E-mails that %(name)s was sent before can be answered no more.")
    messages.success(request, words % {"name": revoked.person.name})
    return back_to(revoked.company_id)
