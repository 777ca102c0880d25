"""What is noted after the answer has gone out."""

from __future__ import annotations

from datetime import datetime

from comptoir.core.jobs import retrying
from comptoir.people.actions.people import record_failed_sign_in


@retrying(attempts=3)
def note_failed_sign_in(email: str, at: str) -> None:
    record_failed_sign_in(email, at=datetime.fromisoformat(at))
