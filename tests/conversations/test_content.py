"""What a message may hold: limits at their edge, and a digest that tells a retry from another message."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from comptoir.conversations.actions.content import Content, checked_content, checked_subject, one_line
from comptoir.conversations.refusals import (
    BodyTooLong,
    EmptyMessage,
    NoSubject,
    SubjectTooLong,
    TooManyAttachments,
)

FILE = UUID(int=1)


def test_the_longest_body_fits_and_one_more_character_does_not() -> None:
    assert len(checked_content("x" * 20_000, []).body) == 20_000
    with pytest.raises(BodyTooLong):
        checked_content("x" * 20_001, [])


def test_twenty_files_fit_and_one_more_does_not() -> None:
    files = [uuid4() for _ in range(20)]
    assert checked_content("", files).files == tuple(files)
    with pytest.raises(TooManyAttachments):
        checked_content("", [*files, uuid4()])


@pytest.mark.parametrize("body", ["", "  \n ", "\u200b", "\u2066\u2069", "\x00"])
def test_nothing_visible_is_no_message_unless_a_file_hangs_on_it(body: str) -> None:
    with pytest.raises(EmptyMessage):
        checked_content(body, [])
    assert checked_content(body, [FILE]) == Content(body="", files=(FILE,))


def test_a_file_named_twice_hangs_once() -> None:
    assert checked_content("x", [FILE, FILE]).files == (FILE,)


def test_a_subject_is_one_line_cut_at_its_limit() -> None:
    assert checked_subject("  Facture\n du   Moulin ") == "Facture du Moulin"
    assert len(checked_subject("s" * 200)) == 200
    with pytest.raises(SubjectTooLong):
        checked_subject("s" * 201)
    with pytest.raises(NoSubject):
        checked_subject("\u200b \n")


def test_every_part_of_a_message_is_in_its_digest() -> None:
    content = Content("a", (FILE,))
    others = [
        Content("b", (FILE,)).digest(),
        Content("a", ()).digest(),
        Content("a", (UUID(int=2),)).digest(),
        content.digest(subject="s"),
        content.digest(audience="a"),
        content.digest(expects_answer=True),
        content.digest(expects_answer=False),
    ]
    assert content.digest() == Content("a", (FILE,)).digest()
    assert len({content.digest(), *others}) == len(others) + 1


def test_the_line_of_a_list_is_one_line_of_bounded_length() -> None:
    assert one_line("Bonjour\n\nKarim") == "Bonjour Karim"
    assert len(one_line("x" * 20_000)) == 140
