"""What is written into a stream: bytes made once, whoever and however many receive them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from uuid import UUID

HEARTBEAT = b":\n\n"
# Asks every page for what it lacks: hints may have been lost.
SYNC = b"event: sync\ndata: {}\n\n"
# Other processes cannot be heard for now: a page asks by itself from time to time, until `sync`.
DEGRADED = b"event: degraded\ndata: {}\n\n"
REVOKED = b"event: revoked\ndata: {}\n\n"
# One browser too many. Its page asks from time to time until somebody looks at it again; the long `retry` is for a
# reader that knows no better, and would chase another one away every two seconds.
REPLACED = b"retry: 60000\nevent: replaced\ndata: {}\n\n"


def hello(version: str, *, heard: bool) -> bytes:
    """First of all: ask what you lack, and reload when the version is not yours."""
    return b"retry: 2000\nevent: hello\ndata: %b\n\n" % orjson.dumps(
        {"version": version, "degraded": not heard}
    )


def change(conversation: UUID, revision: int) -> bytes:
    data = orjson.dumps({"conversation": conversation, "revision": revision})
    return b"event: change\ndata: %b\nid: %b:%d\n\n" % (data, str(conversation).encode(), revision)


def desk(conversation: UUID, revision: int) -> bytes:
    data = orjson.dumps({"conversation": conversation, "revision": revision})
    return b"event: desk\ndata: %b\n\n" % data


def typing(about: dict[str, Any]) -> bytes:
    data = orjson.dumps({"conversation": about["conversation"], "name": about["name"]})
    return b"event: typing\ndata: %b\n\n" % data


def goodbye() -> bytes:
    """The server restarts: pages come back at different moments."""
    return b"retry: %d\nevent: goodbye\ndata: {}\n\n" % random.randint(1000, 4000)  # noqa: S311 -- no secret
