"""An invoice that is mailed to a dossier goes into its accounts; a scan stays a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.core.worker import run_one
from comptoir.correspondence.accounts import bring_in
from comptoir.correspondence.actions.addresses import change_dossier_address
from comptoir.correspondence.dossiers import dossier_address
from comptoir.correspondence.models import Document, InboundMail, State
from comptoir.ledger.models import ImportedFile, ImportState, Source
from tests.correspondence.letters import PDF, Mail
from tests.source import ROOT
from tests.world import NOW, fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.people.models import Membership
    from tests.world import Cast

    Receive = Callable[..., InboundMail]

pytestmark = pytest.mark.django_db(transaction=True)
INVOICE = (ROOT / "tests/files/ledger/ubl/mustang/01.01a-INVOICE.ubl.xml").read_bytes()


@pytest.fixture
def by(cast: Cast) -> Membership:
    member = fresh(cast.accountant)
    change_dossier_address(cast.bakery.pk, by=member, at=NOW)
    return member


def mailed(by: Membership, cast: Cast, receive: Receive, *files: tuple[str, bytes]) -> None:
    address = dossier_address(cast.bakery, seen_by=by)
    assert receive(Mail(by.person.email, address, files=files)).state == State.FILED
    while run_one("test"):
        pass


def test_an_invoice_is_read_and_a_scan_is_not(by: Membership, cast: Cast, receive: Receive) -> None:
    mailed(by, cast, receive, ("facture.xml", INVOICE), ("scan.pdf", PDF), ("notes.csv", b"a;b\n1;2\n"))
    assert Document.objects.count() == 3
    (file,) = ImportedFile.objects.select_related("file")
    assert (file.file.name, file.state, file.source) == ("facture.xml", ImportState.READ, Source.MAIL)
    assert (file.company_id, file.invoice_count) == (cast.bakery.pk, 1)


def test_a_broken_one_says_why(by: Membership, cast: Cast, receive: Receive) -> None:
    mailed(by, cast, receive, ("facture.xml", INVOICE[:2000]))
    assert ImportedFile.objects.get().state == ImportState.UNREADABLE


def test_twice_is_once(by: Membership, cast: Cast, receive: Receive) -> None:
    mailed(by, cast, receive, ("facture.xml", INVOICE))
    assert bring_in(Document.objects.get().pk, at=NOW)
    assert ImportedFile.objects.count() == 1


STATEMENTS = sorted(
    path
    for kind in ("coda", "mt940")
    for path in (ROOT / "tests/files/ledger" / kind).rglob("*")
    if path.is_file()
)


def test_a_bank_s_own_formats_are_read_too(by: Membership, cast: Cast, receive: Receive) -> None:
    """As banks name them, in capitals too; what their content is wrong for, the accounts say."""
    files = [
        (path.name.upper() if number % 2 else path.name, path.read_bytes())
        for number, path in enumerate(STATEMENTS)
    ]
    for first in range(0, len(files), 20):
        mailed(by, cast, receive, *files[first : first + 20])
    assert Document.objects.count() == len(files) > 40
    states = dict(ImportedFile.objects.values_list("file__name", "state"))
    assert states.keys() == {name for name, _ in files}
    assert [states[name] for name, _ in files if "coda" in name.lower() or "sample" in name.lower()] == [
        ImportState.READ
    ] * 4
