"""Whatever the bytes: an answer or a refusal, never a fault, and in time that grows with the file as the file does.

`FUZZ` in the environment raises the number of damaged files for each kind; a release is tried with 20000.
"""

from __future__ import annotations

import os
import random
import time
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.ledger.plain import plain
from comptoir.ledger.reading import read
from comptoir.ledger.records import Unreadable
from tests.ledger.samples import belgian_ubl, coda_file, sample

TRIES = int(os.environ.get("FUZZ", "300"))
CSV = b"Date;Montant;Communication;Compte\n" + b"21/11/2026;50,00;Merci;BE71096123456769\n" * 20
FILES = {
    "ubl": belgian_ubl(),
    "cii": sample("EUPL-1.2/cii/CII_business_example_01.xml"),
    "coda": coda_file(movements=((-121_000, "090933755493", "MOULINS"), (50_000, "Merci", "DURAND"))),
    "camt": sample("camt053/genkgo/camt053.v2.minimal.xml"),
    "mt940": sample("mt940/wolph/jejik__sns.sta"),
    "csv": CSV,
}
PIECES = (
    b"<",
    b">",
    b"&",
    b"\x00",
    b"\xff",
    b"9" * 40,
    b":61:",
    b";",
    b'"',
    b"\r",
    b"-",
    b",",
    b"]]>",
    b"\xc3",
)


def damaged(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(4):
            case 0:
                made[at : at + chance.randint(1, 80)] = b""
            case 1:
                made[at:at] = chance.choice(PIECES)
            case 2:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case _:
                begin = chance.randrange(len(made) + 1)
                made[at:at] = made[begin : begin + chance.randint(1, 200)]
    return bytes(made)


@pytest.mark.parametrize("kind", FILES)
def test_a_damaged_file_is_read_or_refused(kind: str) -> None:
    chance = random.Random(kind)  # noqa: S311 -- the same damage in every run
    read_at_all = 0
    for _ in range(TRIES):
        try:
            plain(read(damaged(FILES[kind], chance), f"x.{kind}"))
            read_at_all += 1
        except Unreadable:
            continue
    assert read_at_all


@settings(deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(Unreadable):
        read(data, "x")


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(-(10**9), 10**9).filter(bool),
            st.text(st.characters(codec="latin-1", categories=("L", "N")), min_size=1, max_size=40),
        ),
        max_size=30,
    ),
    st.integers(-(10**9), 10**9),
)
def test_a_coda_says_what_was_put_into_it(moves: list[tuple[int, str]], opening: int) -> None:
    data = coda_file(opening=opening, movements=tuple((amount, f"x{said}", "Y") for amount, said in moves))
    (found,) = read(data, "x.cod").statements
    assert [one.amount for one in found.movements] == [Decimal(amount) / 1000 for amount, _ in moves]
    assert found.closing == Decimal(opening + sum(amount for amount, _ in moves)) / 1000
    assert not [one for one in found.warnings if one.code == "balance"]


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_thousandth_too_much_is_seen(shift: int) -> None:
    (found,) = read(coda_file(movements=((1000, "Merci", "X"),), shift=shift), "x.cod").statements
    assert "balance" in [one.code for one in found.warnings]


HOSTILE = {
    "coda": lambda n: coda_file(movements=tuple((1000, "+++090/9337/55493+++ " * 3, "X") for _ in range(n))),
    "csv": lambda n: CSV[:34] + b'21/11/2026;1,00;"' + b'""' * 20 * n + b'";BE\n' + CSV[34:74] * n,
    "mt940": lambda n: b":20:x\n:25:BE71096123456769\n" + b":61:2611211121D1,00NTRF//\n:86:/REMI//EREF/+" * n,
    "ubl": lambda n: belgian_ubl(extra="<cbc:Note>+++090/9337/55493+++ RF</cbc:Note>" * n),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_twice_the_file_takes_about_twice_the_time(kind: str) -> None:
    def seconds(n: int) -> float:
        best = float("inf")
        data = HOSTILE[kind](n)
        for _ in range(3):
            began = time.process_time()
            with suppress(Unreadable):
                read(data, f"x.{kind}")
            best = min(best, time.process_time() - began)
        return best

    seconds(10)  # what is compiled once
    small, large = seconds(500), seconds(4_000)
    assert large / max(small, 0.002) < 8 * 2.5


def test_a_raised_two_is_no_digit() -> None:
    """Found by 20,000 damaged files."""
    data = coda_file(movements=((1000, "Merci", "X"),))
    for at in (18, 30):
        start = data.rindex(b"\r\n") + 2 + at
        (found,) = read(data[:start] + b"\xb2" + data[start + 1 :], "x.cod").statements
        assert found.movements
