"""A mailbox that mails are fetched from: watched by IDLE, and a mail is moved away only after it is committed here.

A crash between the two fetches the mail again, which changes nothing: the same bytes are stored once. What the server
or the database does not allow now is tried again, after a wait that grows.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from imaplib import IMAP4
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections, connections
from django.utils import timezone
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from comptoir.correspondence.fetching import note_fetched, note_mailbox_away
from comptoir.correspondence.models import Transport
from comptoir.correspondence.storing import take_in

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)

PORTS = {"imap+ssl": 993, "imap+tls": 143, "imap": 143}
BOXES = {"imap+ssl": MailBox, "imap+tls": MailBoxStartTls, "imap": MailBoxUnencrypted}
TIMEOUT = 30.0
# Servers end an IDLE after half an hour; a look each minute also finds what came between the last look and the IDLE.
IDLE_SECONDS, STEP = 60, 2.0
# Back within two minutes of the server, however long it was away.
FIRST_WAIT, LONGEST_WAIT = 2.0, 60.0
# imaplib's own failure is none of the system's: a line that ends while we wait on it is one of these.
AWAY = (OSError, IMAP4.error, ImapToolsError, DatabaseError, EOFError)


@dataclass(frozen=True)
class Mailbox:
    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: str

    def open(self) -> BaseMailBox:
        box = cast("BaseMailBox", BOXES[self.scheme](self.host, self.port, timeout=TIMEOUT))
        box.login(self.user, self.password, initial_folder=self.folder)
        return box


def mailbox_at(address: str) -> Mailbox:
    """`imap+ssl://user:password@host:993/INBOX`. Raises ValueError for what is no such address."""
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("A mailbox is imap+ssl://user:password@host:993/INBOX, or imap+tls:// or imap://.")
    return Mailbox(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )


class Fetcher:
    """Watches the mailbox on a thread of its own, from `start()` to `stop()`."""

    def __init__(self, mailbox: Mailbox, *, done: str) -> None:
        self.mailbox, self.done = mailbox, done
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._watch, name="mail-in-imap", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join(STEP * 2)

    def _watch(self) -> None:
        failures = 0
        while not self.stopping.is_set():
            try:
                for _ in self._rounds():
                    failures = 0
            except AWAY as failure:
                connections.close_all()
                log.warning("Mails cannot be fetched from %s: %s", self.mailbox.host, failure)
                self._note_away(failure)
                self.stopping.wait(min(LONGEST_WAIT, FIRST_WAIT * 2.0**failures))
                failures = min(failures + 1, 10)
        connections.close_all()

    def _rounds(self) -> Iterator[int]:
        """One connection: fetch what is there, wait for more, until it breaks or we are asked to end."""
        box = self.mailbox.open()
        try:
            make_folder(box, self.done)
            while not self.stopping.is_set():
                close_old_connections()
                yield fetch(box, done=self.done)
                note_fetched(at=timezone.now())
                self._wait(box)
        finally:
            box.logout() if self.stopping.is_set() else box.client.shutdown()

    def _wait(self, box: BaseMailBox) -> None:
        """In steps, so that the end of the process need not wait for the mailbox."""
        if "IDLE" not in box.client.capabilities:
            self.stopping.wait(STEP * 15)
            return
        box.idle.start()  # type: ignore[no-untyped-call]  # imap-tools is half typed
        for _ in range(int(IDLE_SECONDS / STEP)):
            if box.idle.poll(timeout=STEP) or self.stopping.is_set():
                break
        box.idle.stop()  # type: ignore[no-untyped-call]  # as above

    def _note_away(self, failure: BaseException) -> None:
        try:
            note_mailbox_away(error=str(failure) or type(failure).__name__, at=timezone.now())
        except DatabaseError:  # it is the database that is away; the log has said so
            connections.close_all()


def fetch(box: BaseMailBox, *, done: str) -> int:
    """Stores all that lies in the folder, one by one, and moves each away once it is committed. Returns how many."""
    uids = box.uids()
    for uid in uids:
        raw = _bytes_of(box, uid)
        if raw is not None:
            take_in(raw, transport=Transport.IMAP, at=timezone.now())
            box.move(uid, done)
    return len(uids)


def _bytes_of(box: BaseMailBox, uid: str) -> bytes | None:
    """As they came, without the mark that somebody read it. None for one that is gone meanwhile, or far too large."""
    _, answer = box.client.uid("fetch", uid, "(RFC822.SIZE)")
    size = int(
        b"".join(part for part in answer if isinstance(part, bytes)).rpartition(b"SIZE ")[2].rstrip(b")") or 0
    )
    if size > settings.MAIL_IN_BYTES:
        log.error("A mail of %d bytes is too large to be taken and stays in the mailbox", size)
        return None
    _, parts = box.client.uid("fetch", uid, "(BODY.PEEK[])")
    return next((part[1] for part in parts if isinstance(part, tuple)), None)


def make_folder(box: BaseMailBox, name: str) -> None:
    if not box.folder.exists(name):
        box.folder.create(name)
