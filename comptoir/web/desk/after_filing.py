"""Asking a client round the filing of a return: approve it, what becomes of a credit, what to pay. From the dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_noop, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.campaigns.deadlines.calendar import deadline
from comptoir.campaigns.deadlines.periods import period_named, period_of
from comptoir.campaigns.deadlines.rules import Obligation, Regime, cycle_of
from comptoir.campaigns.queries import own_deadlines, own_of
from comptoir.core.errors import NotFound, Refused
from comptoir.core.ids import new_id
from comptoir.ledger.figures import account_shown
from comptoir.people.profiles import may_write_to_clients
from comptoir.questions.actions.after_filing import ask_after_filing
from comptoir.questions.after_filing import APPROVAL, CREDIT, FIELDS, TO_PAY, vat_account
from comptoir.web.deadline_rows import period_shown
from comptoir.web.desk.asking_texts import Text
from comptoir.web.desk.companies import seen_company
from comptoir.web.form_page import form_page
from comptoir.web.members import for_office
from comptoir.web.thread.forms import files_from, key_from

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.campaigns.deadlines.periods import Period
    from comptoir.people.models import Company, Membership

NAMES = {
    APPROVAL: gettext_noop("Approve the return"),
    CREDIT: gettext_noop("VAT credit"),
    TO_PAY: gettext_noop("VAT to pay"),
}
# In the client's language; whoever asks may change them. Their merge fields are those of new conversations.
TEXTS = {
    APPROVAL: Text(
        gettext_noop("VAT return for {{ period }}: do you approve it?"),
        gettext_noop(
            "Hello,\n\nThe return of {{ company }} for {{ period }} is ready, you find it attached. Do you approve it?"
            "\n\n{{ manager }}"
        ),
    ),
    CREDIT: Text(
        gettext_noop("VAT credit for {{ period }}"),
        gettext_noop(
            "Hello,\n\nThe return of {{ company }} for {{ period }} ends in your favour. What shall become of the credit?"
            "\n\n{{ manager }}"
        ),
    ),
    TO_PAY: Text(
        gettext_noop("VAT to pay for {{ period }}"),
        gettext_noop(
            "Hello,\n\nThe return of {{ company }} for {{ period }} is filed. Below you find what is to be paid, by"
            " {{ deadline }} at the latest.\n\n{{ manager }}"
        ),
    ),
}
PERIODS_BACK = 6


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def after_filing(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    """`?kind=` is D3, D4 or D5; `?period=` chooses another than the one that was filed last."""
    dossier = seen_company(member, company_id)
    kind = (request.POST if request.method == "POST" else request.GET).get("kind", TO_PAY)
    if kind not in FIELDS or not _periods(dossier):
        raise NotFound
    if request.method != "POST":
        return _page(request, member, dossier, kind)
    try:
        asked = ask_after_filing(
            company_id,
            by=member,
            at=timezone.now(),
            key=key_from(request),
            kind=kind,
            typed=request.POST.dict(),
            subject=request.POST.get("subject", ""),
            body=request.POST.get("body", ""),
            files=files_from(request, by=member),
        )
    except Refused as refusal:
        return _page(request, member, dossier, kind, refusal=refusal)
    messages.success(request, _("The question is sent."))
    return redirect("desk_thread", asked.conversation.pk)


def _page(
    request: HttpRequest, member: Membership, dossier: Company, kind: str, *, refusal: Refused | None = None
) -> HttpResponseBase:
    language = get_language() or "fr"
    periods = [(str(one), period_shown(one, language=language)) for one in _periods(dossier)]
    wanted = request.GET.get("period", "")
    period = wanted if wanted in dict(periods) else periods[0][0]
    typed: dict[str, Any] = request.POST.dict() if refusal else _proposed(member, dossier, kind, period)
    return form_page(
        request,
        member,
        "desk/after_filing.html",
        status=refusal.status if refusal else 200,
        active="companies",
        company=dossier,
        kind=kind,
        kinds=[(one, gettext(name)) for one, name in NAMES.items()],
        title=gettext(NAMES[kind]),
        fields=FIELDS[kind],
        periods=periods,
        typed=typed,
        refusal=refusal,
        may_send=may_write_to_clients(member.profile) and dossier.archived_at is None,
        needs_file=kind == APPROVAL,
    )


def _periods(dossier: Company) -> list[Period]:
    """Those that have ended, the newest first; an exempt dossier files none."""
    cycle = cycle_of(Obligation.RETURN, Regime(dossier.vat_regime))
    if cycle is None:
        return []
    found = [period_of(timezone.localdate(), cycle).before()]
    while len(found) < PERIODS_BACK:
        found.append(found[-1].before())
    return found


def _proposed(member: Membership, dossier: Company, kind: str, period: str) -> dict[str, Any]:
    due_on = _payable_on(member, dossier, period)
    with override(dossier.language):
        subject, body = (gettext(text) for text in TEXTS[kind])
    account = account_shown(vat_account(due_on or timezone.localdate()))
    facts = {"period": period, "due_on": due_on.isoformat() if due_on else "", "account": account}
    return {**facts, "subject": subject, "body": body, "key": str(new_id())}


def _payable_on(member: Membership, dossier: Company, period: str) -> date | None:
    own = own_of(list(own_deadlines(member)))
    found = deadline(Obligation.PAYMENT, Regime(dossier.vat_regime), period_named(period), own)
    return found.due_on if found else None
