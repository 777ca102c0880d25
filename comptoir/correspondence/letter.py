"""One mail as it was read: parsed, told automatic or not, and whose domain vouches for it. No decision yet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from comptoir.mailbox.authentication import Dmarc, dmarc_of
from comptoir.mailbox.automatic import Kind, kind_of
from comptoir.mailbox.parse import parse_mail
from comptoir.mailbox.strip import reply_of
from comptoir.notifications.mails import mail_host

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comptoir.correspondence.models import InboundMail
    from comptoir.mailbox.parse import Attached, ParsedMail

# A logo or an icon of a social network that a signature shows; a photograph pasted into the text is larger.
SIGNATURE_PICTURE = 15_000


@dataclass(frozen=True)
class Letter:
    row: InboundMail
    mail: ParsedMail
    kind: Kind = field(init=False)

    def __post_init__(self) -> None:
        found = kind_of(self.mail.headers, own_hosts={mail_host()}, return_path=self.row.envelope_sender)
        object.__setattr__(self, "kind", found)

    @property
    def sender(self) -> str:
        return self.mail.sender.address if self.mail.sender else ""

    @property
    def sender_name(self) -> str:
        return self.mail.sender.name if self.mail.sender else ""

    @property
    def dmarc(self) -> Dmarc:
        if self.mail.sender is None:
            return Dmarc.ABSENT
        return dmarc_of(
            self.mail.headers,
            authserv_id=settings.MAIL_IN_AUTHSERV_ID,
            from_domain=self.mail.sender.domain,
        )

    @property
    def reply(self) -> str:
        """What is new in it; the whole text where nothing else is found."""
        return reply_of(self.mail.text, subject=self.mail.subject, sender=self.sender_name) or self.mail.text

    @property
    def files(self) -> list[Attached]:
        """What somebody attached, without the pictures of their signature. The raw mail has those."""
        return [file for file in self.mail.attachments if not _is_ornament(file)]

    def answered(self) -> Iterator[UUID]:
        """The ids of ours that it names as what it answers."""
        ending = f"@{mail_host()}"
        for named in (*self.mail.in_reply_to, *self.mail.references):
            if named.endswith(ending):
                try:
                    yield UUID(named.removesuffix(ending))
                except ValueError:  # somebody else's id, at a host of our name
                    continue

    def fingerprint(self) -> str:
        """The same whichever way the mail took. Servers on the way change its headers and how its text is encoded."""
        mail = self.mail
        when = mail.date.isoformat() if mail.date else ""
        said = [mail.message_id, self.sender, when, mail.subject, mail.text]
        files = [hashlib.sha256(file.content).hexdigest() for file in mail.attachments]
        return hashlib.sha256("\x1f".join([*said, *files]).encode("utf-8", "replace")).hexdigest()


def letter_of(row: InboundMail) -> Letter:
    return Letter(row, parse_mail(row.raw.content))


def _is_ornament(file: Attached) -> bool:
    is_picture = file.media_type.startswith("image/")
    return file.is_inline and is_picture and len(file.content) <= SIGNATURE_PICTURE
