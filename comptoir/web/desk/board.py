"""*VAT requests*: whom to chase, what came in, and how far the period is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptoir.campaigns.board import (
    Line,
    Stand,
    campaigns,
    counts,
    items_of,
    lines,
    progress,
    shown_first,
)
from comptoir.campaigns.deadlines.periods import period_named
from comptoir.campaigns.models import CampaignState
from comptoir.core import moments, spreadsheet
from comptoir.core.errors import NotFound
from comptoir.people.models import VatRegime
from comptoir.people.profiles import may_write_to_clients
from comptoir.web.deadline_rows import period_shown_named
from comptoir.web.desk.board_plot import plot_facts
from comptoir.web.desk.board_rows import COLUMNS, MANY, Row, row_of
from comptoir.web.listing import page_number
from comptoir.web.members import for_office
from comptoir.web.pages import page, wants_fragment
from comptoir.web.thread.forms import uuid_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.campaigns.models import Campaign
    from comptoir.people.models import Membership

ROWS_A_PAGE = 50
WHOLE = 100


@dataclass(frozen=True)
class Figure:
    stand: Stand
    number: int
    share: int  # per cent
    url: str

    @property
    def sign(self) -> Any:
        return MANY[self.stand]


@for_office
@require_safe
def board(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """`?campaign=` chooses the period, `?show=` the state, `?manager=` whose dossiers."""
    context = board_context(request, member)
    if wants_fragment(request, "list"):
        return render(request, "desk/_board.html", {"member": member, **context})
    return page(request, member, "desk/board.html", active="board", **context)


@for_office
@require_safe
def board_csv(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """The rows as they are filtered on the board."""
    campaign = chosen_campaign(request, campaigns(member))
    found = _in_state(request, _of_manager(request, lines(campaign, member=member))) if campaign else []
    response = StreamingHttpResponse(_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="comptoir-vat-{timezone.now():%Y-%m-%d}.csv"'
    return response


def _csv(found: list[Line]) -> Iterator[str]:
    now, language = timezone.localtime(), get_language() or "fr"
    heads = [_("Dossier"), _("Managed by"), *map(str, COLUMNS.values()), _("State"), _("Last reminder")]
    yield spreadsheet.MARK + spreadsheet.row(heads)
    for start in range(0, len(found), ROWS_A_PAGE * 10):
        for row in rows_of(found[start : start + ROWS_A_PAGE * 10], now=now, language=language):
            cells = [cell.text or cell.title for cell in row.cells]
            yield spreadsheet.row(
                [row.line.company, row.line.manager_name or "", *cells, str(row.sign.text), row.chased]
            )


def chosen_campaign(request: HttpRequest, found: list[Campaign]) -> Campaign | None:
    """That of the address, or the one that matters today; NotFound for one that is not the office's."""
    if text := request.GET.get("campaign", ""):
        wanted = uuid_from(text, field="campaign")
        known = {one.pk: one for one in found}
        if wanted not in known:
            raise NotFound
        return known[wanted]
    return shown_first(found, today=timezone.localdate())


def board_context(request: HttpRequest, member: Membership) -> dict[str, Any]:
    known = campaigns(member)
    campaign = chosen_campaign(request, known)
    language = get_language() or "fr"
    frame: dict[str, Any] = {
        "campaign": campaign,
        "prepared": [(one, name_of(one, language)) for one in known if one.state == CampaignState.PREPARED],
        "may_write": may_write_to_clients(member.profile),
    }
    if campaign is None:
        return frame
    return frame | _period_context(request, member, campaign, known, language=language)


def _period_context(
    request: HttpRequest, member: Membership, campaign: Campaign, known: list[Campaign], *, language: str
) -> dict[str, Any]:
    """All that is shown of one campaign."""
    before = next((one for one in known if _follows(campaign, one)), None)
    after = next((one for one in known if _follows(one, campaign)), None)
    now = timezone.localtime()
    seen = lines(campaign, member=member)
    everything = _of_manager(request, seen)
    come = progress(
        [one for one in (campaign, before) if one], member=member, zone=timezone.get_current_timezone()
    )
    was = come.get(before.pk) if before else None
    return {
        "name": name_of(campaign, language),
        "days_left": days_left(campaign, now=now, language=language),
        "previous": before and (before, period_shown_named(before.period, language=language)),
        "following": after and (after, period_shown_named(after.period, language=language)),
        "figures": _figures(request, everything, now.date()),
        "total": len(everything),
        "columns": list(COLUMNS.values()),
        "managers": _managers(seen),
        "next_chase": _next_chase(everything, now=now, language=language),
        **_page_context(request, everything, now=now, language=language),
        **plot_facts(campaign, come[campaign.pk], was, everything, now=now),
    }


