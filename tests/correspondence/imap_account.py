"""A mailbox on the Dovecot of the tests."""

from __future__ import annotations

import imaplib
import os
import uuid

PORT = int(os.environ.get("COMPTOIR_TEST_IMAP_PORT", "0"))


class Account:
    """A mailbox of its own on the server, and what somebody else does in it."""

    def __init__(self, user: str = "") -> None:
        self.user = user or f"u{uuid.uuid4().hex[:12]}"
        self.address = f"imap://{self.user}:secret@127.0.0.1:{PORT}/INBOX"
        self.client = imaplib.IMAP4("127.0.0.1", PORT)
        self.client.login(self.user, "secret")

    def put(self, raw: bytes) -> None:
        assert self.client.append("INBOX", "", "", raw)[0] == "OK"

    def count(self, folder: str) -> int:
        status, found = self.client.select(folder, readonly=True)
        return int(found[0] or 0) if status == "OK" else 0
