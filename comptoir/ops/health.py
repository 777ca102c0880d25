"""GET /healthz: is this process of use? For load balancers and supervisors, so it tells nothing about anybody."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import orjson
from django.db import DatabaseError, InterfaceError
from django.db.models.functions import Now
from django.http import HttpResponse

from comptoir.core.http import bare_headers
from comptoir.core.models import WorkerBeat
from comptoir.live.broker import broker
from comptoir.serving.answer import plain, send_answer

if TYPE_CHECKING:
    from django.http import HttpRequest

    from comptoir.serving.answer import Send
    from comptoir.serving.one_thread import OneThread

PATIENCE = 1.5  # seconds; the answer is there within two
STUCK = 30.0  # seconds that one request may take before this process counts as ill
DATABASE_AWAY = (DatabaseError, InterfaceError, TimeoutError)

JSON = {"Content-Type": "application/json"}

Report = dict[str, Any]
GONE: Report = {"status": "unwell", "database": "gone"}


def report() -> Report:
    """Asks the database and raises its errors. `jobs`: seconds since any worker's sign of life, None without one."""
    found = WorkerBeat.objects.order_by("-seen_at").annotate(now=Now()).values_list("seen_at", "now").first()
    age = round((found[1] - found[0]).total_seconds(), 1) if found else None
    return {"status": "ok", "database": "ok", "jobs": age, "stream": "ok" if broker().connected else "alone"}


async def serve(database: OneThread, pages: OneThread, send: Send) -> None:
    """Beside the pages: it answers when their thread waits for a database that does not."""
    try:
        async with asyncio.timeout(PATIENCE):
            found = await database.call(report)
    except DATABASE_AWAY:
        found = GONE
    if pages.stuck_for > STUCK:
        found = {**found, "status": "unwell", "pages": "stuck"}
    status = 200 if found["status"] == "ok" else 503
    await send_answer(plain(status, orjson.dumps(found).decode(), {**bare_headers(), **JSON}), send)


def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view
    """The same for other WSGI servers."""
    try:
        found = report()
    except DATABASE_AWAY:
        found = GONE
    return HttpResponse(orjson.dumps(found), status=200 if found["status"] == "ok" else 503, headers=JSON)
