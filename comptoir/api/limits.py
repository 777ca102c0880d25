"""So many requests a second for each token, in this process. Told before it hurts others, with the time to wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from comptoir.core.errors import TooMany

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

KEPT_AT_MOST = 10_000


class RateExceeded(TooMany):
    """`wait`: seconds until the next request will be answered."""

    def __init__(self, wait: float, text: _StrPromise | str | None = None) -> None:
        self.wait = wait
        super().__init__(text)


class Limit:
    """A bucket for each key: `rate` drops a second flow in, at most `burst` are in it, each request takes one.

    A rate of 0 is no limit.
    """

    def __init__(self, *, rate: float, burst: float) -> None:
        self.rate = rate
        self.burst = burst
        self._buckets: dict[str, tuple[float, float]] = {}  # (drops, when they were counted)

    def take(self, key: str, *, now: float) -> None:
        """Raises `RateExceeded` when there is none left. `now`: seconds of a clock that only runs forward."""
        if not self.rate:
            return
        drops, since = self._buckets.get(key, (self.burst, now))
        drops = min(self.burst, drops + (now - since) * self.rate)
        if drops < 1:
            raise RateExceeded((1 - drops) / self.rate)
        if len(self._buckets) >= KEPT_AT_MOST:
            self._forget_full(now)
        self._buckets[key] = (drops - 1, now)

    def empty(self) -> None:
        """Forget what was asked so far."""
        self._buckets.clear()

    def _forget_full(self, now: float) -> None:
        """Those of tokens that have been silent for a while are as good as new ones."""
        filled_by = now - self.burst / self.rate
        self._buckets = {key: bucket for key, bucket in self._buckets.items() if bucket[1] > filled_by}


# Thirty a second, and a hundred at once for a program that starts; the operator may set another, 0 for none.
RATE = settings.API_REQUESTS_A_SECOND
REQUESTS = Limit(rate=RATE, burst=RATE * 10 / 3)
UPLOADS = Limit(rate=RATE / 15, burst=RATE * 2 / 3)  # each may be 25 MB, looked into and stored
