"""Sends staff to set up their second factor before anything else, where their office asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import NotAllowed
from comptoir.people.second_factor import has_second_factor
from comptoir.web.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from comptoir.people.models import Membership

# What one needs in order to set it up, to leave, and to read the page.
OPEN_PATHS = (
    "/accounts/",
    "/brand/",
    "/language",
    "/static/",
    "/csp-report",
    "/switch",
    "/worker.js",
    "/offline/",
)


class SecondFactorFirst:
    """Stands after CurrentMember. Asks the database only for staff of an office that requires it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN_PATHS) or not _is_asked(request):
            return self.get_response(request)
        if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
            return redirect("mfa_index")
        return refused(request, NotAllowed(_("Your office asks for a second factor first.")))


def _is_asked(request: HttpRequest) -> bool:
    if not request.user.is_authenticated:
        return False
    member: Membership = request.member  # type: ignore[attr-defined]  # set by CurrentMember
    is_required = bool(member) and member.is_office and member.office.requires_second_factor
    # A demo's accounts cannot have one: asked for, it would shut everybody out.
    return is_required and not member.office.is_demo and not has_second_factor(request.user)
