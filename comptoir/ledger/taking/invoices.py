"""Invoices of a file as rows; one that is here already stays as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from comptoir.core.money import exact
from comptoir.core.text import fold
from comptoir.files.kinds import PDF
from comptoir.ledger.models import Invoice, InvoiceFile
from comptoir.ledger.plain import (
    findings,
    invoice_identity,
    kept_amount,
    kept_or_none,
    party_key,
    plain,
)
from comptoir.ledger.records import Code, warning
from comptoir.ledger.sides import direction_of, other_side, side_warnings

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.files.models import KeptFile
    from comptoir.ledger.models import ImportedFile
    from comptoir.ledger.outcome import Outcome
    from comptoir.ledger.records import Finding, InvoiceRead


def take_invoices(file: ImportedFile, outcome: Outcome, *, at: datetime) -> tuple[int, list[Finding]]:
    """How many are new, and what is doubtful about the rest."""
    assert outcome.read is not None
    count, doubts = 0, []
    for place, invoice in enumerate(outcome.read.invoices):
        identity = invoice_identity(invoice)
        if Invoice.objects.filter(company=file.company_id, identity=identity).exists():
            doubts.append(warning(Code.INVOICE_KNOWN, number=invoice.number, party=invoice.seller.name))
            continue
        row = _invoice(file, invoice, identity, at)
        row.save(force_insert=True)
        _keep_files(row, [kept for where, kept in outcome.inner if where == place])
        doubts += side_warnings(invoice, file.company.enterprise_number)
        count += 1
    return count, doubts


def _invoice(file: ImportedFile, invoice: InvoiceRead, identity: str, at: datetime) -> Invoice:
    direction = direction_of(invoice, file.company.enterprise_number)
    party = other_side(invoice, direction)
    totals, number = invoice.totals, party_key(party) if party.numbers or party.vat_number else ""
    return Invoice(
        office_id=file.office_id,
        company_id=file.company_id,
        source=file,
        identity=identity,
        direction=direction,
        is_credit_note=invoice.is_credit_note,
        number=invoice.number[:100],
        issued_on=invoice.issued_on,
        due_on=invoice.payment.due_on,
        currency=invoice.currency[:3],
        gross=kept_amount(totals.gross),
        net=kept_or_none(totals.net),
        tax=kept_or_none(totals.tax),
        payable=kept_amount(totals.payable),
        party=party.name[:200],
        party_number=number[:30],
        iban=invoice.payment.iban[:34],
        reference=invoice.payment.reference[:140],
        content=plain(replace(invoice, warnings=(), attachments=())),
        findings=findings((*invoice.warnings, *side_warnings(invoice, file.company.enterprise_number))),
        search=fold(
            f"{invoice.number} {party.name} {number} {exact(kept_amount(totals.gross))} {invoice.payment.reference}"
        ),
        created_at=at,
    )


def _keep_files(invoice: Invoice, inner: list[KeptFile]) -> None:
    """A Factur-X is its own picture."""
    kept = [invoice.source.file] if invoice.source.file.media_type == PDF else []
    for file in inner:
        file.save(force_insert=True)
        kept.append(file)
    InvoiceFile.objects.bulk_create(
        InvoiceFile(
            office_id=invoice.office_id,
            company_id=invoice.company_id,
            invoice=invoice,
            file=file,
            place=place,
        )
        for place, file in enumerate(kept)
    )
