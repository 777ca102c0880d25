"""What a dossier remembers: answers that need not be asked for again, and the private accounts of its director."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from comptoir.people.profiles import may_write_to_clients
from comptoir.questions.actions.answer_rules import change_rule, end_rule
from comptoir.questions.actions.director_accounts import set_director_accounts
from comptoir.questions.catalogue import CATALOGUE, Kind
from comptoir.questions.models import DirectorAccounts
from comptoir.questions.queries import rules_of
from comptoir.questions.question_words import choice_said
from comptoir.web.desk.companies import seen_company
from comptoir.web.form_page import form_page
from comptoir.web.forms import tried
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Company, Membership
    from comptoir.questions.models import AnswerRule


class AccountsForm(forms.Form):
    ibans = forms.CharField(
        label=gettext_lazy("Account numbers (IBAN), one a line"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )


@dataclass(frozen=True)
class RuleRow:
    rule: AnswerRule
    question: str
    answer: str
    others: list[tuple[str, str]]  # what else may be answered with a tap


@for_office
@require_safe
def rules(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    return _page(request, member, seen_company(member, company_id))


def _page(
    request: HttpRequest, member: Membership, dossier: Company, *, form: AccountsForm | None = None
) -> HttpResponseBase:
    accounts = DirectorAccounts.objects.visible_to(member).filter(company=dossier.pk).first()
    ibans = accounts.ibans if accounts else []
    return form_page(
        request,
        member,
        "desk/question_rules.html",
        active="companies",
        company=dossier,
        rows=[_row(rule) for rule in rules_of(dossier.pk, member=member)],
        ibans=ibans,
        may_change=may_write_to_clients(member.profile) and dossier.archived_at is None,
        form=form or AccountsForm(initial={"ibans": "\n".join(ibans)}),
    )


def _row(rule: AnswerRule) -> RuleRow:
    kind = CATALOGUE[rule.type]
    others = [(one.id, _(one.text)) for one in kind.choices if one.kind is Kind.TAP and one.id != rule.choice]
    return RuleRow(rule, _(kind.text), choice_said(rule.type, rule.choice), others)


@for_office
@require_POST
def change(request: HttpRequest, member: Membership, rule_id: UUID) -> HttpResponseBase:
    detail = {"percent": request.POST.get("percent", "")}  # of a mixed use, as it was
    rule = change_rule(
        rule_id, by=member, at=timezone.now(), choice=request.POST.get("choice", ""), detail=detail
    )
    messages.success(request, _("The answer is changed."))
    return redirect("question_rules", rule.company_id)


@for_office
@require_POST
def end(request: HttpRequest, member: Membership, rule_id: UUID) -> HttpResponseBase:
    rule = end_rule(rule_id, by=member, at=timezone.now())
    messages.success(request, _("From now on it is asked again."))
    return redirect("question_rules", rule.company_id)


@for_office
@require_POST
def director_accounts(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    dossier = seen_company(member, company_id)
    form = AccountsForm(request.POST)
    saved = tried(
        form,
        lambda values: set_director_accounts(
            company_id, ibans=values["ibans"].splitlines(), by=member, at=timezone.now()
        ),
    )
    if saved is None:
        return _page(request, member, dossier, form=form)
    messages.success(request, _("The director’s accounts are changed."))
    return redirect("question_rules", company_id)
