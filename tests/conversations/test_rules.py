"""The whole table of who may do what in which state, written a second time by hand."""

from __future__ import annotations

from itertools import product

import pytest

from comptoir.conversations.rules import (
    NOTHING_WAITS,
    WHILE_CLOSED,
    WHILE_OPEN,
    Do,
    Facts,
    Waiting,
    after_handled,
    after_post,
    after_reopened,
    is_theirs,
    may,
    would_be_allowed_if_open,
)
from comptoir.people.profiles import Profile

LETTERS = dict(zip("paedhcrsn", Do, strict=True))

# post attach edit delete handle close reopen aSsign note:
#                       open, the client's   open, the office's   closed
BY_HAND = {
    "administrator": ("paedhc.sn", "paedhc.sn", "......rsn"),
    "accountant": ("paedhc.sn", "paedhc.sn", "......rsn"),
    "assistant": ("........n", "........n", "........n"),
    "full_access": ("paedhc...", "paedh....", "......r.."),
    "full_feedback": ("p.edh....", "p.edh....", "......r.."),
    "document_processing": (".........", ".........", "........."),
}
STATES = (
    (Facts(is_open=True, started_by_office=False, is_archived=False),),
    (Facts(is_open=True, started_by_office=True, is_archived=False),),
    tuple(Facts(is_open=False, started_by_office=office, is_archived=False) for office in (False, True)),
)


@pytest.mark.parametrize("profile", Profile.values)
@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize("by_office", [True, False])
def test_in_an_archived_dossier_nobody_may_do_anything(profile: str, is_open: bool, by_office: bool) -> None:
    archived = Facts(is_open=is_open, started_by_office=by_office, is_archived=True)
    assert [do for do in Do if may(profile, do, archived)] == []


def test_every_letter_is_a_verb_of_the_table() -> None:
    assert [do.value for do in LETTERS.values()] == [
        "post",
        "attach",
        "edit",
        "delete",
        "handle",
        "close",
        "reopen",
        "assign",
        "note",
    ]


@pytest.mark.parametrize("profile", Profile.values)
def test_each_profile_may_exactly_what_is_written_by_hand(profile: str) -> None:
    for column, states in zip(BY_HAND[profile], STATES, strict=True):
        for facts in states:
            found = "".join(letter if may(profile, do, facts) else "." for letter, do in LETTERS.items())
            assert found == column, facts


def test_every_profile_stands_in_both_tables() -> None:
    assert set(WHILE_OPEN) == set(WHILE_CLOSED) == set(Profile.values) == set(BY_HAND)


def test_closed_allows_nothing_that_writes_into_the_thread() -> None:
    into_the_thread = {Do.POST, Do.ATTACH, Do.EDIT, Do.DELETE, Do.HANDLE, Do.CLOSE}
    assert not any(into_the_thread & allowed for allowed in WHILE_CLOSED.values())


def test_what_open_would_allow_is_told_apart_from_what_is_not_theirs() -> None:
    assert would_be_allowed_if_open("full_access", Do.POST)
    assert would_be_allowed_if_open("full_access", Do.CLOSE)
    assert not would_be_allowed_if_open("assistant", Do.POST)
    assert not would_be_allowed_if_open("full_feedback", Do.ATTACH)


@pytest.mark.parametrize("profile", Profile.values)
def test_what_is_theirs_in_one_state_or_the_other(profile: str) -> None:
    by_hand = {letter for column in BY_HAND[profile] for letter in column} - {"."}
    # Closing what the office began is a question of the conversation, not of the profile.
    assert {letter for letter, do in LETTERS.items() if is_theirs(profile, do)} == by_hand


# ── What waits for whom ──────────────────────────────────────────────────
ALL_WAITING = [Waiting(*bits) for bits in product((False, True), repeat=3)]


@pytest.mark.parametrize("now", ALL_WAITING)
@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("asks", [True, False])
def test_a_client_s_message_always_waits_for_the_office_alone(
    now: Waiting, *, is_first: bool, asks: bool
) -> None:
    found = after_post(now, by_office=False, expects_answer=asks, is_first=is_first)
    assert found == Waiting(office=True, client=False, to_be_seen=False)


# office, client, look before → after the office's message that asks / that does not / the first that does not
OFFICE_POSTS = {
    "...": (".c.", "...", "..l"),
    "o..": (".c.", "...", "..l"),
    ".c.": (".c.", ".c.", ".c."),
    "oc.": (".c.", ".c.", ".c."),
    "..l": (".c.", "..l", "..l"),
    "o.l": (".c.", "..l", "..l"),
    ".cl": (".c.", ".c.", ".c."),
    "ocl": (".c.", ".c.", ".c."),
}


def waiting(letters: str) -> Waiting:
    return Waiting(office="o" in letters, client="c" in letters, to_be_seen="l" in letters)


@pytest.mark.parametrize("before", OFFICE_POSTS)
def test_the_office_s_message(before: str) -> None:
    cases = ((True, False), (False, False), (False, True))
    for expected, (asks, is_first) in zip(OFFICE_POSTS[before], cases, strict=True):
        found = after_post(waiting(before), by_office=True, expects_answer=asks, is_first=is_first)
        assert found == waiting(expected)


@pytest.mark.parametrize("now", ALL_WAITING)
def test_handled_ends_what_waited_for_that_side_and_nothing_else(now: Waiting) -> None:
    office, client = after_handled(now, by_office=True), after_handled(now, by_office=False)
    assert office == Waiting(office=False, client=now.client, to_be_seen=now.to_be_seen)
    assert client == Waiting(office=now.office, client=False, to_be_seen=False)


def test_a_client_who_reopens_raises_an_alarm_and_the_office_does_not() -> None:
    assert after_reopened(by_office=False) == Waiting(office=True, client=False, to_be_seen=False)
    assert after_reopened(by_office=True) == NOTHING_WAITS
