"""Who sees what. The rule is written twice in the product, as rows for a member and as members for a row; by hand here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.gate import locked
from comptoir.conversations.audience import readers_among, readers_of
from comptoir.conversations.models import Conversation, Message
from comptoir.core.errors import NotFound
from comptoir.people.actions.memberships import change_profile, end_membership
from comptoir.people.models import Company, GroupMember, Membership, Person
from tests.world import NOW, Cast, begin, fresh

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS = [
    "admin",
    "accountant",
    "colleague",
    "assistant",
    "client",
    "partner",
    "documents",
    "reader",
    "other",
    "outsider",
    "director",
    "stranger",
]
Kinds = dict[str, Conversation]
Seen = dict[str, set[str]]

# By hand: every kind of conversation → who sees it.
SEEN_BY = {
    "shared, by a client": "admin accountant assistant client partner",
    "shared, by the office": "admin accountant assistant client partner",
    "private, client to accountant": "admin accountant assistant client",
    "private, partner to accountant": "admin accountant assistant partner",
    "private, client to partner": "admin accountant assistant client partner",
    "private, client to feedback": "admin accountant assistant client reader",
    "private, office to feedback": "admin accountant assistant reader",
    "private, office to client": "admin accountant assistant client",
    "the garage’s": "admin colleague other",
    "the garage’s, private": "admin colleague other",
    "another office’s": "outsider director stranger",
    "another office’s, private": "outsider director stranger",
}


@pytest.fixture
def kinds(cast: Cast) -> Kinds:
    def made(by: str, company: Company, to: str = "") -> Conversation:
        addressee = getattr(cast, to) if to else None
        return begin(fresh(getattr(cast, by)), company, to=addressee).conversation

    bakery, garage, elsewhere = cast.bakery, cast.garage, cast.elsewhere
    return {
        "shared, by a client": made("client", bakery),
        "shared, by the office": made("accountant", bakery),
        "private, client to accountant": made("client", bakery, "accountant"),
        "private, partner to accountant": made("partner", bakery, "accountant"),
        "private, client to partner": made("client", bakery, "partner"),
        "private, client to feedback": made("client", bakery, "reader"),
        "private, office to feedback": made("accountant", bakery, "reader"),
        "private, office to client": made("admin", bakery, "client"),
        "the garage’s": made("other", garage),
        "the garage’s, private": made("colleague", garage, "other"),
        "another office’s": made("stranger", elsewhere),
        "another office’s, private": made("outsider", elsewhere, "stranger"),
    }


def in_force(cast: Cast) -> dict[str, Membership]:
    names = {getattr(cast, part).pk: part for part in PARTS}
    active = Membership.objects.active().filter(pk__in=names).select_related("person", "office", "company")
    return {names[member.pk]: member for member in active}


def by_rows(cast: Cast, kinds: Kinds) -> Seen:
    """Asked of each member in force: which are your conversations?"""
    rows = {
        part: set(Conversation.objects.visible_to(member).values_list("pk", flat=True))
        for part, member in in_force(cast).items()
    }
    return {kind: {part for part in rows if talk.pk in rows[part]} for kind, talk in kinds.items()}


def by_messages(cast: Cast, kinds: Kinds) -> Seen:
    rows = {
        part: set(Message.objects.visible_to(member).values_list("conversation", flat=True))
        for part, member in in_force(cast).items()
    }
    return {kind: {part for part in rows if talk.pk in rows[part]} for kind, talk in kinds.items()}


def by_readers(cast: Cast, kinds: Kinds) -> Seen:
    """Asked of each conversation: who are your readers?"""
    names = {getattr(cast, part).pk: part for part in PARTS}
    now = Conversation.objects.select_related("company").in_bulk([talk.pk for talk in kinds.values()])
    return {kind: {names[r.pk] for r in readers_of(now[talk.pk])} for kind, talk in kinds.items()}


def by_stream(cast: Cast, kinds: Kinds) -> Seen:
    """Asked as the live stream asks it at the moment of sending."""
    names = {getattr(cast, part).pk: part for part in PARTS}
    return {kind: {names[pk] for pk in readers_among(talk.pk, list(names))} for kind, talk in kinds.items()}


def by_writing(cast: Cast, kinds: Kinds) -> Seen:
    """Asked as every write asks it: may I have your row's lock?"""

    def is_let_in(member: Membership, talk: Conversation) -> bool:
        try:
            return locked(talk.pk, by=member).pk == talk.pk
        except NotFound:
            return False

    members = in_force(cast)
    return {
        kind: {part for part, member in members.items() if is_let_in(member, talk)}
        for kind, talk in kinds.items()
    }


