"""Web pages, drawings with scripts, and scripts, under the name of something harmless.

What we serve is harmless whatever it is (serving.py), but who saves it and opens it elsewhere is not protected by that,
and no honest program calls a web page `.pdf`. Two kinds are left alone: XML, where such content is at home, and the
Excel and Word of before 2007, because many a bank's and program's `.xls` is a table in HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import Invalid
from comptoir.files.kinds import MARKUP, OLE

if TYPE_CHECKING:
    from comptoir.files.kinds import Kind

_ACTIVE = frozenset(
    {
        "text/html",
        "image/svg+xml",
        "application/xhtml+xml",
        "application/javascript",
        "text/javascript",
        "text/x-shellscript",
        "text/x-msdos-batch",
        "text/x-php",
    }
)
# Of text, libmagic guesses: a letter about programming is "text/x-python" to it. So only its first word counts.
_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<iframe", b"<svg", b"<?php", b"#!")
_BEFORE_IT = b"\xef\xbb\xbf \t\r\n"


class IsDisguised(Invalid):
    code = "file_is_disguised"
    text = _("This file is a web page or a script, whatever its name says. It was not stored.")


def refuse_disguised(name: str, kind: Kind, *, sniffed: str, head: bytes) -> None:
    """Raises IsDisguised, with the file's name in the words."""
    if kind.media_type in MARKUP or kind.contents == OLE:
        return
    begins = head.lstrip(_BEFORE_IT)[:20].lower().startswith(_STARTS)
    if begins or (sniffed in _ACTIVE and not kind.is_text):
        text = _("“%(name)s” is a web page or a script, whatever its name says. It was not stored.")
        raise IsDisguised(text % {"name": name})
