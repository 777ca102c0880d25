"""/api/v1/openapi.json and /api/v1/docs."""

from __future__ import annotations

import re
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from django.test import Client

from tests.api.description import PREFIX, description


def test_it_is_openapi_3_1(db: None) -> None:
    served = Client().get(f"{PREFIX}/openapi.json").json()

    assert served["openapi"] == "3.1.0"
    schemathesis.openapi.from_dict(served).validate()
    for schema in served["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)


def test_the_promised_addresses_are_there() -> None:
    there = {
        f"{method.upper()} {path.removeprefix(PREFIX)}"
        for path, methods in description()["paths"].items()
        for method in methods
    }

    assert there >= {
        "GET /me",
        "GET /counters",
        "GET /companies",
        "GET /conversations",
        "POST /conversations",
        "GET /conversations/{conversation_id}",
        "GET /conversations/{conversation_id}/messages",
        "POST /conversations/{conversation_id}/messages",
        "PATCH /messages/{message_id}",
        "DELETE /messages/{message_id}",
        "POST /conversations/{conversation_id}/close",
        "POST /conversations/{conversation_id}/reopen",
        "POST /conversations/{conversation_id}/handled",
        "POST /conversations/{conversation_id}/seen",
        "POST /attachments",
        "GET /attachments/{attachment_id}",
        "GET /search",
        "GET /sync",
    }


@pytest.mark.parametrize(
    ("path", "method", "said"),
    [
        (path, method, said)
        for path, methods in description()["paths"].items()
        for method, said in methods.items()
    ],
)
def test_every_operation_is_described(path: str, method: str, said: dict[str, Any]) -> None:
    assert said["security"], (method, path)
    assert said["summary"]
    assert set(said["responses"]) >= {"400", "401", "403", "422", "429"}
    assert ("404" in said["responses"]) or "{" not in path


def test_the_page_needs_no_script_and_no_other_site(db: None) -> None:
    response = Client().get(f"{PREFIX}/docs")

    page = response.content.decode()
    assert response.status_code == 200
    assert "<script" not in page
    assert "style=" not in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    for path in description()["paths"]:
        assert path in page


def test_the_documentation_is_light_and_its_links_lead_somewhere() -> None:
    pages = {query: Client().get(f"{PREFIX}/docs{query}").content.decode() for query in ("", "?schemas")}
    assert {query: len(page.encode()) < 60_000 for query, page in pages.items()} == {
        "": True,
        "?schemas": True,
    }
    for page in pages.values():
        for query, anchor in re.findall(r'href="(\?schemas)?#([^"]+)"', page):
            assert f'id="{anchor}"' in (pages[query] if query else page), anchor
