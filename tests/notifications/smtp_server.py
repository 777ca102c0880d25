"""A real SMTP server that does what a test tells it: takes mails, refuses them, drops the line, or is slow."""

from __future__ import annotations

import socket
import time
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 OK"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


class Mailbox:
    """The server and what it took. `refuse_rcpt` and `refuse_data` are answers; `drop_after_data` takes and hangs up."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []  # of what was taken
        self.asked: list[str] = []  # of what was begun
        self.lines: dict[object, list[tuple[str, float]]] = {}  # as above with the moment, by who asked
        self.refuse_rcpt: dict[str, str] = {}
        self.refuse_mail = self.refuse_data = ""
        self.drop_after_data = False
        self.delay = 0.0
        self.while_data: Callable[[], Any] | None = None
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd's name
        self,
        server: SMTP,  # noqa: ARG002 -- aiosmtpd's signature
        session: Session,  # noqa: ARG002 -- as above
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if self.refuse_mail:
            return self.refuse_mail
        envelope.mail_from, envelope.mail_options = address, options
        return OK

    async def handle_RCPT(  # noqa: N802 -- as above
        self,
        server: SMTP,  # noqa: ARG002 -- aiosmtpd's signature
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002 -- as above
    ) -> str:
        if address in self.refuse_rcpt:
            return self.refuse_rcpt[address]
        envelope.rcpt_tos.append(address)
        self.asked.append(address)
        self.lines.setdefault(session.peer, []).append((address, time.monotonic()))
        return OK

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002 -- as above
        if self.while_data:
            self.while_data()
        if self.refuse_data:
            return self.refuse_data
        time.sleep(self.delay)  # noqa: ASYNC251 -- the whole server is slow
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(message_from_bytes(content, policy=default))  # type: ignore[arg-type]  # as the policy makes it
        self.recipients.extend(envelope.rcpt_tos)
        if self.drop_after_data:
            server.transport.abort()
        return OK
