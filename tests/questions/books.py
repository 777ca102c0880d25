"""An invoice and a payment in a dossier, brought in as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.models import Invoice, Payment, Source
from tests.ledger.samples import belgian_ubl, coda_file
from tests.world import NOW

if TYPE_CHECKING:
    from comptoir.people.models import Company


def invoice_in(company: Company, *, number: str = "2026/118") -> Invoice:
    """From Moulins de la Senne, 121 euros."""
    data = belgian_ubl(number=number)
    import_file(company.pk, by=None, at=NOW, name="facture.xml", data=data, source=Source.COMMAND)
    return Invoice.objects.get(company=company, number=number)


def payment_in(company: Company, *, amount: int = -30_000, party: str = "SHELL NAMUR") -> Payment:
    """Of an account's first statement, in thousandths of a euro."""
    data = coda_file(movements=((amount, "CARTE 1234", party),))
    import_file(company.pk, by=None, at=NOW, name="extrait.cod", data=data, source=Source.COMMAND)
    return Payment.objects.get(company=company)
