"""What travels between processes: who changed what, never a text. Small, plain JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from uuid import UUID

# PostgreSQL's NOTIFY carries less than 8,000 bytes; ours are some 200.
LONGEST = 7_500

Hint = dict[str, Any]


def changed(*, office: UUID, company: UUID, conversation: UUID, revision: int, by: UUID | None) -> Hint:
    """A conversation has a new revision. `by` is the membership that caused it, None for the product itself."""
    return {
        "office": office,
        "company": company,
        "conversation": conversation,
        "revision": revision,
        "by": by,
    }


def desk_changed(*, office: UUID, conversation: UUID, revision: int, by: UUID | None) -> Hint:
    """A note or an assignment: only the office may notice. `revision` is the conversation's desk revision."""
    return {"office": office, "desk": {"conversation": conversation, "revision": revision, "by": by}}


def typing(*, office: UUID, company: UUID, conversation: UUID, by: UUID, name: str) -> Hint:
    """Somebody writes in a conversation just now."""
    about = {"conversation": conversation, "by": by, "name": name}
    return {"office": office, "company": company, "typing": about}


def person_revoked(person: UUID) -> Hint:
    return {"revoked": {"person": person}}


def member_revoked(member: UUID) -> Hint:
    return {"revoked": {"member": member}}


def session_revoked(key: str) -> Hint:
    return {"revoked": {"session": key}}


def missed() -> Hint:
    """Hints may have been lost: all pages shall ask what they lack."""
    return {"missed": True}


def packed(hint: Hint) -> bytes:
    data = orjson.dumps(hint)
    if len(data) > LONGEST:
        raise ValueError(f"A hint of {len(data)} bytes: hints carry no text.")
    return data


def unpacked(data: bytes | str) -> Hint:
    hint: Hint = orjson.loads(data)
    return hint
