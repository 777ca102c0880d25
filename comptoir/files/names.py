"""What a file is called: only ever shown and offered for a download. It is stored under a UUID, never under its name."""

from __future__ import annotations

import re
from urllib.parse import quote

from comptoir.core.text import clean_line, fold

NAME_LENGTH = 200
# A file system takes 255 bytes; a browser may add " (1)" when it saves.
NAME_BYTES = 240
SUFFIX_LENGTH = 12
UNNAMED = "document"

# Windows keeps these for devices, with any suffix: `nul.pdf` cannot be saved there.
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_NOT_IN_A_NAME = re.compile(r'[<>:"|?*\x00-\x1f]')
_SUFFIX = re.compile(r"[a-z0-9]+")


def clean_name(given: str) -> str:
    """The last part of a path that a browser or a mail gave, fit to be shown and to be saved on any system.

    Cleaned before anything is decided by it: an invisible character must not make `exe` look like `pdf` to a check.
    """
    last = clean_line(given).replace("\\", "/").rsplit("/", 1)[-1]
    # A joiner helps an emoji, but in a name it could part the letters of a suffix.
    visible = _NOT_IN_A_NAME.sub("_", last).rstrip(" .")
    stem, dot, suffix = visible.rpartition(".")
    if not dot or len(suffix) > SUFFIX_LENGTH:
        stem, dot, suffix = visible, "", ""
    stem = stem.strip(" .") or UNNAMED
    if _DEVICES.fullmatch(stem.split(".")[0].rstrip()):
        stem = f"_{stem}"
    return f"{_shortened(stem, dot + suffix)}{dot}{suffix}"


def suffix_of(name: str) -> str:
    """`pdf` of a cleaned `Facture.PDF`; empty if it has none of plain letters and digits."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def with_suffix(name: str, suffix: str) -> str:
    """The name of a picture that came as `image` or `blob`, told what it is."""
    return f"{_shortened(name, f'.{suffix}')}.{suffix}"


def disposition(name: str, *, inline: bool) -> str:
    """Content-Disposition after RFC 6266: a plain ASCII name for the old, the true one percent-encoded for the rest."""
    kind = "inline" if inline else "attachment"
    plain = (
        re.sub(r"[^A-Za-z0-9 ._()+-]", "_", fold(name))
        if not name.isascii()
        else re.sub(r'["\\%;]', "_", name)
    )
    header = f'{kind}; filename="{plain}"'
    return header if plain == name else f"{header}; filename*=UTF-8''{quote(name, safe='')}"


def _shortened(stem: str, ending: str) -> str:
    """As much of the stem as leaves room for the ending, cut between characters and never inside one."""
    room = NAME_BYTES - len(ending.encode())
    cut = stem[: NAME_LENGTH - len(ending)].encode()[:room].decode(errors="ignore")
    return cut.rstrip(" .") or UNNAMED
