"""Whatever the bytes: an answer or a refusal, never a fault, and in time that grows with the file as the file does."""

from __future__ import annotations

import time
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.ledger.reading import read
from comptoir.ledger.records import Unreadable
from tests.ledger.samples import belgian_ubl, coda_file

CSV = b"Date;Montant;Communication;Compte\n" + b"21/11/2026;50,00;Merci;BE71096123456769\n" * 20


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
