"""How well and how fast payments find their invoices, on labelled sets that are made up with what goes wrong in life."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.labelled_kinds import labelled
from bench.measure import tell
from comptoir.ledger.matching.facts import Certainty
from comptoir.ledger.matching.propose import propose

if TYPE_CHECKING:
    from bench.labelled import Labelled
    from bench.run import Run
    from comptoir.ledger.matching.facts import Proposal

PAYMENTS, SEEDS = 10_000, (1, 2, 3, 4, 5)
LARGE_PAYMENTS, LARGE_INVOICES = 100_000, 20_000


@dataclass
class Score:
    """A proposal is right where it names exactly the true invoices with exactly the true amounts."""

    payments: int = 0  # that pay something
    proposed: int = 0
    right: int = 0
    certain: int = 0
    certain_right: int = 0
    of_kind: Counter[str] = field(default_factory=Counter)
    right_of_kind: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.certain_right / self.certain

    @property
    def recall(self) -> float:
        return self.right / self.payments

    @property
    def certain_recall(self) -> float:
        return self.certain_right / self.payments


def score(made: Labelled, proposals: list[Proposal], into: Score | None = None) -> Score:
    into = into or Score()
    found = {one.movement: one for one in proposals}
    for movement, truth in made.truth.items():
        proposal = found.get(movement)
        matched = {one.invoice: one.amount for one in proposal.allocations} if proposal else {}
        is_right = bool(truth) and matched == truth
        into.payments += bool(truth)
        into.of_kind[made.kinds[movement]] += bool(truth)
        into.proposed += bool(matched)
        into.right += is_right
        into.right_of_kind[made.kinds[movement]] += is_right
        if proposal and matched and proposal.certainty is Certainty.CERTAIN:
            into.certain += 1
            into.certain_right += is_right
    return into


def matching(run: Run) -> None:
    """Five sets one after the other, whose figures are added; then one large dossier for the time."""
    total, seeds = Score(), SEEDS[:2] if run.quick else SEEDS
    for seed in seeds:
        made = labelled(PAYMENTS, seed=seed)
        proposals = propose(made.invoices, made.movements)
        one = score(made, proposals)
        tell(f"  seed {seed}: certain precision {one.precision:.5f}, recall {one.recall:.4f}")
        score(made, proposals, total)
    note = run.results.note
    note("matching: payments, labelled", total.payments, "")
    note("matching: precision of certain matches", 100 * total.precision, "% (>= 99.9)")
    note("matching: wrong among the certain", total.certain - total.certain_right, f"of {total.certain:,}")
    note("matching: recall, certain or waiting", 100 * total.recall, "% (>= 90)")
    note("matching: recall of the certain alone", 100 * total.certain_recall, "%")
    for kind, count in sorted(total.of_kind.items()):
        if count:
            note(f"matching: recall, {kind}", 100 * total.right_of_kind[kind] / count, f"% of {count:,}")
    large(run)


def large(run: Run) -> None:
    """Many more payments than invoices: most find nothing, which costs most."""
    made = labelled(LARGE_PAYMENTS, seed=1, parties=2_000)
    invoices = made.invoices[:LARGE_INVOICES]
    began = time.perf_counter()
    propose(invoices, made.movements)
    seconds = time.perf_counter() - began
    run.results.note("matching: 20,000 invoices and 100,000 payments", seconds, "s (< 120)")
