"""Recording: in the action's transaction or not at all; never a text; never changed afterwards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from comptoir.activity import record as spine
from comptoir.activity.models import Event
from comptoir.activity.record import reactions, record
from comptoir.activity.verbs import Verb
from comptoir.conversations.actions.conversation import (
    assign_conversation,
    close_conversation,
    mark_handled,
    reopen_conversation,
)
from comptoir.conversations.actions.message import delete_message, edit_message
from comptoir.conversations.actions.note import delete_note, edit_note, write_note
from comptoir.conversations.actions.receipt import mark_delivered, mark_seen
from comptoir.conversations.models import Message
from comptoir.core.ids import new_id
from comptoir.live.broker import broker
from comptoir.live.hints import unpacked
from tests.world import NOW, begin, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from comptoir.people.models import Company, Membership

SECRET = "Zwijgplicht4711"


def recorded(by: Membership, **facts: object) -> Event:
    return record(Verb.OFFICE_BRANDED, by.office_id, office_id=by.office_id, by_id=by.pk, at=NOW, **facts)


def test_what_happened_is_written_with_its_facts(admin: Membership) -> None:
    event = Event.objects.get(pk=recorded(admin, name="Talmont").pk)
    assert (event.verb, event.by_id, event.at, event.facts) == (
        "office.branded",
        admin.pk,
        NOW,
        {"name": "Talmont"},
    )
    assert (event.company_id, event.conversation_id) == (None, None)


def test_what_is_rolled_back_did_not_happen(admin: Membership) -> None:
    before = Event.objects.count()
    with transaction.atomic():
        recorded(admin)
        assert Event.objects.count() == before + 1
        transaction.set_rollback(True)
    assert Event.objects.count() == before


def test_reactions_run_inside_the_transaction_and_take_it_down_with_them(
    admin: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(event: Event) -> None:
        raise RuntimeError(event.verb)

    monkeypatch.setattr(spine, "reactions", lambda: {Verb.OFFICE_BRANDED: (fail,)})
    before = Event.objects.count()
    with pytest.raises(RuntimeError, match="branded"), transaction.atomic():
        recorded(admin)
    assert Event.objects.count() == before


def test_a_verb_that_is_not_in_the_table_is_a_fault(
    admin: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spine, "reactions", dict)
    with pytest.raises(KeyError), transaction.atomic():
        recorded(admin)


def test_history_is_neither_rewritten_nor_erased(admin: Membership) -> None:
    event = recorded(admin)
    mine = Event.objects.of_office(admin.office_id)
    attempts = (
        lambda: mine.update(verb="x"),
        mine.delete,
        lambda: mine.filter(pk=event.pk).delete(),
        event.delete,
    )
    for attempt in attempts:
        with pytest.raises(TypeError):
            attempt()
    assert Event.objects.filter(pk=event.pk, verb="office.branded").exists()


def test_an_office_s_history_is_its_own(admin: Membership, outsider: Membership) -> None:
    event = recorded(admin)
    assert event in Event.objects.of_office(admin.office_id)
    assert event not in Event.objects.of_office(outsider.office_id)


# ── Never a text ─────────────────────────────────────────────────────────
@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """All hints that leave, as they travel; to this process only, as a way to others keeps a session open."""
    heard: list[str] = []
    monkeypatch.setattr(broker(), "bus", None)
    broker().listen(
        lambda data: heard.append(json.dumps(unpacked(data), default=str)), on_line=lambda _: None
    )
    yield heard
    broker().stop()
    broker.cache_clear()


def live_through_everything(accountant: Membership, sophie: Membership, bakery: Company) -> None:
    talk = begin(sophie, bakery, subject=f"Sujet {SECRET}", body=f"Texte {SECRET}").conversation
    said = say(talk, accountant, f"Réponse {SECRET}", expects_answer=True)
    edit_message(said.pk, by=accountant, at=NOW, body=f"Encore {SECRET}")
    delete_message(said.pk, by=accountant, at=NOW)
    mark_delivered([talk.pk], by=accountant, at=NOW)
    mark_seen(talk.pk, by=accountant, at=NOW)
    note, _is_new = write_note(talk.pk, by=accountant, at=NOW, key=new_id(), body=f"Note {SECRET}")
    edit_note(note.pk, by=accountant, at=NOW, body=f"Autre {SECRET}")
    delete_note(note.pk, by=accountant, at=NOW)
    assign_conversation(talk.pk, by=accountant, at=NOW, assignee_id=accountant.pk)
    say(talk, sophie, f"Encore {SECRET}")
    mark_handled(talk.pk, by=accountant, at=NOW)
    close_conversation(talk.pk, by=accountant, at=NOW)
    reopen_conversation(talk.pk, by=sophie, at=NOW)


def test_neither_an_event_nor_a_hint_carries_what_was_said(
    accountant: Membership,
    sophie: Membership,
    bakery: Company,
    told: list[str],
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        live_through_everything(accountant, sophie, bakery)
    assert Message.objects.filter(body__contains=SECRET).exists()
    events = Event.objects.filter(conversation_id__isnull=False)
    verbs = set(events.values_list("verb", flat=True))
    assert verbs == {v.value for v in Verb if v.startswith(("conversation.", "message.", "note."))} - {
        Verb.MESSAGE_UNSEALED
    }
    assert not [event for event in events if SECRET in json.dumps(event.facts)]
    assert len(told) >= len(verbs)
    assert not [hint for hint in told if SECRET in hint]


def test_a_hint_leaves_after_the_commit_and_not_without_one(
    accountant: Membership,
    bakery: Company,
    told: list[str],
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        with transaction.atomic():
            begin(accountant, bakery)
            transaction.set_rollback(True)
        assert told == []
        begin(accountant, bakery)
        assert told == []
    assert len(told) == 1


def test_the_table_is_read_from_the_settings_once() -> None:
    assert reactions() is reactions()
    assert set(reactions()) == set(Verb)
