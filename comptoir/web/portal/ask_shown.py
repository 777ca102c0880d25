"""A question as its screen shows it: the slip of facts, the choices, what was answered before. No query but for picks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from comptoir.conversations.queries import files_of
from comptoir.core.money import money
from comptoir.questions.after_filing import FIELDS as AFTER_FILING
from comptoir.questions.answer_checks import TEXT
from comptoir.questions.answer_rules import is_lasting
from comptoir.questions.catalogue import CATALOGUE, Kind
from comptoir.questions.queries import payable_by
from comptoir.questions.question_words import (
    answer_said,
    choice_said,
    question_said,
    reason_said,
    withdrawn_said,
)
from comptoir.questions.states import State
from comptoir.web.question_shown import also_of
from comptoir.web.voucher import unit_of, voucher_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comptoir.files.models import Attachment
    from comptoir.people.models import Membership
    from comptoir.questions.models import Answer, Question
    from comptoir.web.question_shown import Alike
    from comptoir.web.voucher import Voucher

ICONS = {
    "business": "briefcase-business",
    "private": "house",
    "mixed": "percent",
    "refund": "undo-2",
    "account": "landmark",
    "card": "credit-card",
    "privately": "user",
    "cash": "banknote",
    "cash_book": "banknote",
    "not_yet": "hourglass",
    "set_off": "scale",
    "resale": "store",
    "consumable": "package",
    "equipment": "wrench",
    "attached": "camera",
    "expenses": "camera",
    "loan": "landmark",
    "own": "user",
    "customer": "receipt",
    "invoices": "receipt",
    "supplier": "store",
    "salary": "users",
    "credit": "undo-2",
    "will_pay": "banknote",
    "mandate": "landmark",
    "paid": "check",
    "cannot": "phone",
    "approve": "check",
    "question": "circle-help",
    "leave": "hourglass",
    "other": "type",
}
ANY = "corner-down-right"


@dataclass(frozen=True)
class ChoiceShown:
    id: str
    text: str
    kind: Kind
    hint: str
    is_current: bool
    is_open: bool

    @property
    def is_tap(self) -> bool:
        return self.kind is Kind.TAP

    @property
    def icon(self) -> str:
        return ICONS.get(self.id, ANY)


@dataclass(frozen=True)
class PickShown:
    id: str
    name: str
    detail: str
    is_picked: bool


@dataclass(frozen=True)
class Shown:
    text: str
    reason: str
    voucher: Voucher | None
    files: list[Attachment]
    also: list[Alike]
    choices: list[ChoiceShown]
    picks: list[PickShown]
    answer: str
    sent_back: str
    sent_back_by: str
    withdrawn: str
    is_text_open: bool
    may_answer: bool

    @property
    def asks_for_file(self) -> bool:
        return any(one.kind is Kind.FILE for one in self.choices)


@dataclass(frozen=True)
class Recap:
    question: Question
    about: str
    answer: str
    may_change: bool


@dataclass(frozen=True)
class Offer:
    question: Question
    text: str
    is_wished: bool


def shown(question: Question, *, member: Membership, typed: Mapping[str, str] | None) -> Shown:
    """`typed` is what a refused form held: its choice stays unfolded."""
    answer = current(question)
    was_sent_back = answer if answer and question.state == State.SENT_BACK else None
    chosen = answer.choice if answer and not was_sent_back else ""
    unfolded = typed.get("choice", "") if typed else chosen
    choices = _choices(question, chosen, unfolded)
    has_picks = any(one.kind is Kind.PICK for one in choices)
    return Shown(
        text=question_said(question),
        reason=reason_said(question),
        voucher=voucher_of(question, member=member),
        files=_files(question, member=member),
        also=also_of(question),
        choices=choices,
        picks=_picks(question, member=member) if has_picks else [],
        answer=answer_said(answer, type_id=question.type) if answer else "",
        sent_back=was_sent_back.sent_back_reason if was_sent_back else "",
        sent_back_by=was_sent_back.sent_back_by.person.name
        if was_sent_back and was_sent_back.sent_back_by
        else "",
        withdrawn=withdrawn_said(question),
        is_text_open=unfolded == TEXT,
        may_answer=question.is_open or question.state == State.ANSWERED,
    )


def _files(question: Question, *, member: Membership) -> list[Attachment]:
    """The return that is to be approved, the receipt of what is to be paid."""
    if question.type not in AFTER_FILING or question.message_id is None:
        return []
    return files_of(question.message_id, member=member)


def current(question: Question) -> Answer | None:
    """Of a question that `with_answers` has read."""
    answers: list[Answer] = question.known_answers  # type: ignore[attr-defined]  # as its prefetch calls it
    return answers[0] if answers else None


def recap_of(rows: list[Question]) -> list[Recap]:
    """What was answered, and can still be changed where it is not accepted."""
    return [
        Recap(one, about_of(one), _answered(one), may_change=one.state == State.ANSWERED)
        for one in rows
        if one.state in {State.ANSWERED, State.ACCEPTED}
    ]


def _answered(question: Question) -> str:
    answer = current(question)
    said = answer_said(answer, type_id=question.type) if answer else ""
    return said or _("A photo or file")


def about_of(question: Question) -> str:
    """`Station du Lion · 78,15 €`, or the question itself where it is about no document."""
    if question.payment is not None:
        amount, currency = abs(question.payment.amount), question.payment.currency
    elif question.invoice is not None:
        amount, currency = question.invoice.payable, question.invoice.currency
    else:
        return question.party or question_said(question)
    return f"{question.party} · {money(amount, unit_of(currency))}"


def offers_of(rows: list[Question]) -> list[Offer]:
    """*Always so*: of what may be remembered, and whose party is known, once a party and type."""
    offers: dict[tuple[str, str], Offer] = {}
    for one in rows:
        answer = current(one)
        if answer is None or one.state != State.ANSWERED:
            continue
        if not is_lasting(one.type, party_key=one.party_key, choice=answer.choice):
            continue
        said = choice_said(one.type, answer.choice)
        text = _("Always “%(choice)s” for %(party)s") % {"choice": said, "party": one.party}
        offers.setdefault((one.type, one.party_key), Offer(one, text, is_wished=answer.remember))
    return list(offers.values())


def _choices(question: Question, chosen: str, unfolded: str) -> list[ChoiceShown]:
    hints = {
        Kind.PERCENT: _("you give the share"),
        Kind.NAME: _("you say who"),
        Kind.DAY: _("you give the day"),
        Kind.FILE: _("a photo or file"),
        Kind.PICK: _("you tick them"),
    }
    own = CATALOGUE[question.type].choices if question.type in CATALOGUE else ()
    return [
        ChoiceShown(
            id=one.id,
            text=_(one.text),
            kind=one.kind,
            hint=hints.get(one.kind, ""),
            is_current=one.id == chosen,
            is_open=one.id == unfolded,
        )
        for one in own
    ]


def _picks(question: Question, *, member: Membership) -> list[PickShown]:
    answer = current(question)
    picked = set(answer.detail.get("picked", [])) if answer else set()
    return [
        PickShown(
            id=str(one.pk),
            name=f"{one.party} · {one.number}",
            detail=money(one.open, unit_of(one.currency)),
            is_picked=str(one.pk) in picked,
        )
        for one in payable_by(question, member=member)
    ]
