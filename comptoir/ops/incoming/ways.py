"""The ways in that the operator set up: begun and ended together, within `serve` or as a process of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.core.management.base import CommandError

from comptoir.correspondence.models import Transport
from comptoir.correspondence.providers import VIEWS
from comptoir.ops.incoming.imap import Fetcher, mailbox_at
from comptoir.ops.incoming.lmtp import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterable


class Way(Protocol):
    def start(self) -> None: ...
    def stop(self) -> None: ...


def ways_of_serve() -> list[Way]:
    if not settings.MAIL_IN:
        return []
    if settings.MAIL_IN_PROVIDER and settings.MAIL_IN_PROVIDER not in VIEWS:
        raise CommandError(f"COMPTOIR_MAIL_IN_PROVIDER is one of: {', '.join(VIEWS)}.")
    return [
        *endpoints(lmtp=settings.MAIL_IN_LMTP, smtp=settings.MAIL_IN_SMTP),
        *fetchers(settings.MAIL_IN_IMAP),
    ]


def endpoints(*, lmtp: str = "", smtp: str = "") -> list[Way]:
    wanted = [(lmtp, Transport.LMTP), (smtp, Transport.SMTP)]
    return [Endpoint(address, transport=transport) for address, transport in wanted if address]


def fetchers(address: str) -> list[Way]:
    try:
        return [Fetcher(mailbox_at(address), done=settings.MAIL_IN_IMAP_DONE)] if address else []
    except ValueError as failure:  # without the address: it has the password in it
        raise CommandError(f"COMPTOIR_MAIL_IN_IMAP: {failure}") from None


def start_all(ways: Iterable[Way]) -> None:
    for way in ways:
        try:
            way.start()
        except OSError as failure:
            raise CommandError(f"Mails cannot come in: {failure}") from failure


def stop_all(ways: Iterable[Way]) -> None:
    for way in ways:
        way.stop()
