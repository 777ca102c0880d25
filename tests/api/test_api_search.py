"""GET /search."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.world import begin, say

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api


def test_finds_subjects_and_messages(api_of: Api, sophie: Membership, bakery: Company) -> None:
    mine = begin(sophie, bakery, subject="Électricité", body="Bonjour")
    say(mine.conversation, sophie, "La facture d’électricité est jointe")

    items = api_of(sophie).get("/search?q=electr").json()["items"]

    assert [item["message"] and item["message"]["body"] for item in items] == [
        "La facture d’électricité est jointe",
        None,
    ]
    assert {item["conversation"]["id"] for item in items} == {str(mine.conversation.pk)}


def test_finds_nothing_that_is_not_mine_to_see(
    api_of: Api, sophie: Membership, reader: Membership, accountant: Membership, bakery: Company
) -> None:
    empty = api_of(sophie).get("/search?q=secret").content

    begin(accountant, bakery, subject="Secret", body="secret", to=reader)

    assert len(api_of(reader).get("/search?q=secret").json()["items"]) == 2
    assert api_of(sophie).get("/search?q=secret").content == empty


@pytest.mark.parametrize("query", ["", "q=", f"q={'a' * 201}"])
def test_asks_for_words(query: str, api_of: Api, sophie: Membership) -> None:
    response = api_of(sophie).get(f"/search?{query}")

    assert (response.status_code, response.json()["field"]) == (422, "q")


@pytest.mark.parametrize(
    "words", ['"', "* OR folded:a", "\x00", "a NEAR b", "(", "_", "²", "\ud800", "😀 👩‍👩‍👧", "a" * 200]
)
def test_whatever_is_typed_is_words(words: str, api_of: Api, sophie: Membership) -> None:
    typed = quote(words.encode("utf-8", "surrogatepass"))

    assert api_of(sophie).get(f"/search?q={typed}").status_code == 200
