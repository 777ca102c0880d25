"""GET /search, and what it finds of the accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.models import Source
from tests.ledger.samples import belgian_ubl, coda_file
from tests.ledger.test_search_accounts import SEE_IT, SEE_NOTHING
from tests.world import NOW

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api


@pytest.fixture(autouse=True)
def _accounts(bakery: Company, settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path
    paid = (-121_000, "090933755493", "MOULINS DE LA SENNE")
    for data in (belgian_ubl(buyer=bakery.enterprise_number), coda_file(movements=(paid,))):
        import_file(bakery.pk, by=None, at=NOW, name="f", data=data, source=Source.COMMAND)


@pytest.mark.parametrize("part", [*SEE_IT, *SEE_NOTHING])
def test_so_does_the_api(part: str, api_of: Api, request: pytest.FixtureRequest) -> None:
    program = api_of(request.getfixturevalue(part))
    told = program.get("/search?q=senne").json()
    assert told["items"] == []
    count = 1 if part in SEE_IT else 0
    assert (len(told["invoices"]), len(told["payments"])) == (count, count)
    if count:
        assert told["invoices"][0]["number"] == "2026/118"
        assert told["payments"][0]["structured"] == "090933755493"


def test_typed_in_any_way_it_answers(api_of: Api, accountant: Membership) -> None:
    program = api_of(accountant)
    for words in ("\x00", "\ud800", "%", "' OR 1=1 --", "a" * 200, "😀 👩‍👩‍👧"):
        typed = quote(words.encode("utf-8", "surrogatepass"))
        assert program.get(f"/search?q={typed}").status_code == 200
