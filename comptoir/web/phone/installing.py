"""How one puts the portal among the apps of a telephone, and the one time that it is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from comptoir.web.devices import is_hand_held
from comptoir.web.form_page import form_page
from comptoir.web.members import for_members

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership

# In the browser rather than with the person: each telephone is asked once.
COOKIE = "install"
A_YEAR = 365 * 24 * 3600


def offers_install(request: HttpRequest) -> bool:
    """A style hides it where the portal is installed already: only the browser knows."""
    return COOKIE not in request.COOKIES and is_hand_held(request.headers.get("User-Agent", ""))


@for_members
@require_safe
def install(request: HttpRequest, member: Membership) -> HttpResponseBase:
    frame = "desk/base.html" if member.is_office else "portal/base.html"
    answer = form_page(request, member, "phone/install.html", active="profile", frame=frame)
    return _remembered(answer)


@for_members
@require_POST
def install_dismiss(request: HttpRequest, member: Membership) -> HttpResponseBase:  # noqa: ARG001 -- a view
    return _remembered(redirect("home"))


def _remembered(answer: HttpResponseBase) -> HttpResponseBase:
    answer.set_cookie(
        COOKIE,
        "seen",
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer
