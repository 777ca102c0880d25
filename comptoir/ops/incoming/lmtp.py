"""The endpoint that a mail server hands mails to: LMTP (Postfix, Exim, Dovecot), or SMTP where it speaks only that.

250 is said only after the mail is committed; while the database is away it is 451, and the mail server keeps the mail
and comes again. Nothing is judged here: whatever is addressed to us is taken, so that nobody is told which addresses
exist, and no bounce hits a sender who was forged.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP
from django.conf import settings
from django.db import close_old_connections, connections
from django.utils import timezone

from comptoir.correspondence.models import Transport
from comptoir.correspondence.storing import is_ours, take_in

if TYPE_CHECKING:
    from aiosmtpd.smtp import Envelope, Session

log = logging.getLogger(__name__)

OK, LATER, NOT_OURS = (
    "250 2.0.0 Stored",
    "451 4.3.0 Not now; please try again",
    "550 5.7.1 Not an address of ours",
)
LINE_BYTES = 1024 * 1024  # programs write longer lines than the 998 characters of the standard
IDLE_SECONDS = 120


class Keeper:
    """Stores on one thread of its own, which keeps its connection to the database."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"mail-in-{transport}")

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self,
        server: SMTP,  # noqa: ARG002 -- aiosmtpd's signature
        session: Session,  # noqa: ARG002 -- as above
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if not is_ours(address):
            return NOT_OURS
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002 -- aiosmtpd's signature
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self.thread, self._stored, envelope)
        # LMTP asks for one answer for each recipient; they share the fate of the one mail.
        return "\r\n".join([answer] * (len(envelope.rcpt_tos) if isinstance(server, LMTP) else 1))

    def _stored(self, envelope: Envelope) -> str:
        try:
            close_old_connections()
            assert isinstance(envelope.content, bytes)
            take_in(
                envelope.content,
                transport=self.transport,
                at=timezone.now(),
                recipients=envelope.rcpt_tos,
                envelope_sender=envelope.mail_from or "",
            )
        except Exception:  # whatever it is, the mail server still has the mail
            log.exception("A mail could not be stored")
            connections.close_all()
            return LATER
        return OK

    def stop(self) -> None:
        self.thread.submit(connections.close_all).result()
        self.thread.shutdown()


class _Lmtp(LMTP):
    line_length_limit = LINE_BYTES


class _Smtp(SMTP):
    line_length_limit = LINE_BYTES


class Endpoint(Controller):
    """Listens from `start()` to `stop()`, on a thread of its own."""

    def __init__(self, address: str, *, transport: Transport) -> None:
        host, _, port = address.rpartition(":")
        self.keeper = Keeper(transport)
        self._server = _Lmtp if transport is Transport.LMTP else _Smtp
        super().__init__(self.keeper, hostname=host.strip("[]") or "127.0.0.1", port=int(port))

    def factory(self) -> Any:
        return self._server(
            self.handler,
            data_size_limit=settings.MAIL_IN_BYTES,
            timeout=IDLE_SECONDS,
            hostname="comptoir",
            ident="Comptoir",
        )

    def stop(self, no_assert: bool = False) -> None:
        super().stop(no_assert)
        self.keeper.stop()
