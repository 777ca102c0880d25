"""How a file leaves: never as anything that a browser would run. The door has asked the gate before."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, cast

from django.core.files import File

from comptoir.core.errors import NotFound
from comptoir.core.http import send_file
from comptoir.files import disk
from comptoir.files.kinds import ANYTHING, PDF, PREVIEW, SERVED_AS
from comptoir.files.names import disposition

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.core.http import Seekable
    from comptoir.files.models import Attachment, KeptFile

log = logging.getLogger(__name__)

# `sandbox` gives the document an origin of its own, without scripts and forms. Chromium's PDF viewer still shows a
# PDF under it (tests/browser tries). Our own pages may frame it, others not.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


def headers_for(attachment: Attachment | KeptFile, *, inline: bool) -> dict[str, str]:
    """Of the file as it was handed in. `inline` is granted to a PDF only; all else is a download, whoever asks."""
    served_as = SERVED_AS.get(attachment.media_type, ANYTHING)
    return {
        **HEADERS,
        "Content-Type": served_as,
        "Content-Disposition": disposition(attachment.name, inline=inline and served_as == PDF),
    }


def preview_headers(attachment: Attachment) -> dict[str, str]:
    return {
        **HEADERS,
        "Content-Type": PREVIEW,
        "Content-Disposition": disposition(f"{attachment.name}.jpg", inline=True),
    }


def file_response(
    request: HttpRequest, attachment: Attachment | KeptFile, *, inline: bool = False
) -> HttpResponseBase:
    return _response(request, attachment.key, headers_for(attachment, inline=inline))


def preview_response(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """Raises NotFound while there is none."""
    if attachment.preview_key is None:
        raise NotFound
    return _response(request, attachment.preview_key, preview_headers(attachment))


def _response(request: HttpRequest, key: UUID, headers: dict[str, str]) -> HttpResponseBase:
    try:
        file = cast("Seekable", File(disk.open_stored(key)))
    except FileNotFoundError:
        log.exception("The file %s is in the database and not on the disk", key)
        raise NotFound from None
    response = send_file(request, file, name="", media_type=headers["Content-Type"])
    for name, value in headers.items():
        response[name] = value
    return response
