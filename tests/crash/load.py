"""A load that knows what was promised to it: each sender keeps a journal of what it sent and what was acknowledged."""

from __future__ import annotations

import http.client
import json
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 180.0  # seconds after which a message that nobody takes is the test's failure


@dataclass
class Sender(threading.Thread):
    """Sends one message after the other; after a failure the same one again, under the same key."""

    port: int
    token: str
    conversation: str
    number: int
    pause: float = 0.0  # seconds between two messages
    patience: float = PATIENCE
    sent: dict[str, str] = field(default_factory=dict)
    acknowledged: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        while not self.stopping.is_set():
            key, body = str(uuid.uuid4()), f"Message {len(self.sent)} of sender {self.number}"
            self.sent[key] = body
            self._until_acknowledged(key, body)
            self.stopping.wait(self.pause)

    def _until_acknowledged(self, key: str, body: str) -> None:
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            status, answer = self._post(key, body)
            if status in {200, 201}:
                self.acknowledged.append(key)
                if (answer["id"], answer["body"]) != (key, body):
                    self.problems.append(f"{key}: acknowledged as {answer}")
                return
            if status not in {0, 429, 503}:  # away, asked to wait, or not ready
                self.problems.append(f"{key}: {status} {answer}")
                return
            time.sleep(0.05)
        self.problems.append(f"{key}: nobody took it in {self.patience} s")

    def _post(self, key: str, body: str) -> tuple[int, dict[str, Any]]:
        """The status, or 0 where the server went away before it answered."""
        try:
            return ask(
                self.port,
                "POST",
                f"/api/v1/conversations/{self.conversation}/messages",
                self.token,
                {"id": key, "body": body},
            )
        except (OSError, http.client.HTTPException, ValueError):
            return 0, {}


def ask(port: int, method: str, path: str, token: str, body: Any = None) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def everything(port: int, token: str, conversation: str) -> list[dict[str, Any]]:
    """All messages of a conversation, oldest first, page by page."""
    found: list[dict[str, Any]] = []
    before = ""
    while True:
        path = f"/api/v1/conversations/{conversation}/messages?limit=100{before}"
        status, answer = ask(port, "GET", path, token)
        assert status == 200, answer
        page = answer["items"] if isinstance(answer, dict) else answer
        found = [*page, *found]
        if len(page) < 100:
            return found
        before = f"&before={page[0]['position']}"
