"""The kinds of file that an accounting office and its clients hand to each other, and how each may be served.

An allow-list: what is not here is refused, whatever it is called. So web pages, SVG, scripts and programs need no
list of their own, and whoever must hand in something unusual puts it in a ZIP. Office files with macros (.docm,
.xlsm) are left out because they run; other archives (.7z, .rar) because we cannot look at what is in them.
"""

from __future__ import annotations

from dataclasses import dataclass

ANYTHING = "application/octet-stream"
PDF = "application/pdf"
PREVIEW = "image/jpeg"

# What libmagic calls plain text of some sort. Web pages are not in it: a CSV that is HTML is not a CSV.
TEXTS = frozenset({"application/json", "application/x-ndjson", "application/csv", "message/rfc822"})
NOT_TEXTS = frozenset({"text/html"})
# The container of Word, Excel and Outlook before 2007; its inside says which, and libmagic does not always see it.
OLE = frozenset(
    {
        "application/CDFV2",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-office",
        "application/vnd.ms-outlook",
        "application/vnd.ms-powerpoint",
        "application/x-ole-storage",
    }
)
ZIP = frozenset({"application/zip"})
# Their own content is markup, so markup in them is no disguise.
MARKUP = frozenset({"application/xml", "message/rfc822"})
SOUNDS = frozenset({"audio/*", "video/mp4", "video/webm", "video/3gpp", "application/ogg"})


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`contents`: what libmagic may call it; `serve_as`: the type of the download; `must_hold`: a name in the archive."""

    media_type: str
    contents: frozenset[str]
    serve_as: str = ""
    is_archive: bool = False
    must_hold: str = ""
    is_text: bool = False

    def fits(self, sniffed: str) -> bool:
        if self.is_text:
            return sniffed in TEXTS or (sniffed.startswith("text/") and sniffed not in NOT_TEXTS)
        return sniffed in self.contents or f"{sniffed.split('/', maxsplit=1)[0]}/*" in self.contents


def _exactly(media_type: str) -> Kind:
    return Kind(media_type=media_type, contents=frozenset({media_type}))


def _text(media_type: str, *, serve_as: str = "") -> Kind:
    return Kind(media_type=media_type, contents=frozenset(), serve_as=serve_as, is_text=True)


def _archive(media_type: str, *, must_hold: str = "") -> Kind:
    return Kind(media_type=media_type, contents=ZIP | {media_type}, is_archive=True, must_hold=must_hold)


def _ooxml(what: str) -> Kind:
    return _archive(f"application/vnd.openxmlformats-officedocument.{what}", must_hold="[Content_Types].xml")


def _odf(what: str) -> Kind:
    return _archive(f"application/vnd.oasis.opendocument.{what}", must_hold="mimetype")


def _sound(media_type: str) -> Kind:
    return Kind(media_type=media_type, contents=SOUNDS)


_HEIC = Kind(
    media_type="image/heic",
    contents=frozenset({"image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence"}),
)

# Pictures go by their content: a phone calls a HEIC or a WebP `IMG_1234.jpg` often enough, and what is shown is
# our own re-encoded JPEG anyway, never the original.
PICTURES = {
    "png": _exactly("image/png"),
    "jpg": _exactly("image/jpeg"),
    "webp": _exactly("image/webp"),
    "gif": _exactly("image/gif"),
    "heic": _HEIC,
    "tif": _exactly("image/tiff"),
}
KINDS = {
    "pdf": _exactly(PDF),
    **PICTURES,
    "jpeg": PICTURES["jpg"],
    "jfif": PICTURES["jpg"],
    "heif": _HEIC,
    "tiff": PICTURES["tif"],
    # Text. XML and mails are served as bytes: some browsers render them, with style sheets and scripts.
    "txt": _text("text/plain"),
    "csv": _text("text/csv"),
    "xml": _text("application/xml", serve_as=ANYTHING),
    "xbrl": _text("application/xml", serve_as=ANYTHING),
    "json": _text("application/json", serve_as=ANYTHING),
    "eml": _text("message/rfc822", serve_as=ANYTHING),
    "rtf": Kind(media_type="application/rtf", contents=frozenset({"text/rtf", "application/rtf"})),
    # Bank statements: CODA and MT940 (CAMT is XML)
    **dict.fromkeys(("cod", "coda", "sta", "swi", "mt940", "940", "mt942", "942"), _text("text/plain")),
    "doc": Kind(media_type="application/msword", contents=OLE),
    "xls": Kind(media_type="application/vnd.ms-excel", contents=OLE),
    "ppt": Kind(media_type="application/vnd.ms-powerpoint", contents=OLE),
    "msg": Kind(media_type="application/vnd.ms-outlook", contents=OLE),
    "docx": _ooxml("wordprocessingml.document"),
    "xlsx": _ooxml("spreadsheetml.sheet"),
    "pptx": _ooxml("presentationml.presentation"),
    "odt": _odf("text"),
    "ods": _odf("spreadsheet"),
    "odp": _odf("presentation"),
    "zip": _archive("application/zip"),
    # Voice messages, as phones and browsers record them
    "mp3": _sound("audio/mpeg"),
    "m4a": _sound("audio/mp4"),
    "aac": _sound("audio/aac"),
    "amr": _sound("audio/amr"),
    "ogg": _sound("audio/ogg"),
    "oga": _sound("audio/ogg"),
    "opus": _sound("audio/ogg"),
    "wav": _sound("audio/wav"),
    "webm": _sound("audio/webm"),
}
SERVED_AS = {kind.media_type: kind.serve_as or kind.media_type for kind in KINDS.values()}
# Pillow's and PDFium's work, in a child process. TIFF is not among them: its decoder has the longest list of
# holes, and a scan in TIFF is opened in a program of its own anyway.
PREVIEWED = frozenset({PDF, "image/png", "image/jpeg", "image/webp", "image/gif", "image/heic"})

_FAMILIES = {
    "application/pdf": "pdf",
    "image/": "picture",
    "audio/": "sound",
    "spreadsheet": "sheet",
    "ms-excel": "sheet",
    "csv": "sheet",
    "word": "document",
    "opendocument.text": "document",
    "rtf": "document",
    "presentation": "document",
    "powerpoint": "document",
    "rfc822": "mail",
    "outlook": "mail",
    "application/zip": "archive",
    "text/": "text",
    "application/xml": "text",
    "application/json": "text",
}


def accepted_suffixes() -> list[str]:
    """For the `accept` attribute of a file field: `.pdf`, `.png`, …"""
    return sorted(f".{suffix}" for suffix in KINDS)


def family_of(media_type: str) -> str:
    """One word for the icon: pdf, picture, sound, sheet, document, archive, mail, text or other."""
    for mark, family in _FAMILIES.items():
        if mark in media_type:
            return family
    return "other"
