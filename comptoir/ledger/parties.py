"""Who is who on an invoice: numbers of companies, checked by their own arithmetic. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError

from comptoir.ledger.figures import tidy
from comptoir.ledger.records import Code, warning
from comptoir.people.enterprise_number import enterprise_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comptoir.ledger.records import Finding, PartyRead

# ISO 6523 codes under which Belgians write their enterprise number, with or without BE.
BELGIAN_SCHEMES = frozenset({"0208", "9925", "9956"})
# Countries whose VAT numbers python-stdnum can check; Greece's begins with EL.
_CHECKED = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "EL",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)


@lru_cache(maxsize=4096)
def belgian(text: str) -> str:
    """The ten digits of a Belgian enterprise number that passes its check, else ""."""
    written = tidy(text)
    if written[:2].isalpha() and not written.startswith("BE"):
        return ""
    return enterprise_number(written) or ""


@lru_cache(maxsize=4096)
def is_vat_number(text: str) -> bool:
    """Whether a tidied VAT number of the Union passes its check; numbers of other countries pass unseen."""
    if text[:2] not in _CHECKED:
        return True
    try:
        eu_vat.validate(text)
    except (ValidationError, ValueError):
        return False
    return True


def belgian_numbers(candidates: Iterable[tuple[str, str]], country: str) -> tuple[str, ...]:
    """Of (scheme, number) pairs those that are Belgian: by their scheme, by BE before them, or by the party's country.

    Ten digits that happen to pass the check are not enough: other countries have numbers of ten digits, too.
    """
    found: dict[str, None] = {}
    for scheme, number in candidates:
        is_meant = (
            scheme in BELGIAN_SCHEMES or tidy(number).startswith("BE") or (country == "BE" and not scheme)
        )
        if is_meant and (checked := belgian(number)):
            found[checked] = None
    return tuple(found)


def number_warnings(party: PartyRead, who: str) -> Iterator[Finding]:
    if party.vat_number and not is_vat_number(party.vat_number):
        yield warning(Code.BAD_NUMBER, number=party.vat_number, who=who)
    scheme, _, number = party.endpoint.partition(":")
    if scheme in BELGIAN_SCHEMES and not belgian(number):
        yield warning(Code.BAD_NUMBER, number=party.endpoint, who=who)
