"""Twice as much takes twice as long, in the families of texts that made other parsers quadratic. Pure, no database."""

from __future__ import annotations

import re
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from comptoir.mailbox.authentication import dmarc_of
from comptoir.mailbox.headers import addresses, decoded, parameters
from comptoir.mailbox.html_text import text_of_html
from comptoir.mailbox.strip import reply_of
from tests.mailbox.long_pieces import LONG_HEADERS, LONG_MAILS, LONG_PAGES, LONG_TEXTS
from tests.mailbox.mails import read_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _texts(piece: str) -> Callable[[int], str]:
    return lambda size: piece * size


def long_ones() -> Iterator[tuple[str, Callable[[Any], object], Callable[[int], Any], int]]:
    """Families that made other parsers quadratic, each with what reads it and a size."""
    for piece in LONG_TEXTS:
        yield f"text {piece!r}", reply_of, _texts(piece), 400
    for piece in LONG_PAGES:
        yield f"html {piece!r}", text_of_html, _texts(piece), 800
    for piece in LONG_HEADERS:
        for read in (decoded, addresses, parameters):
            yield f"{read.__name__} {piece!r}", read, _texts(piece), 400
        yield f"results {piece!r}", _dmarc, lambda size, piece=piece: f"mx; a=b {piece * size}", 400
    for top in LONG_MAILS:
        for piece in (
            b"--b\n\nx\n",
            b"A: b\n",
            b" b\n",
            b"=",
            b"YQ==",
            b"a \n",
            b">a \nb \n",
            b"\r",
            b"Action: failed\n\n",
        ):
            yield f"mail {top!r} {piece!r}", read_whole, _mails(top, piece), 400


def _mails(top: bytes, piece: bytes) -> Callable[[int], bytes]:
    return lambda size: top + piece * size


def _dmarc(value: str) -> object:
    return dmarc_of([("authentication-results", value)], authserv_id="mx", from_domain="x")


def steps(read: Callable[[Any], object], given_one: object) -> int:
    """Lines of Python that ran, wherever."""
    count = 0

    def trace(*_: object) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read(given_one)
    finally:
        sys.settrace(before)
    return count


def seconds(read: Callable[[Any], object], given_one: object) -> float:
    """Of the processor, the shorter of two; no less than what can be told from noise."""
    found = [0.0, 0.0]
    for turn in (0, 1):
        start = time.process_time()
        read(given_one)
        found[turn] = time.process_time() - start
    return max(0.002, min(found))


def test_twice_as_much_takes_twice_the_steps() -> None:
    worst = ("", 0.0)
    slowest = ("", 0.0)
    for name, read, made, size in long_ones():
        once, twice = steps(read, made(size)), steps(read, made(2 * size))
        assert twice <= 2.2 * once + 200, (name, once, twice)
        worst = max(worst, (name, twice / once), key=lambda found: found[1])
        clock = [seconds(read, made(times * 4 * size)) for times in (1, 2)]
        slowest = max(slowest, (name, clock[1] / clock[0]), key=lambda found: found[1])
    figures = f"steps(2n)/steps(n) <= {worst[1]:.2f} ({worst[0]}); time(2n)/time(n) <= {slowest[1]:.2f} ({slowest[0]})"
    print(figures)  # noqa: T201 -- they are published


MODULES = [
    "html_tokens",
    "authentication",
    "charsets",
    "headers",
    "html_text",
    "quote_words",
    "reports",
    "signatures",
]


@pytest.mark.parametrize("module", MODULES)
def test_no_pattern_repeats_a_repetition(module: str) -> None:
    """Such a pattern can be made to go back for as long as its author likes."""
    patterns = [
        value
        for value in vars(import_module(f"comptoir.mailbox.{module}")).values()
        if isinstance(value, re.Pattern)
    ]
    assert patterns
    assert [
        pattern.pattern for pattern in patterns if _nested(re._parser.parse(pattern.pattern, pattern.flags))
    ] == []


def _nested(tree: Any, *, inside: bool = False) -> bool:
    for operation, argument in tree:
        if operation in {re._parser.MAX_REPEAT, re._parser.MIN_REPEAT}:
            endless = argument[1] == re._parser.MAXREPEAT
            if (inside and endless) or _nested(argument[2], inside=inside or endless):
                return True
        elif operation is re._parser.SUBPATTERN:
            if _nested(argument[-1], inside=inside):
                return True
        elif operation is re._parser.BRANCH and any(_nested(branch, inside=inside) for branch in argument[1]):
            return True
    return False
