"""What holds for any invoices and payments, and the figures on labelled sets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.labelled_kinds import labelled
from bench.matching import score
from comptoir.ledger.matching.facts import Certainty, Direction, Movement, OpenInvoice
from comptoir.ledger.matching.propose import propose
from comptoir.ledger.matching.sums import adding_up

if TYPE_CHECKING:
    from random import Random

MONDAY = date(2026, 3, 2)
# Few amounts, parties and days: so that they meet.
amounts = st.sampled_from([Decimal(n) for n in ("10", "20", "30", "45.5", "99.99", "100", "145.49")])
days = st.integers(0, 60).map(lambda n: MONDAY + timedelta(days=n))
parties = st.sampled_from(["Boulangerie Lambert", "Garage Maes SRL", "Dupont"])


@st.composite
def an_invoice(draw: st.DrawFn) -> OpenInvoice:
    total = draw(amounts)
    return OpenInvoice(
        id="",
        direction=draw(st.sampled_from(list(Direction))),
        number=f"2026-{draw(st.integers(1, 12)):04d}",
        total=total,
        open=draw(st.sampled_from([total, total, total / 2, Decimal(0)])),
        issued_on=draw(days),
        party=draw(parties),
        is_credit_note=draw(st.integers(0, 4)) == 0,
        reference=draw(st.sampled_from(["", "090933755493", "000000000101"])),
        currency=draw(st.sampled_from(["EUR", "EUR", "EUR", "USD"])),
    )


@st.composite
def a_movement(draw: st.DrawFn) -> Movement:
    return Movement(
        id="",
        booked_on=draw(days),
        amount=draw(amounts) * draw(st.sampled_from([1, 1, -1, 2])),
        party=draw(st.one_of(parties, st.just(""))),
        iban=draw(st.sampled_from(["", "BE68539007547034", "BE71096123456769"])),
        reference=draw(st.sampled_from(["", "", "090933755493"])),
        text=draw(st.one_of(st.just(""), st.integers(1, 12).map(lambda n: f"facture 2026-{n:04d}"), st.text(max_size=30))),
    )  # fmt: skip


worlds = st.tuples(
    st.lists(an_invoice(), max_size=9).map(
        lambda all_: [replace(one, id=f"i{n}") for n, one in enumerate(all_)]
    ),
    st.lists(a_movement(), max_size=9).map(
        lambda all_: [replace(one, id=f"m{n}") for n, one in enumerate(all_)]
    ),
)


@settings(max_examples=400, deadline=None)
@given(worlds)
def test_nothing_is_allocated_that_is_not_there(world: tuple[list[OpenInvoice], list[Movement]]) -> None:
    invoices, movements = world
    taken: dict[str, Decimal] = defaultdict(Decimal)
    found = propose(invoices, movements)
    assert len({one.movement for one in found}) == len(found)
    has = {one.id: abs(one.amount) for one in movements}
    for proposal in found:
        assert sum(one.paid for one in proposal.allocations) + proposal.excess == has[proposal.movement]
        assert proposal.excess >= 0
        for one in proposal.allocations:
            assert one.amount > 0
            taken[one.invoice] += one.amount
    assert all(taken[one.id] <= one.open for one in invoices)


@settings(max_examples=200, deadline=None)
@given(worlds, st.randoms())
def test_the_order_in_which_they_are_given_does_not_matter(
    world: tuple[list[OpenInvoice], list[Movement]], chance: Random
) -> None:
    invoices, movements = world
    shuffled = (list(invoices), list(movements))
    for one in shuffled:
        chance.shuffle(one)
    assert propose(invoices, movements) == propose(*shuffled)


@settings(max_examples=200, deadline=None)
@given(worlds)
def test_what_is_unrelated_changes_nothing_certain(world: tuple[list[OpenInvoice], list[Movement]]) -> None:
    invoices, movements = world
    stranger = OpenInvoice(
        "zz",
        Direction.SALE,
        "ZX-777888",
        Decimal("7777.77"),
        Decimal("7777.77"),
        MONDAY,
        "Quincaillerie Zzyzx",
    )

    def certain(all_: list[OpenInvoice]) -> list[object]:
        return [one for one in propose(all_, movements) if one.certainty is Certainty.CERTAIN]

    assert certain(invoices) == certain([*invoices, stranger])


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=9), st.integers(-80, 80))
def test_sums_by_halves_find_what_trying_all_finds(values: list[int], wanted: int) -> None:
    everything = [
        tuple(place for place in range(len(values)) if choice >> place & 1)
        for choice in range(2 ** len(values))
    ]
    right = [one for one in everything if sum(values[place] for place in one) == wanted]
    found = adding_up(tuple(values), wanted)
    assert len(found) == min(2, len(right))
    assert set(found) <= set(right)


@pytest.mark.parametrize("seed", [1, 7])
def test_precision_and_recall_on_labelled_sets(seed: int) -> None:
    """`bin/bench --only matching` has the figures of five large sets, kind by kind."""
    made = labelled(10_000, seed=seed)
    one = score(made, propose(made.invoices, made.movements))
    assert one.precision >= 0.999
    assert one.recall >= 0.90
    assert one.certain > 8_000
