"""A dossier's invoices and payments, made up with all that goes wrong in life, and the truth beside them.

Every payment is of a kind; `SHARES` says how many of each. The truth of a payment is what of it belongs to which
invoice. Nothing here knows how matching works.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from bench import labelled_writing as writing
from comptoir.ledger.matching.facts import Direction, Movement, OpenInvoice

FIRST = date(2025, 1, 2)
DAYS = 660
CENT = Decimal("0.01")
SHARES = {
    "structured": 40.0,
    "number": 17.0,
    "number mistyped": 4.0,
    "silent, account known": 10.0,
    "silent, name only": 4.0,
    "grouped": 6.0,
    "grouped, silent": 2.0,
    "instalments": 5.0,
    "instalments, silent": 1.5,
    "fee kept by a bank": 1.5,
    "rounded": 1.0,
    "credit note deducted": 1.5,
    "foreign currency": 1.0,
    "reference of the last one": 0.7,
    "refund of a credit note": 0.5,
    "nobody known": 0.8,
    "paid twice": 0.5,
    "for nothing": 3.0,
}


@dataclass
class Party:
    name: str
    number: str
    iban: str
    known: bool  # its account is known to the ledger
    sells: bool  # to us
    usual: Decimal | None  # the same amount again and again
    prefix: str = ""
    counter: int = 0


@dataclass
class Labelled:
    invoices: list[OpenInvoice] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)
    truth: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def count(self) -> Counter[str]:
        return Counter(self.kinds.values())


class Maker:
    """Makes payments of each kind, with the invoices that they pay."""

    def __init__(self, seed: int, parties: int) -> None:
        self.chance = Random(seed)
        self.made = Labelled()
        self.parties = [self._party() for _ in range(parties)]
        self.sold = 0
        self.weights = [1 / (1 + place / 12) for place in range(parties)]  # some buy every week, most rarely
        self.used_references: dict[str, list[tuple[date, str]]] = {}  # by whom, when

    def _party(self) -> Party:
        chance = self.chance
        usual = Decimal(chance.choice((45, 99, 121, 250, 302, 605))) if chance.random() < 0.15 else None
        prefix = chance.choice(("F{y}-", "{y}/", "VF{y}", "INV-{y}-", "{y}", "FA"))
        return Party(
            name=writing.company_name(chance),
            number=f"0{chance.randrange(400_000_000, 799_999_999)}" if chance.random() < 0.8 else "",
            iban=writing.iban(chance),
            known=chance.random() < 0.6,
            sells=chance.random() < 0.4,
            usual=usual,
            prefix=prefix,
            counter=chance.randrange(1, 400),
        )

    def day(self) -> date:
        return FIRST + timedelta(days=self.chance.randrange(DAYS))

    def some_party(self) -> Party:
        return self.chance.choices(self.parties, self.weights)[0]

    def amount(self, party: Party) -> Decimal:
        if party.usual is not None and self.chance.random() < 0.9:
            return party.usual
        euros = Decimal(str(round(self.chance.lognormvariate(5.6, 1.1), 2)))
        if self.chance.random() < 0.2:
            return max(Decimal(10), euros.quantize(Decimal(10)) if euros > 100 else Decimal(50))
        return max(Decimal("5.00"), euros.quantize(CENT))

    def invoice(self, party: Party, on: date, **other: Any) -> OpenInvoice:
        """Ours are numbered through; each supplier has its own numbers."""
        year = f"{on.year}"
        if party.sells:
            party.counter += 1
            number = party.prefix.format(y=year) + f"{party.counter:04d}"
        else:
            self.sold += 1
            number = f"{year}-{self.sold:05d}"
        amount = self.amount(party)
        invoice = OpenInvoice(
            id=f"i{len(self.made.invoices):06d}",
            direction=Direction.PURCHASE if party.sells else Direction.SALE,
            number=number,
            total=amount,
            open=amount,
            issued_on=on,
            due_on=on + timedelta(days=30),
            party=party.name,
            party_number=party.number,
            ibans=(party.iban,) if party.known else (),
            reference=writing.structured(self.chance)
            if not party.sells or self.chance.random() < 0.7
            else "",
        )
        invoice = replace(invoice, **other)
        self.made.invoices.append(invoice)
        return invoice

    def pay(
        self,
        kind: str,
        payer: Party,
        on: date,
        amount: Decimal,
        truth: dict[str, Decimal],
        *,
        comes_in: bool,
        **other: Any,
    ) -> Movement:
        name = writing.as_the_bank_has_it(payer.name, self.chance)
        strange = self.chance.random() < 0.06  # paid from another account of theirs
        movement = Movement(
            id=f"m{len(self.made.movements):06d}",
            booked_on=on,
            amount=amount if comes_in else -amount,
            party=name,
            iban=writing.iban(self.chance) if strange else payer.iban,
        )
        movement = replace(movement, **other)
        self.made.movements.append(movement)
        self.made.truth[movement.id] = truth
        self.made.kinds[movement.id] = kind
        return movement

    def free(self, number: str, on: date) -> str:
        return self.chance.choice(writing.FREE).format(n=number, d=f"{on:%d/%m}")

    def silent(self, on: date) -> str:
        return self.chance.choice(writing.NOTHING_SAID).format(d=f"{on:%d/%m}")

    def later(self, on: date) -> date:
        return on + timedelta(days=max(0, round(self.chance.gauss(24, 14))))
