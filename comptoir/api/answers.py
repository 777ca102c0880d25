"""Answers in JSON, written from plain rows: UUIDs and moments as they come from the database, moments in UTC.

Views declare the schema of their answer for the documentation and write the answer themselves: validating what we
made ourselves would cost more than making it. The tests hold every answer against the documented schema instead.
"""

from __future__ import annotations

import orjson
from django.http import HttpResponse


def answer(data: object, *, status: int = 200) -> HttpResponse:
    body = orjson.dumps(data, option=orjson.OPT_UTC_Z)
    return HttpResponse(body, status=status, content_type="application/json")
