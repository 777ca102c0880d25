"""No address without a line in one of the tables, no line without its address, and no method that a table does not name."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from comptoir.api.urls import api
from comptoir.core.ids import new_id
from tests.doors import (
    test_doors_answering,
    test_doors_api,
    test_doors_campaigns,
    test_doors_documents,
    test_doors_ledger,
    test_doors_office,
    test_doors_plain,
    test_doors_questions,
    test_doors_talk,
)
from tests.doors.accounts import ACCOUNTS, CLOSED_ADDRESSES
from tests.doors.knock import knock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doors.conftest import House

pytestmark = pytest.mark.django_db

# Held by test_doors_fields.py and test_doors_accounts.py, and by the tests of links: a wrong code is noted by a job.
# Held by test_doors_fields.py and test_doors_accounts.py; what is public of an office by tests/web.
ELSEWHERE = {
    ("POST", "desk_new"),
    ("POST", "bulk_close"),
    ("POST", "bulk_handled"),
    ("POST", "bulk_assign"),
    ("POST", "file_drop"),
    ("GET", "brand_logo"),
    ("POST", "mail_file"),
    ("POST", "open_by_code"),
    ("GET", "app_manifest"),
}
# The same page and action by another method: a form that is looked at, then sent.
FORMS = {("POST", "profile"), ("POST", "company_new"), ("POST", "company_import")}


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """(name or empty, pattern) of every address but the API's."""
    for one in (resolver or get_resolver()).url_patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLResolver):
            if not pattern.startswith("api/"):
                yield from addresses(one, pattern)
        else:
            yield one.name or "", pattern


def in_the_tables() -> set[tuple[str, str]]:
    modules = (
        test_doors_talk, test_doors_office, test_doors_plain, test_doors_ledger, test_doors_questions,
        test_doors_answering, test_doors_campaigns, test_doors_documents,
    )  # fmt: skip
    tables = (module.TABLE for module in modules)
    return {(door.method, door.name) for table in tables for door in table} | ELSEWHERE | FORMS


def test_every_address_stands_in_a_table() -> None:
    named = {name for name, pattern in addresses() if not pattern.startswith("accounts/")}
    assert named - {name for _, name in in_the_tables()} == set()
    assert {name for _, name in in_the_tables()} - named == set()


def test_every_address_of_the_accounts_stands_in_theirs() -> None:
    found = {name for name, pattern in addresses() if pattern.startswith("accounts/") and name}
    assert found == set(ACCOUNTS)
    unnamed = {pattern for name, pattern in addresses() if pattern.startswith("accounts/") and not name}
    assert unnamed - {pattern for pattern, _ in CLOSED_ADDRESSES} - {
        "accounts/2fa/totp/activate/",
        "accounts/2fa/webauthn/add/",
    } <= {f"accounts/social/{rest}/" for rest in ("login/cancelled", "login/error", "signup", "connections")}


def test_every_operation_of_the_api_stands_in_its_table() -> None:
    described = {
        (method.upper(), re.sub(r"\{\w+\}", "{}", path.removeprefix("/api/v1/")))
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
    }
    listed = {(door.method, door.name) for door in (*test_doors_api.TABLE, *test_doors_ledger.API)}
    listed |= {
        (method, path.partition("?")[0].replace("bakery", "{}")) for method, path in test_doors_api.PLAIN
    }
    assert described == listed
    assert len(described) > 20


def test_no_method_that_the_table_does_not_name_writes_anything(house: House) -> None:
    """Neither by another method, nor by one that a server invents."""
    methods = defaultdict(set)
    for method, name in in_the_tables():
        methods[name].add(method)
    patterns = {name: pattern for name, pattern in addresses() if name in methods}
    wrong = []
    for name, pattern in patterns.items():
        kinds = re.findall(r"<(\w+):", pattern)
        args = [{"uuid": new_id(), "int": 1, "slug": "x", "str": "x"}[kind] for kind in kinds]
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"} - methods[name]:
            who = "A" if pattern.startswith("desk/") else "S"
            answer = knock(house.people.browsers[who], method, reverse(name, args=args))
            # A form is looked at by HEAD too, and PUT to one is like GET: it shows it.
            if answer.written or answer.status not in {405, 404, 200, 302, 403, 501}:
                wrong.append((who, method, name, answer.status, answer.written))
    assert wrong == []
