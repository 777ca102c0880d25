from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotAllowed, NotFound
from comptoir.people.actions.invitations import accept_invitation, invite_member
from comptoir.people.actions.memberships import LastAdministrator, change_profile, end_membership
from comptoir.people.actions.tokens import make_token
from comptoir.people.bearer import bearer_of
from comptoir.people.models import Company, GroupMember, Membership, Person, Token
from comptoir.people.queries import memberships_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.test import Client

    from comptoir.core.errors import Refused


def test_changes_a_profile(admin: Membership, partner: Membership, now: datetime) -> None:
    change_profile(partner.pk, by=admin, at=now, profile="full_feedback")
    change_profile(partner.pk, by=admin, at=now, profile="full_feedback")
    assert Membership.objects.get(pk=partner.pk).profile == "full_feedback"
    (event,) = Event.objects.filter(verb=Verb.MEMBER_CHANGED, subject_id=partner.pk)
    assert event.facts["profile"] == ["full_access", "full_feedback"]


def test_who_becomes_an_assistant_manages_no_dossier_any_more(
    admin: Membership, accountant: Membership, bakery: Company, now: datetime
) -> None:
    assert bakery.manager_id == accountant.pk
    change_profile(accountant.pk, by=admin, at=now, profile="assistant")
    assert Company.objects.get(pk=bakery.pk).manager is None
    event = Event.objects.get(verb=Verb.MEMBER_CHANGED, subject_id=accountant.pk)
    assert event.facts["handed_over"] == 1


@pytest.mark.parametrize(
    ("who", "profile"), [("partner", "administrator"), ("assistant", "full_access"), ("partner", "")]
)
def test_nobody_changes_sides(
    who: str, profile: str, admin: Membership, now: datetime, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Invalid):
        change_profile(request.getfixturevalue(who).pk, by=admin, at=now, profile=profile)


def test_ending_takes_everything_that_hung_on_it(
    admin: Membership, assistant: Membership, now: datetime
) -> None:
    secret = make_token(assistant, name="Script", scopes=["read"], at=now)[1]
    assert bearer_of(secret, at=now)
    epoch = assistant.person.epoch
    end_membership(assistant.pk, by=admin, at=now)
    assert bearer_of(secret, at=now) is None
    assert not memberships_of(assistant.person).exists()
    assert not GroupMember.objects.filter(member=assistant).exists()
    assert Person.objects.get(pk=assistant.person_id).epoch == epoch + 1
    event = Event.objects.get(verb=Verb.MEMBER_ENDED, subject_id=assistant.pk)
    assert (event.by_id, event.at) == (admin.pk, now)
    with pytest.raises(NotFound):
        end_membership(assistant.pk, by=admin, at=now)


def test_a_session_ends_with_it(
    admin: Membership, sophie: Membership, browser_of: Callable[[Membership], Client], now: datetime
) -> None:
    browser = browser_of(sophie)
    assert browser.session["_auth_user_id"] == str(sophie.person_id)
    end_membership(sophie.pk, by=admin, at=now)
    person = Person.objects.get(pk=sophie.person_id)
    assert browser.session["_auth_user_hash"] != person.get_session_auth_hash()


def test_who_is_a_member_elsewhere_too_stays_signed_in_there(
    admin: Membership, sophie: Membership, garage: Company, now: datetime
) -> None:
    secret = invite_member(
        sophie.person.email, by=admin, at=now, profile="full_access", company_id=garage.pk
    ).secret
    elsewhere = accept_invitation(secret, at=now, signed_in=sophie.person)
    end_membership(sophie.pk, by=admin, at=now)
    assert Person.objects.get(pk=sophie.person_id).epoch == sophie.person.epoch
    assert [member.pk for member in memberships_of(sophie.person)] == [elsewhere.pk]


