"""*Réponses à valider*: what clients answered, accepted one or many, sent back, remembered; what was accepted, as CSV."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from comptoir.core import spreadsheet
from comptoir.core.errors import Refused
from comptoir.people.profiles import may_write_to_clients
from comptoir.questions.actions.deciding import accept_and_remember, accept_answers, send_back_answer
from comptoir.questions.queries import accepted, to_accept, with_answers
from comptoir.web.desk.answer_rows import HEADINGS, by_dossier, cells_of
from comptoir.web.members import for_office
from comptoir.web.pages import page
from comptoir.web.thread.forms import uuid_from

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership
    from comptoir.questions.models import Question

SHOWN = 100


@for_office
@require_safe
def answers_to_accept(request: HttpRequest, member: Membership) -> HttpResponseBase:
    return _page(request, member)


def _page(request: HttpRequest, member: Membership, *, refusal: Refused | None = None) -> HttpResponseBase:
    waiting = to_accept(member)
    rows = list(with_answers(waiting).select_related("company")[:SHOWN])
    return page(
        request,
        member,
        "desk/answers.html",
        status=refusal.status if refusal else 200,
        active="answers",
        dossiers=by_dossier(rows),
        count=len(rows) if len(rows) < SHOWN else waiting.count(),
        ticked=set(request.POST.getlist("question")) if refusal else set(),
        typed=request.POST if refusal else {},
        may_decide=may_write_to_clients(member.profile),
        refusal=refusal,
    )


@for_office
@require_POST
def answers_accept(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """Those that are ticked, all or none."""
    try:
        ids = [uuid_from(text, field="questions") for text in request.POST.getlist("question")]
        done = accept_answers(ids, by=member, at=timezone.now(), read=_read(request))
    except Refused as refusal:
        if refusal.status in {403, 404}:
            raise
        return _page(request, member, refusal=refusal)
    text = ngettext("%(n)d answer is accepted.", "%(n)d answers are accepted.", len(done))
    messages.success(request, text % {"n": len(done)})
    return redirect("answers_to_accept")


def _read(request: HttpRequest) -> dict[UUID, UUID]:
    """Which answer of each question stood on the page: `read=question:answer`."""
    pairs = (text.partition(":")[::2] for text in request.POST.getlist("read"))
    return {uuid_from(one, field="read"): uuid_from(other, field="read") for one, other in pairs}


@for_office
@require_POST
def answer_send_back(request: HttpRequest, member: Membership, question_id: UUID) -> HttpResponseBase:
    try:
        send_back_answer(question_id, by=member, at=timezone.now(), reason=request.POST.get("reason", ""))
    except Refused as refusal:
        if refusal.status in {403, 404}:
            raise
        return _page(request, member, refusal=refusal)
    messages.success(request, _("The question is asked again, with what you wrote."))
    return redirect("answers_to_accept")


@for_office
@require_POST
def answer_remember(request: HttpRequest, member: Membership, question_id: UUID) -> HttpResponseBase:
    accept_and_remember(question_id, by=member, at=timezone.now(), read=_read(request))
    messages.success(request, _("The answer is accepted, and kept for the next time."))
    return redirect("answers_to_accept")


@for_office
@require_safe
def answers_csv(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """Accepted answers of all dossiers of theirs, the oldest first; `?since=2026-11-01` leaves out what was before."""
    rows = with_answers(accepted(member, since=_since(request))).select_related("company")
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="comptoir-answers-{timezone.now():%Y-%m-%d}.csv"'
    return response


def _since(request: HttpRequest) -> datetime | None:
    """The midnight at which a day begins, here; what is no day leaves nothing out."""
    try:
        day = date.fromisoformat(request.GET.get("since", ""))
    except ValueError:
        return None
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def _lines(rows: QuerySet[Question]) -> Iterator[str]:
    yield spreadsheet.MARK + spreadsheet.row(map(str, HEADINGS))
    for question in rows.iterator(chunk_size=500):
        yield spreadsheet.row(cells_of(question))
