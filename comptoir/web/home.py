"""The address without a path: where a member's day begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect

from comptoir.people.models import Office
from comptoir.web.members import for_members

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership


@for_members
def members_home(request: HttpRequest, member: Membership) -> HttpResponseBase:  # noqa: ARG001 -- a view
    return redirect("desk_inbox" if member.is_office else "portal_list")


def home(request: HttpRequest) -> HttpResponseBase:
    """A fresh installation begins with its first administrator."""
    if not request.user.is_authenticated and not Office.objects.exists():
        return redirect("first_run")
    return members_home(request)
