"""An office's thresholds: checked when they are set, and read back. Pure."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from comptoir.core.text import clean_line
from comptoir.questions.refusals import UnknownThreshold
from comptoir.questions.thresholds import DEFAULT, Thresholds

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST, DAYS_AT_MOST, WORDS_AT_MOST, LETTERS = Decimal(10_000_000), 3_660, 100, 40


def checked_values(values: Mapping[str, Any]) -> Thresholds:
    """The product's own with these instead. Raises UnknownThreshold, with the name as its field."""
    known = {field.name: getattr(DEFAULT, field.name) for field in fields(Thresholds)}
    if unknown := values.keys() - known.keys():
        raise UnknownThreshold(field=min(unknown))
    return replace(DEFAULT, **{name: _checked(name, value, known[name]) for name, value in values.items()})


def _checked(name: str, value: Any, default: object) -> Any:
    if isinstance(default, tuple):
        words = value.split(",") if isinstance(value, str) else value
        cleaned = tuple(clean_line(str(word)).lower() for word in words)
        kept = tuple(dict.fromkeys(word for word in cleaned if word))
        if len(kept) > WORDS_AT_MOST or any(len(word) > LETTERS for word in kept):
            raise UnknownThreshold(field=name)
        return kept
    try:
        number = Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        raise UnknownThreshold(field=name) from None
    most = DAYS_AT_MOST if isinstance(default, int) else LARGEST
    if not number.is_finite() or not 0 <= number <= most:
        raise UnknownThreshold(field=name)
    if isinstance(default, int) and number != int(number):
        raise UnknownThreshold(field=name)
    return int(number) if isinstance(default, int) else number


def as_values(thresholds: Thresholds) -> dict[str, Any]:
    """What differs from the product's own, as plain JSON."""
    own = asdict(DEFAULT)
    return {
        name: str(value) if isinstance(value, Decimal) else list(value) if isinstance(value, tuple) else value
        for name, value in asdict(thresholds).items()
        if value != own[name]
    }
