"""Invitations that nobody has used yet, as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comptoir.people.models import Company, Purpose, Token
from comptoir.people.profiles import Profile, may_manage_office, may_write_to_clients

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.people.models import Membership


@dataclass(frozen=True)
class Invitation:
    """Without its secret, which is nowhere."""

    id: UUID
    email: str
    name: str
    profile: Profile
    made_by: str
    made_at: datetime
    expires_at: datetime
    is_over: bool


def invitations_of(member: Membership, *, company: Company | None, at: datetime) -> list[Invitation]:
    """The unused ones to a dossier that the member sees, or (without one) to the staff; newest first.

    None for whoever may not invite. Also those that are too old by now: they can be sent again.
    """
    may = may_manage_office(member.profile) if company is None else may_write_to_clients(member.profile)
    if not may or (company is not None and company.office_id != member.office_id):
        return []
    waiting = Token.objects.filter(
        purpose=Purpose.INVITATION, office=member.office_id, used_at__isnull=True
    ).select_related("made_by__person")
    wanted = str(company.pk) if company else None
    return [
        _shown(token, at=at) for token in waiting.order_by("-made_at") if token.scope["company"] == wanted
    ]


def _shown(token: Token, *, at: datetime) -> Invitation:
    return Invitation(
        id=token.pk,
        email=token.email,
        name=token.scope["name"],
        profile=Profile(token.scope["profile"]),
        made_by=token.made_by.person.name if token.made_by else "",
        made_at=token.made_at,
        expires_at=token.expires_at,
        is_over=token.expires_at <= at,
    )
