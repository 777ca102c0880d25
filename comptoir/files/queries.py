"""What a page says of files before one is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from comptoir.files.kinds import accepted_suffixes


@dataclass(frozen=True)
class Limits:
    """Told before sending: `accept` is a file field's attribute; `bytes` counts for each file."""

    accept: str
    bytes: int
    megabytes: int
    count: int


def limits() -> Limits:
    return Limits(
        # Pictures by their family as well: a phone offers its camera for that, and not for a list of endings.
        accept=",".join(["image/*", *accepted_suffixes()]),
        bytes=settings.ATTACHMENT_BYTES,
        megabytes=settings.ATTACHMENT_BYTES // 1024**2,
        count=settings.ATTACHMENTS_A_MESSAGE,
    )
