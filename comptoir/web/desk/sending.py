"""Questions sent, or scheduled to be: of one dossier, or of many, each by itself; and both undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid5

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from comptoir.core.errors import Refused
from comptoir.core.moments import moment_exact
from comptoir.questions.actions.asking import ask_questions, take_back_questions
from comptoir.questions.actions.asking_later import cancel_asking, schedule_questions
from comptoir.questions.models import Question
from comptoir.web.desk import question_forms as forms
from comptoir.web.desk.asking_texts import introduction
from comptoir.web.members import for_office
from comptoir.web.thread.forms import key_from, uuid_from

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Company, Membership

AT_ONCE = 500


def send_or_schedule(ids: Sequence[UUID], *, by: Membership, send_at: datetime | None, **facts: Any) -> str:
    """What has been done, in words; `facts` are those of `ask_questions`."""
    now = timezone.now()
    if send_at is not None:
        schedule_questions(ids, by=by, at=now, send_at=send_at, **facts)
        text = ngettext(
            "%(n)d question will be sent on %(when)s.", "%(n)d questions will be sent on %(when)s.", len(ids)
        )
        return text % {"n": len(ids), "when": _moment(send_at, by)}
    asked = ask_questions(ids, by=by, at=now, **facts)
    text = ngettext("%(n)d question is sent.", "%(n)d questions are sent.", len(asked.questions))
    return text % {"n": len(asked.questions)}


def _moment(at: datetime, member: Membership) -> str:
    return moment_exact(timezone.localtime(at), language=member.person.language)


class _Part(NamedTuple):
    company: Company
    ids: list[UUID]


def _parts(ids: list[UUID], member: Membership) -> list[_Part]:
    """Those that the member sees, by dossier; drafts or not, so that the same form sent twice asks once."""
    seen = Question.objects.visible_to(member).filter(pk__in=ids[:AT_ONCE]).select_related("company")
    found: dict[UUID, _Part] = {}
    for one in seen.order_by("company__name", "company", "party_key", "drafted_at", "pk"):
        found.setdefault(one.company_id, _Part(one.company, [])).ids.append(one.pk)
    return list(found.values())


@for_office
@require_POST
def questions_send_many(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """Each dossier by itself: one that refuses does not stop the others, and is named."""
    key, due_on, send_at = key_from(request), forms.day(request), forms.moment(request)
    done: list[_Part] = []
    for part in _parts(forms.chosen(request), member):
        text = introduction("deadline" if due_on else "plain", language=part.company.language)
        facts = {"company_id": part.company.pk, "due_on": due_on, **text._asdict()}
        facts |= {
            "key": uuid5(key, str(part.company.pk)),
            "message_key": uuid5(key, f"{part.company.pk}/first"),
        }
        try:
            send_or_schedule(part.ids, by=member, send_at=send_at, **facts)
        except Refused as refusal:
            messages.error(request, f"{part.company.name}: {refusal.text}")
        else:
            done.append(part)
    if done:
        messages.success(request, _said(done, send_at, member))
    return redirect("questions_to_send")


def _said(done: list[_Part], send_at: datetime | None, member: Membership) -> str:
    facts = counted(sum(len(part.ids) for part in done), len(done))
    if send_at is None:
        return _("%(questions)s sent to %(dossiers)s.") % facts
    when = {"when": _moment(send_at, member)}
    return _("%(questions)s to %(dossiers)s will be sent on %(when)s.") % {**facts, **when}


def counted(questions: int, dossiers: int) -> dict[str, str]:
    """`12 questions` and `3 dossiers`."""
    return {
        "questions": ngettext("%(n)s question", "%(n)s questions", questions) % {"n": questions},
        "dossiers": ngettext("%(n)s dossier", "%(n)s dossiers", dossiers) % {"n": dossiers},
    }


@for_office
@require_POST
def questions_take_back_many(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """What was just sent to several dossiers; what somebody has read meanwhile stays asked, and is named."""
    for text in request.POST.getlist("message"):
        try:
            take_back_questions(uuid_from(text, field="message"), by=member, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal.text))
    return redirect("questions_to_send")


@for_office
@require_POST
def asking_cancel(request: HttpRequest, member: Membership, later_id: UUID) -> HttpResponseBase:
    later = cancel_asking(later_id, by=member, at=timezone.now())
    return forms.back(request, later.company_id)
