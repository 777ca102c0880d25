"""Every state by every verb, through the actions: what the table does not list is refused and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.receipt import mark_delivered, mark_seen
from comptoir.core.errors import Refused
from comptoir.core.ids import new_id
from comptoir.questions.actions.asking import take_back_questions
from comptoir.questions.actions.by_data import raise_drafts, settle_by_data
from comptoir.questions.actions.deciding import accept_answers, send_back_answer, withdraw_question
from comptoir.questions.actions.drafts import drop_draft
from comptoir.questions.facts import Draft
from comptoir.questions.states import Does, Side, State, after
from comptoir.questions.withdrawals import Withdrawal
from tests.questions.asked import answer, ask, now_of
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.people.models import Company
    from comptoir.questions.models import Question
    from tests.world import Cast

KEY = "C1:V-10"


class Played:
    """One question, raised by the data, brought into any state by those who may."""

    def __init__(self, cast: Cast, company: Company) -> None:
        self.accountant, self.sophie, self.company = cast.accountant, cast.client, company
        [self.question] = raise_drafts(
            company.pk, drafts=[Draft("C1", "V-10", "number_missing", facts={"number": "V-10"})], at=NOW
        )

    @property
    def now(self) -> Question:
        return now_of(self.question)

    def bring(self, state: State) -> None:
        if state is State.DRAFT:
            return
        if state is State.WITHDRAWN:
            drop_draft(self.question.pk, by=self.accountant, at=NOW)
            return
        self.ask()
        ways: dict[State, list[Callable[[], object]]] = {
            State.DELIVERED: [self.deliver],
            State.SEEN: [self.see],
            State.ANSWERED: [self.answer],
            State.ACCEPTED: [self.answer, self.accept],
            State.SENT_BACK: [self.answer, self.send_back],
        }
        for step in ways.get(state, []):
            step()

    def ask(self) -> None:
        ask(self.accountant, self.company, self.question)

    def deliver(self) -> None:
        if self.now.conversation_id:
            mark_delivered([self.now.conversation_id], by=self.sophie, at=NOW)

    def see(self) -> None:
        if self.now.conversation_id:
            mark_seen(self.now.conversation_id, by=self.sophie, at=NOW)

    def answer(self) -> None:
        answer(self.sophie, self.question)

    def accept(self) -> None:
        accept_answers([self.question.pk], by=self.accountant, at=NOW)

    def send_back(self) -> None:
        send_back_answer(self.question.pk, by=self.accountant, at=NOW, reason="Lequel ?")

    def take_back(self) -> None:
        take_back_questions(self.now.message_id or new_id(), by=self.accountant, at=NOW)

    def withdraw(self) -> None:
        act = drop_draft if self.now.conversation_id is None else withdraw_question
        act(self.question.pk, by=self.accountant, at=NOW)

    def settle(self) -> None:
        settle_by_data(self.company.pk, withdrawals=[Withdrawal(KEY, "arrived", {"number": "V-10"})], at=NOW)


# As a person or the data would do it.
VERBS = {
    "ask": (Does.ASK, Side.OFFICE),
    "take_back": (Does.TAKE_BACK, Side.OFFICE),
    "deliver": (Does.DELIVER, Side.DATA),
    "see": (Does.SEE, Side.CLIENT),
    "answer": (Does.ANSWER, Side.CLIENT),
    "accept": (Does.ACCEPT, Side.OFFICE),
    "send_back": (Does.SEND_BACK, Side.OFFICE),
    "withdraw": (Does.WITHDRAW, Side.OFFICE),
    "settle": (Does.WITHDRAW, Side.DATA),
}
QUIET = {"deliver", "see", "settle"}  # what happens by itself finds nothing to do, and refuses nobody


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", list(State))
def test_each_state_and_verb(state: State, verb: str, cast: Cast, bakery: Company) -> None:
    played = Played(cast, bakery)
    played.bring(state)
    assert played.now.state == state
    then = after(state, *VERBS[verb])
    if then is None and verb not in QUIET:
        with pytest.raises(Refused):
            getattr(played, verb)()
    else:
        getattr(played, verb)()
    assert played.now.state == (then or state)
