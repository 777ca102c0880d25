"""Holds an answer against what the OpenAPI description says of it. The views write their answers themselves, so
every test of the API goes through this.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from comptoir.api.urls import api

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

PREFIX = "/api/v1"


@cache
def description() -> dict[str, Any]:
    """As it is served: through JSON."""
    plain: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
    return plain


@cache
def templates() -> list[tuple[re.Pattern[str], str]]:
    """The most exact ones first: `/conversations/bulk` is not `/conversations/{conversation_id}`."""
    paths = sorted(description()["paths"], key=lambda path: path.count("{"))
    return [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), path) for path in paths]


def operation_of(method: str, path: str) -> dict[str, Any]:
    for pattern, template in templates():
        if pattern.fullmatch(PREFIX + path.split("?", maxsplit=1)[0]):
            found: dict[str, Any] = description()["paths"][template][method.lower()]
            return found
    raise AssertionError(f"{path} is not described")


@cache
def validator(method: str, path: str, status: int) -> Any:
    responses = operation_of(method, path)["responses"]
    assert str(status) in responses, f"{method} {path} may not answer {status}: {sorted(responses)}"
    content = responses[str(status)]["content"]
    if "application/json" not in content:
        return None
    schema = {**content["application/json"]["schema"], "components": description()["components"]}
    return jsonschema_rs.validator_for(schema, validate_formats=True)


def check(method: str, path: str, response: HttpResponseBase) -> None:
    found = validator(method, path.split("?", maxsplit=1)[0], response.status_code)
    if found is not None:
        assert response.headers["Content-Type"] == "application/json"
        found.validate(response.json())  # type: ignore[attr-defined]
