"""Who may do what in which state, as one table of plain values. The gate, the pages and the API read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from comptoir.people.profiles import Profile


class Do(StrEnum):
    POST = "post"
    ATTACH = "attach"
    EDIT = "edit"
    DELETE = "delete"
    HANDLE = "handle"
    CLOSE = "close"
    REOPEN = "reopen"
    ASSIGN = "assign"
    NOTE = "note"


_TALK = {Do.POST, Do.ATTACH, Do.EDIT, Do.DELETE, Do.HANDLE}

# What a profile may do in a conversation that it sees. CLOSE has one more condition, in `may`.
WHILE_OPEN: dict[str, frozenset[Do]] = {
    Profile.ADMINISTRATOR: frozenset({*_TALK, Do.CLOSE, Do.ASSIGN, Do.NOTE}),
    Profile.ACCOUNTANT: frozenset({*_TALK, Do.CLOSE, Do.ASSIGN, Do.NOTE}),
    Profile.ASSISTANT: frozenset({Do.NOTE}),
    Profile.FULL_ACCESS: frozenset({*_TALK, Do.CLOSE}),
    Profile.FULL_FEEDBACK: frozenset({Do.POST, Do.EDIT, Do.DELETE, Do.HANDLE}),
    Profile.DOCUMENT_PROCESSING: frozenset(),
}
WHILE_CLOSED: dict[str, frozenset[Do]] = {
    Profile.ADMINISTRATOR: frozenset({Do.REOPEN, Do.ASSIGN, Do.NOTE}),
    Profile.ACCOUNTANT: frozenset({Do.REOPEN, Do.ASSIGN, Do.NOTE}),
    Profile.ASSISTANT: frozenset({Do.NOTE}),
    Profile.FULL_ACCESS: frozenset({Do.REOPEN}),
    Profile.FULL_FEEDBACK: frozenset({Do.REOPEN}),
    Profile.DOCUMENT_PROCESSING: frozenset(),
}

# What is left of it for a visitor by the link of a mail: answering. A link can be forwarded, and what it lets happen
# must be no loss to whoever it was sent to.
BY_LINK = frozenset({Do.POST, Do.ATTACH, Do.HANDLE})


@dataclass(frozen=True)
class Facts:
    """What the table needs to know of a conversation, and of the way by which the member came."""

    is_open: bool
    started_by_office: bool
    is_archived: bool  # its dossier: everything in it can be read by the staff, and nothing changed
    by_link: bool = False


def may(profile: str, do: Do, facts: Facts) -> bool:
    """Whether a member with this profile, who sees the conversation, may do this in it now."""
    if facts.is_archived or do not in (WHILE_OPEN if facts.is_open else WHILE_CLOSED)[profile]:
        return False
    if facts.by_link and do not in BY_LINK:
        return False
    # A company cannot close what the office began; the office may close whatever its dossiers hold.
    return not (do is Do.CLOSE and profile == Profile.FULL_ACCESS and facts.started_by_office)


def is_theirs(profile: str, do: Do) -> bool:
    """Whether a profile may ever do this, in one state or the other."""
    return do in WHILE_OPEN[profile] | WHILE_CLOSED[profile]


def would_be_allowed_if_open(profile: str, do: Do) -> bool:
    """To tell "this is closed" from "this is not yours to do"."""
    return do in WHILE_OPEN[profile]


@dataclass(frozen=True)
class Waiting:
    """What waits for whom after a verb; a side that waited already keeps its moment."""

    office: bool
    client: bool
    to_be_seen: bool


def after_post(
    now: Waiting, *, by_office: bool, expects_answer: bool, is_first: bool, has_questions: bool = False
) -> Waiting:
    """The office's message answers what waited for it, and may ask; a client's always waits for the office.

    A first message of the office that expects no answer is at least to be seen. Whatever a client writes, open
    questions are not answered by it.
    """
    if not by_office:
        return Waiting(office=True, client=has_questions, to_be_seen=False)
    return Waiting(
        office=False,
        client=now.client or expects_answer,
        to_be_seen=(now.to_be_seen or is_first) and not (now.client or expects_answer),
    )


@dataclass(frozen=True)
class Turn:
    """What one side said since the other last spoke, as it stands without what was deleted of it."""

    is_empty: bool
    asks: bool
    answered: bool  # it ended what waited for its own side


def after_deleted(now: Waiting, turn: Turn, *, by_office: bool, has_questions: bool = False) -> Waiting:
    """Nobody waits for what a side says no more; a turn taken back whole gives back what it had answered."""
    given_back = turn.is_empty and turn.answered
    if by_office:
        return Waiting(
            office=now.office or given_back,
            client=has_questions or (now.client and turn.asks),
            to_be_seen=now.to_be_seen and not turn.is_empty,
        )
    return Waiting(
        office=now.office and not turn.is_empty, client=now.client or given_back, to_be_seen=now.to_be_seen
    )


def after_handled(now: Waiting, *, by_office: bool, has_questions: bool = False) -> Waiting:
    """*Handled* ends what waited for that side, and nothing else; open questions it does not answer."""
    if by_office:
        return Waiting(office=False, client=now.client, to_be_seen=now.to_be_seen)
    return Waiting(office=now.office, client=has_questions, to_be_seen=False)


@dataclass(frozen=True)
class Questions:
    """Those of one conversation: whether some are open, and whether answers wait for the accountant."""

    are_open: bool
    are_answered: bool


def after_questions(now: Waiting, questions: Questions, *, office_asks: bool, client_said: bool) -> Waiting:
    """What the questions leave waiting, beside what was written: `office_asks` and `client_said` are the newest turns.

    An answer waits for the office until it is accepted or sent back; the client waits until none is open.
    """
    client = questions.are_open or (now.client and office_asks)
    return Waiting(
        office=questions.are_answered or (now.office and client_said),
        client=client,
        to_be_seen=now.to_be_seen and not client,
    )


def after_reopened(*, by_office: bool) -> Waiting:
    """A client who reopens raises an alarm; the office that reopens has it on its desk already."""
    return Waiting(office=not by_office, client=False, to_be_seen=False)


NOTHING_WAITS = Waiting(office=False, client=False, to_be_seen=False)
