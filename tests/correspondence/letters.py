"""Mails as people's programs write them, with what our own mail server puts on top."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import TYPE_CHECKING

from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Sequence

SERVER = "mx.talmont.example"  # the name of our mail server
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@dataclass
class Mail:
    """`dmarc`: what our server found. `answers`: the id of the mail that it answers, and of its thread's root."""

    sender: str
    to: str
    text: str = "Professionnelle."
    dmarc: str = "pass"
    subject: str = "Re: Nouveau message"
    answers: Sequence[str] = ()
    files: Sequence[tuple[str, bytes]] = ()
    headers: dict[str, str] = field(default_factory=dict)
    message_id: str = field(default_factory=lambda: make_msgid(domain="mail.gmail.example"))

    def bytes(self) -> bytes:
        mail = EmailMessage()
        if self.dmarc:
            domain = self.sender.rpartition("@")[2].rstrip(">")
            mail["Authentication-Results"] = f"{SERVER}; dmarc={self.dmarc} header.from={domain}"
        mail["From"], mail["To"], mail["Subject"] = self.sender, self.to, self.subject
        mail["Date"], mail["Message-ID"] = format_datetime(NOW), self.message_id
        if self.answers:
            mail["In-Reply-To"], mail["References"] = self.answers[0], " ".join(reversed(self.answers))
        for name, value in self.headers.items():
            mail[name] = value
        mail.set_content(self.text)
        for name, content in self.files:
            mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        if self.files:
            mail.set_boundary("part")  # chosen by chance otherwise: the same mail has the same bytes
        return mail.as_bytes()
