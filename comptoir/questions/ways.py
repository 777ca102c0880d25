"""How money moved, by the code that the bank gave the movement, or by its text. Pure.

CODA has eight digits: 1 kind, 2 family, 2 transaction, 3 category. CAMT has domain/family/subfamily, MT940 three letters.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from comptoir.questions.facts import Way

_CODA = re.compile(r"\d(\d\d)(\d\d)\d{3}", re.ASCII)
_CARDS, _COUNTER, _CLOSING, _FEES, _COSTS = "04", "09", "35", "80", "37"
_AT_A_MACHINE = frozenset({"04", "53"})  # withdrawn, deposited
_AT_THE_COUNTER = frozenset({"01", "05", "21", "25", "50", "52", "58"})
_CAMT_CASH = frozenset({"CWDL", "CDPT", "XCWD", "XCDP"})
_CAMT_CARDS = frozenset({"CCRD", "MCRD"})
_CHARGES = frozenset({"CHRG", "FEES", "COMM", "CHG", "COM", "NCHG", "NCOM", "INT", "NINT"})
_CASH_SAID = re.compile(
    r"\b(retrait|geldopname|geldafhaling|cash withdrawal|bargeld\w*|vers\w* (d.)?esp[eè]ces|geldstorting|storting contanten)\b",
    re.IGNORECASE,
)
_CARD_SAID = re.compile(
    r"\b(bancontact|maestro|visa|mastercard|(par|avec) carte|kaartbetaling|(met|via) (de )?kaart|kartenzahlung)\b",
    re.IGNORECASE,
)
_LOOKED_AT = 200


class Told(NamedTuple):
    way: Way
    is_charge: bool = False  # the bank's own costs and interests


def told(code: str, text: str, *, has_account: bool) -> Told:
    """A text counts only where neither the code nor an account of the other side says what it was."""
    if coda := _CODA.fullmatch(code):
        return _by_coda(coda[1], coda[2])
    parts = code.split("/")
    if not _CAMT_CASH.isdisjoint(parts):
        return Told(Way.CASH)
    if not _CAMT_CARDS.isdisjoint(parts):
        return Told(Way.CARD)
    if not _CHARGES.isdisjoint(parts):
        return Told(Way.TRANSFER, is_charge=True)
    said = "" if has_account else text[:_LOOKED_AT]
    if _CASH_SAID.search(said):
        return Told(Way.CASH)
    return Told(Way.CARD if _CARD_SAID.search(said) else Way.TRANSFER)


def _by_coda(family: str, transaction: str) -> Told:
    if family in {_CLOSING, _FEES} or transaction == _COSTS:
        return Told(Way.TRANSFER, is_charge=True)
    if family == _CARDS:
        return Told(Way.CASH if transaction in _AT_A_MACHINE else Way.CARD)
    is_cash = family == _COUNTER and transaction in _AT_THE_COUNTER
    return Told(Way.CASH if is_cash else Way.TRANSFER)
