"""Requests that are wrong as such: each gets a clear 4xx in JSON, never a fault."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.api.conftest import PREFIX
from tests.world import begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api

ID = "01a20c0e-9efe-7332-b764-ab21699db3cd"  # always the same: parallel runs compare the names of tests


@pytest.fixture
def theirs(accountant: Membership, bakery: Company) -> Conversation:
    return begin(accountant, bakery).conversation


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe{}",
        b'{"id": NaN}',
        b'{"id": -Infinity}',
        b'{"a": 1, "a": 2}',
        b'{"body": {"a": 1, "a": 1}}',
        b"[" * 100_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b"1" * 5_000,
        json.dumps({"id": ID}).encode("utf-16"),
        b"id=1",
    ],
    ids=range(11),
)
def test_what_is_no_json(body: bytes, api_of: Api, sophie: Membership, theirs: Conversation) -> None:
    response = api_of(sophie).send(
        "POST", f"/conversations/{theirs.pk}/messages", data=body, content_type="application/json"
    )

    assert (response.status_code, response.json()["error"]) == (400, "malformed")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("[]", ""),
        ("null", ""),
        ("1", ""),
        ("{}", "id"),
        ('{"id": "x"}', "id"),
        ('{"id": 1}', "id"),
        ('{"id": null}', "id"),
        (f'{{"id": "{ID}", "body": 1}}', "body"),
        (f'{{"id": "{ID}", "body": "\\ud800"}}', "body"),
        (f'{{"id": "{ID}", "body": "a", "attachments": ["x"]}}', "attachments.0"),
        (f'{{"id": "{ID}", "body": "a", "attachments": {{}}}}', "attachments"),
        (f'{{"id": "{ID}", "body": "a", "expects_answer": "yes"}}', "expects_answer"),
        (f'{{"id": "{ID}", "body": "a", "expects_answer": 1}}', "expects_answer"),
        (f'{{"id": "{ID}", "body": "a", "office": "x"}}', "office"),
        (f'{{"id": "{ID}", "body": "a", "attachments": {json.dumps([ID] * 21)}}}', "attachments"),
    ],
)
def test_what_a_field_cannot_be(
    body: str, field: str, api_of: Api, sophie: Membership, theirs: Conversation
) -> None:
    response = api_of(sophie).send(
        "POST", f"/conversations/{theirs.pk}/messages", data=body, content_type="application/json"
    )

    assert (response.status_code, response.json()["error"]) == (422, "invalid")
    assert response.json()["field"] == field


def test_characters_that_are_none_are_left_out(api_of: Api, sophie: Membership, theirs: Conversation) -> None:
    asked = {"id": ID, "body": "a\x00b\u202ec"}

    assert api_of(sophie).post(f"/conversations/{theirs.pk}/messages", asked).json()["body"] == "abc"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page=0", "page"),
        ("page=10001", "page"),
        (f"page={10**30}", "page"),
        ("page=x", "page"),
        ("page=%00", "page"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("state=gone", "state"),
        ("company=1", "company"),
        ("to_handle=perhaps", "to_handle"),
    ],
)
def test_what_a_query_cannot_be(query: str, field: str, api_of: Api, sophie: Membership) -> None:
    response = api_of(sophie).get(f"/conversations?{query}")

    assert (response.status_code, response.json()["field"]) == (422, field)


@pytest.mark.parametrize("query", ["before=-1", f"before={2**63}", f"since_revision={2**63}", "limit=-1"])
def test_what_a_revision_cannot_be(query: str, api_of: Api, sophie: Membership, theirs: Conversation) -> None:
    response = api_of(sophie).get(f"/conversations/{theirs.pk}/messages?{query}")

    assert (response.status_code, response.json()["field"]) == (422, query.split("=", maxsplit=1)[0])


def test_the_largest_numbers_are_numbers(api_of: Api, sophie: Membership, theirs: Conversation) -> None:
    path, largest = f"/conversations/{theirs.pk}/messages", 2**63 - 1

    assert len(api_of(sophie).get(f"{path}?before={largest}").json()["items"]) == 1
    assert api_of(sophie).get(f"{path}?since_revision={largest}").json()["items"] == []
    assert api_of(sophie).get("/conversations?page=10000&limit=200").json()["items"] == []


def test_a_body_of_three_megabytes_is_too_large(
    api_of: Api, sophie: Membership, theirs: Conversation
) -> None:
    response = api_of(sophie).post(
        f"/conversations/{theirs.pk}/messages", {"id": ID, "body": "a" * 3_000_000}
    )

    assert (response.status_code, response.json()["error"]) == (413, "too_large")


def test_a_query_of_thousands_of_fields_is_too_large(api_of: Api, sophie: Membership) -> None:
    assert api_of(sophie).get("/conversations?" + "&".join(["a=1"] * 3_001)).status_code == 413


def test_an_id_that_is_none(api_of: Api, sophie: Membership) -> None:
    response = api_of(sophie).get("/conversations/1")

    assert (response.status_code, response.json()["field"]) == (422, "conversation_id")


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer cpt_x", "Basic eDp5", "cpt_x", "Bearer cpt_\xff"]
)
def test_without_a_token_in_force(header: str, db: None) -> None:
    response = Client().get(f"{PREFIX}/me", headers={"Authorization": header, "Accept-Language": "nl"})

    assert (response.status_code, response.json()["error"]) == (401, "not_signed_in")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert response.headers["Content-Language"] == "nl"


def test_a_sessions_cookie_is_no_token(browser_of: Callable[..., Client], sophie: Membership) -> None:
    assert browser_of(sophie).get(f"{PREFIX}/me").status_code == 401


def test_a_token_does_what_its_scopes_say(api_of: Api, sophie: Membership, theirs: Conversation) -> None:
    asked, path = {"id": ID, "body": "a"}, f"/conversations/{theirs.pk}/messages"

    refused = api_of(sophie, "read").post(path, asked)
    assert (refused.status_code, refused.json()["error"]) == (403, "scope_missing")
    assert api_of(sophie, "write").get(path).status_code == 403
    assert api_of(sophie, "write").post(path, asked).status_code == 201


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("POST", "/nowhere", 404),
        ("GET", "/", 404),
        ("GET", "/me/", 404),
        ("POST", "/me", 405),
        ("DELETE", "/conversations", 405),
        ("GET", "/conversations/bulk", 405),
    ],
)
def test_other_addresses_and_methods(method: str, path: str, status: int, db: None) -> None:
    response = Client(enforce_csrf_checks=True).generic(method, PREFIX + path)

    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/json")
    assert response.json().keys() == {"error", "message", "field"}
    assert ("Allow" in response.headers) is (status == 405)


def test_too_many_files_are_told_with_their_number(
    api_of: Api, sophie: Membership, theirs: Conversation
) -> None:
    asked = {"id": ID, "body": "a", "attachments": [ID] * 21}

    response = api_of(sophie).post(f"/conversations/{theirs.pk}/messages", asked)

    assert (response.status_code, response.json()["field"]) == (422, "attachments")
    assert "20" in response.json()["message"]
