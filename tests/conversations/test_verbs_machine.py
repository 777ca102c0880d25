"""Verbs in any order by anybody, held against the model: order, revisions without a gap, nothing after closing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from comptoir.conversations.actions.conversation import (
    assign_conversation,
    close_conversation,
    mark_handled,
    reopen_conversation,
)
from comptoir.conversations.actions.message import delete_message, edit_message, post_message
from comptoir.conversations.actions.note import write_note
from comptoir.conversations.actions.receipt import mark_delivered, mark_seen
from comptoir.conversations.models import Message, Reader
from comptoir.core.errors import Refused
from comptoir.core.ids import new_id
from tests.conversations.facts import again, events, waits
from tests.conversations.model import Talk
from tests.world import NOW, Cast, begin, fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.conversations.models import Conversation

PEOPLE = ("admin", "accountant", "assistant", "client", "partner", "documents", "outsider")
# Those who have something to do are drawn more often than those who are refused everything.
anybody = st.sampled_from((*PEOPLE, "accountant", "client", "client", "partner"))
either = st.sampled_from([0, 1])
# The texts of the model's lines begin with <, those of people do not.
a_text = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=8)
# A release tries more.
EXAMPLES = int(os.environ.get("COMPTOIR_TEST_EXAMPLES", "40"))
WHILE_CLOSED = {
    "conversation.assigned",
    "note.written",
    "message.seen",
    "message.delivered",
    "conversation.reopened",
}


class Verbs(RuleBasedStateMachine):
    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.people = {part: fresh(getattr(self.cast, part)) for part in PEOPLE}
        self.talks: list[tuple[Talk, Conversation]] = []
        self.touched: set[int] = set()
        self.sent: list[tuple[int, dict[str, object]]] = []
        self._begin("accountant", frozenset())
        self._begin("client", frozenset({"client", "accountant"}))

    def _begin(self, starter: str, named: frozenset[str]) -> None:
        model = Talk(starter=starter, named=named)
        model.post(starter, "Bonjour", asks=starter == "accountant")
        to = self.people["accountant"] if named else None
        started = begin(self.people[starter], self.cast.bakery, body="Bonjour", to=to)
        self.talks.append((model, started.conversation))

    def _touched(self, which: int) -> tuple[Talk, Conversation]:
        """Only these are looked at afterwards."""
        self.touched = {which}
        return self.talks[which]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def _same(self, expected: str | None, do: Callable[[], object]) -> None:
        """Both refuse with the same word, or neither."""
        if expected is None:
            do()
            return
        with pytest.raises(Refused) as refusal:
            do()
        assert type(refusal.value).__name__ == expected

    # ── Messages ─────────────────────────────────────────────────────────
    @rule(which=either, who=anybody, text=a_text, asks=st.booleans(), reopening=st.booleans())
    def post(self, which: int, who: str, text: str, *, asks: bool, reopening: bool) -> None:
        model, talk = self._touched(which)
        given = {"by": self.people[who], "key": new_id(), "body": text, "expects_answer": asks}
        expected = model.post(who, text, asks=asks, reopening=reopening)
        self._same(expected, lambda: post_message(talk.pk, at=NOW, reopening=reopening, **given))
        if expected is None:
            self.sent.append((which, given))

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        """An answer was lost on the way: nothing changes, whatever happened to the message meanwhile."""
        which, given = data.draw(st.sampled_from(self.sent))
        assert not post_message(self._touched(which)[1].pk, at=NOW, **given).is_new  # type: ignore[arg-type]

    @rule(which=either, who=anybody, data=st.data(), text=a_text, delete=st.booleans())
    def change(self, which: int, who: str, data: st.DataObject, text: str, *, delete: bool) -> None:
        model, talk = self._touched(which)
        said = data.draw(st.sampled_from(model.thread))
        row = Message.objects.get(conversation=talk.pk, position=said.position)
        by = self.people[who]
        if delete:
            self._same(model.delete(who, said), lambda: delete_message(row.pk, by=by, at=NOW))
        else:
            self._same(model.edit(who, said, text), lambda: edit_message(row.pk, by=by, at=NOW, body=text))

    # ── The conversation ─────────────────────────────────────────────────
    @rule(which=either, who=anybody)
    def close(self, which: int, who: str) -> None:
        self._verb(which, who, "close")

    @rule(which=either, who=anybody, verb=st.sampled_from(["reopen", "handle", "note", "assign"]))
    def do(self, which: int, who: str, verb: str) -> None:
        self._verb(which, who, verb)

    def _verb(self, which: int, who: str, verb: str) -> None:
        model, talk = self._touched(which)
        by = self.people[who]
        do: dict[str, Callable[[], object]] = {
            "close": lambda: close_conversation(talk.pk, by=by, at=NOW),
            "reopen": lambda: reopen_conversation(talk.pk, by=by, at=NOW),
            "handle": lambda: mark_handled(talk.pk, by=by, at=NOW),
            "note": lambda: write_note(talk.pk, by=by, at=NOW, key=new_id(), body="Note"),
            "assign": lambda: assign_conversation(talk.pk, by=by, at=NOW, assignee_id=self.cast.admin.pk),
        }
        self._same(getattr(model, verb)(who), do[verb])

    @rule(which=either, who=anybody, kind=st.sampled_from(["seen", "delivered"]), upto=st.integers(0, 12))
    def mark(self, which: int, who: str, kind: str, upto: int) -> None:
        model, talk = self._touched(which)
        by = self.people[who]
        if kind == "seen":
            self._same(model.mark(who, kind, upto), lambda: mark_seen(talk.pk, by=by, at=NOW, upto=upto))
        else:
            self._same(model.mark(who, kind, 2**62), lambda: mark_delivered([talk.pk], by=by, at=NOW))

    # ── What always holds ────────────────────────────────────────────────
    @invariant()
    def the_database_says_what_the_model_says(self) -> None:
        for model, talk in (self.talks[which] for which in self.touched):
            now = again(talk)
            assert (now.is_open, now.revision, now.desk_revision) == (
                model.is_open,
                model.revision,
                model.desk_revision,
            )
            assert waits(talk) == model.waits
            assert (now.last_position, now.last_line) == (model.newest, model.texts[-1].text)
            rows = Message.objects.of(talk.pk).order_by("position")
            assert [
                (row.body if row.kind == "text" else f"<{row.kind}>", row.position, row.state) for row in rows
            ] == [(said.text, said.position, said.tick) for said in model.thread]
            assert all(row.position <= row.revision <= now.revision for row in rows)
            assert self._marks(talk) == {
                who: (model.delivered.get(who, 0), model.seen.get(who, 0)) for who in model.delivered
            }

    def _marks(self, talk: Conversation) -> dict[str, tuple[int, int]]:
        names = {member.pk: part for part, member in self.people.items()}
        rows = Reader.objects.filter(conversation=talk.pk)
        return {names[row.member_id]: (row.delivered_upto, row.seen_upto) for row in rows}

    @invariant()
    def the_history_has_no_gap_and_nothing_stands_after_closing(self) -> None:
        for model, talk in (self.talks[which] for which in self.touched):
            revisions, is_closed = [], False
            for event in events(talk):
                if "note" not in event.verb and "assigned" not in event.verb:
                    revisions.append(event.facts["revision"])
                assert not is_closed or event.verb in WHILE_CLOSED, event.verb
                is_closed = event.verb == "conversation.closed" or (
                    is_closed and event.verb != "conversation.reopened"
                )
            assert revisions == list(range(1, model.revision + 1))


def test_verbs_in_any_order(cast: Cast) -> None:
    Verbs.cast = cast
    run_state_machine_as_test(
        Verbs,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
