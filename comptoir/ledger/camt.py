"""ISO 20022 CAMT.052, .053 and .054 of every version, by local names only. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.ledger.camt_details import details_of, first_party
from comptoir.ledger.figures import tidy
from comptoir.ledger.records import Code, MovementRead, StatementRead, Unreadable
from comptoir.ledger.safe_xml import every, find, line_of, local_name, own_text, text
from comptoir.ledger.xml_values import amount_needed, day_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from lxml import etree

# The message in the document, and what each of its parts is called.
MESSAGES = {
    "BkToCstmrStmt": "Stmt",
    "BkToCstmrAcctRpt": "Rpt",
    "BkToCstmrDbtCdtNtfctn": "Ntfctn",
}
ENTRIES_AT_MOST = 200_000
_OPENING = ("OPBD", "PRCD", "ITBD")
_CLOSING = ("CLBD", "ITBD")
_PENDING = frozenset({"PDNG", "INFO", "FUTR"})


def read_camt(root: etree._Element) -> tuple[StatementRead, ...]:
    """Every statement, report or notice of the file. Raises Unreadable; one without any is refused, too."""
    message = next((found for name in MESSAGES if (found := _message(root, name)) is not None), None)
    if message is None:
        raise Unreadable(Code.NO_STATEMENT, line=line_of(root))
    statements = tuple(_statement(one) for one in every(message, MESSAGES[local_name(message)]))
    if not statements:
        raise Unreadable(Code.NO_STATEMENT, line=line_of(message))
    return statements


def _message(root: etree._Element, name: str) -> etree._Element | None:
    return root if local_name(root) == name else find(root, name, f"Document/{name}")


def _statement(part: etree._Element) -> StatementRead:
    account = find(part, "Acct")
    number = tidy(text(account, "Id/IBAN", "Id/Othr/Id", "Id/PrtryAcct/Id", "Id/BBAN", "Id/UPIC", "Id"))[:34]
    if not number:
        raise Unreadable(Code.MISSING, line=line_of(part), what="Acct/Id")
    balances = {code: (value, on, ccy) for code, value, on, ccy in _balances(part)}
    opening = next((balances[code] for code in _OPENING if code in balances), None)
    closing = next((balances[code] for code in _CLOSING if code in balances), None)
    currency = (
        text(account, "Ccy") or (opening or closing or (None, None, ""))[2] or _entry_currency(part) or "EUR"
    )
    movements = tuple(_movements(part))
    return StatementRead(
        account=number,
        currency=currency.upper()[:3],
        number=text(part, "LglSeqNb", "ElctrncSeqNb")[:20],
        opened_on=(opening[1] if opening else None) or day_at(part, "FrToDt/FrDtTm", "FrToDt/FrDt"),
        closed_on=(closing[1] if closing else None)
        or day_at(part, "FrToDt/ToDtTm", "FrToDt/ToDt", "CreDtTm"),
        opening=opening[0] if opening else None,
        closing=closing[0] if closing else None,
        movements=movements,
        holder=text(account, "Ownr/Nm", "Ownr/Pty/Nm", "Nm")[:140],
        bank_bic=text(account, "Svcr/FinInstnId/BICFI", "Svcr/FinInstnId/BIC")[:11],
    )


def _balances(part: etree._Element) -> Iterator[tuple[str, Decimal, date | None, str]]:
    """Of several of one kind (one a currency, or interim ones) the first opens and the last closes."""
    seen: set[str] = set()
    for balance in every(part, "Bal"):
        code = text(balance, "Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry")
        if code in seen and code not in _CLOSING:
            continue
        seen.add(code)
        written = find(balance, "Amt")
        currency = "" if written is None else written.get("Ccy", "")
        yield code, _signed(balance), day_at(balance, "Dt/Dt", "Dt/DtTm"), currency


def _entry_currency(part: etree._Element) -> str:
    entry = find(part, "Ntry/Amt")
    return "" if entry is None else entry.get("Ccy", "")


def _signed(element: etree._Element) -> Decimal:
    """RvslInd turns nothing round: the indicator beside it already tells the direction of this entry."""
    amount = amount_needed(element, "Amt")
    indicator = find(element, "CdtDbtInd")
    said = own_text(indicator)
    if said not in {"CRDT", "DBIT"}:
        raise Unreadable(
            Code.MISSING, line=line_of(indicator if indicator is not None else element), what="CdtDbtInd"
        )
    return -amount if said == "DBIT" else amount


def _movements(part: etree._Element) -> Iterator[MovementRead]:
    for count, entry in enumerate(every(part, "Ntry"), start=1):
        if count > ENTRIES_AT_MOST:
            raise Unreadable(Code.TOO_MANY, line=line_of(entry))
        if text(entry, "Sts/Cd", "Sts") not in _PENDING:
            yield _movement(entry)


def _movement(entry: etree._Element) -> MovementRead:
    amount = _signed(entry)
    written = find(entry, "Amt")
    currency = ("" if written is None else written.get("Ccy", "")).upper()[:3]
    details = details_of(entry, amount=amount, currency=currency)
    only = details[0] if len(details) == 1 else None
    return MovementRead(
        amount=amount,
        currency=currency,
        booked_on=day_at(entry, "BookgDt/Dt", "BookgDt/DtTm"),
        valued_on=day_at(entry, "ValDt/Dt", "ValDt/DtTm"),
        party=only.party if only else first_party(details),
        party_iban=only.party_iban if only else "",
        party_bic=only.party_bic if only else "",
        structured=only.structured if only else "",
        text=((only.text if only else "") or text(entry, "AddtlNtryInf"))[:2000],
        bank_reference=text(entry, "AcctSvcrRef", "NtryRef")[:35] or (only.bank_reference if only else ""),
        end_to_end=only.end_to_end if only else "",
        code=_code(entry),
        foreign_amount=only.foreign_amount if only else None,
        foreign_currency=only.foreign_currency if only else "",
        details=details if len(details) > 1 else (),
    )


def _code(entry: etree._Element) -> str:
    domain = [text(entry, f"BkTxCd/Domn/{part}") for part in ("Cd", "Fmly/Cd", "Fmly/SubFmlyCd")]
    return ("/".join(domain) if any(domain) else text(entry, "BkTxCd/Prtry/Cd"))[:35]
