"""The inbox is a light page: fifty rows with long names and lines, each with all that a row can show."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from comptoir.conversations.models import Conversation
from tests.world import NOW, begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Company, Membership

# The signs' address is longer where files have their digest in their names: some bytes are left for that.
MOST_BYTES = 58_500


def test_fifty_rows_are_light(
    browser_of: Callable[[Membership], Client],
    admin: Membership,
    sophie: Membership,
    bakery: Company,
) -> None:
    subject, line = "Facture du fournisseur, à vérifier s.v.p.", "Bonjour, voici la facture. " * 3
    for _number in range(51):
        begin(sophie, bakery, subject=subject, body=line)
    long_ago = NOW - timedelta(days=9)
    Conversation.objects.update(assignee=admin, awaiting_office_since=long_ago, reopened_at=long_ago)
    answer = browser_of(admin).get("/desk/")
    assert answer.content.count(b"data-row ") == 50
    assert len(answer.content) < MOST_BYTES, len(answer.content)
