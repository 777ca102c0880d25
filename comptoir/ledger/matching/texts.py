"""What people and banks write, brought to one form: names, numbers of invoices, references.

All of it takes time in proportion to the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from stdnum import iso11649
from stdnum.be import ogm_vcs

# Titles and legal forms: they are left out, added and abbreviated at will.
_FORMS = frozenset(
    re.findall(
        r"\w+",
        """sa nv srl bv sprl bvba scrl cvba sc cv snc vof scs commv comm asbl vzw ag gmbh sarl sas eurl ltd inc llc plc
        ets etablissements societe de la le les du des van der den het the et en and und m mr mme mevr dhr monsieur
        madame heer mevrouw""",
    )
)
_WORDS = re.compile(r"[a-z0-9]+")
_PIECES = re.compile(r"[A-Z]+|[0-9]+")
_NOT_PLAIN = re.compile(r"[^A-Z0-9]")
_TWELVE = re.compile(r"(?<!\d)(\d{3})[ /.\-]?(\d{4})[ /.\-]?(\d{5})(?!\d)")
_CREDITOR = re.compile(r"\bRF\d{2}(?: ?[A-Z0-9]){1,21}\b", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d\d")
_LONGEST_TEXT = 1000
_PIECES_JOINED = 6
_GAP = 3  # between the pieces of one number: " - "
_SHORTEST, _DIGITS = 5, 3  # of a number that can be recognised without knowing the party


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """`Brasserie Dupont SRL` and `DUPONT, BRASSERIE` are one: words without accents and forms, in one order."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = _WORDS.findall(plain.replace(".", ""))
    return " ".join(sorted({word for word in words if word not in _FORMS} or set(words)))


def plain_number(number: str) -> str:
    """`F-2026/0145` as `F20260145`."""
    return _NOT_PLAIN.sub("", number.upper())


@lru_cache(maxsize=65536)
def number_keys(number: str) -> tuple[str, ...]:
    """The forms in which it may be written and is recognised anywhere: whole, and without the letters before it."""
    whole = plain_number(number)
    pieces = _PIECES.findall(whole)
    forms = [whole]
    if len(pieces) > 1 and pieces[0].isalpha():
        forms.append("".join(pieces[1:]))
    return tuple(form for form in dict.fromkeys(forms) if _is_telling(form))


def _is_telling(form: str) -> bool:
    return len(form) >= _SHORTEST and sum(map(str.isdigit, form)) >= _DIGITS


@lru_cache(maxsize=65536)
def short_key(number: str) -> str:
    """The running number alone, `145`: tells something only where the party is known."""
    digits = re.findall(r"\d+", number)
    return digits[-1].lstrip("0") if digits and is_running_number(digits[-1]) else ""


def is_running_number(form: str) -> bool:
    """Days and years stand in many texts; they are no numbers of invoices."""
    short = form.lstrip("0")
    return len(short) >= _DIGITS and short.isdigit() and not _YEAR.fullmatch(short)


def numbers_in(text: str) -> list[tuple[int, int, str]]:
    """Whatever could be a number of an invoice: where it begins and ends, and its plain form. The longest first."""
    upper = text[:_LONGEST_TEXT].upper()
    pieces = [(found.start(), found.end(), found.group()) for found in _PIECES.finditer(upper)]
    found = []
    for first, (begin, end, joined) in enumerate(pieces):
        after = pieces[first + 1 : first + _PIECES_JOINED]
        if joined.isdigit():
            found.append((begin, end, joined))
        for next_begin, next_end, piece in after:
            if next_begin - end > _GAP:
                break
            end, joined = next_end, joined + piece  # noqa: PLW2901 -- it grows by one piece a turn
            found.append((begin, end, joined))
    return sorted(found, key=lambda one: (-len(one[2]), one[0]))


def plain_reference(reference: str) -> str:
    return _NOT_PLAIN.sub("", reference.upper())


def references_in(text: str) -> list[str]:
    """Structured references that somebody typed into the free text; their check digits hold."""
    found = ["".join(match.groups()) for match in _TWELVE.finditer(text[:_LONGEST_TEXT])]
    valid = [twelve for twelve in found if ogm_vcs.is_valid(twelve)]
    for match in _CREDITOR.finditer(text[:_LONGEST_TEXT]):
        words = match.group().split(" ")
        # Words may follow it without a sign between: the longest beginning that holds is the reference.
        beginnings = (plain_reference("".join(words[:count])) for count in range(len(words), 0, -1))
        valid += [next((plain for plain in beginnings if iso11649.is_valid(plain)), "")]
    return [one for one in dict.fromkeys(valid) if one]
