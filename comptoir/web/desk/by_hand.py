"""What a payment pays, said by hand: the open invoices of its dossier, to be found, ticked and matched."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.core.errors import Invalid, NotAllowed, NotFound, Refused
from comptoir.ledger.actions.matches import match_by_hand
from comptoir.ledger.models import Payment
from comptoir.ledger.queries import open_invoices
from comptoir.web.form_page import WRONG
from comptoir.web.members import for_office
from comptoir.web.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership

ROWS_A_PAGE = 50
DIGITS = 12


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest, member: Membership, payment_id: UUID) -> HttpResponseBase:
    """`?q=` finds. A POST has `invoice` for each that is ticked, and `amount-…` where it is not the whole."""
    rows = Payment.objects.visible_to(member).select_related("company", "account")
    payment = rows.filter(pk=payment_id).first()
    if payment is None:
        raise NotFound
    if request.method != "POST":
        return _page(request, member, payment)
    try:
        match_by_hand(payment.pk, invoices=_chosen(request.POST), by=member, at=timezone.now())
    except (NotFound, NotAllowed):
        raise
    except Refused as refusal:
        return _page(request, member, payment, error=str(refusal))
    messages.success(request, _("The payment is matched."))
    return redirect("payment", payment.pk)


def _page(request: HttpRequest, member: Membership, payment: Payment, *, error: str = "") -> HttpResponseBase:
    rest = payment.amount - payment.matched
    wanted = request.GET.get("q", "").strip()[:100]
    found = open_invoices(member, payment, wanted=wanted)
    return page(
        request,
        member,
        "desk/match.html",
        active="companies",
        payment=payment,
        rest=rest,
        wanted=wanted,
        part=Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page")),
        ticked=request.POST.getlist("invoice"),
        error=error,
        status=WRONG if error else 200,
    )


def _chosen(sent: QueryDict) -> dict[UUID, Decimal | None]:
    try:
        return {UUID(one): _amount(sent.get(f"amount-{one}", "")) for one in sent.getlist("invoice")}
    except ValueError:
        raise NotFound from None


def _amount(typed: str) -> Decimal | None:
    """`1.234,56` or `1234.56`; nothing is as much as there is."""
    text = typed.strip().replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if not text:
        return None
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or not 0 < amount < 10**DIGITS or amount != round(amount, 3):
        raise Invalid(_("“%(value)s” is no amount.") % {"value": typed[:20]})
    return amount
