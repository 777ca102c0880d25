"""What must be true after an outage, and how long it took until it was."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.crash.load import everything

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.crash.load import Sender
    from tests.outages.house import House

RECOVERY = 120.0  # seconds


def seconds_until(happens: Callable[[], object], within: float = RECOVERY) -> float:
    began = time.monotonic()
    while not happens():
        assert time.monotonic() - began < within
        time.sleep(0.1)
    return time.monotonic() - began


def arrivals(house: House) -> dict[str, int]:
    return {
        "mail": len(house.box.taken),
        "push": len(house.service.asked),
        "imap": house.account.count("Comptoir"),
    }


def recovery(house: House, names: set[str]) -> dict[str, float]:
    """Seconds until each of them carries something again."""
    before, began = arrivals(house), time.monotonic()
    took: dict[str, float] = {}

    def all_carry() -> bool:
        for name, number in arrivals(house).items():
            if number > before[name]:
                took.setdefault(name, time.monotonic() - began)
        return names <= set(took)

    seconds_until(all_carry)
    return took


def judge(house: House, talk: str, senders: list[Sender]) -> None:
    """One row for each message, recipient and channel, all of them sent; one mail for each id, one push for each round."""
    assert [problem for sender in senders for problem in sender.problems] == []
    acknowledged = {key for sender in senders for key in sender.acknowledged}
    assert len(acknowledged) > 10
    stored = [message["id"] for message in everything(house.port, house.tokens[0], talk)]
    assert len(stored) == len(set(stored))
    assert acknowledged <= set(stored)
    found: dict[str, Any] = {}

    def is_told() -> bool:
        found.update(house.tell("outbox", talk))
        return not found["announced"] and {row["state"] for row in found["rows"]} == {"sent"}

    seconds_until(is_told)
    rows = found["rows"]
    channels = Counter((row["message"], row["channel"]) for row in rows)
    assert {channels[pk, "email"] for pk in acknowledged} == {2}  # the two of the bakery
    assert {channels[pk, "push"] for pk in acknowledged} == {1}
    judge_mails(house, talk, found)
    rounds = {row["sent_at"] for row in rows if row["channel"] == "push"}
    print(len(acknowledged), "messages,", len(rows), "rows,", len(rounds), "pushes")  # noqa: T201 -- as above


def judge_mails(house: House, talk: str, found: dict[str, Any]) -> None:
    """The server has each mail that was put down as taken; one that it has twice has its id twice."""
    ids = [
        str(mail["Message-ID"]).strip("<>").partition("@")[0]
        for mail in house.box.taken
        if talk in str(mail["References"])
    ]
    assert set(ids) == set(found["accepted"])
    assert len(ids) - len(set(ids)) <= 1, "Only the one that was being handed over when the line broke."
