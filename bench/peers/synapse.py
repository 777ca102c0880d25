"""Synapse, Matrix's reference server: rooms for conversations, sliding sync for the inbox."""

from __future__ import annotations

import json
import subprocess
import urllib.request
import uuid
from typing import TYPE_CHECKING, Any

from bench.client import request
from bench.measure import tell
from bench.ours import BODY, always
from bench.peers.environment import environment, version
from bench.processes import Started, free_port, start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROOMS, LONG = 200, 60
LIMITS = (
    "rc_message rc_registration rc_joins rc_invites rc_room_creation rc_presence rc_login rc_delayed_event_mgmt".split()  # noqa: SIM905
)


class Synapse:
    name = "Synapse"

    def __init__(self, folder: Path, database: str) -> None:
        python = environment("synapse", ["matrix-synapse", "psycopg2-binary"])
        self.version = version(python, "matrix-synapse")
        self.folder, self.port = folder, free_port()
        folder.mkdir()
        self._configure(python, database)
        self.server: Started = start(
            [str(python), "-m", "synapse.app.homeserver", "-c", str(folder / "homeserver.yaml")],
            port=self.port,
            log=folder / "log",
            cwd=folder,
        )
        self.tokens = [self._register(name) for name in ("office", "client")]
        self.rooms = self._talk()

    def _configure(self, python: Path, database: str) -> None:
        config = self.folder / "homeserver.yaml"
        made = [
            str(python),
            "-m",
            "synapse.app.homeserver",
            "--server-name",
            "bench",
            "--config-path",
            str(config),
        ]
        subprocess.run(
            [*made, "--generate-config", "--report-stats=no"],
            check=True,
            cwd=self.folder,
            capture_output=True,
        )
        endless = {"per_second": 1_000_000, "burst_count": 1_000_000}
        rates: dict[str, Any] = dict.fromkeys(LIMITS, endless)
        rates["rc_login"] = dict.fromkeys(("address", "account", "failed_attempts"), endless)
        rates["rc_joins"] = {"local": endless, "remote": endless}
        rates["rc_invites"] = dict.fromkeys(("per_room", "per_user", "per_issuer"), endless)
        ours = {
            **rates,
            "listeners": [
                {
                    "port": self.port,
                    "type": "http",
                    "bind_addresses": ["127.0.0.1"],
                    "resources": [{"names": ["client"]}],
                }
            ],
            "database": sqlite(self.folder) if not database else postgres(database),
            "enable_registration": True,
            "enable_registration_without_verification": True,
            "presence": {"enabled": False},
            "trusted_key_servers": [],
        }
        # Later keys of a YAML mapping would be an error: the generated ones that we set ourselves go.
        kept = [line for line in config.read_text().splitlines() if line.startswith(KEPT)]
        config.write_text(
            "\n".join([*kept, *(f"{name}: {json.dumps(value)}" for name, value in ours.items())])
        )

    def ask(self, method: str, path: str, body: Any = None, *, who: int = 0) -> Any:
        headers = {"Content-Type": "application/json"}
        if hasattr(self, "tokens"):
            headers["Authorization"] = f"Bearer {self.tokens[who]}"
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            method=method,
            headers=headers,
            data=None if body is None else json.dumps(body).encode(),
        )
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 -- as above
            return json.load(answer)

    def _register(self, name: str) -> str:
        body = {"username": name, "password": "bench-bench-bench", "auth": {"type": "m.login.dummy"}}
        token: str = self.ask("POST", "/_matrix/client/v3/register", body)["access_token"]
        return token

    def _talk(self) -> list[str]:
        """Rooms of two; five messages in each, and more in the first, which is the one that is opened."""
        tell(f"  Synapse {self.version}: making {ROOMS} rooms")
        rooms = []
        for number in range(ROOMS):
            body = {"preset": "private_chat", "name": f"Dossier {number}", "invite": ["@client:bench"]}
            room = self.ask("POST", "/_matrix/client/v3/createRoom", body)["room_id"]
            self.ask("POST", f"/_matrix/client/v3/join/{room}", {}, who=1)
            for turn in range(LONG if number == 0 else 5):
                self.ask("PUT", sending(room), {"msgtype": "m.text", "body": BODY}, who=turn % 2)
            rooms.append(room)
        return rooms

    # ── What is measured ──
    def send(self) -> Callable[[int, int], bytes]:
        keys = [{"Authorization": f"Bearer {token}"} for token in self.tokens]
        body = {"msgtype": "m.text", "body": BODY}
        return lambda client, turn: request(  # noqa: ARG005 -- every message is another
            "PUT", sending(self.rooms[1 + client % 100]), headers=keys[client % 2], body=body
        )

    def inbox(self) -> Callable[[int, int], bytes]:
        body = {
            "lists": {
                "all": {"ranges": [[0, 199]], "timeline_limit": 1, "required_state": [["m.room.name", ""]]}
            }
        }
        return self._always(
            "POST", "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync?timeout=0", body
        )

    def open(self) -> Callable[[int, int], bytes]:
        return self._always("GET", f"/_matrix/client/v3/rooms/{self.rooms[0]}/messages?dir=b&limit=50")

    def search(self) -> Callable[[int, int], bytes]:
        criteria = {"room_events": {"search_term": "facture", "order_by": "recent"}}
        return self._always("POST", "/_matrix/client/v3/search", {"search_categories": criteria})

    def _always(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> Callable[[int, int], bytes]:
        headers = {"Authorization": f"Bearer {self.tokens[0]}"}
        return always(request(method, path, headers=headers, body=body if body is not None else b""))


def sending(room: str) -> str:
    return f"/_matrix/client/v3/rooms/{room}/send/m.room.message/{uuid.uuid4()}"


def sqlite(folder: Path) -> dict[str, Any]:
    return {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}}


def postgres(address: str) -> dict[str, Any]:
    user, _, rest = address.removeprefix("postgres://").partition("@")
    host, _, rest = rest.partition(":")
    port, _, name = rest.partition("/")
    where = {"user": user, "host": host, "port": int(port), "dbname": name}
    return {"name": "psycopg2", "args": {**where, "cp_min": 5, "cp_max": 10}}


KEPT = (
    "server_name:",
    "pid_file:",
    "registration_shared_secret:",
    "report_stats:",
    "macaroon_secret_key:",
    "form_secret:",
    "signing_key_path:",
    "media_store_path:",
)
