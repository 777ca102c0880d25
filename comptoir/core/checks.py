"""What must hold before the product starts: an acknowledged message survives a power cut, or nothing starts.

`synchronous=NORMAL` lost 2,495 of 58,094 acknowledged rows to twelve simulated power cuts; `kill -9` shows none of it.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Mapping

# SQLite's locks are unsafe there, and WAL needs memory that only processes of one machine share.
NETWORK_FILE_SYSTEMS = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "ncpfs",
    "fuse.sshfs",
    "fuse.rclone",
    "ceph",
}
SQLITE_WANTED = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}
POSTGRESQL_NEVER_OFF = ("fsync", "full_page_writes", "synchronous_commit")
OLDEST_POSTGRESQL = 15
# Below these, a hole is known that strangers can use. Raised by hand when an advisory says so.
OLDEST_SAFE = {
    "django": (5, 2, 16),
    "django-allauth": (65, 14, 1),
    "pillow": (12, 1, 1),
    "cryptography": (46, 0, 5),
    "urllib3": (2, 6, 3),
    "h11": (0, 16, 0),
    "sqlparse": (0, 5, 4),
}


def start_up_problems() -> list[str]:
    """In words for the operator; empty when all is well. Asks the database."""
    problems = outdated(OLDEST_SAFE)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            found = {name: str(_one(cursor, f"PRAGMA {name}")) for name in SQLITE_WANTED}
            folder = Path(str(connection.settings_dict["NAME"])).resolve().parent
            mounts = Path("/proc/mounts")
            table = mounts.read_text() if mounts.exists() else ""
            return problems + sqlite_problems(found) + folder_problems(folder, table)
        shown = {name: str(_one(cursor, f"SHOW {name}")) for name in POSTGRESQL_NEVER_OFF}
        return problems + postgresql_problems(shown, int(_one(cursor, "SHOW server_version_num")) // 10_000)


def _one(cursor: Any, statement: str) -> Any:
    cursor.execute(statement)
    return cursor.fetchone()[0]


def sqlite_problems(found: Mapping[str, str]) -> list[str]:
    return [
        f"SQLite runs with {name}={found[name]}; Comptoir needs {name}={wanted}, or a power cut loses messages."
        for name, wanted in SQLITE_WANTED.items()
        if found[name] != wanted
    ]


def folder_problems(folder: Path, mounts: str) -> list[str]:
    """`mounts` as in /proc/mounts. The folder belongs to the longest mount point that leads to it."""
    kinds = {}
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        kinds[Path(point.replace("\\040", " "))] = kind
    kind = next((kinds[place] for place in (folder, *folder.parents) if place in kinds), "")
    if kind not in NETWORK_FILE_SYSTEMS:
        return []
    where = f"{folder} is on a network file system ({kind}), where SQLite loses data."
    return [f"{where} Put COMPTOIR_DATA on a local disk, or name a PostgreSQL in COMPTOIR_DATABASE_URL."]


def postgresql_problems(shown: Mapping[str, str], version: int) -> list[str]:
    problems = [
        f"PostgreSQL runs with {name}=off; Comptoir needs it on, or a power cut loses messages."
        for name in POSTGRESQL_NEVER_OFF
        if shown[name] == "off"
    ]
    if version < OLDEST_POSTGRESQL:
        problems.append(f"PostgreSQL {version} is too old: Comptoir needs {OLDEST_POSTGRESQL} or newer.")
    return problems


def outdated(oldest: Mapping[str, tuple[int, ...]]) -> list[str]:
    return [
        f"{name} {version(name)} has a known hole; at least {'.'.join(map(str, safe))} is needed."
        for name, safe in oldest.items()
        if as_numbers(version(name)) < safe
    ]


def as_numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:3] if part.isdigit())
