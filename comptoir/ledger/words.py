"""The sentence for each finding about a file, in the reader's language: what is the matter, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from comptoir.ledger.records import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

REASONS: dict[Code, _StrPromise] = {
    Code.EMPTY: _("The file is empty."),
    Code.TOO_LARGE: _("The file is larger than what is read at once."),
    Code.UNKNOWN_KIND: _(
        "This is no kind of file that can be read: UBL, CII, Factur-X, CODA, CAMT, MT940 or CSV."
    ),
    Code.NOT_XML: _("This is no correct XML: %(detail)s."),
    Code.DOCTYPE: _(
        "The file declares a document type (DOCTYPE), which an invoice never does. It was not opened."
    ),
    Code.TOO_DEEP: _(
        "The elements of this file lie in one another too deeply for an invoice or a statement."
    ),
    Code.TOO_MANY: _("The file has more lines or elements than an invoice or a statement has."),
    Code.BAD_AMOUNT: _("“%(value)s” is no amount."),
    Code.BAD_DATE: _("“%(value)s” is no date."),
    Code.MISSING: _("“%(what)s” is missing."),
    Code.NO_STATEMENT: _("There is no statement in this file."),
    Code.NOT_INVOICE: _("This XML is neither an invoice nor a bank statement: it begins with “%(name)s”."),
    Code.BAD_PDF: _("This PDF cannot be opened. Is it protected by a password?"),
    Code.NO_XML_IN_PDF: _(
        "This PDF carries no electronic invoice (Factur-X). Please send it as a document instead."
    ),
    Code.BAD_RECORD: _("A line that cannot be read: “%(value)s”."),
    Code.NO_COLUMNS: _(
        "Which columns hold the date and the amount cannot be told from the headings: %(columns)s."
    ),
    Code.CUT_OFF: _("The file ends, or another statement begins, before this one is complete."),
    Code.XSD: _("Not as the schema of this kind of file wants it: %(detail)s"),
    Code.RULE: _("Breaks the rule %(rule)s of the European standard for invoices."),
    Code.BAD_NUMBER: _("The number %(number)s fails its check."),
    Code.BAD_IBAN: _("The account number %(iban)s fails its check."),
    Code.BAD_REFERENCE: _("The structured communication %(reference)s fails its check."),
    Code.BALANCE: _(
        "The old balance %(opening)s and the movements %(movements)s do not make the new balance %(closing)s %(currency)s."
    ),
    Code.TOTAL_DEBIT: _("The movements out do not make the total %(told)s that the file tells."),
    Code.TOTAL_CREDIT: _("The movements in do not make the total %(told)s that the file tells."),
    Code.RECORD_COUNT: _("The file tells of %(told)s records and has %(found)s."),
    Code.NO_BALANCE: _("The file has no balances, so nothing can be checked against them."),
    Code.LINE_SKIPPED: _("This line was left out: it has no date or no amount."),
    Code.ATTACHMENT_SKIPPED: _(
        "The file “%(name)s” inside the invoice cannot be read, or is too large, and was left out."
    ),
    Code.OTHER_PARTY: _("Neither the seller nor the buyer has the enterprise number of this dossier."),
    Code.STATEMENT_KNOWN: _(
        "Statement %(number)s of account %(account)s was here already and was left as it is."
    ),
    Code.INVOICE_KNOWN: _("Invoice %(number)s of %(party)s was here already and was left as it is."),
}
# The rules that people trip over, in words; the others are shown by their number alone.
RULES: dict[str, _StrPromise] = {
    "BR-03": _("The date of the invoice is missing."),
    "BR-05": _("The currency is missing."),
    "BR-06": _("The seller’s name is missing."),
    "BR-07": _("The buyer’s name is missing."),
    "BR-16": _("The invoice has no lines."),
    "BR-CO-10": _("The lines make %(found)s, and the invoice says %(told)s."),
    "BR-CO-13": _("Without VAT the parts make %(found)s, and the invoice says %(told)s."),
    "BR-CO-14": _("The amounts of VAT make %(found)s, and the invoice says %(told)s."),
    "BR-CO-15": _("Net and VAT make %(found)s, and the invoice says %(told)s."),
    "BR-CO-16": _("What remains to be paid makes %(found)s, and the invoice says %(told)s."),
    "BR-CO-17": _("The rate of VAT makes %(found)s, and the invoice says %(told)s."),
    "BR-CO-25": _("Neither a due date nor terms of payment are given."),
}


def sentence(code: str, params: Mapping[str, str]) -> str:
    """In the language that is active now. A code that is no longer known is shown as it is."""
    if code not in REASONS:
        return code
    if code == Code.RULE and params.get("rule") in RULES:
        return f"{RULES[params['rule']] % _Known(params)} ({params['rule']})"
    said = str(REASONS[Code(code)]) % _Known(params)
    return f"{said} {params['detail']}" if code == Code.RULE and "detail" in params else said


class _Known(dict[str, str]):
    """A value that is not there leaves a gap in the sentence rather than none of it."""

    def __missing__(self, key: str) -> str:
        return "…"
