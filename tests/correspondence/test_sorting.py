"""What the office does with a kept mail: into a dossier, or away. Nobody is answered, and nothing is posted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.conversations.models import Message
from comptoir.core.errors import Invalid, NotAllowed, NotFound
from comptoir.correspondence.actions.addresses import change_dossier_address
from comptoir.correspondence.actions.senders import distrust_sender, trust_sender
from comptoir.correspondence.actions.sorting import drop_mail, file_mail
from comptoir.correspondence.dossiers import dossier_address
from comptoir.correspondence.models import Document, DocumentSender, InboundMail, State
from comptoir.correspondence.queries import trusted_senders
from comptoir.correspondence.refusals import MailHandled
from comptoir.notifications.models import Announcement, Delivery
from comptoir.people.actions.companies import archive_company
from comptoir.people.actions.memberships import end_membership
from tests.correspondence.letters import PDF, Mail
from tests.world import NOW, fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.people.models import Company, Membership
    from tests.world import Cast

    Receive = Callable[..., InboundMail]

pytestmark = pytest.mark.django_db
SUPPLIER = "factures@moulin.example"


@pytest.fixture
def documents_at(accountant: Membership, bakery: Company) -> str:
    """The bakery's address for documents."""
    change_dossier_address(bakery.pk, by=accountant, at=NOW)
    return dossier_address(bakery, seen_by=accountant)


@pytest.fixture
def kept(documents_at: str, receive: Receive) -> InboundMail:
    """An invoice of a supplier whom nobody knows, with a file that is none."""
    mail = Mail(SUPPLIER, documents_at, files=[("facture.pdf", PDF), ("setup.exe", b"MZ" + b"\0" * 64)])
    row = receive(mail)
    assert (row.state, row.reason) == (State.KEPT, "stranger")
    return row


def names(company: Company) -> list[str]:
    return [one.attachment.name for one in Document.objects.filter(company=company)]


def test_its_files_become_documents(kept: InboundMail, accountant: Membership, bakery: Company) -> None:
    before = Message.objects.count(), Announcement.objects.count(), Delivery.objects.count()
    file_mail(kept.pk, company_id=bakery.pk, by=accountant, at=NOW)
    kept.refresh_from_db()
    assert (kept.state, kept.handled_by_id, kept.company_id) == (State.ASSIGNED, accountant.pk, bakery.pk)
    assert names(bakery) == ["facture.pdf"]
    assert [file["name"] for file in kept.refused_files] == ["setup.exe"]
    assert Event.objects.get(verb="mail.assigned").facts == {"sender": SUPPLIER, "files": 1}
    assert Event.objects.get(verb="document.received").by_id == accountant.pk
    assert (Message.objects.count(), Announcement.objects.count(), Delivery.objects.count()) == before


def test_the_second_who_files_it_is_told(kept: InboundMail, accountant: Membership, bakery: Company) -> None:
    file_mail(kept.pk, company_id=bakery.pk, by=accountant, at=NOW)
    with pytest.raises(MailHandled):
        file_mail(kept.pk, company_id=bakery.pk, by=accountant, at=NOW)
    with pytest.raises(MailHandled):
        drop_mail(kept.pk, by=accountant, at=NOW)
    assert names(bakery) == ["facture.pdf"]


def test_what_was_put_away_can_still_be_filed(
    kept: InboundMail, accountant: Membership, bakery: Company
) -> None:
    drop_mail(kept.pk, by=accountant, at=NOW)
    kept.refresh_from_db()
    assert (kept.state, kept.handled_by_id) == (State.DROPPED, accountant.pk)
    file_mail(kept.pk, company_id=bakery.pk, by=accountant, at=NOW)
    assert names(bakery) == ["facture.pdf"]


