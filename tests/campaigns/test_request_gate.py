"""Who sees a request, what it asks for and what was handed in, beside the rule in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.campaigns.models import Campaign, ChecklistLine, DocumentRequest, RequestItem
from comptoir.core.ids import new_id
from tests.campaigns.asked import ask
from tests.world import fresh

if TYPE_CHECKING:
    from tests.world import Cast

pytestmark = pytest.mark.django_db

SEE_IT = ("admin", "accountant", "assistant", "client", "partner", "documents")
DO_NOT = ("colleague", "reader", "other", "outsider", "stranger")


@pytest.mark.parametrize("part", SEE_IT)
def test_staff_of_the_dossier_and_clients_who_hand_in_see_it(cast: Cast, part: str) -> None:
    asked = ask(cast.accountant, cast.bakery)
    member = getattr(cast, part)
    assert list(DocumentRequest.objects.visible_to(member)) == [asked]
    assert RequestItem.objects.visible_to(member).count() == 3


@pytest.mark.parametrize("part", DO_NOT)
def test_nobody_else_does(cast: Cast, part: str) -> None:
    ask(cast.accountant, cast.bakery)
    member = getattr(cast, part)
    assert not DocumentRequest.objects.visible_to(member).exists()
    assert not RequestItem.objects.visible_to(member).exists()


@pytest.mark.parametrize("part", ["client", "documents", "accountant"])
def test_the_link_of_a_mail_opens_one_request(cast: Cast, part: str) -> None:
    asked = ask(cast.accountant, cast.bakery)
    ask(cast.accountant, cast.bakery, period="2026-11")
    visitor = fresh(getattr(cast, part))
    visitor.only_conversation = asked.conversation_id
    seen = list(DocumentRequest.objects.visible_to(visitor))
    assert seen == ([] if part == "accountant" else [asked])
    visitor.only_conversation = new_id()
    assert not DocumentRequest.objects.visible_to(visitor).exists()


def test_campaigns_and_checklists_are_the_staffs(cast: Cast) -> None:
    ask(cast.accountant, cast.bakery)
    ChecklistLine.objects.create(office=cast.bakery.office, company=cast.bakery, kind="cash", place=1)
    seen = {
        part: (
            Campaign.objects.visible_to(getattr(cast, part)).count(),
            ChecklistLine.objects.visible_to(getattr(cast, part)).count(),
        )
        for part in (*SEE_IT, *DO_NOT)
    }
    assert {part: counts for part, counts in seen.items() if counts != (0, 0)} == {
        "admin": (1, 1),
        "accountant": (1, 1),
        "assistant": (1, 1),
        "colleague": (1, 0),
    }
