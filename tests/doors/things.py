"""What stands behind the doors: a conversation of every kind, open and closed, with messages, notes and files."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.actions.note import write_note
from comptoir.core.ids import new_id
from comptoir.files.actions import store_attachment
from comptoir.files.models import Attachment, PreviewState
from tests.world import NOW, begin, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from comptoir.people.models import Company, Membership
    from tests.world import Cast

OPEN, CLOSED, MISSING = "open", "closed", "missing"
# Kind: dossier, who began it, whom they named, who of the office wrote the note and the second message.
KINDS = {
    "shared": ("bakery", "S", "", "N"),
    "shared by the office": ("bakery", "N", "", "N"),
    "ours": ("bakery", "S", "N", "N"),
    "theirs": ("bakery", "K", "N", "N"),
    "among clients": ("bakery", "S", "K", "N"),
    "to feedback": ("bakery", "N", "M", "N"),
    "of one who left": ("bakery", "E", "N", "N"),
    "the garage's": ("garage", "T", "", "J"),
    "another office's": ("elsewhere", "P", "", "W"),
}
# Written by hand: who sees each.
SEEN_BY = {
    "shared": "ANISK",
    "shared by the office": "ANISK",
    "ours": "ANIS",
    "theirs": "ANIK",
    "among clients": "ANISK",
    "to feedback": "ANIM",
    "of one who left": "ANI",
    "the garage's": "AJT",
    "another office's": "WP",
    MISSING: "",
}
BEGUN_BY_THE_OFFICE = {"shared by the office", "to feedback"}


@dataclass
class Things:
    """Ids by what they are of: `ids["conversation"]["shared", "open"]`, and so on for message, note and file."""

    ids: dict[str, dict[tuple[str, str], UUID]] = field(default_factory=dict)
    companies: dict[str, UUID] = field(default_factory=dict)

    def put(self, what: str, kind: str, state: str, pk: UUID) -> None:
        self.ids.setdefault(what, {})[kind, state] = pk


def put_a_file(by: Membership, name: str) -> Attachment:
    """One with a preview, which is another stored file: making a real one takes a process."""
    file = store_attachment(BytesIO(b"Facture 12"), name=name, by=by, at=NOW)
    drawn = store_attachment(BytesIO(b"Facture 13"), name="drawn.txt", by=by, at=NOW)
    Attachment.objects.filter(pk=file.pk).update(preview_key=drawn.key, preview_state=PreviewState.READY)
    Attachment.objects.filter(pk=drawn.pk).delete()
    return file


def things(cast: Cast, members: dict[str, Membership]) -> Things:
    made = Things()
    companies: dict[str, Company] = {name: getattr(cast, name) for name in ("bakery", "garage", "elsewhere")}
    made.companies = {name: company.pk for name, company in companies.items()} | {MISSING: new_id()}
    for kind, (where, by, to, desk) in KINDS.items():
        for state in (OPEN, CLOSED):
            parts = {"by": members[by], "to": members[to] if to else None, "desk": members[desk]}
            for what, pk in _talk(kind, state, companies[where], **parts):
                made.put(what, kind, state, pk)
    for what in ("conversation", "message", "note", "file"):
        for state in (OPEN, CLOSED):
            made.put(what, MISSING, state, new_id())
    return made


def _talk(
    kind: str, state: str, company: Company, *, by: Membership, to: Membership | None, desk: Membership
) -> Iterator[tuple[str, UUID]]:
    file = put_a_file(by, f"{kind}.txt")
    subject, body = f"Secret of {kind}", f"Secret text of {kind}"
    started = begin(by, company, subject=subject, body=body, to=to, files=[file.pk])
    talk = started.conversation
    say(talk, desk, "Merci")
    note, _is_new = write_note(talk.pk, by=desk, at=NOW, key=new_id(), body=f"Secret note of {kind}")
    if state == CLOSED:
        close_conversation(talk.pk, by=desk, at=NOW)
    yield from (
        ("conversation", talk.pk),
        ("message", started.message.pk),
        ("note", note.pk),
        ("file", file.pk),
    )


def author_of(what: str, kind: str) -> str:
    """Who wrote the message, or the note, of such a conversation; nobody that of a missing one."""
    if kind == MISSING:
        return ""
    return KINDS[kind][1 if what == "message" else 3]
