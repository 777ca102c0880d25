"""Secrets of links that a mail carries along, as the quote of one of ours does. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from comptoir.mailbox.charsets import text_of
from comptoir.mailbox.mime import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comptoir.mailbox.mime import Part

# 256 bits in base64url behind the #, which filters that rewrite links make %23.
_SECRET = re.compile(r"(?:#|%23)([A-Za-z0-9_-]{43})")
# A long address is broken where the line ends, within a quote with its signs.
_WRAPPED = re.compile(r"[\s>]+")
_MAILS_WITHIN = 5


def secrets_in(raw: bytes) -> frozenset[str]:
    """All that may be the secret of a link, in any text of a mail and of the mails within it."""
    texts = list(_texts(read(raw), within=_MAILS_WITHIN))
    forms = [*texts, *(_WRAPPED.sub("", text) for text in texts)]
    return frozenset(secret for form in forms for secret in _SECRET.findall(form))


def _texts(mail: Part, *, within: int) -> Iterator[str]:
    for part in mail.walk():
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        kind = part.get_content_type()
        if not isinstance(content, bytes):
            continue
        if kind.startswith("text/"):
            yield text_of(content, part.parameter("charset"))
        elif within and (kind.startswith("message/") or part.file_name.lower().endswith(".eml")):
            yield from _texts(read(content), within=within - 1)
