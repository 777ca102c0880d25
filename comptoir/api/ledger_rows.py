"""Rows of the accounts as the answers show them. Nothing here asks the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comptoir.core.money import exact
from comptoir.ledger.match_words import reason_said
from comptoir.ledger.words import sentence

if TYPE_CHECKING:
    from comptoir.api.rows import Item
    from comptoir.core.errors import Refused
    from comptoir.ledger.models import ImportedFile, Invoice, InvoiceFile, Match, Payment


def finding_items(findings: list[dict[str, Any]]) -> list[Item]:
    return [
        {"code": one["code"], "message": sentence(one["code"], one["params"]), "line": one["line"]}
        for one in findings
    ]


def import_item(file: ImportedFile, *, is_new: bool) -> Item:
    return {
        "id": file.pk,
        "name": file.file.name,
        "state": file.state,
        "kind": file.kind,
        "is_new": is_new,
        "invoices": file.invoice_count,
        "payments": file.payment_count,
        "doubts": file.doubt_count,
        "findings": finding_items(file.findings),
        "created_at": file.created_at,
    }


def refused_item(name: str, refusal: Refused) -> Item:
    return {
        "id": None,
        "name": name,
        "state": "refused",
        "kind": "",
        "is_new": False,
        "invoices": 0,
        "payments": 0,
        "doubts": 0,
        "findings": [{"code": refusal.code, "message": str(refusal.text), "line": None}],
        "created_at": None,
    }


def invoice_item(invoice: Invoice) -> Item:
    return {
        "id": invoice.pk,
        "company": invoice.company_id,
        "direction": invoice.direction,
        "is_credit_note": invoice.is_credit_note,
        "number": invoice.number,
        "issued_on": invoice.issued_on,
        "due_on": invoice.due_on,
        "party": invoice.party,
        "party_number": invoice.party_number,
        "currency": invoice.currency,
        "gross": exact(invoice.gross),
        "payable": exact(invoice.payable),
        "paid": exact(invoice.paid),
        "settlement": invoice.settlement,
        "iban": invoice.iban,
        "reference": invoice.reference,
    }


def invoice_file_item(one: InvoiceFile) -> Item:
    return {"id": one.pk, "name": one.file.name, "type": one.file.media_type, "size": one.file.size}


def match_item(match: Match) -> Item:
    return {
        "invoice": match.invoice_id,
        "number": match.invoice.number,
        "amount": exact(match.amount),
        "state": match.state,
        "certainty": match.certainty,
        "reason": match.reason,
        "message": reason_said(match),
    }


def payment_item(payment: Payment) -> Item:
    statement = payment.statement
    return {
        "id": payment.pk,
        "company": payment.company_id,
        "account": payment.account.number,
        "statement": {"id": statement.pk, "number": statement.number, "closed_on": statement.closed_on},
        "booked_on": payment.booked_on,
        "valued_on": payment.valued_on,
        "amount": exact(payment.amount),
        "currency": payment.currency,
        "matched": exact(payment.matched),
        "matches": [match_item(one) for one in payment.known_matches],  # type: ignore[attr-defined]  # prefetched
        "party": payment.party,
        "party_iban": payment.party_iban,
        "structured": payment.structured,
        "text": payment.text,
        "documents": payment.document_count,
    }
