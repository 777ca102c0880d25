"""Previews: a small JPEG of a picture or of a PDF's first page, drawn by a child process (preview_child.py)."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from comptoir.core.ids import new_id
from comptoir.files import disk
from comptoir.files.models import Attachment, PreviewState

if TYPE_CHECKING:
    from uuid import UUID

log = logging.getLogger(__name__)

SECONDS = 30
CHILD = Path(__file__).with_name("preview_child.py")
LONGEST_EDGE = 10_000
MOST_PAGES = 1_000_000
# What the child makes of a file, and how that must begin.
STARTS = {"preview": b"\xff\xd8\xff", "logo": b"\x89PNG\r\n\x1a\n"}


@dataclass(frozen=True)
class Drawn:
    """Size of the preview in pixels; `pages` of a PDF only."""

    width: int
    height: int
    pages: int | None


class NotDrawn(Exception):  # noqa: N818 -- most often a damaged file, which is nobody's failure
    pass


def make(attachment_id: UUID) -> None:
    """Draws the preview and notes it. A second call finds nothing to do; a file that cannot be drawn is noted so."""
    pending = Attachment.objects.filter(pk=attachment_id, preview_state=PreviewState.PENDING)
    attachment = pending.first()
    if attachment is None:
        return
    key = new_id()
    try:
        drawn = _drawn_and_kept(attachment.key, key)
    except NotDrawn as reason:
        log.warning("No preview of attachment %s (%s): %s", attachment.pk, attachment.media_type, reason)
        pending.update(preview_state=PreviewState.FAILED)
        return
    # If the row went, or another worker was faster, the sweep finds this file to be nobody's.
    pending.update(
        preview_state=PreviewState.READY,
        preview_key=key,
        width=drawn.width,
        height=drawn.height,
        pages=drawn.pages,
    )


def _drawn_and_kept(source_key: UUID, key: UUID) -> Drawn:
    try:
        source = disk.open_stored(source_key)
    except FileNotFoundError as missing:
        raise NotDrawn("the file is gone") from missing
    with source, disk.one_at_a_time("preview"), disk.arriving(key) as target:
        drawn = draw(source, target)
        disk.keep(key, target)
    return drawn


def draw(source: BinaryIO, target: BinaryIO, *, shape: str = "preview") -> Drawn:
    """Runs the child on two open files: it gets no path, no environment and no inheritance. Raises NotDrawn."""
    source.seek(0)
    with tempfile.TemporaryFile() as report:
        try:
            ended = subprocess.run(  # noqa: S603 -- our own program and our own word, without a shell
                [sys.executable, "-I", str(CHILD), shape],
                stdin=source,
                stdout=target,
                stderr=report,
                env={},
                cwd="/",
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as slow:
            raise NotDrawn(f"not done within {SECONDS} s") from slow
        report.seek(0)
        line = report.read(4096).decode(errors="replace").strip().rpartition("\n")[2]
    drawn = _believed(line, ended.returncode)
    target.seek(0)
    if target.read(len(STARTS[shape])) != STARTS[shape]:
        raise NotDrawn("what came out is no picture of ours")
    return drawn


def _believed(line: str, code: int) -> Drawn:
    """The child may have been taken over by what it read: its report is read as any stranger's."""
    try:
        facts = json.loads(line)
        width, height, pages = (facts.get(name) for name in ("width", "height", "pages"))
    except (ValueError, AttributeError):
        raise NotDrawn(f"ended with {code}") from None
    if code or "failed" in facts:
        raise NotDrawn(str(facts.get("failed"))[:300])
    if not (_is_count(width, LONGEST_EDGE) and _is_count(height, LONGEST_EDGE)):
        raise NotDrawn("a size that cannot be")
    return Drawn(width, height, pages if _is_count(pages, MOST_PAGES) else None)


def _is_count(value: object, most: int) -> bool:
    return type(value) is int and 0 < value <= most
