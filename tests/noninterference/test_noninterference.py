"""Two worlds that differ by what one may not see are the same world to them: every page, list, search and counter."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.noninterference.hidden import DOINGS, Doing
from tests.noninterference.scene import EVERYBODY, WORDS, Undone, read_everything

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.noninterference.scene import Scene, Seen

pytestmark = pytest.mark.django_db
# For each of the cast; a release looks at more.
WORLDS = int(os.environ.get("COMPTOIR_TEST_WORLDS", "3"))


def differences(one: Seen, other: Seen) -> list[str]:
    return [path for path in one.keys() | other.keys() if one.get(path) != other.get(path)]


def test_two_looks_at_the_same_world_are_equal(scene: Scene, before: Callable[[str], Seen]) -> None:
    for who in EVERYBODY:
        seen = before(who)
        assert differences(seen, read_everything(scene, who)) == []
        # And there is something to look at: more than refusals.
        assert sum(status == 200 for status, _ in seen.values()) > 20, who


def hidden_from(who: str) -> list[Doing]:
    return [doing for doing in DOINGS if who not in doing.noticed_by]


@pytest.mark.parametrize("doing", [d for d in DOINGS if d.noticed_by], ids=lambda doing: doing.name)
def test_each_of_these_things_is_there_for_one_who_may_notice_it(
    scene: Scene, before: Callable[[str], Seen], doing: Doing
) -> None:
    who = doing.noticed_by[-1]
    seen = before(who)
    with Undone():
        doing.do(scene, ["salaire", "moulin", "2026"])
        assert differences(seen, read_everything(scene, who)) != []


@pytest.mark.parametrize("who", EVERYBODY)
def test_all_that_is_hidden_from_somebody_is_nothing_to_them(
    scene: Scene, before: Callable[[str], Seen], who: str
) -> None:
    seen = before(who)
    with Undone():
        for doing in hidden_from(who):
            doing.do(scene, ["salaire", "moulin", "2026"])
        assert differences(seen, read_everything(scene, who)) == []


words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)


@pytest.mark.parametrize("who", EVERYBODY)
def test_any_number_of_hidden_things_in_any_order_are_nothing(
    scene: Scene, before: Callable[[str], Seen], who: str
) -> None:
    # A group's name stands once in an office, so it cannot be made twice with the same words.
    hidden = [doing for doing in hidden_from(who) if doing.name != "a new group"]
    seen = before(who)

    @settings(max_examples=WORLDS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(done=st.lists(st.tuples(st.sampled_from(hidden), words), min_size=1, max_size=6))
    def in_another_world(done: list[tuple[Doing, list[str]]]) -> None:
        with Undone():
            for doing, drawn in done:
                doing.do(scene, drawn)
            assert differences(seen, read_everything(scene, who)) == []

    in_another_world()
