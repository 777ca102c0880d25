"""Assigning: to one of the staff with access to the dossier, or to nobody; clients cannot notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import assign_conversation, close_conversation
from comptoir.conversations.models import Conversation
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.core.ids import new_id
from comptoir.people.actions.companies import change_company
from comptoir.people.actions.groups import change_group, delete_group
from comptoir.people.actions.memberships import end_membership
from comptoir.web.desk.inbox import in_scope
from tests.conversations.facts import again, events, history
from tests.world import NOW, Cast, fresh

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership


@pytest.mark.parametrize("part", ["admin", "accountant", "assistant"])
def test_staff_of_the_dossier_may_be_given_it(
    cast: Cast, asked: Conversation, accountant: Membership, part: str
) -> None:
    assign_conversation(asked.pk, by=accountant, at=NOW, assignee_id=getattr(cast, part).pk)
    now = again(asked)
    assert (now.assignee_id, now.desk_revision) == (getattr(cast, part).pk, 1)
    assert history(asked)[-1] == "conversation.assigned"
    event = events(asked).last()
    assert event is not None
    assert event.facts == {"revision": 1, "desk_revision": 1}


def test_it_may_be_taken_back(asked: Conversation, accountant: Membership) -> None:
    assign_conversation(asked.pk, by=accountant, at=NOW, assignee_id=accountant.pk)
    assign_conversation(asked.pk, by=accountant, at=NOW, assignee_id=None)
    assert (again(asked).assignee, again(asked).desk_revision) == (None, 2)


def test_what_a_client_sees_of_the_row_does_not_move(asked: Conversation, accountant: Membership) -> None:
    def seen() -> dict[str, object]:
        row = again(asked).__dict__.copy()
        for of_the_desk in ("_state", "assignee_id", "desk_revision"):
            row.pop(of_the_desk)
        return row

    before = seen()
    assign_conversation(asked.pk, by=accountant, at=NOW, assignee_id=accountant.pk)
    assert seen() == before


def test_nobody_without_access_to_the_dossier_and_nobody_who_is_not_there(
    cast: Cast, asked: Conversation, accountant: Membership
) -> None:
    said = set()
    for pk in (cast.colleague.pk, cast.client.pk, cast.outsider.pk, cast.stranger.pk, new_id()):
        with pytest.raises(NotFound) as refusal:
            assign_conversation(asked.pk, by=accountant, at=NOW, assignee_id=pk)
        said.add((refusal.value.code, str(refusal.value.text), refusal.value.field))
    assert len(said) == 1
    assert (again(asked).assignee, again(asked).desk_revision) == (None, 0)


def test_a_closed_one_may_still_change_hands(asked: Conversation, accountant: Membership) -> None:
    close_conversation(asked.pk, by=accountant, at=NOW)
    assign_conversation(asked.pk, by=accountant, at=NOW, assignee_id=accountant.pk)
    assert again(asked).assignee_id == accountant.pk


def test_who_may_assign(cast: Cast, asked: Conversation) -> None:
    for part in ("assistant", "client", "partner"):
        with pytest.raises(NotAllowed):
            assign_conversation(
                asked.pk, by=fresh(getattr(cast, part)), at=NOW, assignee_id=cast.accountant.pk
            )
    for part in ("documents", "reader", "colleague", "other", "outsider", "stranger"):
        with pytest.raises(NotFound):
            assign_conversation(
                asked.pk, by=fresh(getattr(cast, part)), at=NOW, assignee_id=cast.accountant.pk
            )
    assert again(asked).assignee is None


def test_what_somebody_who_left_was_given_is_the_manager_s_again(
    cast: Cast, asked: Conversation, accountant: Membership
) -> None:
    assign_conversation(asked.pk, by=accountant, at=NOW, assignee_id=cast.assistant.pk)
    mine = in_scope(Conversation.objects.visible_to(accountant), "mine", accountant)
    assert asked not in mine

    end_membership(cast.assistant.pk, by=fresh(cast.admin), at=NOW)

    assert asked in mine.all()
    assert again(asked).desk_revision == 2


def test_it_is_nobody_s_again_where_a_group_or_dossier_changed_hands(
    cast: Cast, asked: Conversation, bakery: Company
) -> None:
    """The assistant has the dossier by the group alone; the accountant manages it, and the administrator needs neither."""
    admin = fresh(cast.admin)

    def given_to(who: Membership) -> None:
        assign_conversation(asked.pk, by=fresh(cast.admin), at=NOW, assignee_id=who.pk)

    def group_with(*members: Membership) -> None:
        ids = [one.pk for one in members]
        change_group(cast.group.pk, by=admin, at=NOW, name="Liège", fallback_email="", member_ids=ids)

    given_to(cast.assistant)
    group_with(cast.assistant, cast.accountant)
    assert again(asked).assignee_id == cast.assistant.pk
    group_with(cast.accountant)
    assert again(asked).assignee_id is None

    group_with(cast.assistant)
    given_to(cast.assistant)
    delete_group(cast.group.pk, by=admin, at=NOW)
    assert again(asked).assignee_id is None

    given_to(cast.accountant)
    managed_by(cast.colleague, bakery, by=admin)
    assert again(asked).assignee_id is None

    given_to(cast.admin)
    managed_by(cast.accountant, bakery, by=admin)
    assert again(asked).assignee_id == cast.admin.pk
    assert again(asked).desk_revision == 7


def managed_by(manager: Membership, company: Company, *, by: Membership) -> None:
    change_company(
        company.pk,
        by=by,
        at=NOW,
        name=company.name,
        enterprise_number=company.enterprise_number,
        vat_regime=company.vat_regime,
        language=company.language,
        manager_id=manager.pk,
        group_id=None,
    )
