"""The link of a mail: once, in one browser, for ten minutes, and only as long as what it opens is its person's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.notifications.actions.item_links import (
    OPENED,
    UNOPENED,
    WrongCode,
    note_wrong_code,
    open_item,
    open_item_by_code,
)
from comptoir.notifications.item_members import WRONG_CODES
from comptoir.people.actions.companies import archive_company
from comptoir.people.actions.memberships import change_profile, end_membership
from comptoir.people.actions.people import deactivate_person, sign_out_everywhere
from comptoir.people.models import Membership, Person, Purpose, Token
from comptoir.people.one_time import LinkExpired, make_one_time, token_in_force
from comptoir.people.profiles import Profile
from tests.links.conftest import A_MINUTE, LAPTOP, PHONE, link_to
from tests.world import NOW, begin, fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Company
    from comptoir.people.one_time import Made
    from tests.world import Cast

SOON = NOW + A_MINUTE
LONG = 128 // 6  # characters of base64 that hold as many bits


# ── The secret ───────────────────────────────────────────────────────────
def test_nothing_of_it_is_stored(made: Made) -> None:
    assert len(made.secret) > LONG
    row = Token.objects.values().get(pk=made.token.pk)
    assert made.secret not in str(row)
    assert made.code not in str(row)


def test_no_two_are_alike(asked: Conversation, sophie: Membership) -> None:
    links = [link_to(asked, sophie) for _ in range(20)]
    assert len({one.secret for one in links} | {one.code for one in links}) == 40


def test_it_is_good_for_nothing_else(made: Made, accountant: Membership) -> None:
    with pytest.raises(LinkExpired):
        token_in_force(Purpose.INVITATION, made.secret, at=SOON)
    _, invitation = make_one_time(
        Purpose.INVITATION, by=accountant, email="x@x.example", scope={}, at=NOW, life=UNOPENED
    )
    with pytest.raises(LinkExpired):
        open_item(invitation, browser=PHONE, at=SOON)


@pytest.mark.parametrize("wrong", ["", " ", "x", "\x00", "é" * 500, "\ud800"])
def test_anything_else_opens_nothing(made: Made, wrong: str) -> None:
    with pytest.raises(LinkExpired):
        open_item(wrong, browser=PHONE, at=SOON)
    with pytest.raises(LinkExpired):
        open_item(made.secret[:-1], browser=PHONE, at=SOON)
    with pytest.raises(LinkExpired):
        open_item(made.secret.swapcase(), browser=PHONE, at=SOON)
    assert Token.objects.get(pk=made.token.pk).used_at is None


# ── Once, in one browser, for ten minutes ────────────────────────────────
def test_it_opens_one_conversation_for_one_person(
    made: Made, asked: Conversation, sophie: Membership
) -> None:
    visitor = open_item(made.secret, browser=PHONE, at=SOON)
    assert (visitor.pk, visitor.only_conversation) == (sophie.pk, asked.pk)
    assert (visitor.only_since, visitor.only_until) == (SOON, SOON + OPENED)


def test_the_same_browser_opens_it_again_within_its_minutes(made: Made) -> None:
    first = open_item(made.secret, browser=PHONE, at=SOON)
    again = open_item(made.secret, browser=PHONE, at=SOON + OPENED - timedelta(seconds=1))
    assert again.only_until == first.only_until  # and not ten minutes more
    with pytest.raises(LinkExpired):
        open_item(made.secret, browser=PHONE, at=SOON + OPENED)


@pytest.mark.parametrize("browser", [LAPTOP, ""])
def test_another_browser_does_not(made: Made, browser: str) -> None:
    open_item(made.secret, browser=PHONE, at=SOON)
    with pytest.raises(LinkExpired):
        open_item(made.secret, browser=browser, at=SOON)
    with pytest.raises(WrongCode):
        open_item_by_code(made.code, email=made.token.email, browser=browser, at=SOON)


def test_unopened_for_a_week(made: Made) -> None:
    with pytest.raises(LinkExpired):
        open_item(made.secret, browser=PHONE, at=NOW + UNOPENED)
    open_item(made.secret, browser=PHONE, at=NOW + UNOPENED - timedelta(seconds=1))


# ── The code ─────────────────────────────────────────────────────────────
def test_the_code_stands_for_the_link(made: Made, asked: Conversation) -> None:
    visitor = open_item_by_code(made.code, email=made.token.email, browser=PHONE, at=SOON)
    assert visitor.only_conversation == asked.pk
    assert open_item(made.secret, browser=PHONE, at=SOON).only_conversation == asked.pk
    with pytest.raises(LinkExpired):
        open_item(made.secret, browser=LAPTOP, at=SOON)


def test_each_code_opens_its_own(made: Made, private: Conversation, sophie: Membership) -> None:
    other = link_to(private, sophie)
    assert (
        open_item_by_code(other.code, email=made.token.email, browser=PHONE, at=SOON).only_conversation
        == private.pk
    )


@pytest.mark.parametrize("email", ["partner@demo.example", "nobody@demo.example", ""])
def test_the_code_is_for_its_address_only(made: Made, email: str) -> None:
    with pytest.raises(WrongCode):
        open_item_by_code(made.code, email=email, browser=PHONE, at=SOON)


def test_wrong_codes_are_counted(made: Made, sophie: Membership) -> None:
    for _ in range(WRONG_CODES):
        note_wrong_code(made.token.email, at=SOON)
    with pytest.raises(WrongCode):
        open_item_by_code(made.code, email=made.token.email, browser=PHONE, at=SOON)
    refused = Event.objects.filter(verb=Verb.LINK_REFUSED)
    assert [event.office_id for event in refused] == [sophie.office_id] * WRONG_CODES
    open_item(made.secret, browser=PHONE, at=SOON)  # the link itself is no guess


def test_an_unknown_address_counts_nothing(made: Made) -> None:
    note_wrong_code("nobody@demo.example", at=SOON)
    assert not Event.objects.filter(verb=Verb.LINK_REFUSED).exists()


# ── Only as long as it is theirs ─────────────────────────────────────────
def end_hers(cast: Cast) -> None:
    end_membership(cast.client.pk, by=fresh(cast.admin), at=SOON)


def become_staff(cast: Cast) -> None:
    Membership.objects.create(
        office=cast.admin.office, person=cast.client.person, profile=Profile.ASSISTANT, joined_at=SOON
    )


LOSSES: dict[str, Callable[[Cast], object]] = {
    "ended": end_hers,
    "deactivated": lambda cast: deactivate_person(cast.client.person_id, by=fresh(cast.admin), at=SOON),
    "switched off": lambda cast: Person.objects.filter(pk=cast.client.person_id).update(is_active=False),
    "archived": lambda cast: archive_company(cast.bakery.pk, by=fresh(cast.admin), at=SOON),
    "another profile": lambda cast: change_profile(
        cast.client.pk, by=fresh(cast.admin), at=SOON, profile="document_processing"
    ),
    "signed out everywhere": lambda cast: sign_out_everywhere(
        fresh(cast.client).person, by=fresh(cast.client), at=SOON
    ),
    "another password": lambda cast: Person.objects.filter(pk=cast.client.person_id).update(password="!new"),
    "another address": lambda cast: Person.objects.filter(pk=cast.client.person_id).update(
        email="new@bakery.example"
    ),
    "on a staff": become_staff,
}


@pytest.mark.parametrize("loss", LOSSES)
def test_whoever_lost_it_opens_nothing(made: Made, cast: Cast, loss: str) -> None:
    LOSSES[loss](cast)
    email = Person.objects.get(pk=cast.client.person_id).email
    with pytest.raises(LinkExpired):
        open_item(made.secret, browser=PHONE, at=SOON)
    with pytest.raises(WrongCode):
        open_item_by_code(made.code, email=email, browser=PHONE, at=SOON)


def test_it_does_not_come_back_with_the_access(made: Made, cast: Cast) -> None:
    end_hers(cast)
    Membership.objects.filter(pk=cast.client.pk).update(ended_at=None)
    Person.objects.filter(pk=cast.client.person_id).update(epoch=0)
    with pytest.raises(LinkExpired):
        open_item(made.secret, browser=PHONE, at=SOON)


def test_what_became_private_to_others(cast: Cast, partner: Membership, sophie: Membership) -> None:
    talk = begin(fresh(cast.accountant), cast.bakery, to=sophie).conversation
    link = link_to(talk, sophie)
    type(talk).objects.filter(pk=talk.pk).update(addressee=partner)
    with pytest.raises(LinkExpired):
        open_item(link.secret, browser=PHONE, at=SOON)


# ── History ──────────────────────────────────────────────────────────────
def test_all_of_it_is_recorded(made: Made, asked: Conversation, sophie: Membership, bakery: Company) -> None:
    open_item(made.secret, browser=PHONE, at=SOON)
    open_item(made.secret, browser=PHONE, at=SOON)
    told = Event.objects.filter(subject_id=made.token.pk).order_by("at")
    facts = [(e.verb, e.by_id, e.company_id, e.conversation_id, e.facts.get("how")) for e in told]
    assert facts == [
        (Verb.LINK_MADE, None, bakery.pk, asked.pk, None),
        (Verb.LINK_OPENED, sophie.pk, bakery.pk, asked.pk, "link"),
    ]
