"""The accounts of two of the demo's dossiers: purchases, sales and statements of the last weeks, with what is left open."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.actions.matches import match_payments
from comptoir.ledger.models import Source
from comptoir.ops.demo_files import Bill, Move, Side, coda, ubl
from comptoir.people.enterprise_number import check_digits

if TYPE_CHECKING:
    from datetime import date, datetime

    from comptoir.people.models import Company, Membership

OPENING = Decimal("8412.60")
WEEKS = 6


class Planned(NamedTuple):
    """`week` of the invoice, from the oldest; `paid`: in which later week, -1 for never."""

    party: str
    first_eight: str
    what: str
    net: str
    rate: int
    week: int
    paid: int
    is_sale: bool = False


BILLS = (
    Planned("Moulins de la Senne SA", "04031707", "Farine T65, 40 sacs", "1020.30", 6, 0, 2),
    Planned("Moulins de la Senne SA", "04031707", "Farine T80, 12 sacs", "316.80", 6, 2, 4),
    Planned("Moulins de la Senne SA", "04031707", "Farine T65, 40 sacs", "1020.30", 6, 4, -1),
    Planned("Énergie du Namurois SA", "04621853", "Électricité", "734.19", 21, 1, 3),
    Planned("Emballages Dubois SRL", "04557120", "Sachets et boîtes", "289.00", 21, 3, -1),
    Planned("Hôtel du Beffroi SA", "04330918", "Pains du mois", "842.00", 6, 1, 3, is_sale=True),
    Planned("Traiteur Lacroix SRL", "05210447", "Buffet du 12", "465.50", 6, 3, -1, is_sale=True),
)
# Without an invoice: what the accountant will ask about.
CARDS = ("Bancontact STATION DU LION", "78.15"), ("Bancontact QUINCAILLERIE DU PONT", "186.40")


def bring_accounts(company: Company, *, by: Membership, at: datetime, leave_out: int = 0) -> None:
    """`leave_out`: a statement that never came, by its number."""
    own = Side(company.name.replace("&", "&amp;"), company.enterprise_number, "BE71096123456769")
    first = at.date() - timedelta(weeks=WEEKS)
    bills = [(plan, _bill(plan, place, own, first)) for place, plan in enumerate(BILLS, start=1)]
    files = [(f"{bill.number.replace('/', '-')}.xml", ubl(bill)) for _plan, bill in bills]
    balance = OPENING
    for week in range(1, WEEKS):
        moves = [_paid(plan, bill) for plan, bill in bills if plan.paid == week]
        text, amount = CARDS[week % len(CARDS)]
        moves.append(Move(-Decimal(amount) - week, text, text.partition(" ")[2]))
        if week != leave_out:
            day = first + timedelta(weeks=week)
            files.append((f"extrait-{week:03}.cod", coda(own, week, day, balance, moves)))
        balance += sum((move.amount for move in moves), Decimal(0))
    for name, data in files:
        import_file(company.pk, by=by, at=at, name=name, data=data, source=Source.PAGE)
    match_payments(company.pk, at=at)


def _bill(plan: Planned, place: int, own: Side, first: date) -> Bill:
    other = Side(plan.party, check_digits(plan.first_eight), "BE32123456789002")
    seller, buyer = (own, other) if plan.is_sale else (other, own)
    issued_on = first + timedelta(weeks=plan.week, days=1)
    return Bill(
        seller,
        buyer,
        f"{'V' if plan.is_sale else 'F'}{issued_on.year}-{117 + place:04}",
        plan.what,
        Decimal(plan.net),
        plan.rate,
        issued_on,
        issued_on + timedelta(days=30),
        _reference(4_100_000 + place * 7919),
    )


def _reference(number: int) -> str:
    digits = f"{number:010}"
    return f"{digits}{number % 97 or 97:02}"


def _paid(plan: Planned, bill: Bill) -> Move:
    other = bill.buyer if plan.is_sale else bill.seller
    return Move(bill.gross if plan.is_sale else -bill.gross, bill.reference, other.name.upper(), other.iban)
