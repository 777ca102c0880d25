"""What keeps the product from starting."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from comptoir.core import checks
from comptoir.core.checks import (
    OLDEST_SAFE,
    as_numbers,
    folder_problems,
    outdated,
    postgresql_problems,
    sqlite_problems,
    start_up_problems,
)

MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/export /srv/nfs nfs4 rw 0 0
//box/share /srv/with\\040blank cifs rw 0 0
me@host: /srv/far fuse.sshfs rw 0 0
/dev/vdb /srv/nfs/local xfs rw 0 0
"""


def test_this_machine_is_well(db: None) -> None:
    assert start_up_problems() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("synchronous", "1"), ("synchronous", "0"), ("journal_mode", "delete"), ("foreign_keys", "0")],
)
def test_sqlite_without_durability(name: str, value: str) -> None:
    well = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}
    assert sqlite_problems(well) == []
    (problem,) = sqlite_problems({**well, name: value})
    assert f"{name}={value}" in problem


@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "synchronous_commit"])
def test_postgresql_without_durability(name: str) -> None:
    well = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
    assert postgresql_problems(well, 15) == []
    assert postgresql_problems({**well, "synchronous_commit": "remote_apply"}, 17) == []
    (problem,) = postgresql_problems({**well, name: "off"}, 15)
    assert name in problem


def test_an_old_postgresql() -> None:
    well = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
    (problem,) = postgresql_problems(well, 14)
    assert "15 or newer" in problem


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/comptoir", ""),
        ("/srv/nfs/data", "nfs4"),
        ("/srv/with blank", "cifs"),
        ("/srv/far/a/b", "fuse.sshfs"),
        ("/srv/nfs/local/data", ""),
        ("/srv/nfsother", ""),
    ],
)
def test_a_folder_on_the_network(folder: str, kind: str) -> None:
    problems = folder_problems(Path(folder), MOUNTS)
    assert [kind in problem for problem in problems] == ([True] if kind else [])


def test_a_system_without_a_table_of_mounts_is_trusted() -> None:
    assert folder_problems(Path("/data"), "") == []


def test_no_dependency_has_a_known_hole() -> None:
    assert outdated(OLDEST_SAFE) == []
    (problem,) = outdated({"django": (99,)})
    assert problem.startswith("django ")
    assert "at least 99 " in problem


def test_versions_are_compared_as_numbers() -> None:
    assert as_numbers("5.10.2") > as_numbers("5.9.30")
    assert as_numbers("46.0.5.dev1")[:2] == (46, 0)


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_problem_is_told_and_nothing_starts(
    db: None, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comptoir.ops.preparation.start_up_problems", lambda: ["the sky is falling"])
    options = {"port": 0} if command == "serve" else {}
    with pytest.raises(CommandError, match="does not start:\n- the sky is falling"):
        call_command(command, **options)


def test_the_table_names_what_is_installed() -> None:
    for name in OLDEST_SAFE:
        assert checks.version(name)
