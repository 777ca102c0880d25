"""`api_of(sophie)`: a program with a token of hers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from comptoir.api.limits import REQUESTS, UPLOADS
from comptoir.people.actions.tokens import make_token
from tests.api.description import PREFIX, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comptoir.people.models import Membership


class Program:
    """A client of the API. Paths are given without the prefix; every answer is held against the description."""

    def __init__(self, secret: str) -> None:
        self.browser = Client()
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, path: str, **more: Any) -> Any:
        return self.ask("GET", path, **more)

    def post(self, path: str, data: Any = None, **more: Any) -> Any:
        return self.ask("POST", path, data, **more)

    def patch(self, path: str, data: Any, **more: Any) -> Any:
        return self.ask("PATCH", path, data, **more)

    def delete(self, path: str) -> Any:
        return self.ask("DELETE", path)

    def ask(
        self, method: str, path: str, data: Any = None, *, headers: dict[str, str] | None = None, **more: Any
    ) -> Any:
        if data is not None:
            more |= {"data": json.dumps(data, default=str), "content_type": "application/json"}
        return self.send(method, path, headers=headers, **more)

    def send(self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any) -> Any:
        all_headers = {**self.headers, **(headers or {})}
        response = self.browser.generic(method, PREFIX + path, headers=all_headers, **more)
        check(method, path, response)
        return response

    def upload(self, file: Any) -> Any:
        response = self.browser.post(PREFIX + "/attachments", {"file": file}, headers=self.headers)
        check("POST", "/attachments", response)
        return response


Api = Callable[..., Program]


@pytest.fixture(autouse=True)
def _unhurried() -> Iterator[None]:
    """No test pays for what an earlier one asked."""
    REQUESTS.empty()
    UPLOADS.empty()
    yield
    REQUESTS.empty()
    UPLOADS.empty()


@pytest.fixture
def api_of(cast: Any) -> Api:
    def program(member: Membership, *scopes: str) -> Program:
        chosen = scopes or ("read", "write")
        _token, secret = make_token(member, name="test", scopes=chosen, at=timezone.now())
        return Program(secret)

    return program
