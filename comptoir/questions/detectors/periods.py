"""B10 of statements, D2 of a VAT period."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING

from comptoir.ledger.gaps import Told, gaps_between
from comptoir.questions.facts import NONE, Draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from comptoir.ledger.gaps import Gap
    from comptoir.questions.facts import Facts
    from comptoir.questions.thresholds import Thresholds

_PERIODS = 2  # fewer before it say nothing about what is usual


def b10_statements_missing(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:  # noqa: ARG001 -- one form for all
    of_account: dict[str, list[Told]] = defaultdict(list)
    # Of one day without numbers nobody can tell which came first; but it is the same each time.
    for one in sorted(
        facts.statements, key=lambda one: (one.from_on, one.old_balance, one.new_balance, one.number)
    ):
        told = Told(one.number, one.to_on, one.old_balance, one.new_balance, one.from_on)
        of_account[one.account].append(told)
    for account, statements in of_account.items():
        for gap in gaps_between(statements):
            yield _missing(account, gap)


def _missing(account: str, gap: Gap) -> Draft:
    """Balances are the proof; numbers only where they tell something, for banks leave some out."""
    from_on, to_on = gap.before.closed_on, gap.after.opened_on or gap.after.closed_on
    found = {
        "account": account,
        "from_on": from_on,
        "to_on": to_on,
        "before": gap.before.number,
        "after": gap.after.number,
        "new_balance": gap.before.closing,
        "old_balance": gap.after.opening,
    }
    reason = "balance_gap" if gap.difference != NONE else "number_gap"
    return Draft("B10", f"{account}:{from_on}:{to_on}", reason, "", found, to_on)


def d2_everything_sent(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:
    for one in facts.periods:
        usual = median(one.usual) if len(one.usual) >= _PERIODS else 0
        is_over = (today - one.ends_on).days >= thresholds.period_days
        if is_over and one.documents < usual * float(thresholds.usual_share):
            found = {
                "period": one.id,
                "ends_on": one.ends_on,
                "documents": one.documents,
                "usual": round(usual),
            }
            yield Draft("D2", one.id, "fewer_than_usual", "", found, one.ends_on)
