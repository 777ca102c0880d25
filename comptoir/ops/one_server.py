"""On SQLite one process serves: hints to open pages cross between several only over PostgreSQL."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import connection


def claim_data_folder() -> None:
    """Raises CommandError where another process serves from this folder. Commands may run beside it.

    The lock is never given back: the kernel takes it when the process ends, however it ends.
    """
    if connection.vendor == "postgresql":
        return
    handle = os.open(Path(settings.DATA) / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CommandError(
            f"Comptoir serves from {settings.DATA} already. On SQLite one process serves; several need PostgreSQL."
        ) from None
