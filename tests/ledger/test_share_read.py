"""Of every kind of file nearly all that exist are read; those that are wrong are refused with the reason and the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.ledger.reading import read
from comptoir.ledger.records import Code, FileKind, Unreadable
from tests.ledger.samples import SAMPLES, WHOLE

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = {
    "camt053/bankstatementparser/camt053_garbled_amount.xml": (Code.BAD_AMOUNT, 17),
    "camt053/bankstatementparser/invalid.xml": (Code.NO_STATEMENT, 1),
    "camt053/genkgo/camt053.v2.wrong.xml": (Code.NO_STATEMENT, 3),
    "facturx/akretion/zugferd-extended.xml": (Code.BAD_DATE, 191),
    "mt940/wolph/self-provided__invalid_statement.sta": (Code.NO_STATEMENT, None),
}
KINDS = {
    "EUPL-1.2": {FileKind.UBL, FileKind.CII},
    "ubl": {FileKind.UBL},
    "facturx": {FileKind.CII, FileKind.FACTURX},
    "coda": {FileKind.CODA},
    "camt053": {FileKind.CAMT},
    "mt940": {FileKind.MT940},
}


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: str(path.relative_to(SAMPLES)))
def test_every_sample(path: Path) -> None:
    name = str(path.relative_to(SAMPLES))
    if name in REFUSED:
        with pytest.raises(Unreadable) as refusal:
            read(path.read_bytes(), path.name)
        assert (refusal.value.why.code, refusal.value.why.line) == REFUSED[name]
        return
    found = read(path.read_bytes(), path.name)
    assert found.kind in KINDS[name.partition("/")[0]]
    assert bool(found.invoices) != bool(found.statements)


def test_the_samples_are_all_there() -> None:
    assert len(WHOLE) == 173
