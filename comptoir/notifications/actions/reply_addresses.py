"""Addresses for answers by e-mail, withdrawn by hand: a mail was handed on to the wrong person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import NotFound
from comptoir.notifications.models import ReplyAddress
from comptoir.people.gate import require_may_manage_people
from comptoir.people.models import Membership

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@transaction.atomic
def revoke_reply_addresses(member_id: UUID, *, by: Membership, at: datetime) -> Membership:
    """All that a membership was given, one's own or of somebody whom `by` may manage. The next mail brings a new one."""
    own = Membership.objects.active().select_related("person").filter(pk=member_id, person=by.person_id)
    member = own.first()
    if member is None:
        seen = Membership.objects.visible_to(by).active().select_related("company", "person")
        member = seen.filter(pk=member_id).first()
        if member is None:
            raise NotFound
        require_may_manage_people(by, member.company)
    given = ReplyAddress.objects.filter(member=member, revoked_at__isnull=True)
    number = given.update(revoked_at=at)
    record(
        Verb.REPLY_ADDRESSES_REVOKED,
        member.pk,
        office_id=member.office_id,
        company_id=member.company_id,
        by_id=by.pk,
        at=at,
        number=number,
    )
    return member
