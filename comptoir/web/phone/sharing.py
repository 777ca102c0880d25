"""Where a telephone leads: from its icon's menu to a new conversation, and from its share sheet to the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from comptoir.web.members import for_members

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership

LOST = "lost"


@for_members
@require_GET
def new(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """The same address for both sides of the counter: the installed portal does not know who opens it."""
    if LOST in request.GET:
        messages.warning(
            request, _("What you shared did not arrive. Please share it once more, or attach it here.")
        )
    return redirect("desk_new" if member.is_office else "portal_new")


# The worker keeps what is shared in the browser until the form takes it (static/js/worker.js), and no such request
# comes here. Where there is no worker yet, this says so; it takes nothing, so it needs no proof of who asks.
@csrf_exempt
@require_POST
def share(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 -- a view
    return redirect(f"{reverse('new')}?{LOST}=1")
