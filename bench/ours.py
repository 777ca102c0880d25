"""The product under measurement: its data, its processes, and the requests that its pages and programs make."""

from __future__ import annotations

import json
import os
import subprocess
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bench.client import request
from bench.processes import PYTHON, ROOT, Started, free_port, start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETTINGS = "bench.site.settings"
BODY = "Bonjour, voici la facture du fournisseur pour le mois de novembre, merci de confirmer la réception."


@dataclass(frozen=True)
class House:
    """One office with its history, in a folder or database of its own."""

    folder: Path
    database: str  # an address, or "" for SQLite in the folder
    facts: dict[str, Any]

    @property
    def env(self) -> dict[str, str]:
        return {
            "COMPTOIR_DATA": str(self.folder),
            "COMPTOIR_DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PYTHONUNBUFFERED": "1",
        }


def fill(folder: Path, *, messages: int, streams: int = 0, database: str = "") -> House:
    folder.mkdir()
    empty = House(folder, database, {})
    command = [PYTHON, "-m", "bench.fill", "--messages", str(messages), "--streams", str(streams)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **empty.env}, check=True, stdout=subprocess.PIPE
    )
    return House(folder, database, json.loads(done.stdout))


def serve(house: House, *, settings: str = SETTINGS, jobs: bool = True) -> Started:
    port = free_port()
    command = [PYTHON, "-m", "comptoir", "serve", "--host", "127.0.0.1", "--port", str(port)]
    log = house.folder / f"server-{port}.log"
    return start(
        [*command, *([] if jobs else ["--no-jobs"])],
        port=port,
        log=log,
        env={**house.env, "DJANGO_SETTINGS_MODULE": settings},
        is_ready=lambda: log.exists() and "listens on" in log.read_text(),
    )


def by_token(house: House, who: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {house.facts['tokens'][who]}"}


def by_session(house: House, who: str) -> dict[str, str]:
    return {"Cookie": f"session={house.facts['sessions'][who]}", "Accept": "text/html"}


def always(data: bytes) -> Callable[[int, int], bytes]:
    return lambda client, turn: data  # noqa: ARG005 -- every client asks the same


def get(house: House, path: str, *, who: str = "accountant") -> Callable[[int, int], bytes]:
    return always(request("GET", path, headers=by_token(house, who)))


def page(house: House, path: str, *, who: str = "accountant") -> Callable[[int, int], bytes]:
    return always(request("GET", path, headers=by_session(house, who)))


def send(house: House) -> Callable[[int, int], bytes]:
    """Clients and office in turn, each in a conversation of its own."""
    open_ones = house.facts["conversations"]["open"]
    tokens = [by_token(house, who) for who in ("client", "accountant")]

    def make(client: int, turn: int) -> bytes:  # noqa: ARG001 -- every message is another
        path = f"/api/v1/conversations/{open_ones[client % len(open_ones)]}/messages"
        return request("POST", path, headers=tokens[client % 2], body={"id": str(uuid.uuid4()), "body": BODY})

    return make


def bare_insert() -> Callable[[int, int], bytes]:
    return always(request("POST", "/bare/insert", body=BODY.encode()))


def long_thread(house: House) -> str:
    return str(house.facts["conversations"]["long"])
