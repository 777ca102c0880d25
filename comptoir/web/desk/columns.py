"""A CSV whose headings tell nothing: somebody says which column is which, and it is remembered."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from comptoir.core.errors import NotFound
from comptoir.files.keeping import content_of
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.bank_csv import Columns, guessed
from comptoir.ledger.models import ImportState
from comptoir.ledger.naming import table_in
from comptoir.web.desk.imports import TAKEN, import_row, seen_import
from comptoir.web.form_page import form_page
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise

    from comptoir.ledger.bank_csv import Table
    from comptoir.ledger.models import ImportedFile
    from comptoir.people.models import Membership

LABELS: dict[str, StrOrPromise] = {
    "date": gettext_lazy("Date"),
    "amount": gettext_lazy("Amount, with its sign"),
    "debit": gettext_lazy("Amount out"),
    "credit": gettext_lazy("Amount in"),
    "value_date": gettext_lazy("Value date"),
    "currency": gettext_lazy("Currency"),
    "account": gettext_lazy("Own account"),
    "party": gettext_lazy("Party"),
    "party_iban": gettext_lazy("Account of the party"),
    "party_bic": gettext_lazy("BIC of the party"),
    "text": pgettext_lazy("payment", "Communication"),
    "structured": gettext_lazy("Structured communication"),
    "reference": gettext_lazy("Reference of the bank"),
    "statement": gettext_lazy("Number of the statement"),
}
assert list(LABELS) == [one.name for one in fields(Columns)]


class ColumnsForm(forms.Form):
    """One choice for each column that a movement may have. `account` of the form is typed: for a file that names none."""

    iban = forms.CharField(
        label=gettext_lazy("Account, where no column has it"), max_length=42, required=False
    )

    def __init__(self, *args: Any, table: Table, **more: Any) -> None:
        super().__init__(*args, **more)
        offered = [("", "—"), *((one, one) for one in table.headings if one)]
        for name, label in LABELS.items():
            self.fields[name] = forms.ChoiceField(label=label, choices=offered, required=False)
        self.order_fields([*LABELS, "iban"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("date"):
            self.add_error("date", _("Please say which column has the date."))
        if not any(values.get(one) for one in ("amount", "debit", "credit")):
            self.add_error("amount", _("Please say which column has the amount, or which two have it."))
        return values

    def options(self) -> dict[str, Any]:
        values = self.cleaned_data
        chosen = {name: values[name] for name in LABELS if values[name]}
        return {"columns": chosen, **({"account": values["iban"]} if values["iban"] else {})}


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, member: Membership, import_id: UUID) -> HttpResponseBase:
    """While it waits for that; a file that was read meanwhile is in the list."""
    one = seen_import(member, import_id)
    if one.state != ImportState.COLUMNS:
        if request.method == "POST":
            raise NotFound
        return _back(one)
    data = content_of(one.file)
    table = table_in(data)
    known = {**asdict(guessed(list(table.headings))), **one.options.get("columns", {})}
    form = ColumnsForm(request.POST or None, table=table, initial=known)
    if request.method == "POST" and form.is_valid():
        brought = import_file(
            one.company_id,
            by=member,
            at=timezone.now(),
            name=one.file.name,
            data=data,
            source=one.source,  # type: ignore[arg-type]  # as it came
            options=form.options(),
        )
        one = brought.file
        if one.state in TAKEN:
            messages.success(request, _("Read. The next file with these headings is read in the same way."))
            return _back(one)
        for line, text in import_row(one).findings:
            told = _("Line %(line)s: %(text)s") % {"line": line, "text": text} if line else text
            form.add_error(None, told)
    return form_page(
        request, member, "desk/columns.html", form=form, active="companies", one=one, table=table
    )


def _back(one: ImportedFile) -> HttpResponseBase:
    return redirect(f"{reverse('accounts', args=[one.company_id])}#import-{one.pk}")
