"""What the data asks: each scenario, and what every detector has in common."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from comptoir.questions.catalogue import CATALOGUE
from comptoir.questions.drafting import raised
from comptoir.questions.facts import Facts
from comptoir.questions.reasons import REASONS
from comptoir.questions.thresholds import DEFAULT
from tests.questions.detector_cases import CASES, OWN, OWN_ACCOUNT, OWNER, bought, sold

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(("said", "data", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_what_raises_which_question(said: str, data: dict[str, tuple], wanted: set[tuple[str, str]]) -> None:
    facts = Facts(OWN, owner_ibans=frozenset({OWNER}), own_ibans=frozenset({OWN_ACCOUNT}), **data)
    found = raised(facts, DEFAULT, TODAY)
    assert {(one.type, one.reason) for one in found.values()} == wanted
    for one in found.values():
        assert REASONS[one.reason] % one.facts
        assert CATALOGUE[one.type].text % one.facts


def test_every_detector_has_a_case_that_raises_and_one_that_does_not() -> None:
    raising = {kind for _, _, wanted in CASES for kind, _ in wanted}
    assert raising == {one.id for one in CATALOGUE.values() if one.raised_by == "data"}
    assert {reason for _, _, wanted in CASES for _, reason in wanted} == set(REASONS)


def test_a_missing_number_is_named_as_the_others_are_written() -> None:
    facts = Facts(OWN, invoices=(sold("V-08/A"), sold("V-09/A"), sold("V-12/A")))
    assert list(raised(facts, DEFAULT, TODAY)) == ["C1:V-10/A", "C1:V-11/A"]


def test_the_thresholds_are_the_office_s() -> None:
    facts = Facts(OWN, invoices=(bought(due_on=date(2026, 11, 20)),))
    assert not raised(facts, DEFAULT, TODAY)
    assert list(raised(facts, replace(DEFAULT, overdue_days=4), TODAY)) == ["A2:i1"]
