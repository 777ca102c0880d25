"""*Communication*: the client's list with its tabs and what waits, and one thread beside it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from comptoir.conversations.actions.receipt import mark_delivered, mark_seen
from comptoir.conversations.models import Conversation
from comptoir.conversations.queries import bounded, counters, newest_first, to_handle
from comptoir.core.prepared import prepared
from comptoir.files.queries import limits
from comptoir.people.profiles import may_start_conversations
from comptoir.web.by_link import or_by_link
from comptoir.web.listing import list_page, page_number, private_with
from comptoir.web.members import for_clients
from comptoir.web.pages import page, wants_fragment
from comptoir.web.phone.installing import offers_install
from comptoir.web.thread.view import conversation_for, page_asked, thread_of
from comptoir.web.words import words

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.conversations.querysets import ConversationQuerySet
    from comptoir.people.models import Membership
    from comptoir.web.thread.view import Thread

A_PAGE = 40
ON_THE_PILE = 3


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


def in_state(conversations: ConversationQuerySet, state: str) -> ConversationQuerySet:
    if state == "open":
        return conversations.open()
    return conversations.closed() if state == "closed" else conversations


@prepared
def _count(*, member: Membership, state: State) -> QuerySet[Any, int]:
    return bounded(in_state(Conversation.objects.visible_to(member), state))


def list_context(request: HttpRequest, member: Membership) -> dict[str, Any]:
    """All that the list's pane shows."""
    asked = request.GET.get("state")
    state = State(asked) if asked in list(State) else State.OPEN
    visible = Conversation.objects.visible_to(member)
    shown = list_page(
        newest_first(in_state(visible, state)),
        member=member,
        number=page_number(request.GET.get("page")),
        size=A_PAGE,
    )
    due = visible.open().filter(to_handle(member))
    pile = list_page(newest_first(due), member=member, number=1, size=ON_THE_PILE)
    labels = {State.OPEN: _("Open"), State.CLOSED: _("Closed"), State.ALL: _("All")}
    return {
        "state": state,
        "conversations": shown.rows,
        "next_page": shown.next_page,
        "pile": pile.rows,
        "counters": counters(member),
        "tabs": [
            {"state": name, "label": labels[name], "count": _count.first(member=member, state=name) or 0}
            for name in State
        ],
        "may_start": may_start_conversations(member.profile),
        "offers_install": offers_install(request),
        "active": "communication",
    }


def _took(context: dict[str, Any], member: Membership) -> None:
    """The reader's open page took the newest messages of the rows it shows: that is what *delivered* means."""
    behind = [row.conversation.pk for row in context["conversations"] if row.is_unread]
    mark_delivered(behind, by=member, at=timezone.now())


@for_clients
@require_GET
def list_(request: HttpRequest, member: Membership) -> HttpResponseBase:
    context = list_context(request, member)
    _took(context, member)
    if wants_fragment(request, "list"):
        return render(request, "portal/_list.html", {"member": member, **context})
    return page(request, member, "portal/communication.html", **context)


@or_by_link
@for_clients
@require_GET
def thread(request: HttpRequest, member: Membership, conversation_id: UUID) -> HttpResponseBase:
    """Opening the newest page is seeing what waits there; the list alone is fetched by tabs nobody looks at, too."""
    is_list_only, before = wants_fragment(request, "list"), page_asked(request, conversation_id)
    if before is None and not is_list_only:
        mark_seen(conversation_id, by=member, at=timezone.now())
    conversation = conversation_for(member, conversation_id)
    if member.is_by_link:
        return _alone(request, member, thread_of(conversation, member, before=before))
    context = list_context(request, member)
    _took(context, member)
    shown = thread_of(conversation, member, before=before)
    if is_list_only:
        return render(request, "portal/_list.html", {"member": member, "thread": shown, **context})
    return page(
        request,
        member,
        "portal/communication.html",
        thread=shown,
        private_with=private_with(conversation, member),
        limits=limits(),
        **context,
    )


def _alone(request: HttpRequest, member: Membership, shown: Thread) -> HttpResponseBase:
    """For a visitor by the link of a mail: the thread, and nothing beside it."""
    facts = {
        "member": member,
        "thread": shown,
        "private_with": private_with(shown.conversation, member),
        "limits": limits(),
        "words": words(),
    }
    return render(request, "portal/alone.html", facts)
