"""The key that signs cookies: the operator's, or one made on first start and kept beside the data."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def secret_key(given: str, *, data: Path) -> str:
    """The given key, else the one in `data/secret-key`, made with mode 0600 if it is missing."""
    if given:
        return given
    path = data / "secret-key"
    try:
        # O_EXCL: of two processes that start at once, one writes and the other reads.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
