"""From the outbox to the mail server, a round at a time."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.conversations.actions.receipt import mark_delivered
from comptoir.notifications import outbox
from comptoir.notifications.actions.addresses import note_bounce
from comptoir.notifications.links import ways_to
from comptoir.notifications.mails import written_mail
from comptoir.notifications.models import Channel, Delivery, Mail, State
from comptoir.notifications.reply_addresses import reply_address_for
from comptoir.notifications.rounds import AT_MOST, one_round, put_back_all_but_leaving
from comptoir.notifications.sending import Answer, Outcome, Post, arrives_when_taken
from comptoir.notifications.server import has_mail_server, may_be_tried, note_server_answers, note_server_away
from comptoir.people.models import Office

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from comptoir.notifications.rounds import Clock


def deliver_mails(clock: Clock, *, at_most: float = AT_MOST) -> None:
    """Sends what is due, until it is sent, the time is up or the server goes away."""
    if not has_mail_server() or not may_be_tried(now=clock()):
        return
    post = Post()
    try:
        one_round(Channel.EMAIL, lambda rows: _sent(rows, post, clock), clock, at_most=at_most)
    finally:
        post.close()


def _sent(rows: Sequence[Delivery], post: Post, clock: Clock) -> bool:
    """False where the server is away and nobody else need be tried."""
    opened = post.open()
    if opened.answer is not Answer.TAKEN:
        _server_is_away(rows, opened, at=clock())
        return False
    # Opening the line may have taken its time; who lost access meanwhile is told nothing.
    leaving = put_back_all_but_leaving(rows, now=clock())
    if not leaving:
        return True
    mail = _mail_for(leaving, at=clock())
    office = Office.objects.defer("logo").get(pk=mail.office_id)
    reply_to = reply_address_for(leaving, at=clock())
    # Kept as digests only, so a mail that is sent again under its id has others; those of the first stay good as well.
    ways = ways_to(leaving, at=clock())
    outcome = post.hand_over(written_mail(mail, leaving, office=office, ways=ways, reply_to=reply_to))
    return _put_down(outcome, mail, leaving, at=clock())


@transaction.atomic
def _mail_for(rows: Sequence[Delivery], *, at: datetime) -> Mail:
    """Written before the mail leaves, so that whoever finds these rows after us sends it under the same id."""
    member = rows[0].member
    mail = next((row.mail for row in rows if row.mail is not None), None)
    if mail is None:
        mail = Mail.objects.create(person=member.person, office_id=member.office_id, made_at=at)
    outbox.held(rows).update(mail=mail)
    return mail


def _put_down(outcome: Outcome, mail: Mail, rows: Sequence[Delivery], *, at: datetime) -> bool:
    answer, text = outcome.answer, outcome.text
    if answer is Answer.TAKEN:
        _put_down_taken(mail, rows, at=at)
    elif answer is Answer.AWAY:
        _server_is_away(rows, outcome, at=at)
        return False
    elif answer is Answer.LATER:
        outbox.try_later(rows, error=text, at=at)
    elif answer is Answer.UNCERTAIN:
        Mail.objects.filter(pk=mail.pk).update(is_uncertain=True)
        outbox.try_later(rows, error=text, at=at)
        return False  # the line is gone; whether the server is too, the next attempt will tell
    else:
        outbox.give_up(rows, error=text)
        if answer is Answer.NO_ADDRESS:
            note_bounce(mail.person.email, reason=text, at=at, mail_id=mail.pk)
    return True


def _server_is_away(rows: Sequence[Delivery], outcome: Outcome, *, at: datetime) -> None:
    outbox.wait_for_server(rows)
    note_server_away(error=outcome.text, at=at)
    outbox.note_failing(channel=Channel.EMAIL, error=outcome.text, at=at)


@transaction.atomic
def _put_down_taken(mail: Mail, rows: Sequence[Delivery], *, at: datetime) -> None:
    outbox.put_down_sent(rows, at=at)
    Mail.objects.filter(pk=mail.pk).update(accepted_at=at, is_uncertain=False)
    note_server_answers(at=at)
    if arrives_when_taken():
        mark_arrived(rows, at=at)


def note_arrival(mail_id: UUID, *, at: datetime) -> None:
    """A provider says that the recipient's server took this mail. Twice changes nothing."""
    rows = Delivery.objects.filter(mail=mail_id, state=State.SENT)
    mark_arrived(list(rows.select_related("message", "member__person", "member__office")), at=at)


def mark_arrived(rows: Sequence[Delivery], *, at: datetime) -> None:
    """The messages have come as far as the recipient's mailbox, and the tick says so."""

    def place(row: Delivery) -> tuple[UUID, UUID]:
        # Always in the order of conversations: two workers that lock several of them do not wait for each other.
        return row.conversation_id, row.member_id

    for (conversation_id, _), told in groupby(sorted(rows, key=place), key=place):
        last = max(told, key=lambda row: row.message.position)
        mark_delivered([conversation_id], by=last.member, at=at, how="mail", upto=last.message.position)
