"""Drafts: made by hand, changed, put together and dropped by all of the staff; seen by nobody else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.refusals import IdentifierTaken
from comptoir.core.errors import NotAllowed, NotFound, Refused
from comptoir.core.ids import new_id
from comptoir.questions.actions.by_data import raise_drafts, settle_by_data
from comptoir.questions.actions.drafts import change_draft, draft_question, drop_draft
from comptoir.questions.actions.merging import merge_drafts
from comptoir.questions.facts import Draft
from comptoir.questions.models import Question
from comptoir.questions.refusals import (
    AskedAlready,
    NotTogether,
    NoWording,
    QuestionMoved,
    UnknownType,
    WordingTooLong,
)
from comptoir.questions.to_send import drafts_in, to_send
from comptoir.questions.withdrawals import Withdrawal
from tests.questions.asked import ask, draft, now_of
from tests.questions.books import invoice_in
from tests.world import NOW, begin

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership

SHELL = Draft(
    "B1",
    "p1",
    "no_document",
    party="Shell Namur",
    facts={"amount": Decimal("-30.00"), "booked_on": date(2026, 10, 3), "days": 40},
)
GAP = Draft("C1", "V-10", "number_missing", facts={"number": "V-10", "before": "V-9", "after": "V-11"})


def test_an_assistant_drafts_about_an_invoice(assistant: Membership, bakery: Company) -> None:
    invoice = invoice_in(bakery, number="F-7")
    found = draft(assistant, bakery, wording="", kind="A2", invoice_id=invoice.pk)
    assert (found.state, found.by_data, found.party, found.invoice) == (
        "draft",
        False,
        "Moulins de la Senne SA",
        invoice,
    )
    assert (found.facts["amount"], found.facts["number"]) == ("121.00", "F-7")
    assert [one.pk for one in drafts_in([bakery.pk], member=assistant)] == [found.pk]


def test_the_same_key_is_the_same_draft(accountant: Membership, admin: Membership, bakery: Company) -> None:
    key = new_id()
    once, again = [
        draft_question(bakery.pk, by=accountant, at=NOW, key=key, kind="free", wording="?") for _ in "12"
    ]
    assert once == again
    with pytest.raises(IdentifierTaken):
        draft_question(bakery.pk, by=admin, at=NOW, key=key, kind="free", wording="?")


def test_about_a_conversation_of_the_dossier_only(
    accountant: Membership, admin: Membership, bakery: Company, garage: Company
) -> None:
    talk = begin(accountant, bakery).conversation
    assert draft(accountant, bakery, about_id=talk.pk).about == talk
    with pytest.raises(NotFound):
        draft(admin, garage, about_id=talk.pk)


@pytest.mark.parametrize(
    ("kind", "wording", "refusal"),
    [
        ("Z9", "Quoi ?", UnknownType),
        ("free", "  ", NoWording),
        ("A7", "", NoWording),  # its text names another invoice
        ("A1", "x" * 2001, WordingTooLong),
    ],
)
def test_what_is_no_question(
    kind: str, wording: str, refusal: type[Refused], accountant: Membership, bakery: Company
) -> None:
    with pytest.raises(refusal):
        draft(accountant, bakery, wording=wording, kind=kind)


def test_the_same_is_not_asked_twice_about_one_invoice(accountant: Membership, bakery: Company) -> None:
    invoice = invoice_in(bakery)
    first = draft(accountant, bakery, wording="", kind="A2", invoice_id=invoice.pk)
    with pytest.raises(AskedAlready):
        draft(accountant, bakery, wording="", kind="A2", invoice_id=invoice.pk)
    draft(accountant, bakery, wording="", kind="A1", invoice_id=invoice.pk)
    drop_draft(first.pk, by=accountant, at=NOW)
    draft(accountant, bakery, wording="", kind="A2", invoice_id=invoice.pk)


@pytest.mark.parametrize("who", ["sophie", "documents", "reader"])
def test_clients_neither_draft_nor_see_drafts(
    who: str, request: pytest.FixtureRequest, accountant: Membership, bakery: Company
) -> None:
    member = request.getfixturevalue(who)
    found = draft(accountant, bakery)
    with pytest.raises(NotAllowed):
        draft(member, bakery)
    for act in (drop_draft, lambda pk, **by: change_draft(pk, **by, wording="Non", due_on=None)):
        with pytest.raises(NotFound):
            act(found.pk, by=member, at=NOW)
    assert not Question.objects.visible_to(member).exists()
    assert to_send(member) == []


@pytest.mark.parametrize("who", ["colleague", "outsider", "other"])
def test_nobody_of_elsewhere_sees_a_draft(
    who: str, request: pytest.FixtureRequest, accountant: Membership, bakery: Company
) -> None:
    found = draft(accountant, bakery)
    with pytest.raises(NotFound):
        drop_draft(found.pk, by=request.getfixturevalue(who), at=NOW)
    with pytest.raises(NotFound):
        draft(request.getfixturevalue(who), bakery)


def test_is_worded_anew_and_back(assistant: Membership, bakery: Company) -> None:
    invoice = invoice_in(bakery)
    found = draft(assistant, bakery, wording="", kind="A2", invoice_id=invoice.pk)
    changed = change_draft(found.pk, by=assistant, at=NOW, wording=" Par qui ? ", due_on=date(2026, 12, 1))
    assert (changed.wording, changed.due_on) == ("Par qui ?", date(2026, 12, 1))
    assert change_draft(found.pk, by=assistant, at=NOW, wording="", due_on=None).wording == ""


def test_drafts_of_one_kind_and_party_become_one(accountant: Membership, bakery: Company) -> None:
    raised = raise_drafts(
        bakery.pk,
        drafts=[
            SHELL,
            Draft("B1", "p2", "no_document", party="SHELL NAMUR", facts={"amount": Decimal(-45)}),
            GAP,
        ],
        at=NOW,
    )
    one, two, other = raised
    kept = merge_drafts([one.pk, two.pk], by=accountant, at=NOW)
    assert (kept.pk, kept.facts["also"]) == (one.pk, [{"amount": "-45.00"}])
    assert (now_of(two).state, now_of(two).withdrawn_why) == ("withdrawn", "merged")
    for ids in ([one.pk, other.pk], [one.pk]):
        with pytest.raises(NotTogether):
            merge_drafts(ids, by=accountant, at=NOW)


def test_what_was_dropped_is_not_raised_again(accountant: Membership, bakery: Company) -> None:
    [found] = raise_drafts(bakery.pk, drafts=[SHELL], at=NOW)
    assert (found.by_data, found.key, found.reason) == (True, "B1:p1", "no_document")
    assert found.facts == {"amount": "-30.00", "booked_on": "2026-10-03", "days": 40}
    drop_draft(found.pk, by=accountant, at=NOW)
    assert raise_drafts(bakery.pk, drafts=[SHELL], at=NOW) == []
    with pytest.raises(QuestionMoved):
        drop_draft(found.pk, by=accountant, at=NOW)


def test_the_data_settles_drafts_and_open_questions_and_says_why(
    accountant: Membership, bakery: Company
) -> None:
    sent, left = raise_drafts(bakery.pk, drafts=[SHELL, GAP], at=NOW)
    talk = ask(accountant, bakery, sent).conversation
    gone = [
        Withdrawal("B1:p1", "document", {"booked_on": date(2026, 10, 3)}),
        Withdrawal("C1:V-10", "arrived", {"number": "V-10"}),
    ]
    assert len(settle_by_data(bakery.pk, withdrawals=gone, at=NOW)) == 2
    assert settle_by_data(bakery.pk, withdrawals=gone, at=NOW) == []
    assert (now_of(sent).state, now_of(sent).withdrawn_facts) == ("withdrawn", {"booked_on": "2026-10-03"})
    assert now_of(left).state == "withdrawn"
    talk.refresh_from_db()
    assert (talk.open_questions, talk.awaiting_client_since) == (0, None)


def test_dossiers_with_drafts_are_counted(
    accountant: Membership, colleague: Membership, admin: Membership, bakery: Company, garage: Company
) -> None:
    draft(accountant, bakery)
    draft(accountant, bakery)
    draft(colleague, garage)
    assert [(row.company.pk, row.number) for row in to_send(admin)] == [(bakery.pk, 2), (garage.pk, 1)]
    assert [(row.company.pk, row.number) for row in to_send(colleague)] == [(garage.pk, 1)]
