"""Answering the questions of one conversation: one a screen, in a row, and what was said at the end.

Reading and answering work without a script; with one (`ask.js`) what follows takes the place of what was answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.conversations.actions.receipt import mark_seen
from comptoir.core.errors import NotFound, Refused
from comptoir.core.ids import new_id
from comptoir.ledger.queries import up_to
from comptoir.questions.actions.answers import answer_question, pass_on_question, remember_answer
from comptoir.questions.queries import colleagues_of, open_for, questions_of
from comptoir.web.by_link import or_by_link
from comptoir.web.members import for_clients
from comptoir.web.portal.ask_order import next_of, passed_of
from comptoir.web.portal.ask_shown import about_of, offers_of, recap_of, shown
from comptoir.web.thread.forms import files_from, key_from, uuid_from
from comptoir.web.thread.view import conversation_for
from comptoir.web.words import words

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership
    from comptoir.questions.models import Question

DETAILS = ("percent", "name", "day")


@or_by_link
@for_clients
@require_GET
def questions(request: HttpRequest, member: Membership, conversation_id: UUID) -> HttpResponseBase:
    """Leads to the first that waits; where none does, what was answered. `?recap` asks for that at once."""
    conversation, rows = _all(member, conversation_id)
    waiting = next_of(rows, member=member)
    if waiting is not None and "recap" not in request.GET:
        return redirect("portal_question", conversation.pk, waiting.pk)
    others = open_for(member).exclude(conversation=conversation.pk)
    elsewhere = others.first()
    facts: dict[str, Any] = {
        "recap": recap_of(rows),
        "passed": [(one, about_of(one)) for one in passed_of(rows, member=member)],
        "offers": offers_of(rows),
        "waiting": waiting,
        "elsewhere": elsewhere,
        "elsewhere_count": others.count() if elsewhere else 0,
    }
    return _page(request, member, "portal/ask/thanks.html", conversation, rows, **facts)


@or_by_link
@for_clients
@require_http_methods(["GET", "HEAD", "POST"])
def question(
    request: HttpRequest, member: Membership, conversation_id: UUID, question_id: UUID
) -> HttpResponseBase:
    conversation, rows = _all(member, conversation_id)
    asked = _one(rows, question_id)
    if request.method != "POST":
        mark_seen(conversation.pk, by=member, at=timezone.now())
        return _question_page(request, member, conversation, rows, asked)
    try:
        answer_question(
            question_id,
            by=member,
            at=timezone.now(),
            key=key_from(request),
            choice=request.POST.get("choice", ""),
            detail=_detail(request),
            body=request.POST.get("body", ""),
            files=files_from(request, by=member),
        )
    except Refused as refusal:
        return _question_page(request, member, conversation, rows, asked, refusal=refusal)
    return redirect(_after(conversation, rows, asked, member=member))


@or_by_link
@for_clients
@require_POST
def pass_on(
    request: HttpRequest, member: Membership, conversation_id: UUID, question_id: UUID
) -> HttpResponseBase:
    """*A colleague knows*: it is theirs now, and waits for whoever of them answers."""
    conversation, rows = _all(member, conversation_id)
    passed = _one(rows, question_id)
    to_id = uuid_from(request.POST.get("to", ""), field="to")
    pass_on_question(passed.pk, by=member, at=timezone.now(), to_id=to_id)
    return redirect(_after(conversation, rows, passed, member=member))


@or_by_link
@for_clients
@require_POST
def remember(
    _request: HttpRequest, member: Membership, conversation_id: UUID, question_id: UUID
) -> HttpResponseBase:
    """*Always so for this supplier*: a wish, which the accountant grants by accepting the answer."""
    conversation, rows = _all(member, conversation_id)
    remember_answer(_one(rows, question_id).pk, by=member, at=timezone.now())
    return redirect(_end(conversation))


def _all(member: Membership, conversation_id: UUID) -> tuple[Conversation, list[Question]]:
    """The conversation and its questions; missing for whoever sees no question in it."""
    conversation = conversation_for(member, conversation_id)
    rows = list(questions_of(conversation.pk, member=member))
    if not rows:
        raise NotFound
    return conversation, rows


def _one(rows: list[Question], question_id: UUID) -> Question:
    for question in rows:
        if question.pk == question_id:
            return question
    raise NotFound


def _detail(request: HttpRequest) -> dict[str, Any]:
    given: dict[str, Any] = {name: request.POST[name] for name in DETAILS if request.POST.get(name)}
    if picked := request.POST.getlist("picked"):
        given["picked"] = picked
    return given


def _after(
    conversation: Conversation, rows: list[Question], answered: Question, *, member: Membership
) -> str:
    """The next that waits, round the corner too; at the end, what was said."""
    at = next(place for place, one in enumerate(rows) if one.pk == answered.pk)
    waiting = next_of(rows[at + 1 :] + rows[:at], member=member)
    if waiting is not None:
        return reverse("portal_question", args=[conversation.pk, waiting.pk])
    return _end(conversation)


def _end(conversation: Conversation) -> str:
    return f"{reverse('portal_questions', args=[conversation.pk])}?recap"


def _question_page(
    request: HttpRequest,
    member: Membership,
    conversation: Conversation,
    rows: list[Question],
    asked: Question,
    *,
    refusal: Refused | None = None,
) -> HttpResponseBase:
    place = rows.index(asked)
    links = {
        name: reverse("portal_question", args=[conversation.pk, rows[other].pk])
        for name, other in (("previous", place - 1), ("next", place + 1))
        if 0 <= other < len(rows)
    }
    typed = request.POST if refusal else None
    facts = {
        "question": asked,
        "shown": shown(asked, member=member, typed=typed),
        "typed": typed,
        "refusal": refusal,
        "number": place + 1,
        "key": new_id(),
        "colleagues": colleagues_of(member, conversation),
        "up_to": up_to(member, conversation.company_id),
    }
    status = refusal.status if refusal else 200
    return _page(
        request, member, "portal/ask/question.html", conversation, rows, status=status, **links, **facts
    )


def _page(
    request: HttpRequest,
    member: Membership,
    template: str,
    conversation: Conversation,
    rows: list[Question],
    *,
    status: int = 200,
    **facts: Any,
) -> HttpResponseBase:
    frame = {"member": member, "conversation": conversation, "places": rows, "words": words()}
    settled = sum(not one.is_open for one in rows)
    return render(request, template, {**frame, "settled": settled, **facts}, status=status)
