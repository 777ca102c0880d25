"""E-mails that came to the gallery's bookshop: one that waits, one that was taken, and a sender who is trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from comptoir.correspondence.actions.addresses import change_dossier_address
from comptoir.correspondence.actions.senders import trust_sender
from comptoir.correspondence.dossiers import dossier_address
from comptoir.correspondence.models import Transport
from comptoir.correspondence.reading import read
from comptoir.correspondence.storing import take_in
from tests.correspondence.letters import PDF, Mail

if TYPE_CHECKING:
    from uuid import UUID

    from comptoir.people.models import Company, Membership

ORDER = """Bonjour,

Vous trouverez en annexe notre facture de novembre.

Bien à vous,
Le Moulin de Fourbechies"""


def mails(books: Company, *, keeper: Membership) -> UUID:
    """The id of the mail that waits to be checked."""
    now = timezone.now()
    change_dossier_address(books.pk, by=keeper, at=now)
    address = dossier_address(books, seen_by=keeper)
    trust_sender(books.pk, address="factures@imprimerie-rapide.example", by=keeper, at=now)
    files = [("facture-novembre.pdf", PDF), ("macro.exe", b"MZ" + b"\0" * 64)]
    stranger = Mail(
        "Le Moulin de Fourbechies <moulin@fourbechies.example>",
        address,
        ORDER,
        subject="Facture de novembre",
        files=files,
    )
    own = Mail(keeper.person.email, address, subject="Scan du courrier", files=[("scan-courrier.pdf", PDF)])
    ids = []
    for mail in (own, stranger):
        (row,) = take_in(mail.bytes(), transport=Transport.LMTP, at=now, recipients=[address])
        read(row.pk, at=now)
        ids.append(row.pk)
    return ids[-1]
