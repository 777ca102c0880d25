"""What may become of one thing that a request asks for: one table of state, verb and side. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class State(StrEnum):
    OPEN = "open"
    PART = "part"  # something is there, and nobody said that it is all
    IN = "in"
    NOTHING = "nothing"  # there is nothing of the kind this period, says the client
    LATER = "later"
    SENT_BACK = "sent_back"
    NOT_NEEDED = "not_needed"  # says the office


class Does(StrEnum):
    HAND_IN = "hand_in"  # files; also more of them
    SAY_NOTHING = "say_nothing"  # or nothing more
    POSTPONE = "postpone"
    UNDO = "undo"
    SEND_BACK = "send_back"
    SET_ASIDE = "set_aside"
    NEED = "need"  # after all
    FILL = "fill"  # all of it is in the accounts
    FILL_PART = "fill_part"


class Side(StrEnum):
    OFFICE = "office"
    CLIENT = "client"
    DATA = "data"


OPEN = (State.OPEN, State.PART, State.LATER, State.SENT_BACK)  # the client has to do something, now or later
SETTLED = (State.IN, State.NOTHING, State.NOT_NEEDED)

TABLE: dict[tuple[State, Does, Side], State] = {
    **{(state, Does.HAND_IN, Side.CLIENT): State.IN for state in (*OPEN, State.IN, State.NOTHING)},
    **{(state, Does.HAND_IN, Side.OFFICE): State.IN for state in OPEN},  # on paper, at the counter
    **{
        (state, Does.SAY_NOTHING, Side.CLIENT): State.NOTHING
        for state in (State.OPEN, State.LATER, State.SENT_BACK)
    },
    (State.PART, Does.SAY_NOTHING, Side.CLIENT): State.IN,
    **{(state, Does.POSTPONE, Side.CLIENT): State.LATER for state in OPEN},
    # To what remains without it, which `remains` tells.
    **{(state, Does.UNDO, Side.CLIENT): State.OPEN for state in (State.IN, State.NOTHING, State.LATER)},
    **{
        (state, Does.SEND_BACK, Side.OFFICE): State.SENT_BACK
        for state in (State.IN, State.NOTHING, State.PART)
    },
    **{(state, Does.SET_ASIDE, Side.OFFICE): State.NOT_NEEDED for state in OPEN},
    (State.NOT_NEEDED, Does.NEED, Side.OFFICE): State.OPEN,
    # What was sent back is looked at by people: the accounts held it when it was sent back, too.
    **{(state, Does.FILL, Side.DATA): State.IN for state in (State.OPEN, State.PART, State.LATER)},
    **{(state, Does.FILL_PART, Side.DATA): State.PART for state in (State.OPEN, State.PART)},
}


def before(does: Does, side: Side) -> list[State]:
    """The states in which it is theirs to do."""
    return [state for state, one, who in TABLE if (one, who) == (does, side)]


def after(state: State, does: Does, side: Side) -> State | None:
    """None where it is not theirs to do, or not now."""
    return TABLE.get((state, does, side))


def remains(*, is_sent_back: bool, has_files: bool, held: State | None) -> State:
    """Of an item whose last word was taken back: `held` is what the accounts say of it."""
    if has_files:
        return State.IN
    if is_sent_back:
        return State.SENT_BACK
    return held or State.OPEN


def are_settled(states: Iterable[str]) -> bool:
    """Whether nothing is left to be done. A request without items has not begun."""
    found = list(states)
    return bool(found) and all(state in SETTLED for state in found)
