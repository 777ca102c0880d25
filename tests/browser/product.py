"""The product as an operator runs it: a process of its own, on a free port, with a data folder of its own."""

from __future__ import annotations

import copy
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


class Prepared(NamedTuple):
    """What a first product was prepared with. To prepare one takes longer than most tests."""

    data: Path
    facts: dict[str, Any]


PREPARED: dict[str, Prepared] = {}  # by the kind of its database


class Product:
    def __init__(self, data: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.data = data
        self.log = data / "log"
        self.mail = data / "mail"
        self.process: subprocess.Popen[bytes] | None = None
        self.facts: dict[str, Any] = {}
        self.settings = "comptoir.settings"
        self.kind = "sqlite"
        self.more: dict[str, str] = {}  # settings of a test's own

    def environment(self) -> dict[str, str]:
        """None of the operator's own settings reach it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("COMPTOIR_")}
        ours = {
            "COMPTOIR_DATA": str(self.data),
            "COMPTOIR_DEMO": "0",
            "COMPTOIR_EMAIL_URL": f"filemail:///{self.mail}",
            "COMPTOIR_MAIL_IN": "in.comptoir.example",
            "COMPTOIR_MAIL_IN_AUTHSERV_ID": "mx.talmont.example",
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
        }
        return {
            **kept,
            **ours,
            **self.more,
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": self.settings,
        }

    def prepare(self) -> dict[str, Any]:
        """The whole cast with open sessions, as facts: names, members, session keys. Made once; others get a copy."""
        self.data.mkdir(exist_ok=True)
        if (found := PREPARED.get(self.kind)) is None:
            self.new_database()
            facts = self.prepare_with("tests.browser.prepare")
            found = Prepared(self.data.with_name(f"{self.data.name}-kept"), facts)
            PREPARED[self.kind] = found
            shutil.copytree(self.data, found.data)
            self.keep_database(found)
        else:
            shutil.copytree(found.data, self.data, dirs_exist_ok=True)
            self.new_database(found)
        return copy.deepcopy(found.facts)

    def new_database(self, like: Prepared | None = None) -> None:
        """SQLite's is a file of the folder, and comes with it."""

    def keep_database(self, kept: Prepared) -> None:
        """As above."""

    def prepare_with(self, module: str) -> dict[str, Any]:
        """People of a test's own, made in this product's surroundings."""
        made = subprocess.run(
            [sys.executable, "-m", module],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            check=True,
        )
        facts: dict[str, Any] = json.loads(made.stdout)
        return facts

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "comptoir", "serve"],
                cwd=self.data,
                env=self.environment(),
                stdout=log,
                stderr=log,
            )
        self.wait()

    def wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while not self._answers():
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self) -> None:
        """As a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process = None


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port: int = chosen.getsockname()[1]
        return port
