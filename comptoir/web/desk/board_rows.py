"""A row of the board in the reader's words: where each thing stands, what the dossier's state is, who chased it when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from comptoir.campaigns.board import Stand
from comptoir.campaigns.items import SETTLED, State
from comptoir.campaigns.models import Wanted
from comptoir.core import moments
from comptoir.web.question_shown import Sign

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from comptoir.campaigns.board import Line
    from comptoir.campaigns.models import RequestItem

# Payroll is rare: it stands among the others.
COLUMNS: dict[str, StrOrPromise] = {
    Wanted.PURCHASES: pgettext_lazy("board", "Purchases"),
    Wanted.SALES: pgettext_lazy("board", "Sales"),
    Wanted.BANK: pgettext_lazy("board", "Bank"),
    Wanted.CASH: pgettext_lazy("board", "Cash"),
    Wanted.CARDS: pgettext_lazy("board", "Cards"),
    Wanted.OTHER: pgettext_lazy("board", "Others"),
}
STANDS = {
    Stand.LATE: Sign(gettext_lazy("Late"), "late", "triangle-alert"),
    Stand.NOTHING: Sign(gettext_lazy("Nothing received"), "wait", "circle-dashed"),
    Stand.PART: Sign(gettext_lazy("In part"), "wait", "clock"),
    Stand.COMPLETE: Sign(pgettext_lazy("one dossier", "Complete"), "done", "check"),
}
MANY = STANDS | {Stand.COMPLETE: Sign(pgettext_lazy("dossiers", "Complete"), "done", "check")}
# The worst first: what a cell of several things (accounts, say) shows.
WORST = (State.SENT_BACK, State.OPEN, State.PART, State.LATER, State.IN, State.NOTHING, State.NOT_NEEDED)


@dataclass(frozen=True)
class Cell:
    css_class: str
    icon: str
    text: str
    title: str


@dataclass(frozen=True)
class Row:
    line: Line
    stand: Stand
    sign: Sign
    cells: list[Cell]
    chased: str

    @property
    def may_be_chased(self) -> bool:
        return self.stand is not Stand.COMPLETE


def row_of(line: Line, items: Sequence[RequestItem], *, now: datetime, language: str) -> Row:
    stand = line.stand(now.date())
    by_column: dict[str, list[RequestItem]] = {column: [] for column in COLUMNS}
    for item in items:
        by_column[item.kind if item.kind in COLUMNS else Wanted.OTHER].append(item)
    is_late = stand is Stand.LATE
    cells = [cell_of(found, is_late=is_late, now=now, language=language) for found in by_column.values()]
    return Row(line, stand, STANDS[stand], cells, _chased(line, now=now, language=language))


def cell_of(items: Sequence[RequestItem], *, is_late: bool, now: datetime, language: str) -> Cell:
    """Of all that is asked of one kind; a dot where nothing is."""
    needed = [item for item in items if item.state != State.NOT_NEEDED]
    if not needed:
        return Cell("na", "", "·", _("Not asked"))
    worst = min(needed, key=lambda item: WORST.index(State(item.state)))
    if worst.state in SETTLED:
        return _settled(needed, worst)
    if worst.state == State.SENT_BACK:
        return Cell("no", "undo-2", _("sent back"), worst.sent_back_reason or _("Sent back"))
    if worst.state == State.LATER and worst.later_on:
        day = moments.day(worst.later_on, now=now, language=language)
        return Cell("later", "alarm-clock", day, _("Later, on %(day)s") % {"day": day})
    return _waited_for(needed, is_late=is_late)


def _waited_for(items: Sequence[RequestItem], *, is_late: bool) -> Cell:
    count = sum(item.received_count for item in items)
    settled = sum(item.state in SETTLED for item in items)
    if count or settled:
        return Cell("part", "clock-3", _part(items, count, settled), _("In part"))
    if is_late:
        return Cell("no", "x", "0", _("Late, nothing received"))
    return Cell("open", "", _("expected"), _("Expected"))


def _settled(items: Sequence[RequestItem], worst: RequestItem) -> Cell:
    count = sum(item.received_count for item in items)
    if worst.state == State.NOTHING and not count:
        return Cell("nil", "minus", _("none"), _("Nothing this period"))
    if all(item.source and item.changed_by_id is None for item in items):
        return Cell("ok", "check", _("auto"), _("In the accounts by itself"))
    return Cell("ok", "check", str(count or ""), _("Handed in"))


def _part(items: Sequence[RequestItem], count: int, settled: int) -> str:
    """`3/8` where it is known how many there are; of several accounts, how many of them."""
    expected = sum(item.expected_count or 0 for item in items)
    if expected > count:
        return f"{count}/{expected}"
    return f"{settled}/{len(items)}" if len(items) > 1 else str(count)


def _chased(line: Line, *, now: datetime, language: str) -> str:
    """`10 nov., 2e rappel`, `appelé le 11 nov.`, `aucun`: the newest of them, and what holds chases back."""
    today = now.date()
    if line.snoozed_until and line.snoozed_until > today and not line.ended_at:
        day = moments.day(line.snoozed_until, now=now, language=language)
        return _("put off until %(day)s") % {"day": day}
    if line.called_at and (not line.last_chased_at or line.called_at > line.last_chased_at):
        day = moments.day(timezone.localtime(line.called_at), now=now, language=language)
        return _("called on %(day)s") % {"day": day}
    if not line.last_chased_at:
        return pgettext("reminders", "none")
    day = moments.day(timezone.localtime(line.last_chased_at), now=now, language=language)
    said = ngettext("%(day)s", "%(day)s, reminder no. %(n)d", line.chase_count)
    return said % {"day": day, "n": line.chase_count}
