"""Who may invite whom, and touch whose invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.core.errors import Invalid, NotAllowed, NotFound
from comptoir.people.actions.invitations import (
    invite_member,
    resend_invitation,
    withdraw_invitation,
)
from comptoir.people.models import Membership, Token

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from comptoir.people.actions.invitations import Invited

    Invite = Callable[..., Invited]

    from datetime import datetime

    from comptoir.core.errors import Refused
    from comptoir.people.models import Company

ADDRESS = "nouvelle@client.example"
PASSWORD = "un mot de passe long"


def waiting() -> QuerySet[Token]:
    return Token.objects.filter(used_at__isnull=True)


@pytest.fixture
def invite(admin: Membership, bakery: Company, now: datetime) -> Invite:
    def invite(
        by: Membership = admin,
        email: str = ADDRESS,
        profile: str = "full_access",
        company: Company | None = bakery,
        at: datetime = now,
        **more: str,
    ) -> Invited:
        return invite_member(
            email, by=by, at=at, profile=profile, company_id=company.pk if company else None, **more
        )

    return invite


@pytest.mark.parametrize(
    ("who", "company", "profile", "refusal"),
    [
        ("accountant", "bakery", "full_access", None),
        ("accountant", "garage", "full_access", NotFound),
        ("accountant", None, "assistant", NotAllowed),
        ("assistant", "bakery", "full_access", NotAllowed),
        ("sophie", "bakery", "full_access", NotAllowed),
        ("sophie", None, "administrator", NotAllowed),
        ("admin", "elsewhere", "full_access", NotFound),
        ("admin", "bakery", "administrator", Invalid),
        ("admin", None, "full_access", Invalid),
        ("admin", None, "", Invalid),
    ],
)
def test_who_may_invite_whom(  # noqa: PLR0917 -- the people it is about
    who: str,
    company: str | None,
    profile: str,
    refusal: type[Refused],
    invite: Invite,
    request: pytest.FixtureRequest,
) -> None:
    def act() -> Invited:
        where = request.getfixturevalue(company) if company else None
        return invite(by=request.getfixturevalue(who), company=where, profile=profile)

    if refusal is None:
        assert act().token.email == ADDRESS
    else:
        with pytest.raises(refusal):
            act()
        assert not waiting().exists()


def test_who_has_access_is_not_invited_again(invite: Invite, sophie: Membership) -> None:
    with pytest.raises(Invalid) as refused:
        invite(email=sophie.person.email.upper())
    assert refused.value.field == "email"


@pytest.mark.parametrize("who", ["outsider", "colleague"])
def test_others_cannot_touch_an_invitation(
    who: str, invite: Invite, now: datetime, request: pytest.FixtureRequest
) -> None:
    invited = invite()
    for act in (withdraw_invitation, resend_invitation):
        with pytest.raises(NotFound):
            act(invited.token.pk, by=request.getfixturevalue(who), at=now)
    assert Membership.objects.filter(person__email=ADDRESS).count() == 0
