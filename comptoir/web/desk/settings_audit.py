"""The audit trail: read, filtered, exported; and the earlier text of a message. For administrators."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.activity.queries import Wanted, history, page_of, place_from
from comptoir.activity.verbs import Verb
from comptoir.conversations.actions.unseal import unseal_message
from comptoir.conversations.models import Message
from comptoir.core import spreadsheet
from comptoir.core.errors import NotFound
from comptoir.people.actions.audit import note_audit_export
from comptoir.people.gate import require_administrator
from comptoir.people.models import Company, Membership
from comptoir.web.desk.audit_rows import HEADINGS, Names, cells_of, shown
from comptoir.web.form_page import form_page
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest, QueryDict
    from django.http.response import HttpResponseBase

    from comptoir.activity.models import Event

ROWS_A_PAGE = 100
FOUND_AT_MOST = 500  # people or dossiers of one name; more are no filter any more


class AuditForm(forms.Form):
    verb = forms.ChoiceField(label=_("What happened"), required=False)
    person = forms.CharField(label=_("By (name or e-mail)"), max_length=100, required=False)
    company = forms.CharField(label=_("Dossier"), max_length=100, required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Up to"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["verb"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Everything")), *sorted(Verb.choices, key=lambda choice: str(choice[1]))]


@for_office
@require_safe
def settings_audit(request: HttpRequest, member: Membership) -> HttpResponseBase:
    require_administrator(member)
    form = AuditForm(request.GET)
    events, nxt = page_of(
        _history(form, member), after=place_from(request.GET.get("after", "")), limit=ROWS_A_PAGE
    )
    return form_page(
        request,
        member,
        "desk/settings/audit.html",
        status=200,  # a filter that says nothing is no mistake of the page
        active="settings",
        part="audit",
        form=form,
        rows=shown(events, Names.of(events, member)),
        next_page=_address(request.GET, after=str(nxt)) if nxt else "",
        is_first=not request.GET.get("after"),
    )


def _address(query: QueryDict, *, after: str) -> str:
    onward = query.copy()
    onward["after"] = after
    return f"?{onward.urlencode()}"


def _history(form: AuditForm, member: Membership) -> QuerySet[Event]:
    """What is wrong with the filter is left out of it; the form says so beside the field."""
    form.is_valid()
    values = form.cleaned_data
    return history(
        member.office_id,
        Wanted(
            verb=values.get("verb") or None,
            by_ids=_people(values.get("person", ""), member),
            company_ids=_dossiers(values.get("company", ""), member),
            since=_midnight(values.get("since")),
            until=_midnight(values.get("until"), days=1),
        ),
    )


def _people(text: str, member: Membership) -> list[UUID] | None:
    if not text:
        return None
    people = Membership.objects.visible_to(member)
    named = people.filter(person__name__icontains=text) | people.filter(person__email__icontains=text)
    return list(named.values_list("pk", flat=True)[:FOUND_AT_MOST])


def _dossiers(text: str, member: Membership) -> list[UUID] | None:
    if not text:
        return None
    found = Company.objects.visible_to(member).filter(name__icontains=text)
    return list(found.values_list("pk", flat=True)[:FOUND_AT_MOST])


def _midnight(day: date | None, *, days: int = 0) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day, time.min, timezone.get_current_timezone()) + timedelta(days=days)


@for_office
@require_POST
def audit_export(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """Everything that the filter finds, as CSV. That it was exported is recorded first."""
    require_administrator(member)
    form = AuditForm(request.POST)
    events = _history(form, member)
    now = timezone.now()
    filters = {name: str(value) for name, value in form.cleaned_data.items() if value}
    note_audit_export(by=member, at=now, filters=filters)
    response = StreamingHttpResponse(
        _csv(events, Names.of_all(member)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="comptoir-audit-{now:%Y-%m-%d}.csv"'
    return response


def _csv(events: QuerySet[Event], names: Names) -> Iterator[str]:
    yield spreadsheet.MARK + spreadsheet.row(map(str, HEADINGS))
    for event in events.iterator(chunk_size=1000):
        yield spreadsheet.row(cells_of(event, names))


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def audit_message(request: HttpRequest, member: Membership, message_id: UUID) -> HttpResponseBase:
    """The earlier text of a message, shown after a button that says that reading it is recorded."""
    require_administrator(member)
    found = Message.objects.visible_to(member).select_related("author__person", "conversation__company")
    message = found.filter(pk=message_id).first()
    if message is None:
        raise NotFound
    texts = unseal_message(message_id, by=member, at=timezone.now()) if request.method == "POST" else None
    return form_page(
        request,
        member,
        "desk/settings/message.html",
        active="settings",
        part="audit",
        message=message,
        texts=texts,
    )
