"""B10 of statements, D2 of a VAT period."""

from __future__ import annotations

import itertools
from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING

from comptoir.questions.facts import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from comptoir.questions.facts import Facts, Statement
    from comptoir.questions.thresholds import Thresholds


def b10_statements_missing(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:  # noqa: ARG001 -- one form for all
    of_account: dict[str, list[Statement]] = defaultdict(list)
    for one in facts.statements:
        of_account[one.account].append(one)
    for account, statements in of_account.items():
        statements.sort(key=lambda one: (one.to_on, one.number or 0))
        for before, after in itertools.pairwise(statements):
            if reason := _gap(before, after):
                found = {
                    "account": account,
                    "from_on": before.to_on,
                    "to_on": after.from_on,
                    "before": before.number,
                    "after": after.number,
                    "new_balance": before.new_balance,
                    "old_balance": after.old_balance,
                }
                yield Draft("B10", f"{account}:{before.to_on}:{after.from_on}", reason, "", found)


def _gap(before: Statement, after: Statement) -> str:
    """Balances are the proof; numbers only where they tell something, for banks leave some out."""
    if before.new_balance != after.old_balance:
        return "balance_gap"
    same_year = before.to_on.year == after.to_on.year
    numbered = before.number is not None and after.number is not None
    return "number_gap" if same_year and numbered and (after.number or 0) > (before.number or 0) + 1 else ""


def d2_everything_sent(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:
    for one in facts.periods:
        usual = median(one.usual) if one.usual else 0
        is_over = (today - one.ends_on).days >= thresholds.period_days
        if is_over and not one.is_complete and one.documents < usual * float(thresholds.usual_share):
            found = {
                "period": one.id,
                "ends_on": one.ends_on,
                "documents": one.documents,
                "usual": round(usual),
            }
            yield Draft("D2", one.id, "fewer_than_usual", "", found)
