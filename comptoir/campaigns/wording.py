"""What is written to clients: the usual texts in the language of the dossier, and what their merge fields stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, override

from comptoir.campaigns.deadlines.periods import Cycle, period_named
from comptoir.conversations.actions.bulk import field_values
from comptoir.core import moments

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from comptoir.campaigns.collecting import Campaign
    from comptoir.campaigns.requests import DocumentRequest, RequestItem
    from comptoir.people.models import Company, Membership

REQUEST_FIELDS = ("company", "number", "period", "deadline", "legal_date", "manager", "office")


def usual_texts(language: str) -> dict[str, str]:
    """Subject and body of a request; with merge fields, to be filled per dossier."""
    with override(language):
        return {
            "subject": gettext("VAT {{ period }}"),
            "body": gettext(
                "Good day,\n\nFor the VAT return of {{ period }} we need your documents by {{ deadline }}."
                " The legal date is {{ legal_date }}.\n\nWhat is asked stands on the page Documents. Hand in files there,"
                " or say that there is nothing this period.\n\n{{ manager }}\n{{ office }}"
            ),
        }


def texts_of(campaign: Campaign, language: str) -> dict[str, str]:
    """As the office wrote them, or the usual ones."""
    return {**usual_texts(language), **{k: v for k, v in campaign.texts.get(language, {}).items() if v}}


def request_values(company: Company, campaign: Campaign, *, by: Membership, at: datetime) -> dict[str, str]:
    """What the merge fields stand for in one dossier, in its language."""
    language = company.language
    values = field_values(
        company,
        by=by,
        period=period_in_words(campaign.period, language=language),
        deadline=moments.day_long(campaign.due_on, now=at, language=language),
    )
    return {**values, "legal_date": moments.day_long(campaign.legal_on, now=at, language=language)}


def period_in_words(name: str, *, language: str) -> str:
    """`octobre 2026`, `4e trimestre 2026`"""
    period = period_named(name)
    if period.cycle is Cycle.MONTH:
        return moments.month(period.first_day, language=language)
    return moments.quarter(period.first_day, language=language)


def chase_text(company: Company, *, period: str, due_on: date, missing: list[str], at: datetime) -> str:
    """One message of the ladder, in the language of the dossier."""
    language = company.language
    deadline = moments.day_long(due_on, now=at, language=language)
    with override(language):
        body = gettext(
            "For the VAT return of %(period)s these are still missing; please hand them in by %(deadline)s:"
        )
        lines = "\n".join(f"– {one}" for one in missing)
        said: Mapping[str, str] = {"period": period_in_words(period, language=language), "deadline": deadline}
        return f"{body % said}\n\n{lines}"


def sent_back_text(company: Company, item: RequestItem, *, reason: str) -> str:
    """Why the client is to look at an item again."""
    with override(company.language):
        said = gettext("%(item)s was sent back: %(reason)s")
        return said % {"item": item.title_in(company.language), "reason": reason}


def missing_note(request: DocumentRequest, missing: list[str]) -> str:
    """For the staff, once the ladder has no rung left: in the language of the dossier, as what it is about."""
    with override(request.company.language):
        said = gettext("The reminders for %(period)s are over, and these are still missing:")
        period = period_in_words(request.campaign.period, language=request.company.language)
        return "\n".join([said % {"period": period}, *(f"– {one}" for one in missing)])
