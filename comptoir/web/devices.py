"""A browser's name for itself, in the two words that its owner knows it by. Pure."""

from __future__ import annotations

# The first that is found counts: Edge and Opera call themselves Chrome, and Chrome calls itself Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
_HAND_HELD = frozenset({"iPhone", "Android"})


def _first(marks: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in marks if mark in user_agent), "")


def device_name(user_agent: str) -> str:
    """`Firefox, Windows`; what is not known is shown as it came."""
    words = [_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)]
    return ", ".join(word for word in words if word) or user_agent


def is_hand_held(user_agent: str) -> bool:
    return _first(_SYSTEMS, user_agent) in _HAND_HELD
