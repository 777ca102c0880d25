"""The calendar of VAT deadlines, of the office and of one dossier, and the addresses for calendar programs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comptoir.campaigns.actions.feeds import make_feed, revoke_feed
from comptoir.campaigns.deadlines.rules import FIRST_YEAR
from comptoir.campaigns.queries import deadlines_seen, own_deadlines, own_feeds, own_of
from comptoir.people.profiles import may_manage_office
from comptoir.web.deadline_rows import by_month, period_shown_named
from comptoir.web.desk.companies import seen_company
from comptoir.web.form_page import form_page
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.campaigns.models import OwnDeadline
    from comptoir.people.models import Company, Membership

YEARS_AHEAD = 1


@for_office
@require_safe
def deadlines(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """What comes up within a year; `?year=` shows the whole of one."""
    return _page(request, member)


@for_office
@require_safe
def company_deadlines(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    return _page(request, member, company=seen_company(member, company_id))


def _page(
    request: HttpRequest, member: Membership, *, company: Company | None = None, secret: str = ""
) -> HttpResponseBase:
    now, language = timezone.localtime(), get_language() or "fr"
    year = _year(request.GET.get("year"), now)
    first, last = (date(year, 1, 1), date(year, 12, 31)) if year else _ahead(now.date())
    ours = list(own_deadlines(member))
    found = deadlines_seen(own_of(ours), company, first=first, last=last)
    return form_page(
        request,
        member,
        "desk/deadlines.html",
        active="companies" if company else "deadlines",
        company=company,
        months=by_month(found, now=now, language=language),
        year=year,
        years=range(max(FIRST_YEAR, now.year - 1), now.year + YEARS_AHEAD + 1),
        ours=[] if company else [(one, _period(one, language)) for one in ours],
        feeds=own_feeds(member, company),
        address=f"{settings.BASE_URL}{reverse('calendar_feed', args=[secret])}" if secret else "",
        may_set=may_manage_office(member.profile),
    )


def _year(text: str | None, now: datetime) -> int | None:
    """What a reader asks for, within reason; anything odd is none."""
    if text and text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:4]) <= now.year + YEARS_AHEAD:
        return int(text[:4])
    return None


def _ahead(today: date) -> tuple[date, date]:
    """From the beginning of this month, whose deadlines may just have passed."""
    return today.replace(day=1), today + timedelta(days=365)


def _period(one: OwnDeadline, language: str) -> str:
    return period_shown_named(one.period, language=language) if one.period else ""


@for_office
@require_POST
def feed_make(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """The answer shows the address, this once: so it is a page and no redirect."""
    _feed, secret = make_feed(None, by=member, at=timezone.now())
    return _page(request, member, secret=secret)


@for_office
@require_POST
def company_feed_make(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    _feed, secret = make_feed(company_id, by=member, at=timezone.now())
    return _page(request, member, company=seen_company(member, company_id), secret=secret)


@for_office
@require_POST
def feed_revoke(request: HttpRequest, member: Membership, feed_id: UUID) -> HttpResponseBase:
    feed = revoke_feed(feed_id, by=member, at=timezone.now())
    messages.success(request, _("The address answers no more."))
    if feed.company_id:
        return redirect("company_deadlines", feed.company_id)
    return redirect("deadlines")
