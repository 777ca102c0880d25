"""Nothing twice, rules that answer, questions that the data settles, and the table of states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

from comptoir.questions.answer_rules import NOTE, AnswerRule
from comptoir.questions.catalogue import CATALOGUE
from comptoir.questions.drafting import drafts, raised
from comptoir.questions.facts import Facts, Invoice, Payment, Period, Statement, Way
from comptoir.questions.states import Does, Side, State, after
from comptoir.questions.thresholds import DEFAULT
from comptoir.questions.withdrawals import WHY, withdrawals

TODAY = date(2026, 11, 24)
OWN = "BE0403170701"
UNPAID = Invoice(
    "i1", "7", "Garage Maes", Decimal(40), date(2026, 9, 1), date(2026, 10, 1), buyer_number=OWN, line_text="entretien"
)  # fmt: skip
CARD = Payment("p1", date(2026, 10, 3), Decimal(-30), party="Shell Namur", way=Way.CARD)
FACTS = Facts(OWN, invoices=(UNPAID,), payments=(CARD,))


def test_nothing_is_asked_twice() -> None:
    first = drafts(raised(FACTS, DEFAULT, TODAY), DEFAULT, rules=(), known=(), today=TODAY).drafts
    assert [one.key for one in first] == ["A2:i1", "B1:p1"]
    assert (
        drafts(
            raised(FACTS, DEFAULT, TODAY), DEFAULT, rules=(), known=[one.key for one in first], today=TODAY
        ).drafts
        == ()
    )
    assert [
        one.key
        for one in drafts(
            raised(FACTS, DEFAULT, TODAY), DEFAULT, rules=(), known=["A2:i1"], today=TODAY
        ).drafts
    ] == ["B1:p1"]


def test_what_is_long_ago_is_not_asked_and_settles_nothing() -> None:
    """The first import of ten years would ask about all of them."""
    then = replace(UNPAID, issued_on=date(2025, 8, 1), due_on=date(2025, 9, 1))
    facts = Facts(OWN, invoices=(then,), payments=(replace(CARD, booked_on=date(2025, 8, 1)),))
    assert drafts(raised(facts, DEFAULT, TODAY), DEFAULT, rules=(), known=(), today=TODAY).drafts == ()
    assert withdrawals(["A2:i1", "B1:p1"], facts, still=raised(facts, DEFAULT, TODAY)) == []
    years = replace(DEFAULT, oldest_days=4000)
    assert len(drafts(raised(facts, years, TODAY), years, rules=(), known=(), today=TODAY).drafts) == 2


def test_a_rule_answers_the_next_such_question_and_says_so() -> None:
    rule = AnswerRule("r1", "B1", "NAMUR, SHELL", "none", date(2026, 5, 2))
    found = drafts(raised(FACTS, DEFAULT, TODAY), DEFAULT, rules=[rule], known=(), today=TODAY)
    assert [one.key for one in found.drafts] == ["A2:i1"]
    assert [(draft.key, by) for draft, by in found.dropped] == [("B1:p1", rule)]
    assert NOTE % {"party": "Shell", "choice": "x", "since_on": rule.since_on}
    for other in (
        replace(rule, type="B4"),
        replace(rule, party="Total"),
        replace(rule, type="A2", party=UNPAID.party),
    ):
        assert (
            drafts(raised(FACTS, DEFAULT, TODAY), DEFAULT, rules=[other], known=(), today=TODAY).dropped == ()
        )


SOLD = replace(UNPAID, is_sale=True, paid=Decimal(40), id="s10", number="V-10")
SETTLED = [
    ("A2:i1", Facts(OWN, invoices=(replace(UNPAID, paid=Decimal(40)),)), "paid"),
    ("A2:i1", Facts(OWN), "gone"),
    ("A6:i1", FACTS, "changed"),
    ("B1:p1", Facts(OWN, payments=(replace(CARD, is_matched=True),)), "matched"),
    ("B1:p1", Facts(OWN, payments=(replace(CARD, has_document=True),)), "document"),
    ("B1:p1", Facts(OWN), "gone"),
    ("B10:BE1:2026-01-31:2026-03-01", Facts(OWN, statements=(
        Statement("BE1", "1", date(2026, 1, 1), date(2026, 1, 31), Decimal(0), Decimal(1)),)), "statements"),
    ("C1:V-10", Facts(OWN, invoices=(SOLD,)), "arrived"),
    ("D2:2026-10", Facts(OWN, periods=(Period("2026-10", date(2026, 10, 31), 9, (10,)),)), "documents"),
]  # fmt: skip


def test_what_the_data_settles_withdraws_itself_and_says_why() -> None:
    for key, facts, why in SETTLED:
        (found,) = withdrawals([key], facts, still=raised(facts, DEFAULT, TODAY))
        assert (found.key, found.why) == (key, why)
        assert WHY[why] % found.facts
    assert {why for _, _, why in SETTLED} == set(WHY)


def test_what_is_still_so_stays_open() -> None:
    assert withdrawals(["A2:i1", "B1:p1"], FACTS, still=raised(FACTS, DEFAULT, TODAY)) == []


# Written by hand: for each state what each side may do, and what follows. All else is refused.
WRITTEN = """
draft      ask       office  asked
draft      withdraw  office  withdrawn
draft      withdraw  data    withdrawn
asked      take_back office  draft
asked      deliver   data    delivered
asked      see       client  seen
asked      answer    client  answered
asked      withdraw  office  withdrawn
asked      withdraw  data    withdrawn
delivered  take_back office  draft
delivered  see       client  seen
delivered  answer    client  answered
delivered  withdraw  office  withdrawn
delivered  withdraw  data    withdrawn
seen       answer    client  answered
seen       withdraw  office  withdrawn
seen       withdraw  data    withdrawn
answered   answer    client  answered
answered   accept    office  accepted
answered   send_back office  sent_back
answered   withdraw  office  withdrawn
sent_back  answer    client  answered
sent_back  withdraw  office  withdrawn
sent_back  withdraw  data    withdrawn
withdrawn  part      office  draft
withdrawn  part      data    draft
"""


def test_the_table_of_states_is_the_one_written_by_hand() -> None:
    rows = [line.split() for line in WRITTEN.strip().splitlines()]
    wanted = {(state, does, side): then for state, does, side, then in rows}
    for state, does, side in product(State, Does, Side):
        found = after(state, does, side)
        assert (found and found.value) == wanted.get((state.value, does.value, side.value)), (
            state,
            does,
            side,
        )


def test_the_catalogue_is_the_first_cut() -> None:
    asked = "A1 A2 A3 A6 A7 B1 B2 B3 B4 B6 B7 B8 B10 C1 D1 D2 D3 D4 D5 E1".split()  # noqa: SIM905 -- as it is written elsewhere
    assert list(CATALOGUE) == asked
    for one in CATALOGUE.values():
        ids = [choice.id for choice in one.choices]
        assert len(ids) == len(set(ids)) > 0
