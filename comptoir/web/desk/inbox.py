"""The office's inbox: *To handle*, *Waiting for the client*, *All open*, *Closed*, over a scope of dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from comptoir.conversations.actions.receipt import mark_delivered
from comptoir.conversations.models import Conversation
from comptoir.conversations.queries import bounded, longest_waiting_first, newest_first
from comptoir.core.prepared import prepared
from comptoir.people.models import Company, Group
from comptoir.people.profiles import may_write_to_clients
from comptoir.people.queries import staff_of_office
from comptoir.web.listing import list_page, page_number
from comptoir.web.members import for_office
from comptoir.web.pages import page, wants_fragment
from comptoir.web.thread.forms import uuid_from
from comptoir.web.waiting import Section, sections

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.conversations.querysets import ConversationQuerySet
    from comptoir.people.models import Membership

A_PAGE = 50


class View(StrEnum):
    TO_HANDLE = "to_handle"
    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


class Scope(StrEnum):
    """The scopes that are counted; a single dossier is one more."""

    ALL = "all"
    MINE = "mine"
    GROUP = "group"


@dataclass(frozen=True)
class Choice:
    """A view or a scope of the inbox: its address, its word and how many stand there."""

    key: str
    label: str
    count: int
    url: str


def in_view(conversations: ConversationQuerySet, view: str) -> ConversationQuerySet:
    if view == "closed":
        return conversations.closed()
    conversations = conversations.open()
    if view == "to_handle":
        return conversations.filter(awaiting_office_since__isnull=False)
    if view == "waiting":
        return conversations.filter(Q(awaiting_client_since__isnull=False) | Q(to_be_seen=True))
    return conversations


def in_scope(conversations: ConversationQuerySet, scope: str, member: Membership) -> ConversationQuerySet:
    """`all`: every dossier that I see; `mine`: those I manage and what is assigned to me; `group`; a dossier's id."""
    if scope == "all":
        return conversations
    if scope == "mine":
        return conversations.filter(
            Q(company__manager=member.pk, assignee__isnull=True) | Q(assignee=member.pk)
        )
    if scope == "group":
        return conversations.filter(company__group__in=member.groups.values("pk"))
    return conversations.filter(company=uuid_from(scope, field="scope"))


def view_label(view: str) -> str:
    return {
        "to_handle": _("To handle"),
        "waiting": _("Waiting for the client"),
        "open": _("All open"),
        "closed": _("Closed"),
    }[view]


def inbox_context(request: HttpRequest, member: Membership) -> dict[str, Any]:
    asked = request.GET.get("view")
    view = View(asked) if asked in list(View) else View.TO_HANDLE
    scope = request.GET.get("scope", "all")
    visible = in_scope(Conversation.objects.visible_to(member), scope, member)
    ordered = longest_waiting_first if view == "to_handle" else newest_first
    shown = list_page(
        ordered(in_view(visible, view)),
        member=member,
        number=page_number(request.GET.get("page")),
        size=A_PAGE,
    )
    now = timezone.now()
    grouped = sections(shown.rows, now=now) if view == "to_handle" else [Section("", shown.rows, now=now)]
    return {
        "view": view,
        "view_label": view_label(view),
        "scope": scope,
        "scopes": _scopes(view, member),
        "company": _company(scope, member),
        "sections": grouped,
        "next_page": shown.next_page,
        "rows": shown.rows,
        "may_write": may_write_to_clients(member.profile),
        "colleagues": staff_of_office(member=member),
    }


def _company(scope: str, member: Membership) -> Company | None:
    if scope in {"all", "mine", "group"}:
        return None
    return Company.objects.visible_to(member).filter(pk=uuid_from(scope, field="scope")).first()


@prepared
def _count(*, member: Membership, view: View, scope: Scope) -> QuerySet[Any, int]:
    return bounded(in_view(in_scope(Conversation.objects.visible_to(member), scope, member), view))


@prepared
def _groups_of(*, member: Membership) -> QuerySet[Group]:
    return Group.objects.visible_to(member).filter(members=member.pk)


def _scopes(view: View, member: Membership) -> list[Choice]:
    labels = {Scope.ALL: _("All my dossiers"), Scope.MINE: _("Managed by me")}
    if _groups_of(member=member):
        labels[Scope.GROUP] = _("My groups")
    return [
        Choice(
            key=key,
            label=label,
            count=_count.first(member=member, view=view, scope=key) or 0,
            url="?" + urlencode({"view": view, "scope": key}),
        )
        for key, label in labels.items()
    ]


@for_office
@require_GET
def inbox(request: HttpRequest, member: Membership) -> HttpResponseBase:
    context = inbox_context(request, member)
    mark_delivered(
        [row.conversation.pk for row in context["rows"] if row.is_unread], by=member, at=timezone.now()
    )
    if wants_fragment(request, "list"):
        return render(request, "desk/_inbox.html", {"member": member, **context})
    return page(request, member, "desk/inbox.html", active=context["view"], **context)
