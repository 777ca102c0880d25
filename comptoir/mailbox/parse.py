"""Raw bytes of a mail to plain values. Whatever comes in, something honest comes out, in time linear to its size.

The structure is read by the standard library's parser, the headers by ours (headers.py says why). What is larger,
deeper or more than the limits below is kept as an attachment or cut, and `is_shortened` says so; the raw mail is kept
by the caller in any case.
"""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from comptoir.mailbox.charsets import text_of, unflowed
from comptoir.mailbox.headers import addresses, decoded, message_ids, moment, unfolded
from comptoir.mailbox.html_text import text_of_html
from comptoir.mailbox.mime import DEPTH, PARTS, Part, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from email.message import Message

    from comptoir.mailbox.headers import Address

HEADERS = 1000
TEXT_BYTES = 10_000_000

# Proofs of a signature that we do not check; beside them, the sender's keys. A person sees only what a person attached.
_PROOFS = {
    *("application/pkcs7-signature", "application/x-pkcs7-signature"),
    *("application/pgp-signature", "application/pgp-keys"),
}
# The same text once more, for a watch, for old Outlooks, for pages within mails.
_OTHER_FORMS = {"text/x-amp-html", "text/watch-html", "text/enriched", "text/richtext", "text/rtf"}
_SUFFIXES = {"message/rfc822": ".eml", "text/calendar": ".ics", "text/rfc822-headers": ".txt"}


@dataclass(frozen=True, slots=True)
class Attached:
    """`name` is what the mail says, not cleaned. Inline: shown within the text, such as a logo or a pasted picture."""

    name: str
    media_type: str
    content: bytes
    is_inline: bool
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """`sender` is None unless there is exactly one From with exactly one address: who else could have sent it?
    `headers` are all of them in order, names in lower case, values on one line and not decoded.
    """

    subject: str
    sender: Address | None
    reply_to: tuple[Address, ...]
    recipients: tuple[Address, ...]
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    date: datetime | None
    text: str
    attachments: tuple[Attached, ...]
    media_type: str
    headers: tuple[tuple[str, str], ...]
    is_shortened: bool = False


def parse_mail(raw: bytes) -> ParsedMail:
    root = read(raw)
    whole = _Whole()
    body = _body(root, whole)
    headers = tuple((name.lower(), unfolded(str(value))) for name, value in root.raw_items())[:HEADERS]
    sender = _addresses(headers, "from")
    return ParsedMail(
        subject=decoded(" ".join(_values(headers, "subject")[:1])),
        sender=sender[0] if len(sender) == 1 and len(_values(headers, "from")) == 1 else None,
        reply_to=_addresses(headers, "reply-to"),
        recipients=_addresses(headers, "to", "cc", "delivered-to", "x-original-to", "envelope-to"),
        message_id=next(iter(_ids(headers, "message-id")), ""),
        in_reply_to=_ids(headers, "in-reply-to"),
        references=_ids(headers, "references"),
        date=next((moment(value) for value in _values(headers, "date")), None),
        text=body.text(),
        attachments=tuple(body.attached),
        media_type=root.get_content_type(),
        headers=headers,
        is_shortened=whole.is_shortened or root.root.parts > PARTS,
    )


def _values(headers: Iterable[tuple[str, str]], *wanted: str) -> list[str]:
    return [value for name, value in headers if name in wanted]


def _addresses(headers: Iterable[tuple[str, str]], *wanted: str) -> tuple[Address, ...]:
    found = (address for value in _values(headers, *wanted) for address in addresses(value))
    return tuple(dict.fromkeys(found))


def _ids(headers: Iterable[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(found for value in _values(headers, wanted) for found in message_ids(value))


# ── The text, and what is attached ───────────────────────────────────────


@dataclass(slots=True)
class _Whole:
    """What all parts share: how much text may still come, and a number for files without a name."""

    text_left: int = TEXT_BYTES
    files: int = 0
    is_shortened: bool = False

    def taken(self, data: bytes) -> bytes:
        taken = data[: self.text_left]
        self.is_shortened |= len(taken) < len(data)
        self.text_left -= len(taken)
        return taken


@dataclass(slots=True)
class _Body:
    """Pieces of text in order, each as (is_html, text), and the files."""

    pieces: list[tuple[bool, str]] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)

    def text(self) -> str:
        texts = (text_of_html(text) if is_html else text for is_html, text in self.pieces)
        lines = "\n".join(text.strip("\n") for text in texts if text.strip())
        return lines.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip("\n")


def _body(part: Part, whole: _Whole) -> _Body:
    if isinstance(part.get_payload(), list) and part.get_content_type() != "message/delivery-status":
        bodies = [_body(cast("Part", child), whole) for child in part.iter_parts()]
        attached = [file for body in bodies for file in body.attached]
        if part.get_content_type() == "multipart/alternative":
            return _Body(_chosen(bodies), attached)
        return _Body([piece for body in bodies for piece in body.pieces], attached)
    media_type = part.get_content_type()
    if media_type in _PROOFS | _OTHER_FORMS:
        return _Body()
    is_broken = media_type.startswith("multipart/") and part.depth < DEPTH  # its boundary is missing
    if is_broken or (media_type in {"text/plain", "text/html"} and not _is_file(part)):
        return _Body([(media_type == "text/html", _text(part, whole))])
    return _Body(attached=[_attached(part, whole)])


def _chosen(bodies: list[_Body]) -> list[tuple[bool, str]]:
    """Of several forms of one text the plain one, which its author's program made; else the richest."""
    spoken = [body.pieces for body in bodies if any(text.strip() for _, text in body.pieces)]
    plain = [pieces for pieces in spoken if not any(is_html for is_html, _ in pieces)]
    return (plain or spoken[::-1] or [[]])[0]


def _is_file(part: Part) -> bool:
    return part.disposition == "attachment" or bool(part.file_name)


def _text(part: Part, whole: _Whole) -> str:
    text = text_of(whole.taken(_content(part)), part.parameter("charset"))
    if part.parameter("format").lower() == "flowed":
        return unflowed(text, joins_words=part.parameter("delsp").lower() == "yes")
    return text


def _attached(part: Part, whole: _Whole) -> Attached:
    whole.files += 1
    media_type = part.get_content_type()
    suffix = _SUFFIXES.get(media_type) or mimetypes.guess_extension(media_type) or ".bin"
    return Attached(
        name=part.file_name or f"attachment-{whole.files}{suffix}",
        media_type=media_type,
        content=_content(part),
        is_inline=part.disposition == "inline" or bool(part.get("content-id")),
        content_id=next(iter(message_ids(str(part.get("content-id", "")))), ""),
    )


def _content(part: Part) -> bytes:
    payload = part.get_payload()
    if isinstance(payload, list):  # the blocks of a delivery report, which are headers
        blocks = ("".join(_lines(block)) for block in cast("list[Message]", payload))
        return "\n".join(blocks).encode("utf-8", "surrogateescape")
    return cast("bytes", part.get_payload(decode=True) or b"")


def _lines(block: Message) -> Iterator[str]:
    return (f"{name}: {unfolded(str(value))}\n" for name, value in block.raw_items())
