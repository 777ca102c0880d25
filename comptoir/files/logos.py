"""An office's logo: whatever picture came, a small PNG drawn anew by the child process that draws previews."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import Invalid, TooLarge
from comptoir.files.previews import NotDrawn, draw

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGEST = 2 * 1024**2
LARGEST_MADE = 512 * 1024


class Picture(Protocol):
    def chunks(self) -> Iterable[bytes]: ...


def logo_png(picture: Picture) -> bytes:
    """At most 256 x 256, with nothing of the original but its pixels. Raises Invalid or TooLarge."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        size = 0
        for piece in picture.chunks():
            size += len(piece)
            if size > LARGEST:
                raise TooLarge(_("A logo has at most 2 MB."), field="logo")
            source.write(piece)
        source.flush()
        try:
            draw(source, target, shape="logo")
        except NotDrawn as reason:
            raise Invalid(
                _("This picture cannot be read. A PNG or JPEG works best."), field="logo"
            ) from reason
        target.seek(0)
        return target.read(LARGEST_MADE)
