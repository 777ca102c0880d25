"""django-helpdesk: tickets for conversations, its own pages for everything; no JSON for what a program would ask."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bench.client import request
from bench.measure import tell
from bench.ours import BODY, always
from bench.peers.environment import environment, version
from bench.processes import ROOT, Started, free_port, start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SITE = ROOT / "bench" / "peers" / "helpdesk_site"


class Helpdesk:
    name = "django-helpdesk"

    def __init__(self, folder: Path, database: str) -> None:
        python = environment("helpdesk", ["django-helpdesk", "gunicorn", "psycopg[binary]", "setuptools<80"])
        self.version = version(python, "django-helpdesk")
        tell(f"  django-helpdesk {self.version}: making 200 tickets")
        folder.mkdir()
        env = {
            "HELPDESK_DATA": str(folder),
            "HELPDESK_DATABASE": database,
            "DJANGO_SETTINGS_MODULE": "site_settings",
        }
        filled = subprocess.run(
            [str(python), "fill.py"], cwd=SITE, env={**os.environ, **env}, check=True, stdout=subprocess.PIPE
        )
        self.facts: dict[str, Any] = json.loads(filled.stdout.splitlines()[-1])
        port = free_port()
        self.server: Started = start(
            [
                str(python),
                "-m",
                "gunicorn",
                "--bind",
                f"127.0.0.1:{port}",
                "--worker-class",
                "gthread",
                "--threads",
                "1",
                "--keep-alive",
                "30",
                "site_wsgi:application",
            ],
            port=port,
            log=folder / "log",
            env=env,
            cwd=SITE,
        )

    @property
    def _cookies(self) -> dict[str, str]:
        return {"Cookie": f"sessionid={self.facts['session']}; csrftoken={self.facts['csrf']}"}

    def send(self) -> Callable[[int, int], bytes]:
        """The form of a ticket's page, as its staff sends it; the answer is a redirect."""
        form = {"comment": BODY, "public": "1", "new_status": "1", "csrfmiddlewaretoken": self.facts["csrf"]}
        headers = {**self._cookies, "Content-Type": "application/x-www-form-urlencoded"}
        data = urlencode(form).encode()
        tickets = self.facts["tickets"]
        return lambda client, turn: request(  # noqa: ARG005 -- the same form for each
            "POST", f"/tickets/{tickets[1 + client % 100]}/update/", headers=headers, body=data
        )

    def inbox(self) -> Callable[[int, int], bytes]:
        """What its table of tickets asks for."""
        path = f"/datatables_ticket_list/{self.facts['query']}?draw=1&start=0&length=200&order[0][column]=0"
        return always(request("GET", path + "&order[0][dir]=asc&search[value]=", headers=self._cookies))

    def open(self) -> Callable[[int, int], bytes]:
        return always(request("GET", f"/tickets/{self.facts['tickets'][0]}/", headers=self._cookies))
