"""The two ways in which hints reach other processes. A process alone (SQLite) needs neither."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Protocol

import psycopg
import redis
from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CHANNEL = "comptoir_live"
TURN = 1.0  # seconds after which a silent `listen` gives its caller a turn
# A peer that vanished without a word is found out within this many milliseconds.
VANISHED = 10_000


class Bus(Protocol):
    """Both calls block, belong to threads of their own, and raise one of `failures` when the line is cut."""

    failures: tuple[type[Exception], ...]

    def send(self, hints: Sequence[bytes]) -> None: ...

    def listen(self) -> Iterator[bytes | None]:
        """Yields None first, when subscribed, and again at least every `TURN` seconds."""
        ...


class Valkey:
    failures: tuple[type[Exception], ...] = (redis.RedisError, OSError)

    def __init__(self, url: str) -> None:
        alive = {socket.TCP_USER_TIMEOUT: VANISHED, socket.TCP_KEEPIDLE: 5, socket.TCP_KEEPINTVL: 2}
        self._client = redis.Redis.from_url(
            url,
            socket_connect_timeout=2,
            socket_timeout=2,
            socket_keepalive=True,
            socket_keepalive_options=alive,
            health_check_interval=10,
        )

    def send(self, hints: Sequence[bytes]) -> None:
        pipeline = self._client.pipeline(transaction=False)
        for hint in hints:
            pipeline.publish(CHANNEL, hint)
        pipeline.execute()

    def listen(self) -> Iterator[bytes | None]:
        subscribing = self._client.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
        with subscribing as subscription:
            subscription.subscribe(CHANNEL)
            self._client.ping()
            yield None
            while True:
                message = subscription.get_message(timeout=TURN)
                yield message["data"] if message else None


class PostgreSQL:
    failures: tuple[type[Exception], ...] = (psycopg.Error, OSError)

    def __init__(self) -> None:
        self._sender: psycopg.Connection | None = None

    def send(self, hints: Sequence[bytes]) -> None:
        try:
            sender = self._sender = self._sender or _connected()
            with sender.pipeline():
                for hint in hints:
                    sender.execute("SELECT pg_notify(%s, %s)", [CHANNEL, hint.decode()])
        except self.failures:
            if self._sender is not None:
                self._sender.close()
                self._sender = None
            raise

    def listen(self) -> Iterator[bytes | None]:
        with _connected() as listener:
            listener.execute(f"LISTEN {CHANNEL}")
            yield None
            while True:
                for notice in listener.notifies(timeout=TURN):
                    yield notice.payload.encode()
                yield None


def _connected() -> psycopg.Connection:
    """A connection beside Django's, which belongs to one thread and is closed and opened by its own rules."""
    options = connection.get_connection_params()
    for ours in ("cursor_factory", "context", "autocommit"):
        options.pop(ours, None)
    alive = {
        "connect_timeout": 2,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "tcp_user_timeout": VANISHED,
    }
    return psycopg.connect(**{**options, **alive}, autocommit=True)


def bus_from_settings() -> Bus | None:
    if settings.VALKEY_URL:
        return Valkey(settings.VALKEY_URL)
    if connection.vendor == "postgresql":
        return PostgreSQL()
    return None
