"""The address of the stream, for `reverse` and for servers other than ours: the stream needs an event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

if TYPE_CHECKING:
    from django.http import HttpRequest


def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view
    return HttpResponse(
        "The stream is served by Comptoir's own server.", status=501, content_type="text/plain"
    )
