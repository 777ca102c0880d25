"""What may become of a question: one table of state, verb and side."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    ASKED = "asked"
    DELIVERED = "delivered"
    SEEN = "seen"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"


class Does(StrEnum):
    ASK = "ask"
    TAKE_BACK = "take_back"  # within five minutes, which the action checks
    DELIVER = "deliver"
    SEE = "see"
    ANSWER = "answer"  # also once more, until it is accepted
    ACCEPT = "accept"
    SEND_BACK = "send_back"
    WITHDRAW = "withdraw"
    PART = "part"  # what was put together with another, which the action checks


class Side(StrEnum):
    OFFICE = "office"
    CLIENT = "client"
    DATA = "data"  # what arrives by itself: delivery, and facts that settle the question


OPEN = (State.ASKED, State.DELIVERED, State.SEEN, State.SENT_BACK)  # the client has to answer

TABLE: dict[tuple[State, Does, Side], State] = {
    (State.DRAFT, Does.ASK, Side.OFFICE): State.ASKED,
    (State.ASKED, Does.TAKE_BACK, Side.OFFICE): State.DRAFT,
    (State.DELIVERED, Does.TAKE_BACK, Side.OFFICE): State.DRAFT,
    (State.ASKED, Does.DELIVER, Side.DATA): State.DELIVERED,
    (State.ASKED, Does.SEE, Side.CLIENT): State.SEEN,
    (State.DELIVERED, Does.SEE, Side.CLIENT): State.SEEN,
    **{(state, Does.ANSWER, Side.CLIENT): State.ANSWERED for state in (*OPEN, State.ANSWERED)},
    (State.ANSWERED, Does.ACCEPT, Side.OFFICE): State.ACCEPTED,
    (State.ANSWERED, Does.SEND_BACK, Side.OFFICE): State.SENT_BACK,
    **{
        (state, Does.WITHDRAW, Side.OFFICE): State.WITHDRAWN for state in (State.DRAFT, *OPEN, State.ANSWERED)
    },
    **{(State.WITHDRAWN, Does.PART, side): State.DRAFT for side in (Side.OFFICE, Side.DATA)},
    # An answer given is read by somebody, whatever the data says meanwhile.
    **{(state, Does.WITHDRAW, Side.DATA): State.WITHDRAWN for state in (State.DRAFT, *OPEN)},
}


def before(does: Does, side: Side) -> list[State]:
    """The states in which it is theirs to do."""
    return [state for state, one, who in TABLE if (one, who) == (does, side)]


def after(state: State, does: Does, side: Side) -> State | None:
    """None where it is not theirs to do, or not now."""
    return TABLE.get((state, does, side))