RULES = [by_rows, by_messages, by_readers, by_stream, by_writing]
BY_HAND = {kind: set(seen.split()) for kind, seen in SEEN_BY.items()}


@pytest.mark.parametrize("rule", RULES)
def test_everybody_sees_exactly_what_is_written_by_hand(
    cast: Cast, kinds: Kinds, rule: Callable[[Cast, Kinds], Seen]
) -> None:
    assert rule(cast, kinds) == BY_HAND


def everywhere(cast: Cast, kinds: Kinds) -> Seen:
    """Kind → who sees it, after all rules were found to agree."""
    first, *others = (rule(cast, kinds) for rule in RULES)
    for one in others:
        assert one == first
    return first


def by_hand_without(part: str) -> Seen:
    return {kind: seen - {part} for kind, seen in BY_HAND.items()}


# ── Access that ends or changes ──────────────────────────────────────────
@pytest.mark.parametrize("part", ["client", "partner", "reader", "accountant", "assistant", "other"])
def test_whoever_s_membership_ended_sees_nothing(cast: Cast, kinds: Kinds, part: str) -> None:
    end_membership(getattr(cast, part).pk, by=fresh(cast.admin), at=NOW)
    assert everywhere(cast, kinds) == by_hand_without(part)


def test_a_deactivated_person_sees_nothing(cast: Cast, kinds: Kinds) -> None:
    Person.objects.filter(pk=cast.client.person_id).update(is_active=False)
    assert everywhere(cast, kinds) == by_hand_without("client")


def test_whoever_becomes_document_processing_keeps_not_even_what_they_began(cast: Cast, kinds: Kinds) -> None:
    change_profile(cast.client.pk, by=fresh(cast.admin), at=NOW, profile="document_processing")
    assert everywhere(cast, kinds) == by_hand_without("client")


def test_whoever_becomes_full_feedback_keeps_the_private_ones_only(cast: Cast, kinds: Kinds) -> None:
    change_profile(cast.client.pk, by=fresh(cast.admin), at=NOW, profile="full_feedback")
    expected = by_hand_without("")
    expected["shared, by a client"].discard("client")
    expected["shared, by the office"].discard("client")
    assert everywhere(cast, kinds) == expected


def test_whoever_gains_full_access_reads_the_shared_ones_from_the_beginning(cast: Cast, kinds: Kinds) -> None:
    change_profile(cast.documents.pk, by=fresh(cast.admin), at=NOW, profile="full_access")
    expected = by_hand_without("")
    expected["shared, by a client"].add("documents")
    expected["shared, by the office"].add("documents")
    assert everywhere(cast, kinds) == expected


BAKERY = [kind for kind, seen in SEEN_BY.items() if "assistant" in seen]


def test_staff_follow_the_dossier(cast: Cast, kinds: Kinds) -> None:
    """The manager changes: the accountant still sees it by the group; the group goes as well: no more."""
    expected = by_hand_without("")
    Company.objects.filter(pk=cast.bakery.pk).update(manager=cast.colleague.pk)
    for kind in BAKERY:
        expected[kind].add("colleague")
    assert everywhere(cast, kinds) == expected
    Company.objects.filter(pk=cast.bakery.pk).update(group=None)
    for kind in BAKERY:
        expected[kind] -= {"accountant", "assistant"}
    assert everywhere(cast, kinds) == expected


def test_staff_who_leave_the_group_lose_its_dossiers(cast: Cast, kinds: Kinds) -> None:
    GroupMember.objects.filter(member=cast.assistant.pk).delete()
    assert everywhere(cast, kinds) == by_hand_without("assistant")


def test_a_former_administrator_keeps_only_what_they_hold(cast: Cast, kinds: Kinds) -> None:
    change_profile(cast.accountant.pk, by=fresh(cast.admin), at=NOW, profile="administrator")
    change_profile(cast.admin.pk, by=fresh(cast.accountant), at=NOW, profile="accountant")
    expected = by_hand_without("admin")
    for kind in ("the garage’s", "the garage’s, private"):
        expected[kind].add("accountant")
    assert everywhere(cast, kinds) == expected
