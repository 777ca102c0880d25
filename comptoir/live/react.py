"""What the stream does about an event: a hint after the commit, or the end of the streams of whoever lost access."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from comptoir.activity.verbs import Verb
from comptoir.live import hints
from comptoir.live.broker import publish

if TYPE_CHECKING:
    from comptoir.activity.models import Event
    from comptoir.live.hints import Hint


def conversation_changed(event: Event) -> None:
    """Both sides may notice: the conversation has a new revision."""
    assert event.company_id is not None
    assert event.conversation_id is not None
    _after_commit(
        hints.changed(
            office=event.office_id,
            company=event.company_id,
            conversation=event.conversation_id,
            revision=event.facts["revision"],
            by=event.by_id,
        )
    )


def desk_changed(event: Event) -> None:
    """Only the office may notice: a note, or an assignment."""
    assert event.conversation_id is not None
    _after_commit(
        hints.desk_changed(
            office=event.office_id,
            conversation=event.conversation_id,
            revision=event.facts["desk_revision"],
            by=event.by_id,
        )
    )


def access_changed(event: Event) -> None:
    """End the streams of a membership, or of a person; those who may still come back do so by themselves."""
    if event.verb == Verb.PERSON_SIGNED_OUT_EVERYWHERE:
        _after_commit(hints.person_revoked(event.subject_id))
    elif event.verb == Verb.TOKEN_REVOKED:
        assert event.by_id is not None
        _after_commit(hints.member_revoked(event.by_id))
    else:
        _after_commit(hints.member_revoked(event.subject_id))


def company_archived(event: Event) -> None:
    """Everybody of the dossier loses it; each stream is asked again whether it may go on."""
    for member in event.facts.get("members", ()):
        _after_commit(hints.member_revoked(UUID(member)))


def _after_commit(hint: Hint) -> None:
    transaction.on_commit(lambda: publish(hint))