def test_invitations_that_somebody_left_behind_end_with_their_right(
    admin: Membership, accountant: Membership, bakery: Company, now: datetime
) -> None:
    invite_member("friend@x.example", by=accountant, at=now, profile="full_access", company_id=bakery.pk)
    end_membership(accountant.pk, by=admin, at=now)
    assert not Token.objects.filter(used_at__isnull=True).exists()


def test_a_demoted_administrators_invitations_end(
    admin: Membership, colleague: Membership, now: datetime
) -> None:
    change_profile(colleague.pk, by=admin, at=now, profile="administrator")
    boss = Membership.objects.select_related("person", "office").get(pk=colleague.pk)
    invite_member("friend@x.example", by=boss, at=now, profile="administrator")
    change_profile(colleague.pk, by=admin, at=now, profile="accountant")
    assert not Token.objects.filter(used_at__isnull=True).exists()


def test_dossiers_go_to_the_successor_or_to_nobody(  # noqa: PLR0917 -- the people it is about
    admin: Membership,
    accountant: Membership,
    colleague: Membership,
    bakery: Company,
    garage: Company,
    now: datetime,
) -> None:
    end_membership(accountant.pk, by=admin, at=now, successor_id=colleague.pk)
    assert Company.objects.get(pk=bakery.pk).manager_id == colleague.pk
    end_membership(colleague.pk, by=admin, at=now)
    assert {Company.objects.get(pk=pk).manager_id for pk in (bakery.pk, garage.pk)} == {None}
    assert Event.objects.get(verb=Verb.MEMBER_ENDED, subject_id=colleague.pk).facts["handed_over"] == 2


@pytest.mark.parametrize("who", ["sophie", "outsider"])
def test_the_successor_is_of_the_staff(
    who: str, admin: Membership, accountant: Membership, now: datetime, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Invalid):
        end_membership(accountant.pk, by=admin, at=now, successor_id=request.getfixturevalue(who).pk)


def test_the_last_administrator_stays(admin: Membership, accountant: Membership, now: datetime) -> None:
    with pytest.raises(LastAdministrator):
        end_membership(admin.pk, by=admin, at=now)
    with pytest.raises(LastAdministrator):
        change_profile(admin.pk, by=admin, at=now, profile="accountant")
    change_profile(accountant.pk, by=admin, at=now, profile="administrator")
    end_membership(admin.pk, by=admin, at=now + timedelta(days=1))
    assert not Membership.objects.get(pk=admin.pk).is_active


def test_an_administrator_who_cannot_sign_in_does_not_count(
    admin: Membership, accountant: Membership, now: datetime
) -> None:
    change_profile(accountant.pk, by=admin, at=now, profile="administrator")
    Person.objects.filter(pk=accountant.person_id).update(is_active=False)
    with pytest.raises(LastAdministrator):
        end_membership(admin.pk, by=admin, at=now)


@pytest.mark.parametrize(
    ("who", "whom", "refusal"),
    [
        ("accountant", "partner", None),
        ("accountant", "other", NotFound),
        ("accountant", "colleague", NotAllowed),
        ("assistant", "partner", NotAllowed),
        ("sophie", "partner", NotAllowed),
        ("sophie", "other", NotFound),
        ("sophie", "colleague", NotFound),
        ("outsider", "partner", NotFound),
        ("admin", "stranger", NotFound),
    ],
)
def test_who_may_end_and_change_whom(
    who: str, whom: str, refusal: type[Refused], now: datetime, request: pytest.FixtureRequest
) -> None:
    by, member = request.getfixturevalue(who), request.getfixturevalue(whom)
    if refusal is None:
        change_profile(member.pk, by=by, at=now, profile="full_feedback")
        assert not end_membership(member.pk, by=by, at=now).is_active
    else:
        with pytest.raises(refusal):
            change_profile(member.pk, by=by, at=now, profile="full_feedback")
        with pytest.raises(refusal):
            end_membership(member.pk, by=by, at=now)
        assert Membership.objects.get(pk=member.pk).is_active
