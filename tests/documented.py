"""A payment of the bakery, and one document more that is tied to it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from comptoir.files.actions import store_attachment
from comptoir.ledger.actions.documents import tie_document
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.models import Payment, Source
from tests.ledger.samples import coda_file
from tests.world import NOW

if TYPE_CHECKING:
    from tests.test_query_counts import Play
    from tests.world import Cast


def document_it(play: Play) -> None:
    file = store_attachment(BytesIO(b"Ticket"), name="ticket.txt", by=play.member("client"), at=NOW)
    tie_document(first_payment(play.cast).pk, file_id=file.pk, by=play.member("client"), at=NOW)


def first_payment(cast: Cast) -> Payment:
    found = Payment.objects.filter(company=cast.bakery).first()
    if found is None:
        data = coda_file(movements=((-121_000, "Papier", "Papeterie"),))
        import_file(cast.bakery.pk, by=None, at=NOW, name="f", data=data, source=Source.COMMAND)
    return found or first_payment(cast)
