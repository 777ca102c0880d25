from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotAllowed, NotFound
from comptoir.people.actions.companies import archive_company
from comptoir.people.actions.invitations import (
    accept_invitation,
    invitation_behind,
    invite_member,
    resend_invitation,
    withdraw_invitation,
)
from comptoir.people.actions.memberships import end_membership
from comptoir.people.models import Membership, Person, Token
from comptoir.people.one_time import LinkExpired
from comptoir.people.secrets import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from comptoir.people.actions.invitations import Invited

    Invite = Callable[..., Invited]

    from datetime import datetime

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


def test_keeps_the_digest_only_and_is_bound_to_address_and_office(
    invite: Invite, admin: Membership, bakery: Company, now: datetime
) -> None:
    invited = invite(email=" Nouvelle@Client.example ", name="Anne Petit", language="nl")
    token = waiting().get()
    assert (token.email, token.office_id, token.made_by_id) == (ADDRESS, admin.office_id, admin.pk)
    assert token.digest == digest_of(invited.secret)
    assert token.expires_at == now + timedelta(days=7)
    assert token.scope == {
        "profile": "full_access",
        "company": str(bakery.pk),
        "name": "Anne Petit",
        "language": "nl",
    }
    assert invited.secret not in str(Token.objects.values_list())
    event = Event.objects.get(verb=Verb.MEMBER_INVITED, subject_id=token.pk)
    assert (event.company_id, event.by_id) == (bakery.pk, admin.pk)
    assert invited.secret not in str(event.facts)


def test_a_new_person_joins_with_a_login_of_their_own(invite: Invite, bakery: Company, now: datetime) -> None:
    secret = invite().secret
    member = accept_invitation(secret, at=now, name="Anne Petit", password=PASSWORD)
    person = Person.objects.get(email=ADDRESS)
    assert (member.person, member.company, member.profile) == (person, bakery, "full_access")
    assert (member.joined_at, member.ended_at) == (now, None)
    assert (person.name, person.language) == ("Anne Petit", bakery.language)
    assert person.check_password(PASSWORD)
    event = Event.objects.get(verb=Verb.MEMBER_JOINED, subject_id=member.pk)
    assert event.by_id == member.pk


def test_without_a_password_one_signs_in_by_code(invite: Invite, now: datetime) -> None:
    member = accept_invitation(invite(name="Anne Petit").secret, at=now)
    assert not member.person.has_usable_password()


@pytest.mark.parametrize(
    ("field", "values"),
    [("name", {"name": " ", "password": PASSWORD}), ("password", {"name": "Anne", "password": "court"})],
)
def test_what_is_refused_leaves_the_invitation_unused(
    field: str, values: dict[str, str], invite: Invite, now: datetime
) -> None:
    secret = invite().secret
    with pytest.raises(Invalid) as refused:
        accept_invitation(secret, at=now, **values)
    assert refused.value.field == field
    assert waiting().count() == 1
    assert not Person.objects.filter(email=ADDRESS).exists()


@pytest.mark.parametrize(
    "spoil",
    [
        str.upper,
        lambda secret: secret[:-1],
        lambda secret: secret[:0],
        lambda secret: f"{secret} ",
        lambda secret: f"\x00{secret}",
        lambda secret: secret * 9,
    ],
)
def test_anything_but_the_secret_is_refused(
    spoil: Callable[[str], str], invite: Invite, now: datetime
) -> None:
    secret = invite().secret
    with pytest.raises(LinkExpired):
        accept_invitation(spoil(secret), at=now, name="Anne", password=PASSWORD)


def test_it_works_once(invite: Invite, now: datetime) -> None:
    secret = invite().secret
    member = accept_invitation(secret, at=now, name="Anne", password=PASSWORD)
    with pytest.raises(LinkExpired):
        accept_invitation(secret, at=now, signed_in=member.person)


def test_it_works_for_seven_days(invite: Invite, now: datetime) -> None:
    secret = invite().secret
    with pytest.raises(LinkExpired):
        accept_invitation(secret, at=now + timedelta(days=7), name="Anne")
    assert accept_invitation(secret, at=now + timedelta(days=7, seconds=-1), name="Anne")


def test_who_has_a_login_must_show_that_it_is_theirs(
    invite: Invite, other: Membership, sophie: Membership, bakery: Company, now: datetime
) -> None:
    secret = invite(email=other.person.email).secret
    for signed_in in (None, sophie.person):
        with pytest.raises(NotAllowed):
            accept_invitation(secret, at=now, name="Impostor", password=PASSWORD, signed_in=signed_in)
    before = Person.objects.get(pk=other.person_id).password
    member = accept_invitation(
        secret, at=now, name="Ignored", password="ignored as well", signed_in=other.person
    )
    assert (member.person_id, member.company_id) == (other.person_id, bakery.pk)
    person = Person.objects.get(pk=other.person_id)
    assert (person.name, person.password) == (other.person.name, before)


def test_a_second_invitation_replaces_the_first(invite: Invite, now: datetime) -> None:
    first, second = invite().secret, invite(profile="full_feedback").secret
    with pytest.raises(LinkExpired):
        accept_invitation(first, at=now, name="Anne")
    assert accept_invitation(second, at=now, name="Anne").profile == "full_feedback"


def test_sending_it_again_ends_the_old_link(invite: Invite, admin: Membership, now: datetime) -> None:
    first = invite()
    again = resend_invitation(first.token.pk, by=admin, at=now + timedelta(days=8))
    with pytest.raises(LinkExpired):
        invitation_behind(first.secret, at=now)
    assert again.token.expires_at == now + timedelta(days=15)
    assert again.token.scope == first.token.scope


def test_a_withdrawn_one_is_gone(invite: Invite, admin: Membership, now: datetime) -> None:
    invited = invite()
    withdraw_invitation(invited.token.pk, by=admin, at=now)
    with pytest.raises(LinkExpired):
        accept_invitation(invited.secret, at=now, name="Anne")
    with pytest.raises(NotFound):
        withdraw_invitation(invited.token.pk, by=admin, at=now)
    assert Event.objects.filter(verb=Verb.INVITATION_WITHDRAWN).count() == 1


def test_who_was_ended_comes_back_on_the_same_membership(
    invite: Invite, partner: Membership, admin: Membership, now: datetime
) -> None:
    end_membership(partner.pk, by=admin, at=now)
    later = now + timedelta(days=30)
    secret = invite(email=partner.person.email, profile="full_feedback", at=later).secret
    member = accept_invitation(secret, at=later, signed_in=partner.person)
    assert (member.pk, member.profile, member.joined_at, member.ended_at) == (
        partner.pk,
        "full_feedback",
        later,
        None,
    )


def test_an_archived_dossier_lets_nobody_in(
    invite: Invite, admin: Membership, bakery: Company, now: datetime
) -> None:
    secret = invite().secret
    archive_company(bakery.pk, by=admin, at=now)
    with pytest.raises(LinkExpired):
        accept_invitation(secret, at=now, name="Anne")
    with pytest.raises(NotFound):
        invite()
