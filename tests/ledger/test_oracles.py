"""Our readers of CODA and MT940 beside two independent ones, on the same real files."""

from __future__ import annotations

import warnings
from decimal import Decimal

import mt940
import pytest
from coda import CODA

from comptoir.ledger.reading import read
from comptoir.ledger.records import Code
from comptoir.ledger.sniffing import decoded
from tests.ledger.samples import SAMPLES

CODAS = ["coda/febelfin-coda/CODA.txt", "coda/febelfin-coda/CODA-empty.txt"]
# Files of MT940 whose sums the other reader takes as ours does; the rest are pieces of files, or break its rules.
MT940S = ["ASNB__mt940.txt", "jejik__generic.sta", "jejik__knab.sta", "jejik__sns.sta", "jejik__abnamro.sta"]
MT940S += [
    "mBank__mt940.sta",
    "self-provided__february_30.sta",
    "jejik__rabobank-iban.sta",
    "cmxl__mt940.sta",
]


@pytest.mark.parametrize("name", CODAS)
def test_coda(name: str) -> None:
    theirs = CODA(str(SAMPLES / name)).statements
    ours = read((SAMPLES / name).read_bytes(), name).statements
    assert len(ours) == len(theirs)
    for our, their in zip(ours, theirs, strict=True):
        assert (our.account, our.currency, our.number) == (
            their.account,
            their.account_currency,
            their.new_sequence,
        )
        assert (our.opening, our.closing) == (their.old_balance, their.new_balance)
        assert [one.amount for one in our.movements] == [one.amount for one in their.moves]
        assert [one.booked_on for one in our.movements] == [one.entry_date for one in their.moves]
        assert [one.valued_on or one.booked_on for one in our.movements] == [
            one.value_date for one in their.moves
        ]
        assert [one.party for one in our.movements if one.party] == [
            " ".join(one.counterparty_name.split())
            for one in their.moves
            if (one.counterparty_name or "").strip()
        ]
        # One of the two is an example with an account that cannot exist; the other reader does not look.
        assert [one.code for one in our.warnings] == [Code.BAD_IBAN] * our.account.endswith("0" * 14)


@pytest.mark.parametrize("name", MT940S)
def test_mt940(name: str) -> None:
    data = (SAMPLES / "mt940/wolph" / name).read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = mt940.models.Transactions(
            tags={mt940.tags.Tags.STATEMENT.value.id: mt940.tags.StatementASNB()}
            if name.startswith("ASNB")
            else None
        )
        theirs = parser.parse(decoded(data))
    ours = [one for statement in read(data, name).statements for one in statement.movements]
    found = [
        (Decimal(str(one.data["amount"].amount)), one.data["date"].isoformat())
        for one in theirs
        if "amount" in one.data
    ]
    assert [(one.amount, one.valued_on.isoformat() if one.valued_on else "") for one in ours] == found
