"""From when on something is worth a question: the office's settings. For administrators."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from comptoir.core.money import exact
from comptoir.people.gate import require_administrator
from comptoir.questions.actions.office_thresholds import set_thresholds
from comptoir.questions.office_thresholds import DAYS_AT_MOST, LARGEST
from comptoir.questions.queries import thresholds_of
from comptoir.questions.thresholds import DEFAULT
from comptoir.web.form_page import form_page
from comptoir.web.forms import tried
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise

    from comptoir.people.models import Membership
    from comptoir.questions.thresholds import Thresholds

PERCENT = 100


def _days(label: StrOrPromise) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=DAYS_AT_MOST)


class AmountField(forms.DecimalField):
    """As Belgians write it, `1.250,50`, in every language; a point alone is taken for one of programs, `1250.50`."""

    def to_python(self, value: Any) -> Any:
        typed = "".join(str(value or "").split())
        return super().to_python(typed.replace(".", "").replace(",", ".") if "," in typed else typed)

    def prepare_value(self, value: Any) -> Any:
        return exact(value).replace(".", ",") if isinstance(value, Decimal) else value


def _amount(label: StrOrPromise) -> AmountField:
    return AmountField(
        label=label,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(LARGEST)],
    )


def _words(label: StrOrPromise) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 2})
    )


GROUPS: tuple[tuple[StrOrPromise, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Unpaid and doubled invoices"),
        ("overdue_days", "part_days", "duplicate_days"),
    ),
    (
        gettext_lazy("What was bought"),
        ("new_supplier_from", "history_days", "investment_from", "private_words", "vague_words"),
    ),
    (gettext_lazy("Payments"), ("document_days", "receipt_days", "cash_from", "acquirers")),
    (
        gettext_lazy("Numbers and periods"),
        ("series_days", "series_gap", "period_days", "usual_share", "oldest_days"),
    ),
)


class ThresholdsForm(forms.Form):
    """By the names of Thresholds. What is left empty is as the product has it."""

    oldest_days = _days(gettext_lazy("Ask nothing about what is older than, in days"))
    overdue_days = _days(gettext_lazy("No payment found: days after the invoice was due"))
    part_days = _days(gettext_lazy("Paid only in part: days after the invoice was due"))
    duplicate_days = _days(gettext_lazy("Same supplier and same amount: days between the two invoices"))
    new_supplier_from = _amount(gettext_lazy("First invoice of a supplier: from, in euros"))
    history_days = _days(gettext_lazy("First invoice of a supplier: days that the books must reach back"))
    investment_from = _amount(gettext_lazy("What was bought: from, in euros"))
    private_words = _words(gettext_lazy("Shops that often sell for private use"))
    vague_words = _words(gettext_lazy("Texts that do not say what was bought"))
    document_days = _days(gettext_lazy("Expense without a document: days after the debit"))
    receipt_days = _days(gettext_lazy("Money in that fits no invoice: days after it came"))
    acquirers = _words(
        gettext_lazy("Whoever pays out what was taken by card: no question about those receipts")
    )
    cash_from = _amount(gettext_lazy("Cash withdrawn or paid in: from, in euros"))
    series_days = _days(gettext_lazy("Missing number of a sales invoice: days after the next one"))
    series_gap = _days(gettext_lazy("So many numbers missing in a row are taken for another series"))
    period_days = _days(gettext_lazy("Fewer documents than usual: days after the VAT period"))
    usual_share = forms.IntegerField(
        label=gettext_lazy("Fewer documents than usual: below, in percent of the usual number"),
        required=False,
        min_value=0,
        max_value=PERCENT,
    )

    @property
    def groups(self) -> list[tuple[StrOrPromise, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in GROUPS]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, value in shown(DEFAULT).items():
            field = self.fields[name]
            field.widget.attrs["placeholder"] = str(field.prepare_value(value))


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def settings_questions(request: HttpRequest, member: Membership) -> HttpResponseBase:
    require_administrator(member)
    form = ThresholdsForm(request.POST or None, initial=shown(thresholds_of(member.office_id)))
    if tried(form, lambda values: set_thresholds(_typed(values), by=member, at=timezone.now())):
        messages.success(request, _("From tonight on it is asked accordingly."))
        return redirect("settings_questions")
    return form_page(
        request, member, "desk/settings/questions.html", active="settings", part="questions", form=form
    )


def shown(thresholds: Thresholds) -> dict[str, Any]:
    values = asdict(thresholds)
    values["usual_share"] = int(thresholds.usual_share * PERCENT)
    return {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    typed = {name: value for name, value in values.items() if value not in (None, "")}
    if "usual_share" in typed:
        typed["usual_share"] = Decimal(typed["usual_share"]) / PERCENT
    return typed
