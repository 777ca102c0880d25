"""The table of items, read as sentences."""

from __future__ import annotations

import pytest

from comptoir.campaigns.items import OPEN, SETTLED, Does, Side, State, after, are_settled, remains


def test_open_and_settled_are_all_there_is() -> None:
    assert set(OPEN) | set(SETTLED) == set(State)
    assert not set(OPEN) & set(SETTLED)


@pytest.mark.parametrize("state", State)
def test_handing_in_settles_whatever_the_office_did_not_set_aside(state: State) -> None:
    then = after(state, Does.HAND_IN, Side.CLIENT)
    assert then == (None if state == State.NOT_NEEDED else State.IN)


def test_nothing_more_makes_a_part_the_whole() -> None:
    assert after(State.PART, Does.SAY_NOTHING, Side.CLIENT) is State.IN
    assert after(State.OPEN, Does.SAY_NOTHING, Side.CLIENT) is State.NOTHING


@pytest.mark.parametrize("does", Does)
def test_each_side_does_its_own(does: Does) -> None:
    sides = {side for side in Side for state in State if after(state, does, side)}
    assert len(sides) == (2 if does is Does.HAND_IN else 1)


def test_the_accounts_do_not_answer_what_people_sent_back() -> None:
    assert after(State.SENT_BACK, Does.FILL, Side.DATA) is None
    assert after(State.NOTHING, Does.FILL, Side.DATA) is None


def test_what_remains_without_the_last_word() -> None:
    assert remains(is_sent_back=True, has_files=True, held=None) is State.IN
    assert remains(is_sent_back=True, has_files=False, held=State.IN) is State.SENT_BACK
    assert remains(is_sent_back=False, has_files=False, held=State.PART) is State.PART
    assert remains(is_sent_back=False, has_files=False, held=None) is State.OPEN


def test_nothing_asked_is_not_settled() -> None:
    assert not are_settled([])
    assert are_settled([State.IN, State.NOTHING, State.NOT_NEEDED])
    assert not are_settled([State.IN, State.LATER])
