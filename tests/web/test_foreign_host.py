"""A request for a host that is not ours is refused plainly, wherever it knocks, and fills no log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["GET /", "GET /api/v1/me", "POST /accounts/login/", "POST /nowhere"])
@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*"])
def test_a_foreign_host_is_bad_input(
    client: Client, caplog: pytest.LogCaptureFixture, door: str, accept: str
) -> None:
    client.raise_request_exception = False
    headers = {"Host": "evil.example", "Accept": accept, "Referer": "http://evil.example/"}
    method, path = door.split()
    answer = client.generic(method, path, headers=headers)
    assert answer.status_code in {400, 422}
    assert b"evil.example" not in answer.content
    assert not caplog.records
