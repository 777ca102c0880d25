"""Campaigns: chosen for a period, looked at for each dossier before anything goes out, opened over those ticked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.campaigns.actions.campaigns import change_campaign, open_campaign, prepare_campaign
from comptoir.campaigns.board import campaigns
from comptoir.campaigns.checklists import checklists
from comptoir.campaigns.deadlines.periods import period_of
from comptoir.campaigns.deadlines.rules import Obligation, Regime, cycle_of
from comptoir.campaigns.models import CampaignState, Wanted
from comptoir.campaigns.request_queries import concerned
from comptoir.campaigns.wording import REQUEST_FIELDS, request_values, texts_of, usual_texts
from comptoir.conversations.actions.bulk import filled
from comptoir.core.errors import Invalid, NotFound, Refused
from comptoir.people.models import Company, Language, VatRegime
from comptoir.people.profiles import may_write_to_clients
from comptoir.web.deadline_rows import period_shown
from comptoir.web.desk.board import name_of
from comptoir.web.desk.calls import seen_campaign
from comptoir.web.form_page import form_page
from comptoir.web.members import for_office
from comptoir.web.thread.forms import uuid_from

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.campaigns.checklists import Line
    from comptoir.campaigns.models import Campaign
    from comptoir.people.models import Membership

PERIODS_BACK, PERIODS_AHEAD = 2, 1
SHOWN_AT_ONCE = 500  # dossiers in the list to tick


@dataclass(frozen=True)
class Asked:
    """A dossier that may be ticked, with what it will be asked for."""

    company: Company
    lines: str


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_new(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """A period and a regime; one that is there already is shown."""
    refusal = None
    if request.method == "POST":
        regime, _sep, period = request.POST.get("which", "").partition(":")
        try:
            made = prepare_campaign(period, by=member, at=timezone.now(), regime=regime)
            return redirect("campaign", made.pk)
        except Invalid as wrong:
            refusal = wrong
    return form_page(
        request,
        member,
        "desk/campaign_new.html",
        status=refusal.status if refusal else 200,
        active="board",
        refusal=refusal,
        choices=_periods(),
        known=[(one, name_of(one, get_language() or "fr")) for one in campaigns(member)[:24]],
    )


def _periods() -> list[tuple[str, str]]:
    """Those round today, of both kinds of filers, the one that ended last first."""
    language, found = get_language() or "fr", []
    for regime in (Regime.MONTHLY, Regime.QUARTERLY):
        cycle = cycle_of(Obligation.RETURN, regime)
        assert cycle is not None
        running = period_of(timezone.localdate(), cycle)
        wanted = [running.before(), running, running.before().before()]
        label = str(VatRegime(regime.value).label)
        found += [
            (f"{regime.value}:{one}", f"{period_shown(one, language=language)} · {label}") for one in wanted
        ]
    return found


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def campaign(request: HttpRequest, member: Membership, campaign_id: UUID) -> HttpResponseBase:
    """Its day and texts, and the dossiers not asked yet. `?preview=` shows what one of them will receive."""
    found = seen_campaign(member, campaign_id)
    if request.method != "POST":
        return _page(request, member, found)
    try:
        change_campaign(found.pk, by=member, at=timezone.now(), due_on=_day(request), texts=_texts(request))
    except Refused as refusal:
        return _page(request, member, found, refusal=refusal)
    messages.success(request, _("The campaign is changed."))
    return redirect("campaign", found.pk)


@for_office
@require_POST
def campaign_open(request: HttpRequest, member: Membership, campaign_id: UUID) -> HttpResponseBase:
    """Asks the dossiers that are ticked."""
    chosen = [uuid_from(text, field="companies") for text in request.POST.getlist("company")]
    open_campaign(seen_campaign(member, campaign_id).pk, by=member, at=timezone.now(), company_ids=chosen)
    text = ngettext(
        "%(n)d dossier is being asked. It appears on the board as its request goes out.",
        "%(n)d dossiers are being asked. They appear on the board as their requests go out.",
        len(chosen),
    )
    messages.success(request, text % {"n": len(chosen)})
    return redirect("campaign", campaign_id)


def _page(
    request: HttpRequest, member: Membership, found: Campaign, *, refusal: Refused | None = None
) -> HttpResponseBase:
    ids = concerned(found, member=member) if found.state != CampaignState.ENDED else []
    dossiers = Company.objects.visible_to(member).in_bulk(ids[:SHOWN_AT_ONCE])
    lists = checklists(list(dossiers))
    asked = [Asked(dossiers[pk], _listed(lists[pk])) for pk in ids if pk in dossiers]
    language = _language(request, member)
    texts = _texts(request)[language] if refusal else texts_of(found, language)
    return form_page(
        request,
        member,
        "desk/campaign.html",
        status=refusal.status if refusal else 200,
        active="board",
        campaign=found,
        name=name_of(found, get_language() or "fr"),
        refusal=refusal,
        asked=asked,
        more=max(0, len(ids) - SHOWN_AT_ONCE),
        texts=[(code, name, _texts_shown(request, found, code, refusal)) for code, name in Language.choices],
        usual={code: usual_texts(code) for code in Language.values},
        texts_here=texts,
        fields=REQUEST_FIELDS,
        preview=_preview(request, found, dossiers, member=member),
        may_write=may_write_to_clients(member.profile),
        is_prepared=found.state == CampaignState.PREPARED,
    )


def _language(request: HttpRequest, member: Membership) -> str:
    wanted = request.GET.get("language", "")
    return wanted if wanted in Language.values else member.person.language


def _texts_shown(
    request: HttpRequest, found: Campaign, language: str, refusal: Refused | None
) -> dict[str, str]:
    return _texts(request)[language] if refusal else texts_of(found, language)


def _texts(request: HttpRequest) -> dict[str, dict[str, str]]:
    """What differs from the usual; a text that is the usual one stays so when that changes."""
    found: dict[str, dict[str, str]] = {}
    for language in Language.values:
        usual = usual_texts(language)
        typed = {part: request.POST.get(f"{part}_{language}", "").strip() for part in ("subject", "body")}
        found[language] = {
            part: "" if _plain(text) == _plain(usual[part]) else text for part, text in typed.items()
        }
    return found


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _listed(lines: list[Line]) -> str:
    return ", ".join(line.label or str(Wanted(line.kind).label) for line in lines)


def _preview(
    request: HttpRequest, found: Campaign, dossiers: dict[UUID, Company], *, member: Membership
) -> dict[str, Any] | None:
    """As the people of one dossier will receive it; of the first where none is chosen."""
    wanted = uuid_from(text, field="preview") if (text := request.GET.get("preview", "")) else None
    if wanted is not None and wanted not in dossiers:
        raise NotFound
    company = dossiers[wanted] if wanted else next(iter(dossiers.values()), None)
    if company is None:
        return None
    texts = texts_of(found, company.language)
    values = request_values(company, found, by=member, at=timezone.localtime())
    shown = {part: filled(text, values, field=part) for part, text in texts.items()}
    return {"company": company, "lines": checklists([company.pk])[company.pk], **shown}


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("due_on", ""))
    except ValueError:
        raise Invalid(_("This is no date."), field="due_on") from None
