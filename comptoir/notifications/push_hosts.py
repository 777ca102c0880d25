"""Where a browser may say that it wants to be woken: the services of the browsers' makers, and the operator's own. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from comptoir.core.dialling import NotPermitted
from comptoir.core.outgoing import place_of

if TYPE_CHECKING:
    from collections.abc import Collection

# Google (Chrome, Edge on Android, Samsung, Opera …), Mozilla, Apple.
HOSTS = frozenset(
    {
        "fcm.googleapis.com",
        "updates.push.services.mozilla.com",
        "web.push.apple.com",
    }
)
# Microsoft (Edge on Windows): one host for each of its places.
WNS = re.compile(r"wns2-[a-z0-9]{1,12}\.notify\.windows\.com")
ENDPOINT_CHARACTERS = 1000


def is_push_service(endpoint: str, *, more: Collection[str] = ()) -> bool:
    """An exact host over https; `more` are the operator's, as host or host:port."""
    if len(endpoint) > ENDPOINT_CHARACTERS:
        return False
    try:
        place = place_of(endpoint)
    except NotPermitted:
        return False
    host = place.authority  # a port of its own is part of what must be listed
    return host in HOSTS or host in more or WNS.fullmatch(host) is not None
