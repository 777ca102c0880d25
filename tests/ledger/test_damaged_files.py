"""Every sample file, damaged at random: read or refused, never a fault, in bounded time and memory.

`FUZZ` in the environment raises the number of damaged files for each kind; a release is tried with 20000.
"""

from __future__ import annotations

import os
import random
import resource
import time

import pytest

from comptoir.ledger.plain import plain
from comptoir.ledger.reading import read
from comptoir.ledger.records import Unreadable
from tests.ledger.samples import SAMPLES, WHOLE, belgian_ubl, coda_file

TRIES = int(os.environ.get("FUZZ", "300"))
A_PDF_COSTS = 50  # times a text: it is opened by a process of its own
SECONDS, MEGABYTES = 20, 400  # generous: of one file on a busy machine, and of all of a kind together
CSV = b"Date;Montant;Communication;Compte\n" + b"21/11/2026;50,00;Merci;BE71096123456769\n" * 20
OF_OUR_OWN = {
    "ubl": [belgian_ubl(), belgian_ubl(root="CreditNote")],
    "coda": [coda_file(movements=((-121_000, "090933755493", "MOULINS"), (50_000, "Merci", "DURAND")))],
    "csv": [CSV],
}
FOLDERS = {
    "ubl": ("ubl", "EUPL-1.2/ubl-examples", "EUPL-1.2/ubl-testfiles"),
    "cii": ("EUPL-1.2/cii", "facturx"),
    "facturx": ("facturx",),
    "coda": ("coda",),
    "camt": ("camt053",),
    "mt940": ("mt940",),
    "csv": (),
}
PIECES = [
    b"<",
    b">",
    b"&",
    b"\x00",
    b"\xff",
    b"9" * 40,
    b":61:",
    b";",
    b'"',
    b"\r",
    b"-",
    b",",
    b"]]>",
    b"\xc3",
]
PIECES += [
    "²".encode(),
    b"1E+99",
    b"-0",
    b"NaN",
    b"2026-13-45",
    b"<!--",
    b"/>",
    b"\n" * 300,
    b"&#x41;",
    b"{{",
]


def of_kind(kind: str) -> list[bytes]:
    places = [str(SAMPLES / folder) for folder in FOLDERS[kind]]
    found = [path for path in WHOLE if any(str(path).startswith(f"{place}/") for place in places)]
    wanted = [path for path in found if (path.suffix == ".pdf") == (kind == "facturx")]
    return [path.read_bytes() for path in wanted] + OF_OUR_OWN.get(kind, [])


def damaged(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(6):
            case 0:
                made[at : at + chance.randint(1, 80)] = b""
            case 1:
                made[at:at] = chance.choice(PIECES)
            case 2:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 3:  # what stands there is something else
                piece = chance.choice(PIECES)
                made[at : at + len(piece)] = piece
            case 4:  # an end that never came
                del made[max(at, 40) :]
            case _:
                begin = chance.randrange(len(made) + 1)
                made[at:at] = made[begin : begin + chance.randint(1, 200)]
    return bytes(made)


@pytest.mark.timeout(max(600, TRIES))
@pytest.mark.parametrize("kind", FOLDERS)
def test_read_or_refused(kind: str) -> None:
    chance = random.Random(kind)  # noqa: S311 -- the same damage in every run
    files = of_kind(kind)
    before, slowest, read_at_all = _memory(), 0.0, 0
    for _ in range(TRIES // A_PDF_COSTS if kind == "facturx" else TRIES):
        data = damaged(chance.choice(files), chance)
        began = time.perf_counter()
        try:
            plain(read(data, f"x.{kind}"))
            read_at_all += 1
        except Unreadable:
            pass
        slowest = max(slowest, time.perf_counter() - began)
    assert read_at_all
    assert slowest < SECONDS
    assert _memory() - before < MEGABYTES


def _memory() -> float:
    """The most that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
