"""The answer when something of ours failed: to whom it says "again in a moment" it must be true (handler500).

Nothing here asks the database, for it may be what failed.
"""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest


# SQLite says it in words, PostgreSQL by this state of SQLSTATE's class 53.
FULL_IN_WORDS = "database or disk is full"
FULL_IN_POSTGRESQL = "53100"
FAULT_PAGE = "500.html"  # without a context: no processor of ours runs


class Fault(Refused):
    code = "fault"
    status = 500
    text = _("An error on our side. It has been noted; please try again in a moment.")


class Unavailable(Refused):
    """The database is away or busy: the same request may succeed in a moment, and may be sent again."""

    code = "unavailable"
    status = 503
    text = _("This is not possible just now. Please try again in a moment.")


class NoSpace(Refused):
    code = "no_space"
    status = 507
    text = _("There is no space left to store this. Reading still works.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls it while the exception is being handled, so it can be asked for."""
    refusal = meaning(sys.exception())
    if "application/json" in request.headers.get("Accept", "") or request.path.startswith("/api/"):
        body = {"error": refusal.code, "message": str(refusal.text), "field": ""}
        response: HttpResponse = JsonResponse(body, status=refusal.status)
    else:
        response = HttpResponse(render_to_string(FAULT_PAGE), status=refusal.status)
    if refusal.status == Unavailable.status:
        response.headers["Retry-After"] = "2"
    return response


def meaning(failure: BaseException | None) -> Refused:
    """The first in the chain of causes that says something."""
    while failure is not None:
        if is_full(failure):
            return NoSpace()
        if isinstance(failure, OperationalError | InterfaceError):
            cause = failure.__cause__
            return NoSpace() if cause is not None and is_full(cause) else Unavailable()
        failure = failure.__cause__ or failure.__context__
    return Fault()


def is_full(failure: BaseException) -> bool:
    if isinstance(failure, OSError):
        return failure.errno in {errno.ENOSPC, errno.EDQUOT}
    return FULL_IN_WORDS in str(failure) or getattr(failure, "sqlstate", None) == FULL_IN_POSTGRESQL
