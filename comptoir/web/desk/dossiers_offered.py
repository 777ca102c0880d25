"""The dossiers that a new conversation may be for: those that were ticked, and the first of those that are looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.core.text import fold
from comptoir.people.models import Company

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from comptoir.people.models import Membership

ROWS = 60  # a page of a few kilobytes; whoever wants them all asks for them


def dossiers_in_order(member: Membership) -> list[Company]:
    """All that the member may write to, É beside E."""
    found = Company.objects.visible_to(member).active().select_related("manager__person")
    return sorted(found, key=lambda company: fold(company.name))


def offer(dossiers: list[Company], request: HttpRequest, *, chosen: set[UUID]) -> tuple[list[Company], int]:
    """What is listed, and how many more fit `find`; `all=1` lists them too."""
    asked = request.POST if request.method == "POST" else request.GET
    words = fold(asked.get("find", "")[:100]).split()
    fitting = [company for company in dossiers if company.pk not in chosen and _fits(company, words)]
    shown = fitting if asked.get("all") == "1" else fitting[:ROWS]
    listed = chosen | {company.pk for company in shown}
    return [company for company in dossiers if company.pk in listed], len(fitting) - len(shown)


def _fits(company: Company, words: list[str]) -> bool:
    text = f"{company.name} {company.number_shown} {company.enterprise_number} {company.get_vat_regime_display()}"
    folded = fold(text)
    return all(word in folded for word in words)
