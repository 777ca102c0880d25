"""The forms about being told: one's own wishes, and the office's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comptoir.notifications.models import OfficePolicy, Preference, TextInMails

if TYPE_CHECKING:
    from comptoir.people.models import Membership

DELAYS = (15, 30, 60, 120, 240, 480, 1440)  # minutes
HOUR = 60
MONDAY_FIRST = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


def delay_said(minutes: int) -> str:
    if minutes % HOUR:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return ngettext("%(n)s hour", "%(n)s hours", minutes // HOUR) % {"n": minutes // HOUR}


def number(value: str) -> int:
    return int(value)


class Clock(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class TellingForm(forms.Form):
    email_on = forms.BooleanField(label=_("E-mails about what I have not read"), required=False)
    delay_minutes = forms.TypedChoiceField(
        label=_("When a message is unread for"), coerce=number, empty_value=None, required=False
    )
    digest_hour = forms.TypedChoiceField(
        label=_("Or one e-mail a day"),
        coerce=number,
        empty_value=None,
        required=False,
        help_text=_("What was unread until then, all in one."),
    )
    urgent_at_once = forms.BooleanField(
        label=_("At once if a closed conversation is reopened"), required=False
    )
    quiet_from = forms.TimeField(label=_("Quiet hours from"), widget=Clock, required=False)
    quiet_to = forms.TimeField(label=_("Quiet hours until"), widget=Clock, required=False)
    days = forms.TypedMultipleChoiceField(
        label=_("Days on which I am told"),
        coerce=number,
        choices=list(enumerate(MONDAY_FIRST)),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    push_on = forms.BooleanField(label=_("On my telephone and computer, where I allowed it"), required=False)

    def __init__(self, *args: Any, policy: OfficePolicy, **more: Any) -> None:
        super().__init__(*args, **more)
        office = _("As the office says (%(delay)s)") % {"delay": delay_said(policy.delay_minutes)}
        self._offer("delay_minutes", [("", office), *((str(n), delay_said(n)) for n in DELAYS)])
        self._offer("digest_hour", [("", _("No")), *((str(n), f"{n}:00") for n in range(24))])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices

    def wishes(self) -> dict[str, Any]:
        """As the action wants them."""
        values = dict(self.cleaned_data)
        days = values.pop("days")
        return {**values, "working_days": sum(1 << day for day in days)}


def initial_of(preference: Preference) -> dict[str, Any]:
    known = {name: getattr(preference, name) for name in TellingForm.base_fields if name != "days"}
    return {**known, "days": [day for day in range(7) if preference.working_days >> day & 1]}


def telling_form(
    member: Membership, preference: Preference, policy: OfficePolicy, data: Any = None
) -> TellingForm:
    """Several stand on one page, so each has identifiers of its own."""
    return TellingForm(data, policy=policy, initial=initial_of(preference), auto_id=f"{member.pk}_%s")


class PolicyForm(forms.Form):
    delay_minutes = forms.TypedChoiceField(
        label=_("An e-mail goes out when a message is unread for"),
        coerce=number,
        help_text=_(
            "Each person may choose otherwise for themselves. The staff are told once a day to begin with."
        ),
    )
    text_in_mails = forms.ChoiceField(
        label=_("An e-mail says"),
        choices=TextInMails.choices,
        help_text=_(
            "E-mails lie on servers that are not yours. Of private conversations they never say anything."
        ),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["delay_minutes"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(str(n), delay_said(n)) for n in DELAYS]
