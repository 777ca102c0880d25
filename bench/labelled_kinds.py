"""The kinds of payments: each makes its invoices, its payments and their truth."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from bench import labelled_writing as writing
from bench.labelled import CENT, SHARES, Labelled, Maker

if TYPE_CHECKING:
    from collections.abc import Callable


def structured(make: Maker, kind: str) -> None:
    party, on = make.some_party(), make.day()
    one = make.invoice(party, on, reference=writing.structured(make.chance))
    day = make.later(on)
    make.used_references.setdefault(party.name, []).append((day, one.reference))
    said = {"reference": one.reference}
    if make.chance.random() < 0.15:  # typed into the free text
        said = {"text": writing.structured_written(one.reference, make.chance)}
    make.pay(kind, party, day, one.total, {one.id: one.total}, comes_in=one.comes_in, **said)


def number(make: Maker, kind: str) -> None:
    party, on = make.some_party(), make.day()
    one = make.invoice(party, on)
    written = writing.number_written(one.number, make.chance)
    if kind == "number mistyped":
        written = writing.mistyped(written, make.chance)
    text = make.free(written, on)
    make.pay(kind, party, make.later(on), one.total, {one.id: one.total}, comes_in=one.comes_in, text=text)


def silent(make: Maker, kind: str) -> None:
    party, on = make.some_party(), make.day()
    one = make.invoice(party, on)
    other: dict[str, object] = {"text": make.silent(on)}
    if kind == "silent, name only":
        other["iban"] = ""
    if kind == "nobody known":
        other |= {"iban": writing.iban(make.chance), "party": writing.company_name(make.chance)}
    make.pay(kind, party, make.later(on), one.total, {one.id: one.total}, comes_in=one.comes_in, **other)


def grouped(make: Maker, kind: str) -> None:
    party, on = make.some_party(), make.day()
    count = make.chance.choice((2, 2, 2, 3, 3, 4, 6))
    some = [make.invoice(party, on + timedelta(days=make.chance.randrange(20))) for _ in range(count)]
    text = make.silent(on)
    if kind == "grouped":
        joint = make.chance.choice((" ", ", ", " + ", " et ", "/ "))
        text = make.free(joint.join(one.number for one in some), on)
    total = sum((one.total for one in some), Decimal(0))
    truth = {one.id: one.total for one in some}
    make.pay(kind, party, make.later(some[-1].issued_on + timedelta(days=15)), total, truth,
             comes_in=some[0].comes_in, text=text)  # fmt: skip


def instalments(make: Maker, kind: str) -> None:
    """In two to four parts; one in ten never pays the last."""
    party, on = make.some_party(), make.day()
    one = make.invoice(party, on)
    count = make.chance.choice((2, 2, 3, 4))
    share = (one.total / count).quantize(CENT)
    if make.chance.random() < 0.4:  # not equal parts
        share = (share * Decimal(make.chance.choice(("0.8", "0.9", "0.7")))).quantize(CENT)
    parts = [share] * (count - 1) + [one.total - share * (count - 1)]
    if make.chance.random() < 0.1:
        parts.pop()
    way = make.chance.random()
    for month, amount in enumerate(parts):
        said: dict[str, object] = {"text": make.silent(on)}
        if kind == "instalments":
            said = (
                {"reference": one.reference}
                if way < 0.6 and one.reference
                else {"text": make.free(one.number, on)}
            )
        day = on + timedelta(days=10 + 30 * month)
        make.pay(kind, party, day, amount, {one.id: amount}, comes_in=one.comes_in, **said)


def nearly(make: Maker, kind: str) -> None:
    """A bank kept its fee, or somebody rounded up to the euro."""
    party, on = make.some_party(), make.day()
    one = make.invoice(party, on)
    while one.total < 100:
        party = make.some_party()
        one = make.invoice(party, on)
    if kind == "rounded":
        amount = one.total.to_integral_value(rounding="ROUND_UP")
    else:
        amount = one.total - make.chance.choice((Decimal("1.50"), Decimal("2.42"), Decimal("4.00")))
    way = make.chance.random()
    said: dict[str, object] = {"text": make.silent(on)}
    if way < 0.8:
        said = (
            {"reference": one.reference}
            if one.reference and way < 0.4
            else {"text": make.free(one.number, on)}
        )
    make.pay(
        kind, party, make.later(on), amount, {one.id: min(amount, one.total)}, comes_in=one.comes_in, **said
    )


def credited(make: Maker, kind: str) -> None:
    """Deducted from the next payment, or paid back."""
    party, on = make.some_party(), make.day()
    one = make.invoice(party, on)
    back = (one.total / make.chance.choice((2, 3, 4, 10))).quantize(CENT)
    note = make.invoice(
        party, on + timedelta(days=8), is_credit_note=True, total=back, open=back, reference=""
    )
    if kind == "refund of a credit note":
        text = make.free(note.number, on) if make.chance.random() < 0.6 else make.silent(on)
        make.pay(
            kind, party, make.later(note.issued_on), back, {note.id: back}, comes_in=note.comes_in, text=text
        )
        return
    numbers = one.number if make.chance.random() < 0.5 else f"{one.number} - NC {note.number}"
    truth = {one.id: one.total, note.id: back}
    make.pay(kind, party, make.later(on + timedelta(days=9)), one.total - back, truth, comes_in=one.comes_in,
             text=make.free(numbers, on))  # fmt: skip


def foreign(make: Maker, kind: str) -> None:
    party, on = make.some_party(), make.day()
    one = make.invoice(party, on, currency=make.chance.choice(("USD", "GBP")))
    euros = (one.total * Decimal(str(round(make.chance.uniform(0.86, 1.17), 4)))).quantize(CENT)
    sign = 1 if one.comes_in else -1
    told = (
        {"original": sign * one.total, "original_currency": one.currency}
        if make.chance.random() < 0.7
        else {}
    )
    text = make.free(one.number, on) if make.chance.random() < 0.7 else make.silent(on)
    make.pay(
        kind, party, make.later(on), euros, {one.id: one.total}, comes_in=one.comes_in, text=text, **told
    )


def reused(make: Maker, kind: str) -> None:
    """The last payment was opened and sent again with another amount."""
    party, on = make.some_party(), make.day()
    one = make.invoice(party, on)
    day = make.later(on)
    before = [used for used in make.used_references.get(party.name, []) if used[0] < day]
    said = {"reference": max(before)[1]} if before else {"text": make.silent(on)}
    make.pay(kind, party, day, one.total, {one.id: one.total}, comes_in=one.comes_in, **said)


def twice(make: Maker, kind: str) -> None:
    """The first is a payment as any; the second pays nothing."""
    party, on = make.some_party(), make.day()
    one = make.invoice(party, on, reference=writing.structured(make.chance))
    day = make.later(on)
    for again, truth in ((0, {one.id: one.total}), (4, {})):
        make.pay(kind, party, day + timedelta(days=again), one.total, truth, comes_in=one.comes_in,
                 reference=one.reference)  # fmt: skip


def for_nothing(make: Maker, kind: str) -> None:
    text, least, most = make.chance.choice(writing.FOR_NOTHING)
    amount = Decimal(str(round(make.chance.uniform(least, most), 2)))
    on = make.day()
    known = make.chance.random() < 0.1  # a loan, a deposit, a refund among partners
    other = {} if known else {"party": writing.company_name(make.chance), "iban": writing.iban(make.chance)}
    said = make.silent(on) if known else text.format(d=f"{on:%m/%Y}")
    make.pay(kind, make.some_party(), on, amount, {}, comes_in=make.chance.random() < 0.3, text=said, **other)


KINDS: dict[str, Callable[[Maker, str], None]] = {
    "structured": structured,
    "number": number,
    "number mistyped": number,
    "silent, account known": silent,
    "silent, name only": silent,
    "nobody known": silent,
    "grouped": grouped,
    "grouped, silent": grouped,
    "instalments": instalments,
    "instalments, silent": instalments,
    "fee kept by a bank": nearly,
    "rounded": nearly,
    "credit note deducted": credited,
    "refund of a credit note": credited,
    "foreign currency": foreign,
    "reference of the last one": reused,
    "paid twice": twice,
    "for nothing": for_nothing,
}


def labelled(payments: int, *, seed: int, parties: int = 500, unpaid: float = 0.03) -> Labelled:
    """So many payments or a few more, and some invoices that nobody has paid."""
    make = Maker(seed, parties)
    kinds = list(SHARES)
    while len(make.made.movements) < payments:
        kind = make.chance.choices(kinds, list(SHARES.values()))[0]
        KINDS[kind](make, kind)
        if make.chance.random() < unpaid:
            make.invoice(make.some_party(), make.day())
    make.chance.shuffle(make.made.invoices)
    make.chance.shuffle(make.made.movements)
    return make.made
