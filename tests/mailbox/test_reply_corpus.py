"""How much of a corpus of mails is read as a person reads it: the published figure, and the least we accept."""

from __future__ import annotations

import pytest

from tests.mailbox.mails import Reply, replies

LEAST = 0.95
PROGRAMS = ("gmail", "outlook", "apple", "iphone", "proton", "thunderbird", "samsung", "yahoo", "gmx")


@pytest.fixture(scope="module")
def corpus() -> list[Reply]:
    return replies()


def test_the_corpus_is_what_we_say_it_is(corpus: list[Reply]) -> None:
    names = [reply.name for reply in corpus]
    assert len(names) >= 60
    assert [program for program in PROGRAMS if sum(program in name for name in names) < 3] == []
    assert [
        language for language in ("-fr", "-nl", "-de", "-en") if sum(language in name for name in names) < 10
    ] == []


@pytest.mark.parametrize("marked", [True, False], ids=["with our line", "without our line"])
def test_replies_are_cut_as_a_person_would(corpus: list[Reply], *, marked: bool) -> None:
    wrong = {
        reply.name: reply.read(marked=marked)
        for reply in corpus
        if reply.read(marked=marked) != reply.expected
    }
    right = len(corpus) - len(wrong)
    print(f"quotes and signatures, {'with' if marked else 'without'} our line: {right} of {len(corpus)}")  # noqa: T201 -- the figure that is published
    assert right >= LEAST * len(corpus), wrong


def test_pages_are_read_like_plain_text(corpus: list[Reply]) -> None:
    pages = [page for reply in corpus if (page := reply.without_plain_form())]
    wrong = {page.name: page.read() for page in pages if page.read().split() != page.expected.split()}
    print(f"the same from HTML alone, but for blank lines: {len(pages) - len(wrong)} of {len(pages)}")  # noqa: T201 -- the figure that is published
    assert len(wrong) <= (1 - LEAST) * len(pages), wrong


def test_no_text_of_the_writer_is_lost(corpus: list[Reply]) -> None:
    """Whatever the figure says: of what a person kept, not a line may be missing."""
    lost = {
        reply.name: [line for line in reply.expected.splitlines() if line not in reply.read().splitlines()]
        for reply in corpus
    }
    assert {name: lines for name, lines in lost.items() if lines} == {}


def test_files_come_along(corpus: list[Reply]) -> None:
    files = {
        reply.name: [file.name for file in reply.mail.attachments]
        for reply in corpus
        if reply.mail.attachments
    }
    assert files == {
        "apple-fr-transfere": ["facture-proximus.pdf"],
        "gmail-en-top": ["facture-proximus.pdf"],
        "iphone-fr-photo": ["IMG_4711.jpeg"],
        "samsung-fr-photo": ["IMG_4711.jpeg"],
    }
