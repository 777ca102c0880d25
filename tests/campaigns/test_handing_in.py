"""What a client does with a request, and how it ends by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.campaigns.actions.deciding import need_item, need_nothing, send_back_item, set_item_aside
from comptoir.campaigns.actions.handing_in import (
    hand_in,
    postpone,
    say_all_is_in,
    say_nothing,
    take_back_all_is_in,
    undo_item,
)
from comptoir.campaigns.models import ItemFile
from comptoir.campaigns.refusals import ItemMoved, NoReason, NoSuchDay, NothingHandedIn, RequestEnded
from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.models import Message
from comptoir.conversations.refusals import UnknownAttachment
from comptoir.core.errors import NotAllowed, NotFound
from tests.campaigns.asked import ask, item, now_of, uploaded
from tests.world import NOW

if TYPE_CHECKING:
    from tests.world import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("part", ["client", "documents"])
def test_files_are_handed_in_once(cast: Cast, part: str) -> None:
    by = getattr(cast, part)
    sales = item(ask(cast.accountant, cast.bakery), "sales")
    files = [uploaded(by), uploaded(by)]
    hand_in(sales.pk, by=by, at=NOW, files=files)
    done = hand_in(sales.pk, by=by, at=NOW + timedelta(minutes=1), files=files)
    assert (done.state, done.received_count) == ("in", 2)
    assert ItemFile.objects.count() == 2
    assert Event.objects.filter(verb=Verb.ITEM_HANDED_IN).count() == 1


def test_only_ones_own_files_and_at_least_one(cast: Cast) -> None:
    sales = item(ask(cast.accountant, cast.bakery), "sales")
    with pytest.raises(NothingHandedIn):
        hand_in(sales.pk, by=cast.client, at=NOW, files=[])
    theirs = uploaded(cast.partner)
    with pytest.raises(UnknownAttachment):
        hand_in(sales.pk, by=cast.client, at=NOW, files=[theirs])


@pytest.mark.parametrize("part", ["reader", "other", "stranger", "colleague"])
def test_for_everybody_else_there_is_no_request(cast: Cast, part: str) -> None:
    asked = ask(cast.accountant, cast.bakery)
    by = getattr(cast, part)
    with pytest.raises(NotFound):
        say_nothing(item(asked, "sales").pk, by=by, at=NOW)
    with pytest.raises(NotFound):
        say_all_is_in(asked.pk, by=by, at=NOW)


def test_the_staff_hand_in_nothing_in_a_clients_name(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    with pytest.raises(NotAllowed):
        say_nothing(item(asked, "sales").pk, by=cast.accountant, at=NOW)


def test_it_ends_by_itself_once_nothing_is_left(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    for kind in ("purchases", "sales"):
        say_nothing(item(asked, kind).pk, by=cast.client, at=NOW)
    assert now_of(asked).ended_at is None
    hand_in(item(asked, "bank").pk, by=cast.client, at=NOW, files=[uploaded(cast.client)])
    then = now_of(asked)
    assert (then.ended_how, then.next_step_at) == ("handed_in", None)
    assert then.conversation.awaiting_office_since == NOW
    assert then.conversation.awaiting_client_since is None


def test_everything_is_in_ends_it_and_may_be_taken_back(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    say_all_is_in(asked.pk, by=cast.client, at=NOW)
    say_all_is_in(asked.pk, by=cast.client, at=NOW)
    assert now_of(asked).ended_how == "handed_in"
    assert Event.objects.filter(verb=Verb.REQUEST_ENDED).count() == 1
    with pytest.raises(RequestEnded):
        say_nothing(item(asked, "sales").pk, by=cast.client, at=NOW)
    hand_in(
        item(asked, "sales").pk, by=cast.client, at=NOW, files=[uploaded(cast.client)]
    )  # one more was found
    take_back_all_is_in(asked.pk, by=cast.client, at=NOW)
    then = now_of(asked)
    assert then.ended_at is None
    assert then.next_step_at is not None
    assert then.conversation.awaiting_client_since == NOW


def test_later_is_a_day_from_today_to_the_legal_date(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    cash = item(asked, "sales")
    for day in (date(2026, 11, 11), date(2026, 11, 21)):
        with pytest.raises(NoSuchDay):
            postpone(cash.pk, by=cast.client, at=NOW, day=day)
    for kind in ("purchases", "sales", "bank"):
        postpone(item(asked, kind).pk, by=cast.client, at=NOW, day=date(2026, 11, 16))
    assert item(asked, "sales").later_on == date(2026, 11, 16)
    planned = now_of(asked).next_step_at
    assert planned is not None
    assert planned.date() == date(2026, 11, 16)  # nobody is chased before


def test_undo_takes_back_what_was_said_last(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    sales = item(asked, "sales")
    hand_in(sales.pk, by=cast.client, at=NOW, files=[uploaded(cast.client)])
    hand_in(sales.pk, by=cast.client, at=NOW + timedelta(hours=1), files=[uploaded(cast.client)])
    assert undo_item(sales.pk, by=cast.client, at=NOW + timedelta(hours=2)).received_count == 1
    assert item(asked, "sales").state == "in"
    undo_item(sales.pk, by=cast.client, at=NOW + timedelta(hours=3))
    assert (item(asked, "sales").state, item(asked, "sales").received_count) == ("open", 0)
    say_nothing(sales.pk, by=cast.client, at=NOW)
    undo_item(sales.pk, by=cast.client, at=NOW)
    assert item(asked, "sales").state == "open"
    with pytest.raises(ItemMoved):
        undo_item(sales.pk, by=cast.client, at=NOW)


def test_undoing_the_last_thing_opens_the_request_again(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    for kind in ("purchases", "sales", "bank"):
        say_nothing(item(asked, kind).pk, by=cast.client, at=NOW)
    assert now_of(asked).ended_how == "handed_in"
    undo_item(item(asked, "bank").pk, by=cast.client, at=NOW)
    assert now_of(asked).ended_at is None


def test_what_is_sent_back_is_told_and_waits_again(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    say_all_is_in(asked.pk, by=cast.client, at=NOW)
    sales = item(asked, "sales")
    hand_in(sales.pk, by=cast.client, at=NOW, files=[uploaded(cast.client)])
    with pytest.raises(NoReason):
        send_back_item(sales.pk, by=cast.accountant, at=NOW, reason=" ")
    send_back_item(sales.pk, by=cast.accountant, at=NOW, reason="Illisible")
    then = now_of(asked)
    assert then.ended_at is None
    assert then.conversation.awaiting_client_since == NOW
    assert (item(asked, "sales").state, item(asked, "sales").sent_back_reason) == ("sent_back", "Illisible")
    assert Message.objects.filter(body="Ventes a été renvoyé : Illisible").exists()
    hand_in(sales.pk, by=cast.client, at=NOW, files=[uploaded(cast.client)])
    assert item(asked, "sales").sent_back_reason == ""


def test_closing_the_conversation_ends_the_request(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    close_conversation(asked.conversation_id, by=cast.accountant, at=NOW)
    assert now_of(asked).ended_how == "closed"
    with pytest.raises(RequestEnded):
        hand_in(item(asked, "sales").pk, by=cast.client, at=NOW, files=[uploaded(cast.client)])


def test_what_the_office_sets_aside_ends_it_too(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    for kind in ("purchases", "sales", "bank"):
        set_item_aside(item(asked, kind).pk, by=cast.accountant, at=NOW)
    assert now_of(asked).ended_how == "not_needed"
    need_item(item(asked, "bank").pk, by=cast.accountant, at=NOW)
    assert now_of(asked).ended_at is None
    need_nothing(asked.pk, by=cast.accountant, at=NOW)
    then = now_of(asked)
    assert then.ended_how == "not_needed"
    assert then.conversation.closed_at == NOW
    with pytest.raises(NotAllowed):
        set_item_aside(item(asked, "bank").pk, by=cast.assistant, at=NOW)
