"""The accounts of a dossier as detectors look at them: a handful of queries, however many rows there are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from comptoir.ledger import models
from comptoir.ledger.models import Direction, MatchState
from comptoir.questions.facts import EURO, Facts, Invoice, Payment, Statement
from comptoir.questions.vat_periods import periods_of
from comptoir.questions.ways import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from uuid import UUID

    from comptoir.people.models import Company

_AT_ONCE = 5000
_INVOICE = (
    "id", "number", "party", "gross", "payable", "issued_on", "due_on", "direction", "is_credit_note", "paid",
    "party_number", "iban", "currency", "content__buyer", "content__lines", "content__note",
)  # fmt: skip
_PAYMENT = (
    "id", "booked_on", "amount", "matched", "party", "party_iban", "text", "currency", "content__code", "document_count"
)  # fmt: skip
_STATEMENT = (
    "account__number", "account__currency", "number", "opened_on", "closed_on", "opening", "closing"
)  # fmt: skip
_TEXT = 200  # as much of an invoice's text as tells what was bought


def facts_of(
    company: Company,
    *,
    today: date,
    director_ibans: frozenset[str] = frozenset(),
) -> Facts:
    proposals = _Proposals(company)
    invoices = tuple(_invoices(company, proposals))
    return Facts(
        enterprise_number=company.enterprise_number,
        owner_ibans=director_ibans,
        own_ibans=frozenset(
            models.BankAccount.objects.filter(company=company).values_list("number", flat=True)
        ),
        invoices=invoices,
        payments=tuple(_payments(company, proposals)),
        statements=tuple(_statements(company)),
        periods=periods_of(
            (one.issued_on for one in invoices if one.is_ours), regime=company.vat_regime, today=today
        ),
    )


class _Proposals:
    """What waits for the accountant: one invoice of a payment is theirs to see first, several may be asked about."""

    def __init__(self, company: Company) -> None:
        rows = models.Match.objects.filter(company=company, state=MatchState.PROPOSED).order_by(
            "invoice__issued_on", "invoice__number", "invoice"
        )
        self.numbers: dict[UUID, list[str]] = defaultdict(list)
        self.invoices: set[UUID] = set()
        for payment, invoice, number in rows.values_list("payment", "invoice", "invoice__number"):
            self.numbers[payment].append(number)
            self.invoices.add(invoice)


def _invoices(company: Company, proposals: _Proposals) -> Iterator[Invoice]:
    """Without a day none can be placed."""
    rows = models.Invoice.objects.filter(company=company, issued_on__isnull=False).order_by()
    for row in rows.values_list(*_INVOICE).iterator(_AT_ONCE):
        one = dict(zip(_INVOICE, row, strict=True))
        is_sale = one["direction"] == Direction.SALE
        yield Invoice(
            id=str(one["id"]),
            number=one["number"],
            party=one["party"],
            total=one["gross"],
            issued_on=one["issued_on"],
            due_on=one["due_on"],
            is_sale=is_sale,
            is_credit_note=one["is_credit_note"],
            is_ours=one["direction"] != Direction.OTHER,
            paid=one["paid"],
            prepaid=one["gross"] - one["payable"],
            is_proposed=one["id"] in proposals.invoices,
            party_number=one["party_number"],
            iban="" if is_sale else one["iban"],
            buyer_number=_buyer_number(one["content__buyer"] or {}, company.enterprise_number),
            line_text=_bought(one["content__lines"] or [], one["content__note"] or ""),
            currency=one["currency"] or EURO,
        )


def _buyer_number(buyer: Mapping[str, Any], own: str) -> str:
    """The dossier's own, if it stands there among others."""
    numbers = buyer.get("numbers", [])
    return own if own in numbers else buyer.get("vat_number", "") or next(iter(numbers), "")


def _bought(lines: list[dict[str, Any]], note: str) -> str:
    texts = dict.fromkeys(line.get(part, "") for line in lines for part in ("name", "description"))
    return " ".join(text for text in (*texts, note) if text)[:_TEXT]


def _payments(company: Company, proposals: _Proposals) -> Iterator[Payment]:
    rows = models.Payment.objects.filter(company=company).order_by().values_list(*_PAYMENT)
    for pk, booked_on, amount, matched, party, iban, text, currency, code, documents in rows.iterator(
        _AT_ONCE
    ):
        moved, numbers = told(code or "", text, has_account=bool(iban)), proposals.numbers.get(pk, ())
        yield Payment(
            id=str(pk),
            booked_on=booked_on,
            amount=amount,
            party=party,
            iban=iban,
            text=text,
            way=moved.way,
            is_matched=bool(matched),
            is_proposed=len(numbers) == 1,
            is_charge=moved.is_charge,
            has_document=documents > 0,
            may_cover=tuple(numbers) if len(numbers) > 1 else (),
            currency=currency or EURO,
        )


def _statements(company: Company) -> Iterator[Statement]:
    """Those with both balances, so that the next one can be held against them."""
    rows = models.Statement.objects.filter(
        company=company, opening__isnull=False, closing__isnull=False, closed_on__isnull=False
    )
    for account, currency, number, opened_on, closed_on, opening, closing in rows.order_by().values_list(
        *_STATEMENT
    ):
        shown = account if currency == EURO else f"{account} {currency}"
        yield Statement(shown, number, opened_on or closed_on, closed_on, opening, closing)
