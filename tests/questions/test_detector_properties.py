"""Whatever the accounts hold: asked once, the same in every order, and never settled while it still is so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.questions.catalogue import CATALOGUE
from comptoir.questions.drafting import drafts, raised
from comptoir.questions.facts import Facts, Invoice, Payment, Period, Statement, Way
from comptoir.questions.reasons import REASONS
from comptoir.questions.thresholds import DEFAULT
from comptoir.questions.withdrawals import WHY, withdrawals

if TYPE_CHECKING:
    import random

TODAY = date(2026, 11, 24)
OWN = "BE0403170701"
IBANS = ("", "BE68539007547034", "BE71096123456769", "BE23363201112291")
days = st.integers(0, 500).map(lambda back: TODAY - timedelta(days=back))
amounts = st.sampled_from(["0", "0.01", "40", "49.99", "50", "121", "1000", "25000"]).map(Decimal)
parties = st.sampled_from(["", "Garage Maes", "MAES GARAGE SRL", "Lego", "Colruyt NV", "Proximus", "???"])
numbers = st.sampled_from(
    ["", "7", "V-08", "V-09", "V-10", "V-12", "2026/001", "2026/003", "é" * 9, "9" * 40]
)
currencies = st.sampled_from(["EUR", "EUR", "USD"])
a_half = Decimal("0.5")


@st.composite
def invoices(draw: st.DrawFn) -> Invoice:
    total = draw(amounts)
    return Invoice(
        id=str(draw(st.uuids())), number=draw(numbers), party=draw(parties), total=total, issued_on=draw(days),
        due_on=draw(st.none() | days), is_sale=draw(st.booleans()), is_credit_note=draw(st.booleans()),
        is_ours=draw(st.booleans()), paid=draw(st.sampled_from([Decimal(0), total * a_half, total])),
        prepaid=draw(st.sampled_from([Decimal(0), total])), is_proposed=draw(st.booleans()),
        party_number=draw(st.sampled_from(["", "0712458367"])), iban=draw(st.sampled_from(IBANS)),
        buyer_number=draw(st.sampled_from(["", OWN, "BE0202239951", "FR1", "x"])),
        line_text=draw(st.sampled_from(["", "divers", "entretien annuel"])), currency=draw(currencies),
    )  # fmt: skip


@st.composite
def payments(draw: st.DrawFn) -> Payment:
    return Payment(
        id=str(draw(st.uuids())), booked_on=draw(days), amount=draw(amounts) * draw(st.sampled_from([1, -1])),
        party=draw(parties), iban=draw(st.sampled_from(IBANS)), way=draw(st.sampled_from(Way)),
        is_matched=draw(st.booleans()), is_proposed=draw(st.booleans()), is_charge=draw(st.booleans()),
        has_document=draw(st.booleans()), may_cover=draw(st.sampled_from([(), ("7", "8")])),
        currency=draw(currencies),
    )  # fmt: skip


statements = st.builds(
    Statement, st.sampled_from(IBANS[1:]), st.sampled_from(["", "1", "2", "2026-004"]), days, days, amounts, amounts
)  # fmt: skip
periods = st.builds(
    Period, st.sampled_from(["2026-08", "2026-09", "2026-Q3"]), days, st.integers(0, 30),
    st.lists(st.integers(0, 30), max_size=5).map(tuple),
)  # fmt: skip
accounts = st.builds(
    Facts, st.just(OWN), st.just(frozenset(IBANS[1:2])), st.just(frozenset(IBANS[2:3])),
    st.lists(invoices(), max_size=9, unique_by=lambda one: one.id).map(tuple),
    st.lists(payments(), max_size=6, unique_by=lambda one: one.id).map(tuple),
    st.lists(statements, max_size=5).map(tuple),
    st.lists(periods, max_size=3, unique_by=lambda one: one.id).map(tuple),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(accounts)
def test_nothing_is_asked_twice_and_all_can_be_said(facts: Facts) -> None:
    first = drafts(raised(facts, DEFAULT, TODAY), DEFAULT, rules=(), known=(), today=TODAY).drafts
    keys = [one.key for one in first]
    assert len(keys) == len(set(keys))
    assert drafts(raised(facts, DEFAULT, TODAY), DEFAULT, rules=(), known=keys, today=TODAY).drafts == ()
    for one in first:
        assert REASONS[one.reason] % one.facts
        assert CATALOGUE[one.type].text % one.facts
        assert one.on is not None
        assert one.on >= TODAY - timedelta(days=DEFAULT.oldest_days)


@settings(max_examples=300, deadline=None)
@given(accounts, st.randoms(use_true_random=False))
def test_the_order_in_which_things_came_does_not_matter(facts: Facts, chance: random.Random) -> None:
    def shuffled(rows: tuple) -> tuple:  # type: ignore[type-arg]  # of whatever
        return tuple(chance.sample(rows, len(rows)))

    other = replace(
        facts, invoices=shuffled(facts.invoices), payments=shuffled(facts.payments), statements=shuffled(facts.statements)
    )  # fmt: skip
    assert raised(other, DEFAULT, TODAY) == raised(facts, DEFAULT, TODAY)


@settings(max_examples=300, deadline=None)
@given(accounts, accounts, st.integers(0, 500))
def test_what_is_still_so_is_not_settled_and_what_is_not_is(before: Facts, after: Facts, later: int) -> None:
    """Whatever changes in the accounts, on whatever later day."""
    both = replace(after, invoices=before.invoices[:3] + after.invoices, payments=before.payments[:3])
    today = TODAY + timedelta(days=later)
    keys = list(raised(before, DEFAULT, TODAY))
    settled = withdrawals(keys, both, still=raised(both, DEFAULT, today))
    assert {one.key for one in settled} == set(keys) - raised(both, DEFAULT, today).keys()
    for one in settled:
        assert WHY[one.why] % one.facts
