"""A throw-away PostgreSQL with its usual settings, durable as the product asks for, on a free port."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from bench.processes import free_port


def programs() -> Path:
    """Debian keeps each version's programs in a folder of its own; the newest is taken."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    if there is None:
        raise RuntimeError("There is no PostgreSQL here: bin/test-packages installs it.")
    return Path(there).resolve().parent


def account() -> list[str]:
    """PostgreSQL refuses to be root's."""
    if os.getuid() != 0:
        return []
    known = {one.pw_name for one in pwd.getpwall()}
    return ["runuser", "-u", "postgres" if "postgres" in known else "nobody", "--"]


class Postgres:
    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        folder.mkdir()
        if account():
            shutil.chown(folder, account()[2])
        self._run(
            "initdb",
            "--username",
            "bench",
            "--auth",
            "trust",
            "--encoding",
            "UTF8",
            "--locale",
            "C",
            "--no-sync",
        )
        options = f"-p {self.port} -h 127.0.0.1 -k {folder} -c max_connections=200"
        self._run("pg_ctl", "--wait", "--silent", "--options", options, "--log", str(folder / "log"), "start")
        self.pid = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])

    def _run(self, program: str, *arguments: str) -> None:
        command = [*account(), str(programs() / program), "--pgdata", str(self.folder / "data"), *arguments]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)

    def create(self, name: str) -> str:
        """An empty database, and its address."""
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "bench"]
        subprocess.run([str(programs() / "createdb"), *where, name], check=True, cwd="/")
        return f"postgres://bench@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        self._run("pg_ctl", "--mode", "immediate", "--silent", "stop")
