"""Whose stream it is: the same answer as the pages and the API give."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from comptoir.live.authenticate import Visitor, still_there, visitor_from
from comptoir.people.actions.memberships import end_membership
from comptoir.people.actions.tokens import make_token, revoke_token
from comptoir.people.models import Company, Office, Person
from tests.world import NOW, fresh, signed_in

if TYPE_CHECKING:
    from comptoir.people.models import Membership


@pytest.fixture(autouse=True)
def _no_second_factor(office: Office, clock: object) -> None:
    Office.objects.filter(pk=office.pk).update(requires_second_factor=False)


def cookie(member: Membership) -> list[tuple[bytes, bytes]]:
    key = signed_in(Client(), member).session.session_key
    return [(b"cookie", f"theme=dark; {settings.SESSION_COOKIE_NAME}={key}; csrf=x".encode())]


def by_cookie(member: Membership) -> Visitor:
    found = visitor_from(cookie(member), at=NOW)
    assert found is not None
    return found


def bearer(member: Membership) -> tuple[Visitor, object]:
    token, secret = make_token(member, name="t", scopes=["read"], at=NOW)
    found = visitor_from([(b"authorization", f"Bearer {secret}".encode())], at=NOW)
    assert found is not None
    return found, token


def still(visitor: Visitor, days: int = 0) -> bool:
    return still_there([visitor], at=NOW + timedelta(days=days)) == {visitor}


def test_a_session_is_the_membership_chosen_in_it(sophie: Membership, accountant: Membership) -> None:
    found = by_cookie(sophie)
    assert (found.member, found.person, found.company) == (sophie.pk, sophie.person_id, sophie.company_id)
    assert by_cookie(accountant).company is None


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(b"cookie", b"session=; csrf=x")],
        [(b"cookie", b"session=nonsense")],
        [(b"authorization", b"Basic x")],
        [(b"authorization", b"Bearer cpt_nonsense")],
        [(b"authorization", b"Bearer \xff\xfe")],
    ],
)
def test_nobody(db: None, headers: list[tuple[bytes, bytes]]) -> None:
    assert visitor_from(headers, at=NOW) is None


def test_a_refused_token_does_not_fall_back_to_the_cookie(sophie: Membership) -> None:
    assert visitor_from([*cookie(sophie), (b"authorization", b"Bearer cpt_x")], at=NOW) is None


def test_a_token_speaks_for_its_member_until_it_is_revoked(sophie: Membership) -> None:
    found, token = bearer(sophie)
    assert found.member == sophie.pk
    assert still(found)
    revoke_token(token.pk, by=sophie, at=NOW)  # type: ignore[attr-defined]
    assert not still(found)


def test_staff_show_their_second_factor_first(accountant: Membership) -> None:
    Office.objects.update(requires_second_factor=True)
    assert visitor_from(cookie(accountant), at=NOW) is None


def test_clients_are_not_asked_for_one(sophie: Membership) -> None:
    Office.objects.update(requires_second_factor=True)
    assert by_cookie(sophie).member == sophie.pk


def test_a_session_ends(sophie: Membership) -> None:
    found = by_cookie(sophie)
    assert still(found)
    assert not still(found, days=31)  # by itself
    Session.objects.all().delete()
    assert not still(found)


def test_an_ended_membership_ends_its_streams(sophie: Membership, admin: Membership) -> None:
    found = by_cookie(sophie)
    end_membership(sophie.pk, by=admin, at=NOW)
    assert not still(found)
    assert visitor_from(cookie(fresh(sophie)), at=NOW) is None


def test_what_ends_every_session_of_a_person(sophie: Membership) -> None:
    found = by_cookie(sophie)
    person = Person.objects.get(pk=sophie.person_id)
    for change in ({"epoch": person.epoch + 1}, {"password": "!changed"}, {"is_active": False}):
        Person.objects.filter(pk=person.pk).update(**change)
        assert not still(found), change
        person.save()
        assert still(found)


def test_an_archived_dossier_ends_its_clients_streams(sophie: Membership, bakery: Company) -> None:
    found = by_cookie(sophie)
    Company.objects.filter(pk=bakery.pk).update(archived_at=NOW)
    assert not still(found)


def test_many_are_checked_at_the_price_of_one(
    sophie: Membership, accountant: Membership, partner: Membership, django_assert_num_queries: object
) -> None:
    everybody = [by_cookie(member) for member in (sophie, accountant, partner)]
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert still_there(everybody, at=NOW) == set(everybody)
