"""How many statements each answer costs: the same for one row and for three.

Who the token speaks for costs one of them. The transaction's own begin and commit are counted as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.conversations.models import Message
from comptoir.core.ids import new_id
from tests.world import begin, fresh, say

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api, Program


def statements(program: Program, method: str, path: str, data: Any = None) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert program.ask(method, path, data).status_code < 300
    return len(captured)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("part", ["client", "accountant"])
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/me", 2),
        ("/counters", 3),
        ("/companies", 2),
        ("/companies/{company}/people", 4),
        ("/conversations", 2),
        ("/conversations/{conversation}", 2),
        ("/conversations/{conversation}/messages", 4),
        ("/messages/{message}/receipts", 3),
        ("/search?q=moulin", 6),  # among the newest entries first, and among all where those are few
        ("/sync", 6),
        ("/sync?conversations={conversation}:1", 6),
    ],
)
def test_reading(part: str, path: str, most: int, rows: int, api_of: Api, cast: Any, bakery: Company) -> None:  # noqa: PLR0917 -- its table
    for _ in range(rows):
        started = begin(fresh(cast.accountant), bakery)
        for _ in range(rows):
            say(started.conversation, fresh(cast.client), "Du Moulin")
    program = api_of(getattr(cast, part))
    program.get(f"/conversations/{started.conversation.pk}/messages")
    program.get("/sync")  # delivered once, which costs more
    mine = (
        Message.objects.of(started.conversation.pk)
        .filter(author=getattr(cast, part))
        .values_list("pk", flat=True)[0]
    )
    place = path.format(company=bakery.pk, conversation=started.conversation.pk, message=mine)

    assert statements(program, "GET", place) <= most


def test_sending(api_of: Api, sophie: Membership, accountant: Membership, bakery: Company) -> None:
    """Bearer, and nine statements in one transaction: lock, "sent before?", message, conversation, reader (read and
    advanced), search, event, and the announcement from which people are told.
    """
    conversation, program = begin(accountant, bakery).conversation, api_of(sophie)
    path = f"/conversations/{conversation.pk}/messages"
    program.post(path, {"id": new_id(), "body": "Première"})  # the reader's row, and the token's day of use

    assert statements(program, "POST", path, {"id": new_id(), "body": "Deuxième"}) <= 11


def test_sending_again_writes_nothing(
    api_of: Api, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    conversation, program = begin(accountant, bakery).conversation, api_of(sophie)
    path, asked = f"/conversations/{conversation.pk}/messages", {"id": new_id(), "body": "Première"}
    program.post(path, asked)

    assert statements(program, "POST", path, asked) <= 5


def test_notes(api_of: Api, accountant: Membership, assistant: Membership, bakery: Company) -> None:
    conversation, program = begin(accountant, bakery).conversation, api_of(assistant)
    path = f"/conversations/{conversation.pk}/notes"
    counts = []
    for _ in range(3):
        program.post(path, {"id": new_id(), "body": "À revoir"})
        counts.append(statements(program, "GET", path))

    assert max(counts) == min(counts) <= 3
