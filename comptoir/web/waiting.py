"""How long something has waited, in words, in a bar, and in the sections of the inbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comptoir.conversations.models import Conversation
    from comptoir.web.listing import ListRow

OLD = timedelta(days=3)
WORKDAY = timedelta(hours=8)


@dataclass(frozen=True)
class Age:
    """Since when a row waits: grey today, amber after a day's work, red after three days; the words are the truth."""

    words: str
    css_class: str
    percent: int  # of the bar


def age(since: datetime, *, now: datetime) -> Age:
    waited = max(now - since, timedelta())
    css_class = "old" if waited >= OLD else "" if waited >= WORKDAY else "new"
    percent = min(100, max(3, round(100 * waited / (OLD + timedelta(days=1)))))
    return Age(words=duration(waited), css_class=css_class, percent=percent)


def waiting_since(conversation: Conversation) -> Age | None:
    """How long a conversation has waited for the office; None where it does not."""
    since = conversation.awaiting_office_since
    return age(since, now=timezone.now()) if since else None


def duration(waited: timedelta) -> str:
    """`35 min`, `3 h 12`, `4 d 2 h`: the two largest units."""
    minutes = int(waited.total_seconds() // 60)
    if minutes < 60:  # noqa: PLR2004 -- an hour
        return _("%(minutes)d min") % {"minutes": minutes}
    hours, minutes = divmod(minutes, 60)
    if hours < 24:  # noqa: PLR2004 -- a day
        return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": minutes}
    days, hours = divmod(hours, 24)
    return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}


@dataclass(frozen=True)
class AgedRow:
    row: ListRow
    age: Age | None


@dataclass(frozen=True)
class Section:
    """Rows under one heading; an empty heading is not shown."""

    title: str
    rows: Sequence[ListRow]
    now: datetime
    aged: list[AgedRow] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "aged", [AgedRow(row, self._age(row)) for row in self.rows])

    def _age(self, row: ListRow) -> Age | None:
        conversation = row.conversation
        since = conversation.awaiting_office_since or conversation.awaiting_client_since
        return age(since, now=self.now) if since else None


def sections(rows: Sequence[ListRow], *, now: datetime) -> list[Section]:
    """What waits for the office, by its age in the reader's days; the rows come longest waiting first."""
    today = timezone.localtime(now).date()
    titles = {
        "old": _("For more than two days"),
        "recent": _("Yesterday and the day before"),
        "today": _("Today"),
    }
    by_age: dict[str, list[ListRow]] = {key: [] for key in titles}
    for row in rows:
        since = row.conversation.awaiting_office_since
        days = (today - timezone.localtime(since).date()).days if since else 0
        by_age["today" if days <= 0 else "recent" if days <= 2 else "old"].append(row)  # noqa: PLR2004 -- days
    return [Section(titles[key], group, now=now) for key, group in by_age.items() if group]
