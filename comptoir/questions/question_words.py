"""A question in the reader's language: what is asked, why, what may be answered, and what became of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_noop

from comptoir.core.moments import day, month, quarter
from comptoir.core.money import money
from comptoir.ledger.figures import account_shown, reference_shown
from comptoir.questions.answer_checks import CALL_ME, DONT_KNOW, FILE, TEXT
from comptoir.questions.answer_rules import NOTE
from comptoir.questions.catalogue import CATALOGUE
from comptoir.questions.reasons import REASONS
from comptoir.questions.withdrawals import WHY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comptoir.questions.models import Answer, Question

AMOUNTS = {"amount", "least", "paid", "rest", "new_balance", "old_balance"}
# Of people, beside what the data says in withdrawals.py.
BY_PEOPLE = {
    "rule": NOTE,
    "dropped": gettext_noop("It was not asked."),
    "merged": gettext_noop("It was put together with another question."),
    "closed": gettext_noop("The conversation was closed."),
    "deleted": gettext_noop("The message that asked it was deleted."),
    "by_hand": gettext_noop("Your accountant does not need the answer any more."),
}
EVERYWHERE = {
    TEXT: gettext_noop("In words"),
    FILE: gettext_noop("A photo or file"),
    DONT_KNOW: gettext_noop("I don’t know"),
    CALL_ME: gettext_noop("Please call me"),
}


def question_said(question: Question) -> str:
    """The accountant's words as they are, or the catalogue's in the reader's language."""
    if question.wording:
        return question.wording
    known = CATALOGUE.get(question.type)
    return said(known.text, question.facts) if known else ""


def reason_said(question: Question) -> str:
    """Why the data asks; nothing for one by hand."""
    known = REASONS.get(question.reason)
    return said(known, question.facts) if known else ""


def withdrawn_said(question: Question) -> str:
    if reason := question.withdrawn_facts.get("reason"):
        return str(reason)
    known = WHY.get(question.withdrawn_why) or BY_PEOPLE.get(question.withdrawn_why)
    facts = dict(question.withdrawn_facts)
    if "choice" in facts:
        facts["choice"] = choice_said(question.type, facts["choice"])
    return said(known, facts) if known else ""


def choice_said(type_id: str, choice: str) -> str:
    own = CATALOGUE[type_id].choices if type_id in CATALOGUE else ()
    texts = {**EVERYWHERE, **{one.id: one.text for one in own}}
    return gettext(texts[choice]) if choice in texts else choice


def answer_said(answer: Answer, *, type_id: str) -> str:
    """On one line: the choice, what it asked for, and the words beside it."""
    parts = [] if answer.choice == TEXT else [choice_said(type_id, answer.choice)]
    shown = _facts(answer.detail)
    if "percent" in shown:
        parts.append(f"{shown['percent']} %")
    parts += [str(shown[name]) for name in ("name", "day", "numbers") if name in shown]
    return " · ".join(part for part in [*parts, answer.body] if part)


def said(text: str, facts: Mapping[str, Any]) -> str:
    """A sentence of ours with days and amounts as the reader writes them; a fact that is missing leaves a dash."""
    sentence = gettext(text) % _Shown(_facts(facts))
    # A month is cut short with a full stop: "12 nov." ends the sentence, too.
    return sentence[:-1] if sentence.endswith("..") else sentence


class _Shown(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "—"


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    currency = facts.get("currency", "EUR")
    return {name: _shown(name, value, currency) for name, value in facts.items()}


def _shown(name: str, value: Any, currency: str) -> Any:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if not isinstance(value, str):
        return value
    try:
        return _written(name, value, currency)
    except (InvalidOperation, ValueError):
        return value


def _written(name: str, value: str, currency: str) -> str:
    """As people write what is kept plain."""
    if name in AMOUNTS:
        return money(Decimal(value), "€" if currency == "EUR" else currency)
    if name in NUMBERS:
        return NUMBERS[name](value)
    if name == "day" or name.endswith("_on"):
        return day(date.fromisoformat(value), now=timezone.localtime(), language=get_language() or "fr")
    return value


def period_said(name: str) -> str:
    """`octobre 2026`, `4e trimestre 2026`; ValueError for what names neither month nor quarter."""
    year, _, part = name.partition("-")
    language = get_language() or "fr"
    if part.startswith("Q"):
        return quarter(date(int(year), int(part[1:]) * 3 - 2, 1), language=language)
    return month(date(int(year), int(part), 1), language=language)


NUMBERS = {"period": period_said, "account": account_shown, "reference": reference_shown}
