"""Put together, a question is about several things and says which; taken apart, each is a draft again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from comptoir.core.errors import NotFound
from comptoir.questions.actions.by_data import raise_drafts, settle_by_data
from comptoir.questions.actions.drafts import drop_draft
from comptoir.questions.actions.merging import merge_drafts, part_draft
from comptoir.questions.facts import Draft
from comptoir.questions.refusals import QuestionMoved
from comptoir.questions.withdrawals import Withdrawal
from comptoir.web.question_shown import also_of
from tests.questions.asked import ask, now_of
from tests.world import NOW

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from comptoir.questions.models import Question


def fuel(day: int) -> Draft:
    facts = {"amount": Decimal(-day), "booked_on": date(2026, 10, day), "days": 40}
    return Draft("B1", f"p{day}", "no_document", party="Shell Namur", facts=facts)


@pytest.fixture
def three(bakery: Company) -> list[Question]:
    return raise_drafts(bakery.pk, drafts=[fuel(day) for day in (3, 4, 5)], at=NOW)


def states(questions: list[Question]) -> list[str]:
    return [now_of(one).state for one in questions]


def test_it_says_what_else_it_is_about(accountant: Membership, three: list[Question]) -> None:
    first, second, third = three
    merge_drafts([second.pk, third.pk], by=accountant, at=NOW)
    merge_drafts([first.pk, second.pk], by=accountant, at=NOW)
    assert [(one.day, one.amount) for one in also_of(now_of(first))] == [
        (date(2026, 10, 4), Decimal(-4)),
        (date(2026, 10, 5), Decimal(-5)),
    ]
    assert {now_of(one).merged_into_id for one in (second, third)} == {first.pk}


def test_taken_apart_each_is_a_draft_of_one_thing(
    accountant: Membership, assistant: Membership, three: list[Question]
) -> None:
    merge_drafts([one.pk for one in three], by=accountant, at=NOW)
    for _ in "12":
        part_draft(three[0].pk, by=assistant, at=NOW)
    assert states(three) == ["draft"] * 3
    assert not any("also" in now_of(one).facts for one in three)


def test_not_what_was_dropped_nor_by_a_stranger_nor_once_it_was_asked(
    accountant: Membership, outsider: Membership, bakery: Company, three: list[Question]
) -> None:
    first, second, third = three
    merge_drafts([first.pk, second.pk], by=accountant, at=NOW)
    drop_draft(third.pk, by=accountant, at=NOW)
    with pytest.raises(NotFound):
        part_draft(first.pk, by=outsider, at=NOW)
    part_draft(first.pk, by=accountant, at=NOW)
    assert states(three) == ["draft", "draft", "withdrawn"]
    merge_drafts([first.pk, second.pk], by=accountant, at=NOW)
    ask(accountant, bakery, now_of(first))
    with pytest.raises(QuestionMoved):
        part_draft(first.pk, by=accountant, at=NOW)


def test_what_the_data_settles_takes_nothing_with_it(
    accountant: Membership, bakery: Company, three: list[Question]
) -> None:
    merge_drafts([one.pk for one in three], by=accountant, at=NOW)
    settle_by_data(bakery.pk, withdrawals=[Withdrawal("B1:p3", "document", {})], at=NOW)
    assert states(three) == ["withdrawn", "draft", "draft"]
