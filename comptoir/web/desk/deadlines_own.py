"""What the office sets otherwise than the law: a date for one period, a day for many. For administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.campaigns.actions.deadlines import set_date, set_rule, withdraw_deadline
from comptoir.campaigns.models import REASON, Owed
from comptoir.campaigns.queries import deadline_seen
from comptoir.people.gate import require_administrator
from comptoir.people.models import VatRegime
from comptoir.web.deadline_rows import row_of
from comptoir.web.form_page import form_page
from comptoir.web.forms import tried
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership

FILERS = [(value, label) for value, label in VatRegime.choices if value != VatRegime.EXEMPT]


def day_field(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=REASON,
        help_text=gettext_lazy("Your colleagues see it beside the date, and it stays in the audit trail."),
    )


class DateForm(forms.Form):
    """Which deadline it is about comes with the address; only the date and the reason are typed."""

    due_on = day_field(label=gettext_lazy("Date of your office"))
    reason = reason_field()


class RuleForm(forms.Form):
    obligation = forms.ChoiceField(label=gettext_lazy("What is owed"), choices=Owed.choices)
    regime = forms.ChoiceField(label=gettext_lazy("VAT regime"), choices=FILERS)
    day = forms.IntegerField(
        label=gettext_lazy("Day of the month"),
        min_value=1,
        max_value=31,
        help_text=gettext_lazy("In the month in which the law’s date lies."),
    )
    valid_from = day_field(label=gettext_lazy("For periods that begin on or after"))
    valid_to = day_field(label=gettext_lazy("And on or before"), required=False)
    shifts = forms.BooleanField(
        label=gettext_lazy("Moves to the next working day"),
        required=False,
        help_text=gettext_lazy("From a Saturday, a Sunday or a public holiday."),
    )
    reason = reason_field()


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def deadline_date(
    request: HttpRequest, member: Membership, regime: str, period: str, obligation: str
) -> HttpResponseBase:
    require_administrator(member)
    now_set = deadline_seen(member, obligation=obligation, regime=regime, period=period)
    form = DateForm(request.POST or None, initial={"due_on": now_set.due_on, "reason": now_set.reason})
    which: dict[str, Any] = {"by": member, "at": timezone.now(), "obligation": obligation, "regime": regime}
    if tried(form, lambda values: set_date(period, **which, **values)):
        messages.success(request, _("The date is set."))
        return redirect("deadlines")
    row = row_of(now_set, now=timezone.localtime(), language=get_language() or "fr")
    return form_page(
        request,
        member,
        "desk/deadline_date.html",
        active="deadlines",
        form=form,
        row=row,
        year=now_set.due_on.year,
    )


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def deadline_rule(request: HttpRequest, member: Membership) -> HttpResponseBase:
    require_administrator(member)
    form = RuleForm(request.POST or None)
    if tried(form, lambda values: set_rule(values.pop("obligation"), by=member, at=timezone.now(), **values)):
        messages.success(request, _("The rule is set."))
        return redirect("deadlines")
    return form_page(request, member, "desk/deadline_rule.html", active="deadlines", form=form)


@for_office
@require_POST
def deadline_withdraw(request: HttpRequest, member: Membership, deadline_id: UUID) -> HttpResponseBase:
    withdraw_deadline(deadline_id, by=member, at=timezone.now())
    messages.success(request, _("The law’s date holds again."))
    return redirect("deadlines")
