"""The corpus: mails as programs form them, byte by byte, and what a person made of each by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from comptoir.mailbox.authentication import dmarc_of
from comptoir.mailbox.automatic import kind_of
from comptoir.mailbox.parse import parse_mail
from comptoir.mailbox.reports import reports_of
from comptoir.mailbox.strip import MARKERS, reply_of

if TYPE_CHECKING:
    from comptoir.mailbox.parse import ParsedMail

CORPUS = Path(__file__).with_name("corpus")
OWN_HOST = "comptoir.bureau-lambert.be"


class Reply(NamedTuple):
    name: str
    raw: bytes
    mail: ParsedMail
    expected: str

    def without_plain_form(self) -> Reply | None:
        """As if its program had sent its page only; None for a mail that has no page."""
        if b"multipart/alternative" not in self.raw:
            return None
        raw = self.raw.replace(b"Content-Type: text/plain", b"Content-Type: text/enriched")
        return self._replace(raw=raw, mail=parse_mail(raw))

    def read(self, *, marked: bool = True) -> str:
        """What is found new in it; unmarked: as if our own mail had carried no line to reply above."""
        text = self.mail.text
        for marker in () if marked else MARKERS.values():
            text = text.replace(marker, "")
        return reply_of(
            text, subject=self.mail.subject, sender=self.mail.sender.name if self.mail.sender else ""
        )


def replies() -> list[Reply]:
    return [
        Reply(
            path.stem,
            raw := path.read_bytes(),
            parse_mail(raw),
            path.with_suffix(".txt").read_text().rstrip("\n"),
        )
        for path in sorted(CORPUS.glob("replies/*.eml"))
    ]


def automatic(kind: str = "*") -> dict[str, ParsedMail]:
    """By `kind/name`."""
    paths = sorted(CORPUS.glob(f"automatic/{kind}/*.eml"))
    return {f"{path.parent.name}/{path.stem}": parse_mail(path.read_bytes()) for path in paths}


def read_whole(raw: bytes) -> None:
    """All that happens to a mail before anybody decides about it."""
    mail = parse_mail(raw)
    reply = reply_of(mail.text, subject=mail.subject, sender=mail.sender.name if mail.sender else "")
    assert "\r" not in reply
    assert "\x00" not in reply
    for text in (reply, mail.subject, *(file.name for file in mail.attachments)):
        text.encode()  # fit to be stored: no half of a character
    kind_of(mail.headers, own_hosts={"comptoir.example"})
    dmarc_of(mail.headers, authserv_id="mx", from_domain=mail.sender.domain if mail.sender else "")
    reports_of(mail)


# ── Mails made for one test ──────────────────────────────────────────────

TOP = b"From: a@b.be\nMIME-Version: 1.0\n"


def parse(*lines: str | bytes) -> ParsedMail:
    return parse_mail(TOP + b"\n".join(line.encode() if isinstance(line, str) else line for line in lines))


def part(*headers: str, body: str | bytes = "") -> bytes:
    return (
        b"--b\n"
        + "\n".join(headers).encode()
        + b"\n\n"
        + (body.encode() if isinstance(body, str) else body)
        + b"\n"
    )


def mixed(*parts: bytes, kind: str = "mixed") -> ParsedMail:
    return parse(f"Content-Type: multipart/{kind}; boundary=b\n", b"".join(parts) + b"--b--")
