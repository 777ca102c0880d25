"""Which addresses our server dials: those of the open internet, and what the operator named in their own network.

Whoever can make us ask an address of their choosing must not reach the machines beside us. A name is resolved once,
each address that it has is checked, and a checked address itself is dialled: what the name says a moment later
changes nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from queue import Empty, Queue
from threading import Thread
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    Resolve = Callable[[str, int], list[str]]

# Blocks that tunnel an IPv4 address, which would pass as global whatever it carries inside.
TUNNELS = [
    ipaddress.ip_network(block) for block in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
]


class NotPermitted(Exception):  # noqa: N818 -- named for the fact, as refusals are
    """Our server does not go there; trying again would change nothing."""


class Unreachable(Exception):  # noqa: N818 -- as above
    """Nobody answers there, not in time, or not as agreed."""


def is_global(address: str) -> bool:
    """Whether it lies in the open internet: no loopback, private, link-local, shared, reserved or tunnelled one."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_global(str(ip.ipv4_mapped))
        if any(ip in block for block in TUNNELS):
            return False
    return ip.is_global and not ip.is_multicast


def resolved(host: str, port: int) -> list[str]:
    """Every address of a name, in the system's order. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def checked(host: str, port: int, *, seconds: float, resolve: Resolve = resolved) -> list[str]:
    """The addresses of a host, all of them allowed: one that is not condemns the name."""
    addresses = _in_time(lambda: resolve(host, port), seconds=seconds)
    if host not in settings.PRIVATE_HOSTS and not all(is_global(one) for one in addresses):
        raise NotPermitted(f"{host} lies in a network that is not the internet.")
    return addresses


def _in_time(resolve: Callable[[], list[str]], *, seconds: float) -> list[str]:
    """The system's resolver has a patience of its own, which is not ours to set."""
    answer: Queue[list[str] | OSError] = Queue()

    def ask() -> None:
        try:
            answer.put(resolve())
        except (OSError, UnicodeError) as failure:
            answer.put(OSError(str(failure)))

    Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=max(0.0, seconds))
    except Empty:
        raise Unreachable("The name was not resolved in time.") from None
    if isinstance(found, OSError) or not found:
        raise Unreachable(f"The name does not resolve: {found}")
    return found
