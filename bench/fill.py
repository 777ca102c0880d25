"""Makes an office with a history and says, as JSON, who is in it: `python -m bench.fill --messages 1000`.

The people are the demo's cast, made with the actions; the conversations are put into the tables as the actions would
have left them. 200 conversations of the accountant's dossiers are open whatever the length of the history, and
the rest of the history is closed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    import random
    from datetime import datetime
    from uuid import UUID

    from comptoir.people.models import Company

OPEN = 200
LONG = 60  # messages in the conversation that is opened
CONVERSATIONS_A_DOSSIER = 50


@dataclass(frozen=True)
class Plan:
    """One conversation of the history, as its rows are made from it."""

    id: UUID
    company: Company
    client: UUID
    staff: UUID
    messages: int
    is_open: bool
    at: datetime
    text: random.Random

    @property
    def is_unread(self) -> bool:
        return self.is_open and self.id.int % 4 == 0


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--messages", type=int, required=True)
    asked.add_argument("--streams", type=int, default=0, help="people who will have a stream open")
    options = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.site.settings")
    django.setup()

    from bench.history import write_history  # noqa: PLC0415 -- as above
    from bench.house import prepare, sign_ins  # noqa: PLC0415 -- models, which need the line above

    cast = prepare()
    facts: dict[str, Any] = sign_ins(cast, streams=options.streams)
    facts["conversations"] = write_history(cast, messages=options.messages)
    json.dump(facts, sys.stdout, default=str)


if __name__ == "__main__":
    main()
