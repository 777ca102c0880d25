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
    if not path.exists():
        _make(path)
    return path.read_text().strip()


def _make(path: Path) -> None:
    """Written aside and then named: of two processes that start at once one wins, and nobody reads half a key."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
