"""Ticks: delivered and seen, to the first recipient; marks only advance, never past the newest, never another's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.actions.receipt import mark_delivered, mark_seen
from comptoir.conversations.audience import receipts_of
from comptoir.conversations.models import Message, Reader, Receipt
from comptoir.core.errors import NotFound
from comptoir.core.ids import new_id
from tests.conversations.facts import again, events, history
from tests.world import NOW, Cast, begin, fresh, say

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Company, Membership

SOON, LATER = NOW + timedelta(minutes=1), NOW + timedelta(minutes=2)


def marks(conversation: Conversation, member: Membership) -> tuple[int, int]:
    """(delivered, seen) up to which position; nothing yet is (0, 0)."""
    reader = Reader.objects.filter(conversation=conversation, member=member).first()
    return (reader.delivered_upto, reader.seen_upto) if reader else (0, 0)


def ticks(conversation: Conversation) -> list[str]:
    return [
        row.state for row in Message.objects.of(conversation.pk).order_by("position") if row.kind == "text"
    ]


def test_first_sent_then_delivered_then_seen(wondered: Conversation, accountant: Membership) -> None:
    assert ticks(wondered) == ["sent"]
    assert mark_delivered([wondered.pk], by=accountant, at=SOON) == [wondered.pk]
    assert (ticks(wondered), marks(wondered, accountant)) == (["delivered"], (1, 0))
    assert mark_seen(wondered.pk, by=accountant, at=LATER) == again(wondered).revision == 3
    assert (ticks(wondered), marks(wondered, accountant)) == (["seen"], (1, 1))
    message = Message.objects.get(conversation=wondered)
    assert (message.delivered_at, message.delivered_to_id) == (SOON, accountant.pk)
    assert (message.seen_at, message.seen_by_id, message.revision) == (LATER, accountant.pk, 3)
    assert history(wondered)[1:] == ["message.delivered", "message.seen"]
    last = events(wondered).last()
    assert last is not None
    assert (last.facts, last.by_id) == ({"upto": 1, "revision": 3, "open_questions": 0}, accountant.pk)


def test_seen_at_once_is_delivered_too(wondered: Conversation, accountant: Membership) -> None:
    mark_seen(wondered.pk, by=accountant, at=SOON)
    message = Message.objects.get(conversation=wondered)
    assert (message.delivered_at, message.seen_at, message.revision) == (SOON, SOON, 2)
    assert marks(wondered, accountant) == (1, 1)


def test_it_is_the_first_recipient_who_stands_on_the_message(
    wondered: Conversation, accountant: Membership, admin: Membership
) -> None:
    mark_seen(wondered.pk, by=accountant, at=SOON)
    mark_seen(wondered.pk, by=admin, at=LATER)
    message = Message.objects.get(conversation=wondered)
    assert (message.delivered_to_id, message.seen_by_id, message.seen_at) == (
        accountant.pk,
        accountant.pk,
        SOON,
    )
    assert (again(wondered).revision, history(wondered).count("message.seen")) == (2, 1)
    assert [(r.member_id, r.kind, r.at) for r in receipts_of(message)] == [
        (accountant.pk, "seen", SOON),
        (admin.pk, "seen", LATER),
    ]


def test_a_colleague_who_reads_along_makes_nothing_delivered(
    wondered: Conversation, partner: Membership
) -> None:
    mark_delivered([wondered.pk], by=partner, at=SOON)
    mark_seen(wondered.pk, by=partner, at=LATER)
    assert (ticks(wondered), again(wondered).revision) == (["sent"], 1)
    assert marks(wondered, partner) == (1, 1)
    assert history(wondered) == ["conversation.started"]


def test_in_a_private_conversation_the_colleague_named_is_a_recipient(
    sophie: Membership, partner: Membership, bakery: Company
) -> None:
    talk = begin(sophie, bakery, to=partner).conversation
    mark_delivered([talk.pk], by=partner, at=SOON)
    assert ticks(talk) == ["delivered"]
    say(talk, partner, "D’accord")
    mark_seen(talk.pk, by=sophie, at=LATER)
    assert ticks(talk) == ["delivered", "seen"]


def test_the_author_s_own_reading_is_no_receipt(wondered: Conversation, sophie: Membership) -> None:
    assert mark_seen(wondered.pk, by=sophie, at=SOON) is None
    assert (ticks(wondered), Receipt.objects.count()) == (["sent"], 0)


# ── Only forward, never past the newest ──────────────────────────────────
def test_marks_only_advance(wondered: Conversation, sophie: Membership, accountant: Membership) -> None:
    for text in ("deux", "trois"):
        say(wondered, sophie, text)
    assert mark_seen(wondered.pk, by=accountant, at=SOON, upto=2) is not None
    assert ticks(wondered) == ["seen", "seen", "sent"]
    for less in (0, 1, 2):
        assert mark_seen(wondered.pk, by=accountant, at=LATER, upto=less) is None
    assert (marks(wondered, accountant), again(wondered).revision) == ((2, 2), 4)
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("forged", [2, 99, 2**62])
def test_a_forged_mark_stops_at_the_newest_so_that_the_next_message_is_new(
    wondered: Conversation, sophie: Membership, accountant: Membership, forged: int
) -> None:
    mark_seen(wondered.pk, by=accountant, at=SOON, upto=forged)
    assert marks(wondered, accountant) == (1, 1)
    say(wondered, sophie, "suivant")
    assert ticks(wondered) == ["seen", "sent"]
    assert mark_delivered([wondered.pk], by=accountant, at=LATER) == [wondered.pk]


def test_an_answer_that_crosses_an_unread_message_does_not_hide_it(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    """Both write at once: what sophie had not received when she sent hers still becomes delivered, then seen."""
    mark_seen(asked.pk, by=sophie, at=NOW)
    say(asked, accountant, "Encore ceci ?")
    say(asked, sophie, "Voilà la facture")
    assert ticks(asked) == ["seen", "sent", "sent"]
    assert mark_delivered([asked.pk], by=sophie, at=SOON) == [asked.pk]
    assert ticks(asked) == ["seen", "delivered", "sent"]
    mark_seen(asked.pk, by=sophie, at=LATER)
    assert ticks(asked) == ["seen", "seen", "sent"]


def test_who_had_seen_all_has_seen_their_own_message_too(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    mark_seen(asked.pk, by=sophie, at=NOW)
    own = say(asked, sophie, "Voilà")
    assert marks(asked, sophie) == (own.position, own.position)
    assert mark_delivered([asked.pk], by=sophie, at=SOON) == []


def test_who_answers_without_reading_has_read_nothing(asked: Conversation, sophie: Membership) -> None:
    say(asked, sophie, "Voilà")
    assert marks(asked, sophie) == (0, 0)


def test_a_line_of_the_product_needs_no_receipt(wondered: Conversation, accountant: Membership) -> None:
    mark_seen(wondered.pk, by=accountant, at=NOW)
    close_conversation(wondered.pk, by=accountant, at=SOON)
    assert mark_seen(wondered.pk, by=accountant, at=LATER) is None


# ── Only where one may ───────────────────────────────────────────────────
def test_who_cannot_see_it_leaves_no_mark(cast: Cast, confided: Conversation) -> None:
    for part in ("partner", "documents", "reader", "colleague", "other", "outsider", "stranger"):
        by = fresh(getattr(cast, part))
        assert mark_delivered([confided.pk, new_id()], by=by, at=SOON) == []
        with pytest.raises(NotFound):
            mark_seen(confided.pk, by=by, at=SOON)
    assert (ticks(confided), Receipt.objects.count(), again(confided).revision) == (["sent"], 0, 1)


def test_of_several_only_the_visible_ones_that_are_behind_are_marked(
    wondered: Conversation, confided: Conversation, asked: Conversation, assistant: Membership, cast: Cast
) -> None:
    abroad = begin(fresh(cast.stranger), cast.elsewhere).conversation
    mark_seen(asked.pk, by=assistant, at=NOW)
    everything = [wondered.pk, confided.pk, asked.pk, abroad.pk, new_id()]
    found = mark_delivered(everything, by=assistant, at=SOON)
    assert sorted(found) == sorted([wondered.pk, confided.pk])
    assert (ticks(wondered), ticks(abroad)) == (["delivered"], ["sent"])
    assert mark_delivered([], by=assistant, at=SOON) == []


@pytest.mark.parametrize("kind", ["shared", "private"])
def test_a_page_of_them_costs_as_many_statements_as_one(
    cast: Cast, accountant: Membership, kind: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    to = cast.accountant if kind == "private" else None
    for number in (1, 3):
        talks = [begin(fresh(cast.client), cast.bakery, to=to).conversation for _ in range(number)]
        # What is behind; begin, locks, marks; marks, steps; which, revisions, ticks; the history; end.
        with django_assert_num_queries(11):
            assert sorted(mark_delivered([talk.pk for talk in talks], by=accountant, at=SOON)) == sorted(
                talk.pk for talk in talks
            )
        for talk in talks:
            assert (ticks(talk), again(talk).revision) == (["delivered"], 2)
            assert history(talk)[-1] == "message.delivered"
            assert events(talk).last().facts == {"upto": 1, "revision": 2, "open_questions": 0}  # type: ignore[union-attr]


def test_each_person_and_step_is_told_once_with_its_first_moment(
    wondered: Conversation, sophie: Membership, accountant: Membership
) -> None:
    first = Message.objects.get(conversation=wondered)
    mark_delivered([wondered.pk], by=accountant, at=SOON, how="api")
    say(wondered, sophie, "deux")
    mark_seen(wondered.pk, by=accountant, at=LATER)
    assert [(r.kind, r.at, r.how) for r in receipts_of(first)] == [
        ("delivered", SOON, "api"),
        ("seen", LATER, "portal"),
    ]
