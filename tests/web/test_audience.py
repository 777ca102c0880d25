"""Who reads along is said, never guessed: a form that leaves it open begins nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from comptoir.conversations.models import Conversation
from tests.world import signed_in

if TYPE_CHECKING:
    from django.test import Client

    from comptoir.ops.cast import Cast

pytestmark = pytest.mark.django_db

NEW = {"subject": "TVA", "body": "Bonjour"}
UNCLEAR = [
    {},
    {"audience": ""},
    {"audience": "zz"},
    {"audience": "private"},
    {"audience": "private", "person": ""},
    {"audience": "private", "person": "Marc"},
    {"audience": "person", "person": "0192f0a0-0000-7000-8000-000000000000"},
]


def refused(browser: Client, path: str, data: dict[str, Any]) -> None:
    before = Conversation._base_manager.count()
    answer = browser.post(path, data, headers={"Accept": "application/json"})
    assert answer.status_code == 422, data
    assert answer.json()["field"] == "audience"
    page = browser.post(path, data)
    assert page.status_code == 422
    assert "checked><span><b>Everyone" not in page.content.decode()
    assert Conversation._base_manager.count() == before


@pytest.mark.parametrize("said", UNCLEAR)
def test_the_client_says_who_reads_along(cast: Cast, client: Client, said: dict[str, str]) -> None:
    refused(signed_in(client, cast.client), "/communication/new", {**NEW, **said})


@pytest.mark.parametrize("said", UNCLEAR)
def test_the_office_says_who_reads_along(cast: Cast, client: Client, said: dict[str, str]) -> None:
    browser = signed_in(client, cast.accountant)
    refused(browser, "/desk/new", {**NEW, "company": str(cast.bakery.pk), **said})


@pytest.mark.parametrize("said", [*UNCLEAR, "a person"])
def test_several_dossiers_are_written_to_openly_or_not_at_all(
    cast: Cast, client: Client, said: dict[str, str] | str
) -> None:
    if isinstance(said, str):
        said = {"audience": "private", "person": str(cast.client.pk)}
    both = [str(cast.bakery.pk), str(cast.garage.pk)]
    refused(signed_in(client, cast.admin), "/desk/new", {**NEW, "company": both, **said})
