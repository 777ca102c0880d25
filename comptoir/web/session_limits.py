"""How long a sign-in lasts: a month at most, and a week without a visit."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.contrib.auth import SESSION_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.sessions.backends.base import SessionBase
    from django.http import HttpRequest, HttpResponse

SINCE, SEEN = "since", "seen"  # hours since 1970: written once an hour at most, so that reading stays reading
HOUR = 3600
ABSOLUTE_HOURS = 30 * 24
IDLE_HOURS = 7 * 24


class SessionLimits:
    """Stands right after the sessions: what is over is gone before anybody asks who is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            renew_or_end(request.session, hour=int(time.time() // HOUR))
        return self.get_response(request)


def renew_or_end(session: SessionBase, *, hour: int) -> None:
    since, seen = session.setdefault(SINCE, hour), session.get(SEEN, hour)
    if hour - since >= ABSOLUTE_HOURS or hour - seen >= IDLE_HOURS:
        session.flush()
    elif session.get(SEEN) != hour:
        session[SEEN] = hour
