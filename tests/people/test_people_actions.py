from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotAllowed, NotFound
from comptoir.people.actions.invitations import accept_invitation, invite_member
from comptoir.people.actions.people import (
    change_preferences,
    deactivate_person,
    record_failed_sign_in,
    record_sign_in,
    sign_out_everywhere,
)
from comptoir.people.models import Person
from comptoir.people.queries import memberships_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.test import Client

    from comptoir.core.errors import Refused
    from comptoir.people.models import Company, Membership

GOOD = {
    "name": "Sophie Renard-Petit", "phone": "0470 00 12 40", "language": "nl",
    "time_zone": "Europe/Berlin", "theme": "dark", "enter_sends": True,
}  # fmt: skip


def test_keeps_preferences_and_tells_of_a_new_name(sophie: Membership, now: datetime) -> None:
    change_preferences(sophie.person, by=sophie, at=now, **GOOD)
    change_preferences(sophie.person, by=sophie, at=now, **GOOD)
    assert Person.objects.values(*GOOD).get(pk=sophie.person_id) == GOOD
    (event,) = Event.objects.filter(verb=Verb.MEMBER_CHANGED)
    assert (event.subject_id, event.by_id) == (sophie.pk, sophie.pk)
    assert event.facts["name"] == ["Sophie Renard", "Sophie Renard-Petit"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " \u202e"),
        ("language", "it"),
        ("time_zone", "../etc/passwd"),
        ("time_zone", ""),
        ("theme", "pink"),
    ],
)
def test_refuses_what_is_not_right(field: str, value: str, sophie: Membership, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        change_preferences(sophie.person, by=sophie, at=now, **{**GOOD, field: value})
    assert refused.value.field == field
    assert Person.objects.get(pk=sophie.person_id).name == "Sophie Renard"


def test_signing_out_everywhere_ends_every_session(
    sophie: Membership, browser_of: Callable[[Membership], Client], now: datetime
) -> None:
    browser = browser_of(sophie)
    sign_out_everywhere(sophie.person, by=sophie, at=now)
    person = Person.objects.get(pk=sophie.person_id)
    assert browser.session["_auth_user_hash"] != person.get_session_auth_hash()
    assert Event.objects.get(verb=Verb.PERSON_SIGNED_OUT_EVERYWHERE).subject_id == sophie.person_id


def test_a_deactivated_person_keeps_nothing_in_this_office_and_all_in_another(  # noqa: PLR0917 -- the people it is about
    admin: Membership,
    outsider: Membership,
    sophie: Membership,
    garage: Company,
    elsewhere: Company,
    now: datetime,
) -> None:
    for by, company in ((admin, garage), (outsider, elsewhere)):
        invited = invite_member(
            sophie.person.email, by=by, at=now, profile="full_access", company_id=company.pk
        )
        accept_invitation(invited.secret, at=now, signed_in=sophie.person)
    ended = deactivate_person(sophie.person_id, by=admin, at=now)
    assert len(ended) == 2
    assert [member.company_id for member in memberships_of(sophie.person)] == [elsewhere.pk]


@pytest.mark.parametrize(
    ("who", "whom", "refusal"),
    [
        ("accountant", "sophie", NotAllowed),
        ("sophie", "partner", NotAllowed),
        ("outsider", "sophie", NotFound),
    ],
)
def test_only_their_offices_administrator_deactivates_a_person(
    who: str, whom: str, refusal: type[Refused], now: datetime, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(refusal):
        deactivate_person(request.getfixturevalue(whom).person_id, by=request.getfixturevalue(who), at=now)


def test_a_sign_in_stands_in_the_history_of_each_of_their_offices(sophie: Membership, now: datetime) -> None:
    record_sign_in(sophie.person, at=now, method="password")
    (event,) = Event.objects.filter(verb=Verb.PERSON_SIGNED_IN)
    assert (event.office_id, event.by_id, event.facts) == (
        sophie.office_id,
        sophie.pk,
        {"method": "password"},
    )


def test_a_failed_attempt_is_nobodys_act(sophie: Membership, now: datetime) -> None:
    record_failed_sign_in(" CLIENT@demo.example ", at=now)
    record_failed_sign_in("nobody@demo.example", at=now)
    (event,) = Event.objects.filter(verb=Verb.PERSON_SIGN_IN_FAILED)
    assert (event.office_id, event.by_id) == (sophie.office_id, None)


def test_what_is_not_named_stays(sophie: Membership, now: datetime) -> None:
    change_preferences(sophie.person, by=sophie, at=now, enter_sends=True)
    stored = Person.objects.get(pk=sophie.person_id)
    assert (stored.enter_sends, stored.name, stored.theme) == (True, "Sophie Renard", "auto")
    assert not Event.objects.filter(verb=Verb.MEMBER_CHANGED).exists()


def test_nobody_changes_another(sophie: Membership, partner: Membership, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        change_preferences(partner.person, by=sophie, at=now, name="X")
    with pytest.raises(NotAllowed):
        sign_out_everywhere(partner.person, by=sophie, at=now)
