"""Somebody who answers by mail while the mailbox, or what fetches from it, comes and goes."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

from tests.correspondence.imap_account import Account
from tests.correspondence.letters import Mail

if TYPE_CHECKING:
    from tests.outages.house import House


class Writing(Thread):
    """Every second one more mail in the mailbox that the product fetches from."""

    def __init__(self, house: House, sender: str, to: str) -> None:
        super().__init__()
        self.sender, self.to = sender, to
        self.account = Account(house.account.user)  # a line of its own
        self.over, self.sent = Event(), 0

    def run(self) -> None:
        while not self.over.is_set():
            self.sent += 1
            self.account.put(Mail(self.sender, self.to, text=f"Par mail {self.sent}.").bytes())
            self.over.wait(1.0)

    def end(self) -> None:
        self.over.set()
        self.join()
        self.account.client.logout()
