"""A push about questions says how many there are, and not what they ask."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.notifications.pushes import tell
from tests.questions.asked import answer, ask, draft
from tests.world import NOW, begin

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from tests.notifications.push_server import PushService
    from tests.notifications.pushes import Allow


def test_how_many_questions_and_how_many_messages_beside_them(
    service: PushService, allow: Allow, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    allow(sophie)
    asked = ask(accountant, bakery, *(draft(accountant, bakery, f"Canari {n} ?") for n in "123"))
    tell()
    begin(accountant, bakery)
    tell(NOW + timedelta(minutes=1))
    for one in asked.questions:
        answer(sophie, one)
    begin(accountant, bakery)
    tell(NOW + timedelta(minutes=10))
    said = [one.message["notification"]["body"] for one in service.arrived("phone", at=NOW)]
    assert said[:2] == ["3 questions", "2 nouveaux messages · 3 questions"]
    assert "question" not in said[2]
    assert b"Canari" not in b"".join(body for _, _, body in service.asked)
