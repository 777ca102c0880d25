"""The one path from a stored mail to what becomes of it, whichever way it came in.

To a reply address: a message, or kept. To a dossier's address: documents, or kept. From a program: noted, and if it
reports on a mail of ours, the address is marked. All else is kept for the office. Nothing here ever sends a mail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from comptoir.conversations.refusals import EmptyMessage, IdentifierTaken
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.correspondence.actions.filing import file_documents
from comptoir.correspondence.actions.keeping import keep_mail
from comptoir.correspondence.actions.posting import post_reply
from comptoir.correspondence.dossiers import dossier_address_behind, handed_in_by, senders_office
from comptoir.correspondence.judging import because_of
from comptoir.correspondence.letter import letter_of
from comptoir.correspondence.models import WAITING_STATES, InboundMail, Reason, State
from comptoir.correspondence.reports import note_reports
from comptoir.correspondence.settling import AlreadySettled, Belongs, settle
from comptoir.mailbox.authentication import Dmarc
from comptoir.mailbox.automatic import Kind
from comptoir.mailbox.links import secrets_in
from comptoir.notifications.reply_addresses import mail_in_place, reply_address_behind
from comptoir.people.one_time import end_item_links_named

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.correspondence.letter import Letter
    from comptoir.correspondence.models import DossierAddress
    from comptoir.notifications.reply_addresses import Found

# Never taken for a document either: what answers by itself has nothing of its own to hand in.
NO_DOCUMENTS = {Kind.AUTO_REPLY, Kind.BOUNCE, Kind.LOOP}


def read(mail_id: UUID, *, at: datetime) -> None:
    """Nothing for a mail that was read before."""
    row = InboundMail.objects.select_related("raw").filter(pk=mail_id, state=State.NEW).first()
    if row is None:
        return
    # A quote carries the link to the item along, and the office is about to read it: it would open the client's side.
    end_item_links_named(secrets_in(bytes(row.raw.content)), at=at)
    letter = letter_of(row)
    if _came_before(letter):
        _note_repeated(row)
        return
    try:
        _settle(letter, at=at)
    except AlreadySettled:
        return
    except (IntegrityError, IdentifierTaken):
        # The same mail by another way, settled by another worker since we looked.
        if not _came_before(letter):
            raise
        _note_repeated(row)


def _came_before(letter: Letter) -> bool:
    same = InboundMail.objects.filter(recipient=letter.row.recipient, fingerprint=letter.fingerprint())
    return same.exclude(pk=letter.row.pk).exclude(state__in=WAITING_STATES).exists()


def _note_repeated(row: InboundMail) -> None:
    InboundMail.objects.filter(pk=row.pk, state=State.NEW).update(state=State.REPEATED)


def _settle(letter: Letter, *, at: datetime) -> None:
    place = mail_in_place()
    word = (place.word_in(letter.row.recipient) if place else None) or ""
    answers = reply_address_behind(word, at=at)
    dossier = dossier_address_behind(word)
    if letter.kind is Kind.BOUNCE:
        _note_automatic(letter, to=Belongs(office_id=note_reports(letter, at=at)))
    elif answers.address is not None:
        _read_answer(letter, answers, at=at)
    elif dossier is not None:
        _read_documents(letter, dossier, at=at)
    else:
        to = Belongs(office_id=senders_office(letter.sender))
        _keep_unless_automatic(letter, Reason.UNKNOWN_ADDRESS, to=to, at=at)


def _keep_unless_automatic(letter: Letter, because: Reason, *, to: Belongs, at: datetime) -> None:
    if letter.kind is not Kind.PERSON:
        _note_automatic(letter, to=to)
    else:
        keep_mail(letter, because=because, to=to, at=at)


@transaction.atomic
def _note_automatic(letter: Letter, *, to: Belongs) -> None:
    settle(letter, State.AUTOMATIC, to=to)


# ── An answer ────────────────────────────────────────────────────────────


def _read_answer(letter: Letter, found: Found, *, at: datetime) -> None:
    assert found.address is not None
    talk, member = found.address.conversation, found.address.member
    to = Belongs(talk.office_id, talk.company_id, talk.pk, member.pk)
    because = because_of(letter, found, at=at)
    if because or letter.kind is not Kind.PERSON:
        _keep_unless_automatic(letter, because or Reason.EMPTY, to=to, at=at)
        return
    try:
        post_reply(letter, address=found.address, to=to, at=at)
    except EmptyMessage:
        keep_mail(letter, because=Reason.EMPTY, to=to, at=at)
    except (NotFound, NotAllowed):
        keep_mail(letter, because=Reason.NO_ACCESS, to=to, at=at)


# ── Documents ────────────────────────────────────────────────────────────


def _read_documents(letter: Letter, address: DossierAddress, *, at: datetime) -> None:
    """Of somebody known there, or trusted by the office, whose domain vouches for them. A supplier's program may be."""
    company = address.company
    to = Belongs(company.office_id, company.pk)
    by = handed_in_by(letter.sender, company)
    if letter.kind in NO_DOCUMENTS:
        _note_automatic(letter, to=to)
    elif letter.dmarc is Dmarc.FAIL:
        keep_mail(letter, because=Reason.FORGED, to=to, at=at)
    elif address.revoked_at is not None or company.archived_at is not None:
        keep_mail(letter, because=Reason.EXPIRED, to=to, at=at)
    elif by is None:
        keep_mail(letter, because=Reason.STRANGER, to=to, at=at)
    elif letter.dmarc is not Dmarc.PASS:
        keep_mail(letter, because=Reason.NOT_PROVEN, to=to, at=at)
    else:
        file_documents(letter, company=company, by=by, to=to, at=at)
