"""Starting: shared or private, once whatever happens on the way, and only where one may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.conversations.actions.conversation import start_conversation
from comptoir.conversations.models import Conversation, Message
from comptoir.conversations.refusals import IdentifierTaken, NotAddressable
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.core.ids import new_id
from comptoir.people.models import Company
from tests.conversations.facts import again, history, texts, waits
from tests.world import NOW, Cast, begin, fresh, say

if TYPE_CHECKING:
    from typing import Any

    from comptoir.conversations.actions.conversation import Started
    from comptoir.people.models import Membership


def start(by: Membership, company: Company, **changes: Any) -> Started:
    given = {
        "key": new_id(),
        "message_key": new_id(),
        "subject": "TVA",
        "body": "Bonjour",
        "at": NOW,
        **changes,
    }
    return start_conversation(company.pk, by=by, **given)


def test_a_shared_one_stands_with_its_first_message(sophie: Membership, bakery: Company) -> None:
    started = start(sophie, bakery, subject=" TVA \n du trimestre", body="Bonjour\n\nKarim ")
    assert started.is_new
    now = again(started.conversation)
    assert (now.subject, now.addressee, now.is_private) == ("TVA du trimestre", None, False)
    assert (now.office_id, now.company_id) == (bakery.office_id, bakery.pk)
    assert (now.started_by_id, now.started_by_office) == (sophie.pk, False)
    assert (now.revision, now.last_position, now.created_at, now.last_message_at) == (1, 1, NOW, NOW)
    assert (now.last_line, now.last_author_id) == ("Bonjour Karim", sophie.pk)
    assert texts(now) == ["Bonjour\n\nKarim"]
    assert history(now) == ["conversation.started"]
    assert waits(now) == "office"


def test_a_private_one_names_its_addressee(
    sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    started = start(sophie, bakery, addressee_id=accountant.pk)
    assert again(started.conversation).addressee_id == accountant.pk


@pytest.mark.parametrize(("asks", "expected"), [(True, "client"), (False, "look")])
def test_what_the_office_begins_waits_for_the_client(
    accountant: Membership, bakery: Company, *, asks: bool, expected: str
) -> None:
    started = start(accountant, bakery, expects_answer=asks)
    assert (waits(started.conversation), started.message.expects_answer) == (expected, asks)


def test_a_client_cannot_ask_for_an_answer_of_their_own_side(sophie: Membership, bakery: Company) -> None:
    started = start(sophie, bakery, expects_answer=True)
    assert (waits(started.conversation), started.message.expects_answer) == ("office", False)


# ── Once ─────────────────────────────────────────────────────────────────
def test_the_same_start_again_returns_what_is_stored(sophie: Membership, bakery: Company) -> None:
    keys = {"key": new_id(), "message_key": new_id()}
    first = start(sophie, bakery, **keys)
    say(first.conversation, sophie, "Autre chose")
    second = start(sophie, bakery, **keys)
    assert (second.conversation, second.message, second.is_new) == (first.conversation, first.message, False)
    assert texts(first.conversation) == ["Bonjour", "Autre chose"]
    assert history(first.conversation) == ["conversation.started", "message.posted"]


@pytest.mark.parametrize(
    "other", [{"subject": "Autre"}, {"body": "Autre"}, {"message_key": new_id()}, {"key": new_id()}]
)
def test_anything_else_under_the_same_identifier_is_refused(
    sophie: Membership, bakery: Company, other: dict[str, Any]
) -> None:
    keys = {"key": new_id(), "message_key": new_id()}
    first = start(sophie, bakery, **keys)
    with pytest.raises(IdentifierTaken):
        start(sophie, bakery, **{**keys, **other})
    assert history(first.conversation) == ["conversation.started"]


def test_another_audience_under_the_same_identifier_is_refused(
    sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    keys = {"key": new_id(), "message_key": new_id()}
    start(sophie, bakery, **keys, addressee_id=accountant.pk)
    with pytest.raises(IdentifierTaken):
        start(sophie, bakery, **keys)


def test_another_member_cannot_take_an_identifier_over(
    sophie: Membership, partner: Membership, bakery: Company
) -> None:
    keys = {"key": new_id(), "message_key": new_id()}
    start(sophie, bakery, **keys)
    with pytest.raises(IdentifierTaken):
        start(partner, bakery, **keys)


# ── Who may, and whom they may name ──────────────────────────────────────
STARTERS = {
    "admin": None,
    "accountant": None,
    "assistant": NotAllowed,
    "client": None,
    "partner": None,
    "documents": NotAllowed,
    "reader": NotAllowed,
    "colleague": NotFound,
    "other": NotFound,
    "outsider": NotFound,
    "stranger": NotFound,
}


@pytest.mark.parametrize("part", STARTERS)
def test_who_may_start_about_the_bakery(cast: Cast, bakery: Company, part: str) -> None:
    by, refusal = fresh(getattr(cast, part)), STARTERS[part]
    if refusal is None:
        assert start(by, bakery).is_new
        return
    before = Event.objects.count()
    with pytest.raises(refusal):
        start(by, bakery)
    assert (Conversation.objects.count(), Message.objects.count(), Event.objects.count()) == (0, 0, before)


def test_none_is_started_about_an_archived_dossier(admin: Membership, bakery: Company) -> None:
    Company.objects.filter(pk=bakery.pk).update(archived_at=NOW)
    with pytest.raises(NotFound):
        start(admin, bakery)


# by: whom they may name (of the whole cast); the office names a client, never a colleague.
NAMEABLE = {
    "client": {"admin", "accountant", "partner", "reader"},
    "partner": {"admin", "accountant", "client", "reader"},
    "accountant": {"client", "partner", "reader"},
    "admin": {"client", "partner", "reader"},
}


@pytest.mark.parametrize("part", NAMEABLE)
def test_whom_one_may_name(cast: Cast, bakery: Company, part: str) -> None:
    by = fresh(getattr(cast, part))
    for name in STARTERS:
        if name in NAMEABLE[part]:
            started = begin(by, bakery, to=getattr(cast, name))
            assert started.conversation.addressee_id == getattr(cast, name).pk
        else:
            with pytest.raises(NotAddressable):
                begin(by, bakery, to=getattr(cast, name))


def test_one_who_does_not_exist_is_refused_like_one_who_may_not_be_named(
    sophie: Membership, documents: Membership, bakery: Company
) -> None:
    said = []
    for pk in (documents.pk, new_id()):
        with pytest.raises(NotAddressable) as refusal:
            start(sophie, bakery, addressee_id=pk)
        said.append((refusal.value.code, str(refusal.value.text), refusal.value.field))
    assert said[0] == said[1]
    assert not Conversation.objects.exists()
