"""What nobody's word can be taken for is kept, and the office is shown it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.correspondence.models import State
from comptoir.correspondence.settling import settle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from comptoir.correspondence.letter import Letter
    from comptoir.correspondence.models import Reason
    from comptoir.correspondence.settling import Belongs


@transaction.atomic
def keep_mail(
    letter: Letter,
    *,
    because: Reason,
    to: Belongs,
    at: datetime,
    files: Sequence[dict[str, Any]] | None = None,
) -> None:
    """Under nobody's name, and nobody is answered. Where no office is known, only the operator can tell of it."""
    settle(letter, State.KEPT, to=to, reason=because, files=files)
    if to.office_id is not None:
        record(
            Verb.MAIL_KEPT,
            letter.row.pk,
            office_id=to.office_id,
            company_id=to.company_id,
            conversation_id=to.conversation_id,
            by_id=None,
            at=at,
            because=str(because),
        )
