"""How one is told of messages: a page for each of one's memberships, and the link at the foot of every mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.core.errors import NotFound
from comptoir.notifications.actions.reply_addresses import revoke_reply_addresses
from comptoir.notifications.actions.telling import change_telling, set_mails
from comptoir.notifications.addresses import silent_addresses
from comptoir.notifications.reply_addresses import mail_in_place
from comptoir.notifications.unsubscribing import subscription_in
from comptoir.notifications.wishes import policies_of, policy_of, preference_of, preferences_of
from comptoir.people.models import Membership, Office
from comptoir.people.queries import memberships_of
from comptoir.web.form_page import WRONG, form_page
from comptoir.web.forms import tried
from comptoir.web.members import for_members
from comptoir.web.phone.devices import devices_context
from comptoir.web.telling_forms import telling_form

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.web.telling_forms import TellingForm


@for_members
@require_safe
def telling(request: HttpRequest, member: Membership) -> HttpResponseBase:
    return _page(request, member)


@for_members
@require_POST
def telling_save(request: HttpRequest, member: Membership, member_id: UUID) -> HttpResponseBase:
    own = memberships_of(member.person).filter(pk=member_id).first()
    if own is None:
        raise NotFound
    form = telling_form(own, preference_of(own), policy_of(own.office_id), request.POST)
    changed = tried(
        form, lambda _values: change_telling(own.pk, by=member, at=timezone.now(), **form.wishes())
    )
    if changed is None:
        return _page(request, member, wrong={own.pk: form})
    messages.success(request, _("You will be told as you wish."))
    return redirect("telling")


@for_members
@require_POST
def telling_revoke(request: HttpRequest, member: Membership, member_id: UUID) -> HttpResponseBase:
    """The addresses by which one answers e-mails of a place; the next e-mail brings a new one."""
    if not memberships_of(member.person).filter(pk=member_id).exists():
        raise NotFound
    revoke_reply_addresses(member_id, by=member, at=timezone.now())
    messages.success(
        request, _("E-mails that you were sent before can be answered no more. The next ones can.")
    )
    return redirect("telling")


def _page(
    request: HttpRequest, member: Membership, *, wrong: dict[UUID, TellingForm] | None = None
) -> HttpResponseBase:
    forms = wrong or {}
    own = list(memberships_of(member.person))
    preferences, policies = preferences_of(own), policies_of(own)
    places = [
        (one, forms.get(one.pk) or telling_form(one, preferences[one.pk], policies[one.office_id]))
        for one in own
    ]
    return form_page(
        request,
        member,
        "telling.html",
        status=WRONG if wrong else 200,
        active="profile",
        frame="desk/base.html" if member.is_office else "portal/base.html",
        places=places,
        answers_by_mail=mail_in_place() is not None,
        silent=silent_addresses([member.person_id]).get(member.person_id),
        **devices_context(request, member),
    )


# A mail program posts there by itself, when its reader presses its own button: without a session or a token of ours.
# Whoever holds the link may end the mails, and nothing else.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponseBase:
    """GET only shows the buttons: scanners of mails follow links, and must not unsubscribe anybody."""
    subscription = subscription_in(token)
    office = Office.objects.filter(pk=subscription.office_id).first() if subscription else None
    if subscription is None or office is None:
        raise NotFound
    on, changed = request.POST.get("mails") == "on", False
    if request.method == "POST":
        set_mails(subscription.person_id, office_id=office.pk, at=timezone.now(), on=on)
        changed = True
    facts: dict[str, Any] = {"office": office, "changed": changed, "on": on}
    with translation.override(_language_of(subscription.person_id, office)):
        return render(request, "unsubscribe.html", facts)


def _language_of(person_id: UUID, office: Office) -> str:
    """That of the mail, whatever the browser speaks."""
    known = Membership.objects.filter(person=person_id, office=office.pk)
    return known.values_list("person__language", flat=True).first() or translation.get_language() or "fr"