def _page_context(
    request: HttpRequest, everything: list[Line], *, now: datetime, language: str
) -> dict[str, Any]:
    """The rows of one page, as they are filtered."""
    found = _in_state(request, everything)
    number = page_number(request.GET.get("page"))
    shown = found[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE]
    return {
        "show": request.GET.get("show", ""),
        "everything": _address(request, show="", page=""),
        "rows": rows_of(shown, now=now, language=language),
        "next_page": _address(request, page=str(number + 1)) if len(found) > number * ROWS_A_PAGE else "",
        "csv": _address(request, page=""),
        "manager": request.GET.get("manager", ""),
    }


def name_of(campaign: Campaign, language: str) -> str:
    """`TVA octobre 2026, mensuels`"""
    period = period_shown_named(campaign.period, language=language)
    regime = str(VatRegime(campaign.regime).label).lower()
    return _("VAT %(period)s, %(regime)s") % {"period": period, "regime": regime}


def days_left(campaign: Campaign, *, now: datetime, language: str) -> tuple[str, bool]:
    """In words, and whether the day has passed."""
    days = (campaign.legal_on - now.date()).days
    day = moments.day_long(campaign.legal_on, now=now, language=language)
    if days == 0:
        return _("Today is the day: %(day)s") % {"day": day}, False
    if days < 0:
        text = ngettext("%(n)d day after %(day)s", "%(n)d days after %(day)s", -days)
    else:
        text = ngettext("%(n)d day before %(day)s", "%(n)d days before %(day)s", days)
    return text % {"n": abs(days), "day": day}, days < 0


def rows_of(found: list[Line], *, now: datetime, language: str) -> list[Row]:
    items = items_of([line.id for line in found])
    return [row_of(line, items.get(line.id, []), now=now, language=language) for line in found]


def _follows(one: Campaign, other: Campaign) -> bool:
    """Whether `other` is of the period before `one`'s, of the same filers."""
    return one.regime == other.regime and str(period_named(one.period).before()) == other.period


def _of_manager(request: HttpRequest, found: list[Line]) -> list[Line]:
    text = request.GET.get("manager", "")
    if not text:
        return found
    wanted = uuid_from(text, field="manager")
    return [line for line in found if line.manager_id == wanted]


def _in_state(request: HttpRequest, found: list[Line]) -> list[Line]:
    """Whom to chase first stands first; within a state by name, as they came."""
    today, show = timezone.localdate(), request.GET.get("show", "")
    stands = {line.id: line.stand(today) for line in found}
    if show in list(Stand):
        found = [line for line in found if stands[line.id] == show]
    order = list(Stand)
    return sorted(found, key=lambda line: order.index(stands[line.id]))


def _figures(request: HttpRequest, found: list[Line], today: date) -> list[Figure]:
    number = counts(found, today=today)
    return [
        Figure(
            stand,
            number[stand],
            round(WHOLE * number[stand] / max(1, len(found))),
            _address(request, show=stand, page=""),
        )
        for stand in (Stand.COMPLETE, Stand.PART, Stand.NOTHING, Stand.LATE)
    ]


def _managers(found: Iterable[Line]) -> list[tuple[str, str]]:
    known = {str(line.manager_id): line.manager_name or "" for line in found if line.manager_id}
    return sorted(known.items(), key=lambda one: one[1])


def _address(request: HttpRequest, **changed: str) -> str:
    kept = {
        name: request.GET[name] for name in ("campaign", "show", "manager", "page") if request.GET.get(name)
    }
    return "?" + urlencode({name: value for name, value in (kept | changed).items() if value})


def _next_chase(found: list[Line], *, now: datetime, language: str) -> str:
    coming = [line.next_step_at for line in found if line.next_step_at and line.next_step_at >= now]
    if not coming:
        return ""
    at = timezone.localtime(min(coming))
    return f"{moments.day_long(at, now=now, language=language)}, {moments.clock(at)}"
