"""The ratios that the goals of docs/performance.md speak of. None where one of the two was not measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.results import BARE, OURS, Results, over

if TYPE_CHECKING:
    from collections.abc import Callable

SYNAPSE, HELPDESK = "Synapse", "django-helpdesk"
TWO = f"{OURS}, 2 processes"


def against(what: str, figure: str, one: str, other: str) -> Callable[[Results], float | None]:
    return lambda found: over(found.of(what, one, figure), found.of(what, other, figure))


def between(one: tuple[str, str, str], other: tuple[str, str, str]) -> Callable[[Results], float | None]:
    return lambda found: over(found.of(*one), found.of(*other))


def values(one: str, other: str) -> Callable[[Results], float | None]:
    return lambda found: over(found.value(one), found.value(other))


def inbox_with_counters(found: Results) -> float | None:
    inbox, counters = found.of("inbox of 200, JSON", OURS, "cpu"), found.of("counters, JSON", OURS, "cpu")
    empty = found.of("empty page, signed in", BARE, "cpu")
    return over(inbox + counters, empty) if inbox and counters else None


def grown(what: str, who: str) -> Callable[[Results], float | None]:
    return lambda found: over(
        found.of(f"{what}, long history", who, "cpu"), found.of(f"{what}, short history", who, "cpu")
    )


MANY, ONE = "send, 16 clients", "send, 1 client"
GOALS: list[tuple[int, str, str, Callable[[Results], float | None]]] = [
    (1, "send at 16 clients, rate over Synapse's", ">= 10", against(MANY, "rate", OURS, SYNAPSE)),
    (
        1,
        "the same with 2 processes (PostgreSQL)",
        ">= 10",
        between((MANY, TWO, "rate"), (MANY, SYNAPSE, "rate")),
    ),
    (2, "CPU for a message, Synapse's over ours", ">= 10", against(MANY, "cpu", SYNAPSE, OURS)),
    (2, "CPU for a message, django-helpdesk's over ours", ">= 7", against(MANY, "cpu", HELPDESK, OURS)),
    (
        3,
        "send, rate over a bare insert's",
        ">= 0.5",
        between((MANY, OURS, "rate"), ("insert, 16 clients", BARE, "rate")),
    ),
    (
        3,
        "send, CPU of a bare insert over ours",
        ">= 0.5",
        between(("insert, 16 clients", BARE, "cpu"), (MANY, OURS, "cpu")),
    ),
    (4, "send at 1 client, Synapse's p50 over ours", ">= 8", against(ONE, "p50", SYNAPSE, OURS)),
    (4, "send at 16 clients, Synapse's p99 over ours", ">= 5", against(MANY, "p99", SYNAPSE, OURS)),
    (5, "inbox of 200 and counters, CPU over an empty page's", "<= 1.5", inbox_with_counters),
    (
        5,
        "inbox of 200, CPU of Synapse's over ours",
        ">= 100",
        against("inbox of 200, JSON", "cpu", SYNAPSE, OURS),
    ),
    (6, "open 50 as JSON, rate over Synapse's", ">= 3", against("open 50, JSON", "rate", OURS, SYNAPSE)),
    (
        6,
        "open 50 as a page, rate over Synapse's JSON",
        ">= 1.5",
        between(("open 50, page of the desk", OURS, "rate"), ("open 50, JSON", SYNAPSE, "rate")),
    ),
    (
        6,
        "open 50 as a page, CPU of django-helpdesk's over ours",
        ">= 30",
        between(("open 50, page", HELPDESK, "cpu"), ("open 50, page of the desk", OURS, "cpu")),
    ),
    (
        7,
        "send to another's stream, Synapse's p50 over ours",
        ">= 8",
        values("Synapse: send to seen, p50", "send to seen in another's stream, p50"),
    ),
    (
        7,
        "send to another's stream, Synapse's p99 over ours",
        ">= 5",
        values("Synapse: send to seen, p99", "send to seen in another's stream, p99"),
    ),
    *[
        (9, f"{what}, {who}: long history over short", "<= 1.2", grown(what, who))
        for what in ("counters", "inbox", "open")
        for who in ("accountant", "administrator")
    ],
    (
        10,
        "search in 100,000 messages, CPU of Synapse's over ours",
        ">= 20",
        against("search in 100,000", "cpu", SYNAPSE, OURS),
    ),
    (10, "idle memory, Synapse's over ours", ">= 1", values("Synapse: idle memory", "idle memory")),
    (
        11,
        "send p99 beside slow transfers over without",
        "<= 2",
        values("send p99, beside 20 slow transfers", "send p99, alone"),
    ),
]
