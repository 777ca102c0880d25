"""What is done with drafts at the desk: made, changed, put together, dropped, sent, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comptoir.core.errors import Invalid, NotFound
from comptoir.questions.actions.asking import take_back_questions
from comptoir.questions.actions.drafts import change_draft, draft_question, drop_draft
from comptoir.questions.actions.merging import merge_drafts, part_draft
from comptoir.questions.models import Question
from comptoir.questions.refusals import TooLateToTakeBack
from comptoir.web.desk import question_forms as forms
from comptoir.web.desk.companies import seen_company
from comptoir.web.desk.questions import drafts_page
from comptoir.web.desk.sending import send_or_schedule
from comptoir.web.members import for_office
from comptoir.web.thread.forms import key_from, uuid_from

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership


@for_office
@require_POST
def questions_send(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    dossier = seen_company(member, company_id)
    facts = {
        "company_id": company_id,
        "key": key_from(request),
        "message_key": key_from(request, "message_key"),
        "subject": request.POST.get("subject", ""),
        "body": request.POST.get("body", ""),
    }
    try:
        facts |= {"addressee_id": forms.person(request), "due_on": forms.day(request)}
        said = send_or_schedule(forms.chosen(request), by=member, send_at=forms.moment(request), **facts)
    except Invalid as refusal:
        return drafts_page(request, member, dossier, refusal=refusal)
    messages.success(request, said)
    return redirect("company_questions", company_id)


@for_office
@require_POST
def questions_merge(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    dossier = seen_company(member, company_id)
    try:
        merge_drafts(forms.chosen(request), by=member, at=timezone.now())
    except Invalid as refusal:
        return drafts_page(request, member, dossier, refusal=refusal)
    return redirect("company_questions", company_id)


@for_office
@require_POST
def question_draft(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    """By hand, from an invoice, a payment or a conversation, which the form names."""
    subject: dict[str, Any] = {
        name: uuid_from(text, field=name)
        for name in ("invoice_id", "payment_id", "about_id")
        if (text := request.POST.get(name, ""))
    }
    draft_question(
        company_id,
        by=member,
        at=timezone.now(),
        key=key_from(request),
        kind=request.POST.get("kind", ""),
        wording=request.POST.get("wording", ""),
        due_on=forms.day(request),
        **subject,
    )
    messages.success(request, _("The question is drafted. It is sent with the others."))
    return redirect("company_questions", company_id)


@for_office
@require_POST
def question_change(request: HttpRequest, member: Membership, question_id: UUID) -> HttpResponseBase:
    question = change_draft(
        question_id,
        by=member,
        at=timezone.now(),
        wording=request.POST.get("wording", ""),
        due_on=forms.day(request),
    )
    return forms.back(request, question.company_id)


@for_office
@require_POST
def question_drop(request: HttpRequest, member: Membership, question_id: UUID) -> HttpResponseBase:
    question = drop_draft(question_id, by=member, at=timezone.now())
    return forms.back(request, question.company_id)


@for_office
@require_POST
def question_part(request: HttpRequest, member: Membership, question_id: UUID) -> HttpResponseBase:
    kept = part_draft(question_id, by=member, at=timezone.now())
    messages.success(request, _("Each is a question of its own again."))
    return forms.back(request, kept.company_id)


@for_office
@require_POST
def questions_take_back(request: HttpRequest, member: Membership, message_id: UUID) -> HttpResponseBase:
    of_it = Question.objects.visible_to(member).filter(message=message_id)
    company_id = of_it.values_list("company", flat=True).first()
    if company_id is None:
        raise NotFound
    try:
        take_back_questions(message_id, by=member, at=timezone.now())
        messages.success(request, _("The questions are taken back. They are drafts again."))
    except TooLateToTakeBack as refusal:
        messages.error(request, str(refusal.text))
    return redirect("company_questions", company_id)
