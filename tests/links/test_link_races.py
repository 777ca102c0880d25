"""Two browsers press the button at the same moment: one gets in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.live.broker import broker
from comptoir.notifications.actions.item_links import open_item, open_item_by_code
from comptoir.people.models import Membership
from comptoir.people.secrets import digest_of
from tests.conversations.threads import at_once
from tests.links.conftest import PHONE, link_to
from tests.world import NOW

if TYPE_CHECKING:
    from comptoir.conversations.models import Conversation

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@pytest.fixture(autouse=True)
def no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker(), "bus", None)


def test_one_of_several_browsers(asked: Conversation, sophie: Membership) -> None:
    for _ in range(ROUNDS):
        made = link_to(asked, sophie)
        by_link = [partial(open_item, made.secret, browser=digest_of(f"{n}"), at=NOW) for n in range(3)]
        by_code = partial(
            open_item_by_code, made.code, email=sophie.person.email, browser=digest_of("code"), at=NOW
        )
        answers = at_once([*by_link, by_code])
        assert sum(isinstance(answer, Membership) for answer in answers) == 1
        assert Event.objects.filter(subject_id=made.token.pk, verb=Verb.LINK_OPENED).count() == 1


def test_the_same_browser_twice(asked: Conversation, sophie: Membership) -> None:
    """A button pressed twice is one opening, and neither press is refused."""
    for _ in range(ROUNDS):
        made = link_to(asked, sophie)
        answers = at_once([partial(open_item, made.secret, browser=PHONE, at=NOW)] * 3)
        assert all(isinstance(answer, Membership) for answer in answers)
        assert Event.objects.filter(subject_id=made.token.pk, verb=Verb.LINK_OPENED).count() == 1
