"""Addresses that send mails back, or whose owner calls them spam: nothing more goes there until the office says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import NotFound
from comptoir.notifications.models import AddressState, Mail
from comptoir.people.gate import require_may_manage_people
from comptoir.people.models import Membership, Person

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

REASON_CHARACTERS = 300


@transaction.atomic
def note_bounce(
    address: str, *, reason: str, at: datetime, mail_id: UUID | None = None, is_complaint: bool = False
) -> bool:
    """False for an address that is nobody's here. `mail_id` is the mail that came back, where that is known.

    Called by whoever hears of it: the mail server at once, a report in the mailbox, or a provider. Every office that
    has to do with the person is told, once: a second report of the same only changes the reason.
    """
    person = Person.objects.filter(email=address.strip().lower()).first()
    if person is None:
        return False
    what = "complained_at" if is_complaint else "bounced_at"
    state, _ = AddressState.objects.get_or_create(pk=person.pk)
    is_news = getattr(state, what) is None
    setattr(state, what, getattr(state, what) or at)
    state.reason = reason[:REASON_CHARACTERS]
    state.save(update_fields=[what, "reason"])
    if mail_id is not None and not is_complaint:
        Mail.objects.filter(pk=mail_id, person=person.pk, bounced_at__isnull=True).update(bounced_at=at)
    if is_news:
        _record(Verb.ADDRESS_FAILED, person, at=at, complaint=is_complaint, reason=state.reason)
    return True


def _record(verb: Verb, person: Person, *, at: datetime, **facts: Any) -> None:
    for member in Membership.objects.active().filter(person=person.pk):
        record(
            verb,
            member.pk,
            office_id=member.office_id,
            company_id=member.company_id,
            by_id=None,
            at=at,
            **facts,
        )


@transaction.atomic
def trust_address(member_id: UUID, *, by: Membership, at: datetime) -> Membership:
    """Write to it again: it was repaired, or the complaint was a slip. What came meanwhile is not sent after all."""
    member = (
        Membership.objects.visible_to(by)
        .filter(pk=member_id, ended_at__isnull=True)
        .select_related("company", "person")
        .first()
    )
    if member is None:
        raise NotFound
    require_may_manage_people(by, member.company)
    gone, _ = AddressState.objects.filter(pk=member.person_id).delete()
    if gone:
        record(
            Verb.ADDRESS_TRUSTED,
            member.pk,
            office_id=member.office_id,
            company_id=member.company_id,
            by_id=by.pk,
            at=at,
        )
    return member
