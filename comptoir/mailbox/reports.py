"""What a mail server reports of a mail of ours: not delivered (RFC 3464), complained of (RFC 5965). Pure.

Anybody can send such a report. Before an address is marked, the caller must find `message_id` among the mails that it
sent to that very recipient.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from comptoir.mailbox.charsets import text_of
from comptoir.mailbox.headers import addresses, message_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comptoir.mailbox.parse import Attached, ParsedMail

REPORT_BYTES = 200_000
RECIPIENTS = 100
TEXT_LENGTH = 20_000

# RFC 3463; each part bounded, so that a line of digits cannot be read twice.
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<!\d)([45])\d\d(?!\d)[ -]")
_MAILBOX_FULL = "5.2.2"  # of the class of permanent failures, yet it passes
_RETURNED = {
    "message/rfc822",
    "text/rfc822-headers",
    "message/global",
    "message/global-headers",
    "message/rfc822-headers",
}


class Outcome(StrEnum):
    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    COMPLAINED = "complained"


@dataclass(frozen=True, slots=True)
class Report:
    """`recipient` in lower case, empty where it was hidden; `message_id` of the mail that it is about."""

    recipient: str
    outcome: Outcome
    is_permanent: bool
    status: str
    message_id: str
    reason: str = ""


def reports_of(mail: ParsedMail) -> tuple[Report, ...]:
    """One per recipient; none if the mail is no report, or tells nothing that can be used."""
    parts = {file.media_type: file for file in reversed(mail.attachments)}
    returned = _returned_id(mail.attachments)
    if "message/feedback-report" in parts:
        return _complaints(parts["message/feedback-report"], returned, mail.attachments)
    status = parts.get("message/delivery-status") or parts.get("message/global-delivery-status")
    if status:
        return tuple(_delivery(block, returned) for block in _blocks(status) if "action" in block)[
            :RECIPIENTS
        ]
    return tuple(_told(mail, returned))[:RECIPIENTS]


def _blocks(file: Attached) -> list[dict[str, str]]:
    """Fields by name, block by block. The first value counts."""
    blocks: list[dict[str, str]] = [{}]
    last = ""
    for line in text_of(file.content[:REPORT_BYTES], "utf-8").splitlines():
        name, colon, value = line.partition(":")
        if not line.strip():
            blocks.append({})
        elif line[0] in " \t" and last in blocks[-1]:
            if len(blocks[-1][last]) < TEXT_LENGTH:
                blocks[-1][last] += " " + line.strip()
        elif colon:
            last = name.strip().lower()
            blocks[-1].setdefault(last, value.strip())
    return blocks


def _delivery(block: dict[str, str], message_id: str) -> Report:
    status = _status(block.get("status", "")) or _status(block.get("diagnostic-code", ""))
    action = block["action"].partition(" ")[0].lower()
    outcome = {"failed": Outcome.FAILED, "delayed": Outcome.DELAYED}.get(action, Outcome.DELIVERED)
    is_lasting = not status.startswith(("4", "2")) and status != _MAILBOX_FULL
    return Report(
        # Who was written to: the address that we know, where a server forwarded the mail to another.
        recipient=_address(block.get("original-recipient", "")) or _address(block.get("final-recipient", "")),
        outcome=outcome,
        is_permanent=outcome is Outcome.FAILED and is_lasting,
        status=status,
        message_id=message_id,
        reason=block.get("diagnostic-code", "")[:500],
    )


def _complaints(file: Attached, message_id: str, attached: Iterable[Attached]) -> tuple[Report, ...]:
    blocks = _blocks(file)
    kind = next((block["feedback-type"] for block in blocks if "feedback-type" in block), "").lower()
    if kind not in {"abuse", "fraud", "opt-out", "not-spam", "other", "virus"} or kind == "not-spam":
        return ()
    told = [_address(block.get("original-rcpt-to", "")) for block in blocks]
    written_to = [found.address for value in _returned(attached, "to") for found in addresses(value)]
    recipients = [address for address in told if address] or written_to or [""]
    return tuple(
        Report(
            recipient, Outcome.COMPLAINED, is_permanent=True, status="", message_id=message_id, reason=kind
        )
        for recipient in recipients[:RECIPIENTS]
    )


def _told(mail: ParsedMail, message_id: str) -> Iterator[Report]:
    """Servers that only tell it in prose: Exim names the recipients in a header, qmail at the start of a line."""
    text = mail.text[:TEXT_LENGTH]
    status, code = _status(text), _CODE.search(text)
    recipients = [
        found.address
        for name, value in mail.headers
        if name == "x-failed-recipients"
        for found in addresses(value)
    ]
    is_lasting = status[:1] == "5" if status else bool(code and code[1] == "5")
    lines = (line.strip() for line in text.splitlines())
    recipients = recipients or [
        _address(line) for line in lines if line.startswith("<") and line.endswith(">:")
    ]
    for recipient in dict.fromkeys(filter(None, recipients)):
        yield Report(
            recipient,
            Outcome.FAILED,
            is_permanent=is_lasting and status != _MAILBOX_FULL,
            status=status,
            message_id=message_id or _id_in(text),
        )


def _status(text: str) -> str:
    found = _STATUS.search(text)
    return found[0] if found else ""


def _address(value: str) -> str:
    """Of `rfc822; somebody@example.be` or `<somebody@example.be>:`"""
    found = addresses(value.rpartition(";")[2].strip().rstrip(":"))
    return found[0].address if found else ""


# ── The mail that came back ──────────────────────────────────────────────


def _returned(attached: Iterable[Attached], name: str) -> list[str]:
    """That header in what was sent back of our mail."""
    tops = [next(filter(None, _blocks(file)), {}) for file in attached if file.media_type in _RETURNED]
    return [top[name] for top in tops if name in top]


def _returned_id(attached: Iterable[Attached]) -> str:
    ids = (found for value in _returned(attached, "message-id") for found in message_ids(value))
    return next(ids, "")


def _id_in(text: str) -> str:
    """In prose the headers follow the explanation."""
    for line in text.splitlines():
        if line.lower().startswith("message-id:"):
            return next(iter(message_ids(line)), "")
    return ""
