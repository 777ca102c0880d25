"""A document request as its page shows it: what is open first, each thing with what may be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext, ngettext

from comptoir.campaigns.items import SETTLED, Does, Side, State, after
from comptoir.campaigns.models import Ended
from comptoir.campaigns.wording import period_in_words
from comptoir.core import moments

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from comptoir.campaigns.models import DocumentRequest, RequestItem

LOOKS = {State.IN: "in", State.NOTHING: "in", State.NOT_NEEDED: "in", State.LATER: "later"}


@dataclass(frozen=True)
class Row:
    item: RequestItem
    look: str
    detail: str
    may_hand_in: bool
    may_undo: bool
    is_refused: bool


@dataclass(frozen=True)
class Shown:
    request: DocumentRequest
    period: str
    rows: list[Row]
    settled: int
    days_left: int
    may_end: bool
    may_take_back: bool
    due_day: str
    legal_day: str
    today: str
    last_day: str

    @property
    def open_count(self) -> int:
        return len(self.rows) - self.settled


def shown(
    request: DocumentRequest, items: Iterable[RequestItem], *, now: datetime, refused: RequestItem | None
) -> Shown:
    language = get_language() or "fr"
    rows = [_row(one, request, now=now, is_refused=bool(refused and refused.pk == one.pk)) for one in items]
    rows.sort(key=lambda row: row.item.state in SETTLED)
    handed_in = request.ended_how == Ended.HANDED_IN and request.conversation.is_open
    return Shown(
        request=request,
        period=period_in_words(request.campaign.period, language=language),
        rows=rows,
        settled=sum(row.item.state in SETTLED for row in rows),
        days_left=(request.due_on - now.date()).days,
        may_end=request.is_open,
        may_take_back=handed_in and any(row.item.is_open for row in rows),
        due_day=moments.day_long(request.due_on, now=now, language=language),
        legal_day=moments.day_long(request.campaign.legal_on, now=now, language=language),
        today=now.date().isoformat(),
        last_day=request.campaign.legal_on.isoformat(),
    )


def _row(item: RequestItem, request: DocumentRequest, *, now: datetime, is_refused: bool) -> Row:
    state = State(item.state)
    late = request.is_open or (request.ended_how == Ended.HANDED_IN and request.conversation.is_open)
    return Row(
        item=item,
        look=LOOKS.get(state, "open"),
        detail=_detail(item, now=now),
        may_hand_in=late and after(state, Does.HAND_IN, Side.CLIENT) is not None,
        may_undo=late and after(state, Does.UNDO, Side.CLIENT) is not None,
        is_refused=is_refused,
    )


def _detail(item: RequestItem, *, now: datetime) -> str:
    """`14 files, 11 of them received electronically`; what the bank's statements tell; the day that was named."""
    if item.later_on:
        day = moments.day_long(item.later_on, now=now, language=get_language() or "fr")
        return gettext("Later: %(day)s") % {"day": day}
    if item.state in {State.NOTHING, State.NOT_NEEDED, State.SENT_BACK}:
        return item.sent_back_reason or str(item.get_state_display())
    if not item.received_count:
        return item.account
    if "statements" in item.source:
        text = ngettext(
            "%(n)s statement, received from the bank",
            "%(n)s statements, received from the bank",
            item.source["statements"],
        )
        return text % {"n": item.source["statements"]}
    text = ngettext("%(n)s file", "%(n)s files", item.received_count) % {"n": item.received_count}
    if held := item.source.get("invoices"):
        return gettext("%(files)s, of which %(n)s received electronically") % {"files": text, "n": held}
    return text
