"""What became of a mail, written once. The caller's transaction holds what it became as well, or neither is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from comptoir.core.text import clean_line, clean_text
from comptoir.correspondence.models import ADDRESS, NAME, SUBJECT, InboundMail, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comptoir.conversations.models import Message
    from comptoir.correspondence.letter import Letter

TEXT_CHARACTERS = 20_000
SPACE = UUID("0192f0c4-6f0e-7c4e-9a44-3d0c7b1f6a52")  # of the ids that are made from a mail


class AlreadySettled(Exception):  # noqa: N818 -- no failure: somebody else was quicker, and all is undone
    """Another worker read the same mail meanwhile."""


@dataclass(frozen=True)
class Belongs:
    """Whose a mail is, as far as its address or its sender tells."""

    office_id: UUID | None = None
    company_id: UUID | None = None
    conversation_id: UUID | None = None
    member_id: UUID | None = None


NOBODY = Belongs()


def settle(
    letter: Letter,
    state: State,
    *,
    to: Belongs,
    reason: str = "",
    message: Message | None = None,
    files: Sequence[dict[str, Any]] | None = None,
) -> None:
    """Raises AlreadySettled if somebody did, and IntegrityError if the same mail came by another way before."""
    mail = letter.mail
    listed = [file_facts(file.name, len(file.content)) for file in letter.files] if files is None else files
    changed = InboundMail.objects.filter(pk=letter.row.pk, state=State.NEW).update(
        state=state,
        reason=reason,
        kind=letter.kind,
        fingerprint=letter.fingerprint(),
        office=to.office_id,
        company=to.company_id,
        conversation=to.conversation_id,
        member=to.member_id,
        message=message,
        from_name=clean_line(letter.sender_name)[:NAME],
        from_address=letter.sender[:ADDRESS],
        subject=clean_line(mail.subject)[:SUBJECT],
        # What was posted stands in its message, and is edited and deleted there.
        text="" if message else clean_text(mail.text[: 2 * TEXT_CHARACTERS])[:TEXT_CHARACTERS],
        files=list(listed),
    )
    if not changed:
        raise AlreadySettled


def file_facts(name: str, size: int, *, refused: str = "") -> dict[str, Any]:
    return {"name": clean_line(name)[:NAME], "size": size, "refused": refused}


def id_from(letter: Letter, about: object) -> UUID:
    """The same id for the same mail: what is made of it twice is made once."""
    return uuid5(SPACE, f"{about}:{letter.fingerprint()}")
