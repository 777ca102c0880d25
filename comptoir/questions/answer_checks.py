"""What counts as an answer: a choice of the question's type, or one of those that every question has. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from uuid import UUID

from comptoir.core.text import clean_line, clean_text
from comptoir.questions.catalogue import CATALOGUE, Kind
from comptoir.questions.refusals import AnswerIncomplete, UnknownChoice

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT, FILE, DONT_KNOW, CALL_ME = "text", "file", "dont_know", "call_me"
# Of every question; "a colleague knows" passes it on and is no answer.
EVERYWHERE = {TEXT: Kind.TEXT, FILE: Kind.FILE, DONT_KNOW: Kind.TAP, CALL_ME: Kind.TAP}
BODY_CHARACTERS, NAME_CHARACTERS, PICKED_AT_ONCE = 5_000, 200, 100
ALL_OF_IT = 100


@dataclass(frozen=True)
class Given:
    choice: str
    detail: dict[str, Any]
    body: str


def kinds_of(type_id: str) -> dict[str, Kind]:
    """Every choice that a question of this type has, and what it asks for beside the tap."""
    own = CATALOGUE[type_id].choices if type_id in CATALOGUE else ()
    return {**{choice.id: choice.kind for choice in own}, **EVERYWHERE}


def checked_answer(
    type_id: str, *, choice: str, detail: Mapping[str, Any] | None, body: str, has_files: bool
) -> Given:
    """Cleaned. Raises UnknownChoice, or AnswerIncomplete with the field that lacks something."""
    kinds = kinds_of(type_id)
    if choice not in kinds:
        raise UnknownChoice(field="choice")
    text, kind = clean_text(body).strip(), kinds[choice]
    if len(text) > BODY_CHARACTERS or (kind is Kind.TEXT and not text and not has_files):
        raise AnswerIncomplete(field="body")
    if kind is Kind.FILE and not has_files:
        raise AnswerIncomplete(field="files")
    return Given(choice, _checked_detail(kind, detail or {}), text)


def _checked_detail(kind: Kind, detail: Mapping[str, Any]) -> dict[str, Any]:
    if kind is Kind.PERCENT:
        return {"percent": _percent(detail.get("percent"))}
    if kind is Kind.NAME:
        name = clean_line(str(detail.get("name") or ""))[:NAME_CHARACTERS]
        if not name:
            raise AnswerIncomplete(field="name")
        return {"name": name}
    if kind is Kind.DAY:
        return {"day": _day(detail.get("day"))}
    if kind is Kind.PICK:
        picked = detail.get("picked")
        if not isinstance(picked, list) or not 0 < len(picked) <= PICKED_AT_ONCE:
            raise AnswerIncomplete(field="picked")
        return {"picked": sorted({_identifier(one) for one in picked})}
    return {}


def _identifier(value: object) -> str:
    """Of an invoice."""
    try:
        return str(UUID(str(value)))
    except ValueError:
        raise AnswerIncomplete(field="picked") from None


def _percent(value: object) -> str:
    try:
        share = Decimal(str(value).replace(",", ".").strip(" %"))
    except InvalidOperation:
        raise AnswerIncomplete(field="percent") from None
    if not share.is_finite() or not 0 <= share <= ALL_OF_IT:
        raise AnswerIncomplete(field="percent")
    return f"{share.quantize(Decimal('0.01')).normalize():f}"


def _day(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise AnswerIncomplete(field="day") from None
