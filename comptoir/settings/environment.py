"""The operator's variables, read strictly: what cannot be meant is refused in one line that names it."""

from __future__ import annotations

from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()  # type: ignore[no-untyped-call]  # environ is half typed

WORDS = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
LARGEST_PORT = 65_535


def yes_or_no(name: str, *, default: bool) -> bool:
    said: str = env.str(name, default="")
    if not said:
        return default
    if said.lower() not in WORDS:
        raise ImproperlyConfigured(f"{name} is “{said}”: say 1 or 0.")
    return WORDS[said.lower()]


def port(name: str, *, default: int) -> int:
    said: str = env.str(name, default="") or str(default)
    if not (said.isascii() and said.isdigit() and int(said) <= LARGEST_PORT):
        raise ImproperlyConfigured(f"{name} is “{said}”: say a number from 0 to {LARGEST_PORT}.")
    return int(said)


def web_address(name: str, *, default: str) -> str:
    """An http or https address, without a slash at its end; `default` may be empty."""
    said: str = (env.str(name, default="") or default).rstrip("/")
    if not said:
        return said
    try:
        parts = urlsplit(said)
        is_one = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_one = False
    if not is_one:
        raise ImproperlyConfigured(f"{name} is “{said}”: say an address such as https://comptoir.example.")
    return said


def own_address(host: str, number: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{number}"


def host_of(address: str) -> str:
    """As a request names it: lower case, an IPv6 address in brackets."""
    host = urlsplit(address).hostname or ""
    return f"[{host}]" if ":" in host else host


def origin_of(address: str) -> str:
    """Its scheme, host and port, as a browser compares them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
