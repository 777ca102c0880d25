"""Why a payment is taken to pay an invoice, in the reader's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import get_language, gettext

from comptoir.core.moments import day
from comptoir.core.money import money
from comptoir.ledger.matching.facts import Certainty, Reason
from comptoir.ledger.matching.words import CERTAINTIES, SENTENCES

if TYPE_CHECKING:
    from comptoir.ledger.models import Match

_AMOUNTS = {"open": "currency", "rest": "currency", "paid": "paid_currency", "excess": "paid_currency"}


def reason_said(match: Match) -> str:
    facts = dict(match.facts)
    for name, currency in _AMOUNTS.items():
        unit = facts.get(currency, "EUR")
        facts[name] = money(Decimal(facts.get(name, "0")), "€" if unit == "EUR" else unit)
    if "issued_on" in facts:
        issued_on = date.fromisoformat(facts["issued_on"])
        facts["issued_on"] = day(issued_on, now=timezone.localtime(), language=get_language() or "fr")
    return gettext(SENTENCES[Reason(match.reason)]) % facts


def certainty_said(match: Match) -> str:
    return gettext(CERTAINTIES[Certainty(match.certainty)])
