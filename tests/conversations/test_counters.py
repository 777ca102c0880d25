"""The counter: what needs my action, and nothing else (the client's manual, point 4); per person, exact."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from comptoir.conversations.actions.conversation import close_conversation, mark_handled, reopen_conversation
from comptoir.conversations.actions.message import delete_message, edit_message
from comptoir.conversations.actions.receipt import mark_delivered, mark_seen
from comptoir.conversations.models import Conversation
from comptoir.conversations.queries import counters, is_unread, listed, waits_for
from tests.world import NOW, Cast, begin, fresh, say

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership

LATER = NOW + timedelta(hours=1)


def due(*members: Membership) -> list[int]:
    return [counters(member).to_handle for member in members]


def unread(*members: Membership) -> list[int]:
    return [counters(member).unread for member in members]


def test_a_question_counts_until_it_is_answered_and_one_answer_is_for_all_of_the_side(
    asked: Conversation, sophie: Membership, partner: Membership, accountant: Membership
) -> None:
    assert due(sophie, partner, accountant) == [1, 1, 0]
    mark_seen(asked.pk, by=sophie, at=NOW)  # looking is not answering
    assert due(sophie, partner) == [1, 1]
    say(asked, partner, "Voilà")
    assert due(sophie, partner, accountant) == [0, 0, 1]


def test_a_mere_thank_you_moves_nothing(
    asked: Conversation, sophie: Membership, partner: Membership, accountant: Membership
) -> None:
    say(asked, sophie, "Voilà")
    say(asked, accountant, "Merci !")
    assert due(sophie, partner, accountant) == [0, 0, 0]
    assert unread(sophie, partner) == [1, 1]  # a dot in the list, and no number


def test_a_thank_you_does_not_take_an_open_question_away(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    say(asked, accountant, "Merci d’avance !")
    assert due(sophie) == [1]


def test_an_announcement_counts_until_it_is_seen_by_each_for_themselves(
    announced: Conversation, sophie: Membership, partner: Membership, accountant: Membership
) -> None:
    assert due(sophie, partner, accountant) == [1, 1, 0]
    mark_delivered([announced.pk], by=sophie, at=NOW)  # on the screen's list is not seen
    assert due(sophie) == [1]
    mark_seen(announced.pk, by=sophie, at=NOW)
    assert due(sophie, partner) == [0, 1]
    say(announced, accountant, "PS : jusqu’au 15")
    assert due(sophie, partner) == [0, 1]


def test_handled_takes_it_away_for_all_of_the_side(
    asked: Conversation, announced: Conversation, sophie: Membership, partner: Membership
) -> None:
    assert due(sophie, partner) == [2, 2]
    mark_handled(asked.pk, by=sophie, at=NOW)
    mark_handled(announced.pk, by=partner, at=NOW)
    assert due(sophie, partner) == [0, 0]


def test_a_client_s_message_waits_for_the_office_until_answered_or_handled(
    wondered: Conversation, sophie: Membership, accountant: Membership, admin: Membership
) -> None:
    assert due(accountant, admin, sophie) == [1, 1, 0]
    mark_seen(wondered.pk, by=accountant, at=NOW)
    assert due(accountant, admin) == [1, 1]
    mark_handled(wondered.pk, by=admin, at=NOW)
    assert due(accountant, admin) == [0, 0]
    say(wondered, sophie, "Et ?")
    assert due(accountant, admin) == [1, 1]
    say(wondered, accountant, "Je regarde.")
    assert due(accountant, admin, sophie) == [0, 0, 0]


def test_closed_counts_for_nobody_and_a_late_answer_for_the_office(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    close_conversation(asked.pk, by=accountant, at=NOW)
    assert (due(sophie, accountant), unread(sophie)) == ([0, 0], [0])
    say(asked, sophie, "Encore", reopening=True)
    assert due(sophie, accountant) == [0, 1]


def test_the_office_that_reopens_asks_nothing_of_anybody(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    close_conversation(asked.pk, by=accountant, at=NOW)
    reopen_conversation(asked.pk, by=accountant, at=NOW)
    assert due(sophie, accountant) == [0, 0]


def test_editing_moves_nothing_and_deleting_gives_back_what_was_asked(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    mark_seen(asked.pk, by=accountant, at=NOW)
    said = say(asked, sophie, "Voilà")
    mark_seen(asked.pk, by=accountant, at=NOW)
    edit_message(said.pk, by=sophie, at=LATER, body="Voici")
    assert (due(accountant), unread(accountant)) == ([1], [0])
    delete_message(said.pk, by=sophie, at=LATER)
    assert (due(accountant, sophie), unread(accountant)) == ([0, 1], [0])


def test_only_what_one_sees_counts(cast: Cast, asked: Conversation, confided: Conversation) -> None:
    begin(fresh(cast.accountant), cast.bakery, to=cast.client)
    expected = {
        "client": 2,
        "partner": 1,
        "documents": 0,
        "reader": 0,
        "other": 0,
        "stranger": 0,
        "admin": 1,
        "accountant": 1,
        "assistant": 1,
        "colleague": 0,
        "outsider": 0,
    }
    assert {part: due(fresh(getattr(cast, part)))[0] for part in expected} == expected


# ── Unread ───────────────────────────────────────────────────────────────
def test_unread_is_what_i_have_not_opened_however_it_was_delivered(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    assert unread(sophie, accountant) == [1, 0]
    mark_delivered([asked.pk], by=sophie, at=NOW)
    assert unread(sophie) == [1]
    mark_seen(asked.pk, by=sophie, at=NOW)
    assert unread(sophie) == [0]
    say(asked, accountant, "Encore ?")
    assert unread(sophie, accountant) == [1, 0]


def test_what_was_said_before_one_joined_is_not_unread(
    asked: Conversation, partner: Membership, accountant: Membership
) -> None:
    assert unread(partner) == [1]
    partner.joined_at = LATER
    partner.save(update_fields=["joined_at"])
    assert unread(fresh(partner)) == [0]
    say(asked, accountant, "Encore ?", at=LATER + timedelta(minutes=1))
    assert unread(fresh(partner)) == [1]


def test_a_list_s_rows_say_the_same_as_the_counter(cast: Cast, bakery: Company) -> None:
    sophie, accountant = fresh(cast.client), fresh(cast.accountant)
    asked, announced = (begin(accountant, bakery, expects_answer=asks).conversation for asks in (True, False))
    for to in (None, accountant):
        begin(sophie, bakery, to=to)
    mark_seen(announced.pk, by=fresh(cast.client), at=NOW)
    mark_seen(asked.pk, by=fresh(cast.partner), at=NOW)
    for part in ("client", "partner", "accountant", "admin", "assistant", "documents", "reader", "outsider"):
        member = fresh(getattr(cast, part))
        rows = list(listed(Conversation.objects.visible_to(member).open(), member=member))
        assert sum(waits_for(row, member=member) for row in rows) == counters(member).to_handle
        assert sum(is_unread(row, member=member) for row in rows) == counters(member).unread
