"""The content of a message: cleaned, measured, hashed, and its files claimed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comptoir.conversations.models import MessageAttachment
from comptoir.conversations.refusals import (
    BodyTooLong,
    EmptyMessage,
    NoSubject,
    SubjectTooLong,
    TooManyAttachments,
    UnknownAttachment,
)
from comptoir.core.text import clean_line, clean_text
from comptoir.files.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from comptoir.conversations.models import Message
    from comptoir.people.models import Membership

BODY_CHARACTERS = 20_000
SUBJECT_CHARACTERS = 200
FILES_A_MESSAGE = 20
LINE_CHARACTERS = 140


@dataclass(frozen=True)
class Content:
    body: str
    files: tuple[UUID, ...]

    def digest(self, *, subject: str = "", audience: str = "", expects_answer: bool | None = None) -> str:
        """SHA-256 over all that was sent, so that a retry is told from another message under the same id."""
        parts = [self.body, *map(str, self.files), subject, audience, repr(expects_answer)]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def checked_content(body: str, files: Sequence[UUID]) -> Content:
    """The cleaned content, or the refusal that names what is wrong with it."""
    cleaned = clean_text(body).strip()
    if len(cleaned) > BODY_CHARACTERS:
        raise BodyTooLong(field="body")
    if len(files) > FILES_A_MESSAGE:
        raise TooManyAttachments(field="attachments")
    if not cleaned and not files:
        raise EmptyMessage(field="body")
    return Content(body=cleaned, files=tuple(dict.fromkeys(files)))


def checked_subject(subject: str) -> str:
    cleaned = clean_line(subject)
    if not cleaned:
        raise NoSubject(field="subject")
    if len(cleaned) > SUBJECT_CHARACTERS:
        raise SubjectTooLong(field="subject")
    return cleaned


def one_line(text: str) -> str:
    """The beginning of a text for a list, on one line."""
    return clean_line(text[: LINE_CHARACTERS * 2])[:LINE_CHARACTERS]


def claimed(files: Sequence[UUID], *, by: Membership, at: datetime) -> list[Attachment]:
    """The author's own ready and unused uploads, in the order given, taken for one message."""
    if not files:
        return []
    found = {a.pk: a for a in Attachment.objects.unclaimed_by(by).select_for_update().filter(pk__in=files)}
    if len(found) != len(files):
        raise UnknownAttachment(field="attachments")
    Attachment.objects.filter(pk__in=files).update(claimed_at=at)
    return [found[file] for file in files]


def hang(attachments: Sequence[Attachment], *, on: Message) -> None:
    MessageAttachment.objects.bulk_create(
        [
            MessageAttachment(message=on, attachment=file, place=place)
            for place, file in enumerate(attachments)
        ]
    )


def files_of(message: Message) -> list[Attachment]:
    hung = MessageAttachment.objects.filter(message=message).select_related("attachment").order_by("place")
    return [one.attachment for one in hung]
