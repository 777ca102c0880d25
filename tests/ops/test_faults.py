from __future__ import annotations

import errno
import sqlite3

import psycopg
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import RequestFactory

from comptoir.ops.faults import meaning, server_error


def throw(failure: Exception, cause: Exception | None = None) -> None:
    raise failure from cause


def raised(failure: Exception, cause: Exception | None = None) -> BaseException:
    with pytest.raises(type(failure)) as caught:
        throw(failure, cause)
    return caught.value


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (raised(RuntimeError("x")), 500),
        (raised(IntegrityError("x")), 500),
        (raised(OperationalError("connection refused")), 503),
        (raised(InterfaceError("connection already closed")), 503),
        (raised(OperationalError("database is locked"), sqlite3.OperationalError("database is locked")), 503),
        (raised(OperationalError("x"), sqlite3.OperationalError("database or disk is full")), 507),
        (raised(OperationalError("x"), psycopg.errors.DiskFull("could not extend file")), 507),
        (raised(OSError(errno.ENOSPC, "No space left on device")), 507),
        (raised(OSError(errno.EACCES, "Permission denied")), 500),
        (raised(KeyError("x"), OperationalError("away")), 503),
        (None, 500),
    ],
)
def test_what_a_failure_means(failure: BaseException | None, status: int) -> None:
    assert meaning(failure).status == status


def answered(failure: Exception, **headers: str) -> tuple[int, dict[str, str], str]:
    try:
        throw(failure)
    except Exception:  # noqa: BLE001 -- as Django's handler does
        response = server_error(RequestFactory().get("/desk/", headers=headers))
    return response.status_code, dict(response.headers), response.content.decode()


def test_a_page_for_people_and_json_for_scripts() -> None:
    status, headers, text = answered(OperationalError("away"))
    assert (status, headers["Retry-After"]) == (503, "2")
    assert "<h1>" in text
    status, headers, text = answered(RuntimeError("secret detail"), accept="application/json")
    assert (status, headers["Content-Type"]) == (500, "application/json")
    assert '"error": "fault"' in text
    assert "secret detail" not in text
