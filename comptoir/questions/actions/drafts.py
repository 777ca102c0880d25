"""Drafts by hand: made, worded anew, dropped. Assistants may do all of this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.activity.verbs import Verb
from comptoir.conversations.models import Conversation
from comptoir.conversations.refusals import IdentifierTaken
from comptoir.core.errors import NotFound
from comptoir.core.text import clean_text
from comptoir.ledger.matching.texts import name_key
from comptoir.ledger.models import Invoice, Payment
from comptoir.people.models import Company
from comptoir.questions.actions.gate import dossier, drafts_locked, move, tell
from comptoir.questions.catalogue import CATALOGUE
from comptoir.questions.models import FREE, Question
from comptoir.questions.refusals import AskedAlready, NoWording, UnknownType, WordingTooLong
from comptoir.questions.states import OPEN, Does, Side, State
from comptoir.questions.subjects import facts_of_invoice, facts_of_payment, is_sayable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from comptoir.people.models import Membership

WORDING_CHARACTERS = 2_000
DROPPED_FIELDS = ["state", "decided_by", "decided_at", "withdrawn_why", "withdrawn_facts", "merged_into"]


@transaction.atomic
def draft_question(
    company_id: UUID,
    *,
    by: Membership,
    at: datetime,
    key: UUID,
    kind: str,
    wording: str = "",
    due_on: date | None = None,
    invoice_id: UUID | None = None,
    payment_id: UUID | None = None,
    about_id: UUID | None = None,
    facts: Mapping[str, str] | None = None,
) -> Question:
    """One by hand: `kind` of the catalogue, about an invoice, a payment, a conversation, or just the dossier.

    `facts` are those of a period that whoever asks knows, of a kind of `after_filing`, and checked there.

    The same `key` again returns the draft that is there. Raises AskedAlready, and what is wrong with kind and wording.
    """
    company = dossier(company_id, by=by)
    # One at a time in a dossier: whether something is asked already is decided by looking.
    Company.objects.select_for_update().get(pk=company.pk)
    if again := Question.objects.filter(pk=key).first():
        if (again.company_id, again.drafted_by_id, again.type) != (company.pk, by.pk, kind):
            raise IdentifierTaken
        return again
    question = Question(id=key, office_id=company.office_id, company=company, type=kind, due_on=due_on)
    question.drafted_by, question.drafted_at = by, at
    question.facts = dict(facts or {})
    question.subject_text = question.facts.get("period", "")
    _put_subject(question, by=by, invoice_id=invoice_id, payment_id=payment_id, about_id=about_id)
    question.wording = _checked_wording(wording, question)
    _not_asked_yet(question)
    question.save(force_insert=True)
    tell(Verb.QUESTION_DRAFTED, question, by=by, at=at)
    return question


def _put_subject(
    question: Question,
    *,
    by: Membership,
    invoice_id: UUID | None,
    payment_id: UUID | None,
    about_id: UUID | None,
) -> None:
    """Of the same dossier, and visible to whoever drafts."""
    if invoice_id is not None:
        question.invoice = Invoice.objects.visible_to(by).filter(pk=invoice_id).first()
        found = question.invoice
        question.facts = facts_of_invoice(found) if found else {}
    elif payment_id is not None:
        question.payment = found = Payment.objects.visible_to(by).filter(pk=payment_id).first()
        question.facts = facts_of_payment(found) if found else {}
    elif about_id is not None:
        question.about = found = Conversation.objects.visible_to(by).filter(pk=about_id).first()
    else:
        return
    if found is None or found.company_id != question.company_id:
        raise NotFound
    question.party = question.facts.get("party", "")
    question.party_key = name_key(question.party)[:200]


def _checked_wording(wording: str, question: Question) -> str:
    if question.type not in CATALOGUE and question.type != FREE:
        raise UnknownType(field="kind")
    cleaned = clean_text(wording).strip()
    if len(cleaned) > WORDING_CHARACTERS:
        raise WordingTooLong(field="wording")
    if not cleaned and not is_sayable(question.type, question.facts):
        raise NoWording(field="wording")
    return cleaned


def _not_asked_yet(question: Question) -> None:
    """Of its kind about the same thing; one's own words may ask anything any number of times."""
    subject = {
        "invoice": question.invoice_id,
        "payment": question.payment_id,
        "subject_text": question.subject_text,
    }
    if question.type == FREE or not any(subject.values()):
        return
    same = Question.objects.filter(company=question.company_id, type=question.type, **subject)
    if same.filter(state__in=[State.DRAFT, *OPEN, State.ANSWERED]).exists():
        raise AskedAlready


@transaction.atomic
def change_draft(
    question_id: UUID, *, by: Membership, at: datetime, wording: str, due_on: date | None
) -> Question:
    """Its text and day. An empty text is the catalogue's again, in the reader's language."""
    [question] = drafts_locked([question_id], by=by)
    cleaned = _checked_wording(wording, question)
    if (cleaned, due_on) == (question.wording, question.due_on):
        return question
    question.wording, question.due_on = cleaned, due_on
    question.save(update_fields=["wording", "due_on"])
    tell(Verb.QUESTION_CHANGED, question, by=by, at=at)
    return question


@transaction.atomic
def drop_draft(question_id: UUID, *, by: Membership, at: datetime) -> Question:
    """Not to be asked. What the data found and somebody dropped is not proposed again."""
    [question] = drafts_locked([question_id], by=by)
    put_away(question, why="dropped", by=by, at=at)
    return question


def put_away(question: Question, *, why: str, by: Membership, at: datetime) -> None:
    move(question, Does.WITHDRAW, Side.OFFICE)
    question.decided_by, question.decided_at, question.withdrawn_why = by, at, why
    question.save(update_fields=DROPPED_FIELDS)
    tell(Verb.QUESTION_DROPPED, question, by=by, at=at, because=why)