def test_a_trusted_sender_is_taken_next_time(
    kept: InboundMail, documents_at: str, accountant: Membership, bakery: Company, receive: Receive
) -> None:
    file_mail(kept.pk, company_id=bakery.pk, by=accountant, at=NOW, trusts_sender=True)
    again = Mail(SUPPLIER, documents_at, files=[("decembre.pdf", PDF)])
    assert receive(again).state == State.FILED
    forged = Mail(SUPPLIER, documents_at, dmarc="fail", files=[("fausse.pdf", PDF)])
    assert receive(forged).reason == "forged"
    distrust_sender(DocumentSender.objects.get().pk, by=accountant, at=NOW)
    assert receive(Mail(SUPPLIER, documents_at, files=[("janvier.pdf", PDF)])).reason == "stranger"
    assert names(bakery) == ["facture.pdf", "decembre.pdf"]


def test_a_trust_ends_with_the_access_of_whoever_gave_it(  # noqa: PLR0917 -- its cast
    kept: InboundMail,
    accountant: Membership,
    admin: Membership,
    bakery: Company,
    receive: Receive,
    documents_at: str,
) -> None:
    file_mail(kept.pk, company_id=bakery.pk, by=accountant, at=NOW, trusts_sender=True)
    end_membership(accountant.pk, by=admin, at=NOW, successor_id=admin.pk)
    now_kept = receive(Mail(SUPPLIER, documents_at, files=[("mars.pdf", PDF)]))
    assert (now_kept.state, now_kept.reason) == (State.KEPT, "stranger")
    assert [one.is_in_force for one in trusted_senders(admin, fresh_company(bakery))] == [False]

    trust_sender(bakery.pk, address=SUPPLIER, by=admin, at=NOW)
    assert receive(Mail(SUPPLIER, documents_at, files=[("avril.pdf", PDF)])).state == State.FILED
    last = Event.objects.filter(verb="document.received").order_by("pk").last()
    assert last is not None
    assert last.by_id == admin.pk
    trusted = Event.objects.filter(verb="sender.trusted").order_by("pk")
    assert [event.by_id for event in trusted] == [accountant.pk, admin.pk]
    trust_sender(bakery.pk, address=SUPPLIER, by=admin, at=NOW)
    assert trusted.count() == 2


def fresh_company(company: Company) -> Company:
    company.refresh_from_db()
    return company


def test_who_may(kept: InboundMail, cast: Cast, bakery: Company) -> None:
    refused = {
        cast.assistant: NotAllowed,
        cast.colleague: NotFound,
        cast.client: NotFound,
        cast.outsider: NotFound,
    }
    for member, refusal in refused.items():
        by = fresh(member)
        with pytest.raises(refusal):
            file_mail(kept.pk, company_id=bakery.pk, by=by, at=NOW)
        with pytest.raises(refusal):
            drop_mail(kept.pk, by=by, at=NOW)
    assert names(bakery) == []


def test_not_into_a_dossier_that_one_does_not_see(
    kept: InboundMail, accountant: Membership, garage: Company
) -> None:
    with pytest.raises(Invalid):
        file_mail(kept.pk, company_id=garage.pk, by=accountant, at=NOW)
    kept.refresh_from_db()
    assert kept.state == State.KEPT


def test_not_into_an_archived_one(kept: InboundMail, admin: Membership, garage: Company) -> None:
    archive_company(garage.pk, by=admin, at=NOW)
    with pytest.raises(Invalid):
        file_mail(kept.pk, company_id=garage.pk, by=admin, at=NOW)


def test_to_an_address_that_was_replaced(
    documents_at: str, accountant: Membership, bakery: Company, receive: Receive
) -> None:
    change_dossier_address(bakery.pk, by=accountant, at=NOW)
    new = dossier_address(bakery, seen_by=accountant)
    assert new != documents_at
    row = receive(Mail(accountant.person.email, documents_at, files=[("facture.pdf", PDF)]))
    assert (row.state, row.reason, row.company_id) == (State.KEPT, "expired", bakery.pk)
    assert receive(Mail(accountant.person.email, new, files=[("facture.pdf", PDF)])).state == State.FILED
