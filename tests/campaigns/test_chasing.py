"""Chased until delivered: what the job does at its minute, and what stops it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import transaction

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.campaigns.actions import chasing
from comptoir.campaigns.actions.chasing import chase_request, take_step
from comptoir.campaigns.actions.deciding import note_call, snooze_request
from comptoir.campaigns.actions.handing_in import say_all_is_in
from comptoir.campaigns.actions.settings import set_chasing
from comptoir.campaigns.jobs import take_steps
from comptoir.campaigns.refusals import NobodyToChase, NoSuchDay, RequestEnded
from comptoir.conversations.models import Message, Note
from comptoir.people.actions.memberships import end_membership
from comptoir.people.models import Company
from tests.campaigns.asked import ask, now_of
from tests.world import NOW

if TYPE_CHECKING:
    from comptoir.campaigns.models import DocumentRequest
    from tests.world import Cast

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 11, 13, 8, tzinfo=UTC)  # the rung of two days, on the Friday before its Sunday
AFTER = datetime(2026, 11, 16, 8, tzinfo=UTC)  # the working day after the last rung


def _at(moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        take_steps.func()


def _chases(request: DocumentRequest) -> list[str]:
    said = Message.objects.filter(conversation=request.conversation_id).order_by("position")
    return [one.body for one in said[1:]]


def test_it_is_chased_at_its_moment_by_one_message(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    _at(DUE - timedelta(minutes=1))
    assert _chases(asked) == []
    _at(DUE)
    _at(DUE + timedelta(minutes=1))
    assert _chases(asked) == [
        (
            "Pour la déclaration TVA (octobre 2026), il manque encore ce qui suit ; merci de le remettre"
            " au plus tard le mardi 17 novembre :\n\n– Factures d’achat\n– Ventes\n– Extraits bancaires"
        )
    ]
    then = now_of(asked)
    assert (then.last_rung, then.chase_count, then.last_chased_at) == (2, 1, DUE)
    [event] = Event.objects.filter(verb=Verb.REQUEST_CHASED)
    assert (event.by_id, event.facts) == (cast.accountant.pk, {"rung": 2})


def test_after_the_last_rung_its_manager_has_it_to_handle(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    _at(DUE)
    _at(AFTER)
    _at(AFTER + timedelta(days=1))
    then = now_of(asked)
    assert then.escalated_at == AFTER
    assert then.next_step_at is None
    assert then.conversation.awaiting_office_since == AFTER
    assert then.conversation.awaiting_client_since == NOW
    assert then.conversation.assignee_id == cast.accountant.pk
    assert "Extraits bancaires" in Note.objects.get().body
    assert len(_chases(asked)) == 1


def test_who_delivered_between_planning_and_sending_is_not_chased(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    say_all_is_in(asked.pk, by=cast.documents, at=DUE - timedelta(seconds=1))
    assert take_step(asked.pk, at=DUE) is None
    assert _chases(asked) == []


def test_a_snooze_puts_it_off(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    with pytest.raises(NoSuchDay):
        snooze_request(asked.pk, by=cast.accountant, at=NOW, until=date(2026, 11, 11))
    snooze_request(asked.pk, by=cast.accountant, at=NOW, until=date(2026, 11, 17))
    _at(DUE)
    assert _chases(asked) == []
    _at(datetime(2026, 11, 17, 8, tzinfo=UTC))
    assert len(_chases(asked)) == 1


def test_without_anybody_to_chase_the_manager_hears_of_it(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    for part in ("client", "partner", "documents"):
        end_membership(getattr(cast, part).pk, by=cast.admin, at=NOW)
    _at(DUE)
    assert _chases(asked) == []
    assert now_of(asked).escalated_at == DUE
    with pytest.raises(NobodyToChase):
        chase_request(asked.pk, by=cast.accountant, at=DUE)


def test_after_an_outage_the_newest_rung_is_sent_once(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery, at=NOW - timedelta(days=11))
    _at(DUE + timedelta(hours=3))
    _at(DUE + timedelta(hours=4))
    assert len(_chases(asked)) == 1
    assert now_of(asked).last_rung == 2


def test_a_crash_while_sending_leaves_it_due(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies after the message was written and before the commit: all of it happens once, later."""
    asked = ask(cast.accountant, cast.bakery)

    def _dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(chasing, "plan", _dies)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            take_step(asked.pk, at=DUE)
    assert _chases(asked) == []
    assert take_step(asked.pk, at=DUE + timedelta(minutes=1))
    assert take_step(asked.pk, at=DUE + timedelta(minutes=1)) is None
    assert len(_chases(asked)) == 1


def test_one_that_cannot_be_chased_keeps_no_other_from_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = ask(cast.accountant, cast.bakery), ask(cast.admin, cast.garage)
    Company.objects.filter(pk=cast.bakery.pk).update(language="xx-unknown"[:2])
    monkeypatch.setattr(
        "comptoir.campaigns.jobs.take_step",
        lambda pk, *, at: 1 / 0 if pk == first.pk else take_step(pk, at=at),
    )
    _at(DUE)
    assert len(_chases(second)) == 1
    assert _chases(first) == []


def test_by_hand_it_is_chased_at_once_and_not_twice(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    chase_request(asked.pk, by=cast.accountant, at=NOW)
    chase_request(asked.pk, by=cast.accountant, at=NOW + timedelta(minutes=1))
    assert len(_chases(asked)) == 1
    note_call(asked.pk, by=cast.assistant, at=NOW)
    assert now_of(asked).called_at == NOW
    say_all_is_in(asked.pk, by=cast.client, at=NOW)
    with pytest.raises(RequestEnded):
        chase_request(asked.pk, by=cast.accountant, at=NOW + timedelta(hours=1))


def test_a_dossiers_own_ladder_goes_before_the_offices(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    set_chasing([4], by=cast.admin, at=NOW, opens=time(10), closes=time(12))
    set_chasing([1], by=cast.accountant, at=NOW, company_id=cast.bakery.pk, opens=time(11), closes=time(12))
    _at(NOW)
    planned = now_of(asked).next_step_at
    assert planned == datetime(2026, 11, 16, 10, tzinfo=UTC)
    set_chasing(None, by=cast.accountant, at=NOW, company_id=cast.bakery.pk, opens=time(9), closes=time(18))
    _at(NOW)
    assert now_of(asked).next_step_at == datetime(2026, 11, 13, 9, tzinfo=UTC)


def test_a_dossier_that_is_put_away_is_not_chased(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    Company.objects.filter(pk=cast.bakery.pk).update(archived_at=NOW)
    _at(DUE)
    assert take_step(asked.pk, at=DUE) is None
    assert _chases(asked) == []
