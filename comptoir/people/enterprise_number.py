"""The Belgian enterprise number: ten digits, the last two of which check the others. Pure."""

from __future__ import annotations

from stdnum.be import vat
from stdnum.exceptions import ValidationError

LONGEST = 40  # with "BE", brackets, dots and blanks; beyond it nothing is worth looking at


def enterprise_number(text: str) -> str | None:
    """`0712458367` for `BE 0712.458.367`, `712458367` and the like; None if it is no such number."""
    if len(text) > LONGEST:
        return None
    try:
        number = str(vat.validate(text))
    except ValidationError:
        return None
    return number if number.isascii() else None


def check_digits(first_eight: str) -> str:
    """The number that begins with these eight digits."""
    return f"{first_eight}{97 - int(first_eight) % 97:02}"
