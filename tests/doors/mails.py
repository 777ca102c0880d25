"""E-mails behind doors: kept ones of every dossier and of none, documents that came, and senders who are trusted."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.correspondence.actions.filing import add_documents
from comptoir.correspondence.actions.senders import trust_sender
from comptoir.correspondence.models import Document, InboundMail, Reason, State, Transport, packed
from tests.doors.things import put_a_file
from tests.world import NOW

if TYPE_CHECKING:
    from uuid import UUID

    from comptoir.people.models import Company, Membership
    from tests.world import Cast

STAFF = {"bakery": "N", "garage": "J", "elsewhere": "W"}


def mail_things(cast: Cast, members: dict[str, Membership]) -> dict[str, dict[str, UUID]]:
    companies: dict[str, Company] = {name: getattr(cast, name) for name in STAFF}
    mails = {name: _kept(company.office_id, company.pk, name) for name, company in companies.items()}
    found = {
        "mail": {name: mail.pk for name, mail in mails.items()},
        "document": {},
        "sender": {},
    }
    found["mail"]["nobody's"] = _kept(cast.bakery.office_id, None, "nobody").pk
    for name, letter in STAFF.items():
        company, by = companies[name], members[letter]
        found["document"][name] = _document(mails[name], company, by)
        sender = trust_sender(company.pk, address=f"{name}@supplier.example", by=by, at=NOW)
        found["sender"][name] = sender.pk
    return found


def _kept(office_id: UUID, company_id: UUID | None, name: str) -> InboundMail:
    raw = f"From: x@{name}.example\r\nSubject: Secret of {name}\r\n\r\nSecret text of {name}\r\n".encode()
    content = packed(raw, digest=hashlib.sha256(raw).hexdigest(), at=NOW)
    content.save()
    return InboundMail.objects.create(
        raw=content,
        recipient=f"{name}@in.example",
        fingerprint=content.digest,
        transport=Transport.LMTP,
        received_at=NOW,
        state=State.KEPT,
        reason=Reason.STRANGER,
        office_id=office_id,
        company_id=company_id,
        from_address=f"x@{name}.example",
        subject=f"Secret of {name}",
        text=f"Secret text of {name}",
    )


@transaction.atomic
def _document(mail: InboundMail, company: Company, by: Membership) -> UUID:
    file = put_a_file(by, f"{company.pk}.txt")
    add_documents([file.pk], mail=mail, company=company, by=by, at=NOW)
    return Document.objects.get(attachment=file.pk).pk
