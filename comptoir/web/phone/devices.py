"""The browsers on which one lets oneself be woken: this one on and off, the others off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from comptoir.notifications.actions.devices import allow_push, renew_push, revoke_push
from comptoir.notifications.devices import devices_of
from comptoir.notifications.vapid import public_key
from comptoir.web.devices import device_name
from comptoir.web.members import for_members

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership

KEYS = ("endpoint", "p256dh", "auth")


def devices_context(request: HttpRequest, member: Membership) -> dict[str, Any]:
    """A session is one browser's, so the device of this session is the one in the reader's hand."""
    return {
        "devices": devices_of(member.person),
        "here": request.session.session_key,
        "push_key": public_key(),
    }


def _given(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in KEYS}


@for_members
@require_POST
def push_allow(request: HttpRequest, member: Membership) -> HttpResponseBase:
    device = allow_push(
        **_given(request),
        by=member,
        at=timezone.now(),
        label=device_name(request.headers.get("User-Agent", "")),
        session_key=request.session.session_key or "",
    )
    return JsonResponse({"id": str(device.pk)}, status=201)


# The browser's worker comes here too, and has no page to take a token from. Whoever does not know the endpoint that this
# very person allowed, which is a secret of their browser, changes nothing.
@csrf_exempt
@for_members
@require_POST
def push_renew(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """After a new sign-in in the same browser, or with another endpoint of its: what its owner allowed there goes on;
    what they stopped does not.
    """
    device = renew_push(
        **_given(request),
        by=member,
        at=timezone.now(),
        session_key=request.session.session_key or "",
        before=request.POST.get("before", ""),
    )
    return JsonResponse({"is_on": device is not None})


@for_members
@require_POST
def push_revoke(request: HttpRequest, member: Membership, device_id: UUID) -> HttpResponseBase:
    device = revoke_push(device_id, by=member, at=timezone.now())
    messages.success(request, _("%(device)s shows no more notifications.") % {"device": device.label})
    return redirect("telling")
