"""All that the data would ask now: nothing twice, nothing that a rule answers; and what open questions it settles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from comptoir.ledger.matching.texts import name_key
from comptoir.questions.detectors import invoices, paying, payments, periods, series

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import date

    from comptoir.questions.answer_rules import AnswerRule
    from comptoir.questions.facts import Draft, Facts
    from comptoir.questions.thresholds import Thresholds

DETECTORS: tuple[Callable[[Facts, Thresholds, date], Iterator[Draft]], ...] = (
    invoices.a1_for_business,
    paying.a2_how_paid,
    invoices.a3_what_bought,
    invoices.a6_not_to_you,
    invoices.a7_duplicate,
    paying.b2_paid_in_part,
    series.c1_number_missing,
    payments.about_payments,
    periods.b10_statements_missing,
    periods.d2_everything_sent,
)


@dataclass(frozen=True)
class Found:
    drafts: tuple[Draft, ...]
    dropped: tuple[tuple[Draft, AnswerRule], ...]  # shown with the rule's note


def raised(facts: Facts, thresholds: Thresholds, today: date) -> dict[str, Draft]:
    found = (draft for detect in DETECTORS for draft in detect(facts, thresholds, today))
    return {draft.key: draft for draft in found}


def drafts(
    found: Mapping[str, Draft],
    thresholds: Thresholds,
    *,
    rules: Sequence[AnswerRule],
    known: Collection[str],
    today: date,
) -> Found:
    """Of what is raised. `known` are the keys of all questions ever drafted in the dossier, whatever became of them.

    What is older than the office asks about raises nothing new, but settles nothing either: see withdrawals.
    """
    since_on = today - timedelta(days=thresholds.oldest_days)
    new = [
        draft
        for key, draft in found.items()
        if key not in known and (draft.on is None or draft.on >= since_on)
    ]
    standing = {rule.key: rule for rule in rules}
    answered = {
        draft.key: rule
        for draft in new
        if (rule := standing.get((draft.type, name_key(draft.party)))) is not None
    }
    kept = tuple(draft for draft in new if draft.key not in answered)
    return Found(kept, tuple((draft, answered[draft.key]) for draft in new if draft.key in answered))
