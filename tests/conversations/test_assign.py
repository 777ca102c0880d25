"""Assigning: to one of the staff with access to the dossier, or to nobody; clients cannot notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import assign_conversation, close_conversation
from comptoir.conversations.models import Conversation
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.core.ids import new_id
from comptoir.people.actions.memberships import end_membership
from comptoir.web.desk.inbox import in_scope
from tests.conversations.facts import again, events, history
from tests.world import NOW, Cast, fresh

if TYPE_CHECKING:
    from comptoir.people.models import Membership


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
