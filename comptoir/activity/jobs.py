"""The history is sealed a few minutes after it was written, so that writing it takes no lock on an office."""

from __future__ import annotations

from datetime import timedelta

from comptoir.activity import seal
from comptoir.core.jobs import periodic, retrying


@periodic(every=timedelta(minutes=10))
@retrying(attempts=3)
def seal_events() -> None:
    seal.seal_events()
