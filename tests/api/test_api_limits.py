"""So many requests a second for each token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.api.limits import KEPT_AT_MOST, REQUESTS, UPLOADS, Limit, RateExceeded

if TYPE_CHECKING:
    from comptoir.people.models import Membership
    from tests.api.conftest import Api


def taken(limit: Limit, *, times: int, now: float, key: str = "a") -> int:
    """How many of so many were granted."""
    granted = 0
    for _ in range(times):
        try:
            limit.take(key, now=now)
        except RateExceeded:
            continue
        granted += 1
    return granted


def test_a_burst_and_then_so_many_a_second() -> None:
    limit = Limit(rate=30, burst=100)

    assert taken(limit, times=200, now=0) == 100
    assert taken(limit, times=200, now=1) == 30
    assert taken(limit, times=200, now=1_000) == 100  # never more than a burst
    assert taken(limit, times=200, now=1_000, key="b") == 100  # each key its own


def test_it_says_how_long_to_wait() -> None:
    limit = Limit(rate=2, burst=1)
    limit.take("a", now=0)

    with pytest.raises(RateExceeded) as refusal:
        limit.take("a", now=0.25)
    assert refusal.value.wait == pytest.approx(0.25)
    limit.take("a", now=0.5)


def test_no_rate_is_no_limit() -> None:
    assert taken(Limit(rate=0, burst=0), times=500, now=0) == 500


def test_silent_keys_are_forgotten_and_busy_ones_kept() -> None:
    limit = Limit(rate=1, burst=10)
    for key in range(KEPT_AT_MOST):
        limit.take(str(key), now=0)
    limit.take("busy", now=100)
    assert len(limit._buckets) == 1
    assert taken(limit, times=20, now=100, key="busy") == 9


def test_fewer_uploads_than_other_requests(
    api_of: Api, sophie: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(UPLOADS, "burst", 1)
    monkeypatch.setattr(UPLOADS, "rate", 0.001)  # nothing flows in while a busy machine takes its time
    program = api_of(sophie)
    nothing = {"data": b"", "content_type": "multipart/form-data; boundary=x"}

    assert program.send("POST", "/attachments", **nothing).status_code == 422
    assert program.send("POST", "/attachments", **nothing).status_code == 429
    assert program.get("/me").status_code == 200


def test_too_many_are_told_so(
    api_of: Api, sophie: Membership, partner: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(REQUESTS, "burst", 3)
    monkeypatch.setattr(REQUESTS, "rate", 0.5)
    program = api_of(sophie)
    for _ in range(3):
        assert program.get("/me").status_code == 200

    refused = program.get("/me")

    assert (refused.status_code, refused.json()["error"]) == (429, "too_many")
    assert refused.headers["Retry-After"] in {"1", "2"}
    assert api_of(partner).get("/me").status_code == 200
