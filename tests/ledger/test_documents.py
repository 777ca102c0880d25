"""A file that documents a payment: who may tie it, who sees it then, and taking it off."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.files.actions import store_attachment
from comptoir.files.models import Attachment
from comptoir.ledger.actions.documents import tie_document, untie_document
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.models import Payment, PaymentDocument, Source
from comptoir.ledger.refusals import DossierArchived
from comptoir.people.actions.companies import archive_company
from tests.ledger.samples import coda_file
from tests.world import NOW, begin, fresh

if TYPE_CHECKING:
    from uuid import UUID

    from comptoir.people.models import Company, Membership


@pytest.fixture
def payment(bakery: Company) -> Payment:
    data = coda_file(movements=((-12_500, "Papeterie", "PAPETERIE DU COIN"),))
    import_file(bakery.pk, by=None, at=NOW, name="f", data=data, source=Source.COMMAND)
    found: Payment = Payment.objects.get()
    return found


def photo(by: Membership) -> UUID:
    return store_attachment(BytesIO(b"Ticket 12,50"), name="ticket.txt", by=by, at=NOW).pk


def test_a_clients_photo_documents_the_payment(
    payment: Payment, sophie: Membership, reader: Membership
) -> None:
    assert not payment.has_document
    file = photo(sophie)
    document = tie_document(payment.pk, file_id=file, by=sophie, at=NOW)
    payment.refresh_from_db()
    assert (payment.has_document, payment.document_count) == (True, 1)
    assert Attachment.objects.get(pk=file).claimed_at == NOW  # the sweep leaves it
    assert list(PaymentDocument.objects.visible_to(reader)) == [document]
    event = Event.objects.get(verb=Verb.PAYMENT_DOCUMENTED)
    assert (event.subject_id, event.facts) == (payment.pk, {"attachment": str(file), "name": "ticket.txt"})


def test_the_same_file_again_is_the_same_document(payment: Payment, sophie: Membership) -> None:
    file = photo(sophie)
    first, second = (tie_document(payment.pk, file_id=file, by=sophie, at=NOW) for _ in range(2))
    payment.refresh_from_db()
    assert (first, payment.document_count) == (second, 1)
    assert Event.objects.filter(verb=Verb.PAYMENT_DOCUMENTED).count() == 1


def test_a_file_that_was_sent_with_a_message_documents_too(
    payment: Payment, bakery: Company, sophie: Membership, accountant: Membership, partner: Membership
) -> None:
    file = photo(sophie)
    begin(sophie, bakery, to=accountant, files=[file])
    document = tie_document(payment.pk, file_id=file, by=sophie, at=NOW)
    assert PaymentDocument.objects.visible_to(partner).get() == document


def test_nobody_ties_what_another_uploaded(
    payment: Payment, sophie: Membership, accountant: Membership
) -> None:
    with pytest.raises(NotFound):
        tie_document(payment.pk, file_id=photo(sophie), by=accountant, at=NOW)
    assert (PaymentDocument.objects.count(), Payment.objects.get().document_count) == (0, 0)


def test_full_feedback_hands_in_nothing(payment: Payment, reader: Membership) -> None:
    with pytest.raises(NotAllowed):
        tie_document(payment.pk, file_id=photo(reader), by=reader, at=NOW)


@pytest.mark.parametrize("who", ["documents", "other", "stranger", "colleague"])
def test_who_does_not_see_the_payment_cannot_tell_that_it_exists(
    payment: Payment, who: str, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(who)
    with pytest.raises(NotFound):
        tie_document(payment.pk, file_id=photo(by), by=by, at=NOW)


def test_an_archived_dossier_stays_as_it_is(payment: Payment, bakery: Company, admin: Membership) -> None:
    archive_company(bakery.pk, by=admin, at=NOW)
    with pytest.raises(DossierArchived):
        tie_document(payment.pk, file_id=photo(admin), by=fresh(admin), at=NOW)


def test_taken_off_by_the_staff_or_by_who_tied_it(
    payment: Payment, sophie: Membership, partner: Membership, accountant: Membership
) -> None:
    for by in (sophie, accountant):
        file = photo(sophie)
        document = tie_document(payment.pk, file_id=file, by=sophie, at=NOW)
        with pytest.raises(NotAllowed):
            untie_document(document.pk, by=partner, at=NOW)
        untie_document(document.pk, by=by, at=NOW)
        with pytest.raises(NotFound):
            untie_document(document.pk, by=by, at=NOW)
    payment.refresh_from_db()
    assert (payment.document_count, PaymentDocument.objects.filter(untied_at=None).count()) == (0, 0)
    assert Event.objects.filter(verb=Verb.PAYMENT_UNDOCUMENTED).count() == 2
    assert tie_document(payment.pk, file_id=file, by=sophie, at=NOW) != document  # and once more, anew
