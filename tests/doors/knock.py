"""One request at a time, undone afterwards: its status, its body without what differs anyway, and what it wrote."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpResponse
    from django.test import Client

WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
# A session is the visitor's own, and the cache counts attempts to sign in.
OWN = re.compile(r"django_session|usersessions|core_cache")
# In HTML, and in HTML within JSON.
TOKEN = re.compile(rb'csrfmiddlewaretoken\\?" value=\\?"[^"\\]*')


class Answer(NamedTuple):
    status: int
    body: bytes
    where: str  # the redirection's address
    written: list[str]


@contextmanager
def watching(written: list[str]) -> Iterator[None]:
    """Notes every statement that would change a row."""

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql) and not OWN.search(sql):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


def knock(browser: Client, method: str, path: str, data: Any = None, **more: Any) -> Answer:
    """A POST is a form unless `content_type` says otherwise; GET puts the data behind the question mark."""
    written: list[str] = []
    cookies = browser.cookies.output()
    with transaction.atomic(), watching(written):
        response = getattr(browser, method.lower())(path, {} if data is None else data, **more)
        body = contents(response)
        transaction.set_rollback(True)
    assert browser.cookies.output().count("session") == cookies.count("session"), "A session began or ended."
    return Answer(response.status_code, body, response.headers.get("Location", ""), written)


def contents(response: HttpResponse) -> bytes:
    # The client closes what streams once it was read, and the rest itself.
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return TOKEN.sub(b"", body)
