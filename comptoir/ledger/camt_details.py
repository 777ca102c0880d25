"""The payments inside one entry of a CAMT statement: who, what for, and how much of it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.ledger.figures import structured_reference, tidy
from comptoir.ledger.records import MovementRead
from comptoir.ledger.safe_xml import every, find, own_text, text
from comptoir.ledger.xml_values import amount_at

if TYPE_CHECKING:
    from decimal import Decimal

    from lxml import etree

TEXT_LENGTH = 2000
_NO_REFERENCE = frozenset({"NOTPROVIDED", "NOT PROVIDED", "NONREF"})


def details_of(entry: etree._Element, *, amount: Decimal, currency: str) -> tuple[MovementRead, ...]:
    """What lies in NtryDtls/TxDtls; where there is one only, its amount is the entry's."""
    found = [*every(entry, "NtryDtls/TxDtls")]
    return tuple(_detail(one, amount=amount, currency=currency, is_only=len(found) == 1) for one in found)


def first_party(details: tuple[MovementRead, ...]) -> str:
    """The party of a grouped entry if all of its payments have the same one."""
    names = {one.party for one in details}
    return names.pop() if len(names) == 1 else ""


def _detail(part: etree._Element, *, amount: Decimal, currency: str, is_only: bool) -> MovementRead:
    said = text(part, "CdtDbtInd") or ("DBIT" if amount < 0 else "CRDT")
    written = find(part, "Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt")
    own = amount_at(part, "Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt")
    own_currency = currency if written is None else written.get("Ccy", currency).upper()[:3]
    is_foreign = own is not None and own_currency != currency
    signed = amount if is_only or own is None else (-own if said == "DBIT" else own)
    name, iban, bic = _other_side(part, is_incoming=said == "CRDT")
    free, structured = _remittance(part)
    end_to_end = text(part, "Refs/EndToEndId")
    return MovementRead(
        amount=signed,
        currency=currency if is_only else own_currency,
        booked_on=None,
        party=name[:140],
        party_iban=iban,
        party_bic=bic,
        structured=structured,
        text=free,
        bank_reference=text(part, "Refs/AcctSvcrRef", "Refs/TxId")[:35],
        end_to_end="" if end_to_end in _NO_REFERENCE else end_to_end[:140],
        foreign_amount=own if is_foreign else None,
        foreign_currency=own_currency if is_foreign else "",
    )


def _other_side(part: etree._Element, *, is_incoming: bool) -> tuple[str, str, str]:
    """Money in: the debtor; money out: the creditor. The ultimate one only where there is no other."""
    role = "Dbtr" if is_incoming else "Cdtr"
    parties = find(part, "RltdPties")
    name = text(parties, f"{role}/Nm", f"{role}/Pty/Nm", f"Ultmt{role}/Nm", f"Ultmt{role}/Pty/Nm")
    account = text(
        parties,
        f"{role}Acct/Id/IBAN",
        f"{role}Acct/Id/Othr/Id",
        f"{role}Acct/Id/PrtryAcct/Id",
        f"{role}Acct/Id/BBAN",
    )
    bic = text(part, f"RltdAgts/{role}Agt/FinInstnId/BICFI", f"RltdAgts/{role}Agt/FinInstnId/BIC")
    return " ".join(name.split()), tidy(account)[:34], bic[:11]


def _remittance(part: etree._Element) -> tuple[str, str]:
    """Free text, and the structured reference if one passes its check; one that fails stays in the text."""
    free = [own_text(one) for one in every(part, "RmtInf/Ustrd")]
    written = [own_text(one) for one in every(part, "RmtInf/Strd/CdtrRefInf/Ref")]
    written += [own_text(one) for one in every(part, "RmtInf/Strd/CdtrRefInf/CdtrRef")]
    structured = next((found for one in written + free if (found := structured_reference(one))), "")
    shown = free + [one for one in written if not structured_reference(one)]
    shown += [own_text(one) for one in every(part, "RmtInf/Strd/AddtlRmtInf")]
    return " ".join(" ".join(shown).split())[:TEXT_LENGTH] or text(part, "AddtlTxInf")[
        :TEXT_LENGTH
    ], structured
