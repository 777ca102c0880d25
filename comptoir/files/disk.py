"""Where the bytes lie: `FILES/<two hex digits>/<uuid>`. A file is written once and never changed.

`incoming/` is the quarantine: nothing there is reachable, and a crash leaves at most a piece for the sweep.
`trash/` keeps what the sweep took for thirty days, so that a backup of the database still finds its files, and so
that a mistake of ours can be undone.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

UUID_LENGTH = 36
_HEX_PAIRS = [f"{number:02x}" for number in range(256)]


def path_of(key: UUID) -> Path:
    # The last digits: those of a UUIDv7 are random, the first are the clock.
    folder: Path = settings.FILES / key.hex[-2:]
    return folder / str(key)


@contextmanager
def one_at_a_time(what: str) -> Iterator[None]:
    """Waits for its turn, among all processes of this host; a killed one lets go of it."""
    handle = os.open(_folder("incoming") / f"{what}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def arriving(key: UUID) -> Iterator[BinaryIO]:
    """A new file in quarantine, to be written and read; gone afterwards unless `keep` took it."""
    path = _folder("incoming") / str(key)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
    finally:
        path.unlink(missing_ok=True)


def keep(key: UUID, file: BinaryIO) -> None:
    """Moves it from quarantine to its place. When this returns, the file survives a power cut, and its name too."""
    file.flush()
    os.fsync(file.fileno())
    place = path_of(key)
    _folder(place.parent.name)
    (settings.FILES / "incoming" / str(key)).rename(place)
    _sync(place.parent)
    _sync(settings.FILES)


def open_stored(key: UUID) -> BinaryIO:
    return path_of(key).open("rb")


def discard(key: UUID, *, at: datetime) -> None:
    """To the trash. What is not there any more has been discarded before."""
    place, trashed = path_of(key), _folder("trash") / str(key)
    if place.exists():
        place.rename(trashed)
        os.utime(trashed, (at.timestamp(), at.timestamp()))


def stored_before(moment: datetime) -> Iterator[UUID]:
    """The keys of the files that were stored before a moment, to be compared with those that the database knows."""
    for pair in _HEX_PAIRS:
        yield from (UUID(path.name) for path in _old_files(pair, moment) if len(path.name) == UUID_LENGTH)


def purge(*, trashed_before: datetime, arrived_before: datetime) -> None:
    for folder, moment in (("trash", trashed_before), ("incoming", arrived_before)):
        for path in list(_old_files(folder, moment)):
            if path.suffix != ".lock":
                path.unlink(missing_ok=True)


def _old_files(folder: str, moment: datetime) -> Iterator[Path]:
    place = settings.FILES / folder
    if place.is_dir():
        yield from (path for path in place.iterdir() if path.stat().st_mtime < moment.timestamp())


def _folder(name: str) -> Path:
    folder: Path = settings.FILES / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sync(folder: Path) -> None:
    """A file's name belongs to its folder: without this a power cut leaves the bytes and loses the name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
