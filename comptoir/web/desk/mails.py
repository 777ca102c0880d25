"""E-mails that came in: those that nobody's word vouches for are looked at here, and filed or put away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from comptoir.core.errors import NotFound
from comptoir.correspondence.actions.sorting import drop_mail, file_mail
from comptoir.correspondence.gate import require_sortable
from comptoir.correspondence.models import InboundMail
from comptoir.correspondence.queries import Pile, mails
from comptoir.files.serving import HEADERS
from comptoir.people.models import Company
from comptoir.people.profiles import may_write_to_clients
from comptoir.web.form_page import WRONG, form_page
from comptoir.web.forms import ChoiceOfRow, tried
from comptoir.web.listing import page_number
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership

ROWS_A_PAGE = 50


class FileForm(forms.Form):
    company_id = ChoiceOfRow(label=gettext_lazy("Dossier"))
    trusts_sender = forms.BooleanField(
        label=gettext_lazy("From now on, take documents of this sender without looking"),
        help_text=gettext_lazy("For this dossier only, and only where the sender is proven."),
        required=False,
    )

    def __init__(self, *args: Any, member: Membership, **more: Any) -> None:
        super().__init__(*args, **more)
        open_ones = Company.objects.visible_to(member).filter(archived_at__isnull=True)
        field = self.fields["company_id"]
        assert isinstance(field, ChoiceOfRow)
        field.offer(open_ones.order_by("name").values_list("pk", "name"), nothing=_("Choose a dossier"))
        field.required = True


def pile_labels() -> list[tuple[Pile, str]]:
    return [
        (Pile.TO_CHECK, _("To check")),
        (Pile.TAKEN, _("Taken over")),
        (Pile.PROGRAMS, _("Sent by programs")),
        (Pile.DONE, _("Done")),
    ]


@for_office
@require_safe
def mails_page(request: HttpRequest, member: Membership) -> HttpResponseBase:
    asked = request.GET.get("pile")
    pile = Pile(asked) if asked in list(Pile) else Pile.TO_CHECK
    number = page_number(request.GET.get("page"))
    start = (number - 1) * ROWS_A_PAGE
    rows = list(mails(member, pile=pile)[start : start + ROWS_A_PAGE + 1])
    return form_page(
        request,
        member,
        "desk/mails.html",
        active="mails",
        pile=pile,
        piles=pile_labels(),
        rows=rows[:ROWS_A_PAGE],
        number=number,
        next_page=number + 1 if len(rows) > ROWS_A_PAGE else None,
    )


@for_office
@require_safe
def mail_page(request: HttpRequest, member: Membership, mail_id: UUID) -> HttpResponseBase:
    return _page(request, member, seen_mail(member, mail_id))


def seen_mail(member: Membership, mail_id: UUID) -> InboundMail:
    found = InboundMail.objects.visible_to(member)
    mail = (
        found.select_related("company", "handled_by__person", "raw").defer("raw__packed").filter(pk=mail_id)
    )
    row = mail.first()
    if row is None:
        raise NotFound
    return row


def _page(
    request: HttpRequest, member: Membership, mail: InboundMail, *, form: FileForm | None = None
) -> HttpResponseBase:
    may_sort = may_write_to_clients(member.profile) and mail.is_sortable
    if may_sort and form is None:
        form = FileForm(member=member, initial={"company_id": mail.company_id})
    return form_page(
        request,
        member,
        "desk/mail.html",
        status=WRONG if form is not None and form.errors else 200,
        active="mails",
        mail=mail,
        may_sort=may_sort,
        form=form,
    )


@for_office
@require_safe
def mail_raw(request: HttpRequest, member: Membership, mail_id: UUID) -> HttpResponseBase:  # noqa: ARG001 -- a view
    """The mail as it came, for a mail program to open: never shown by the browser."""
    mail = seen_mail(member, mail_id)
    response = HttpResponse(mail.raw.content, content_type="application/octet-stream", headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="mail-{mail.received_at:%Y-%m-%d}.eml"'
    return response


@for_office
@require_POST
def mail_file(request: HttpRequest, member: Membership, mail_id: UUID) -> HttpResponseBase:
    mail = seen_mail(member, mail_id)
    require_sortable(mail, by=member)
    form = FileForm(request.POST, member=member)
    filed = tried(form, lambda values: file_mail(mail_id, by=member, at=timezone.now(), **values))
    if filed is None:
        return _page(request, member, mail, form=form)
    messages.success(request, _("The e-mail is filed."))
    return redirect("mail", mail_id)


@for_office
@require_POST
def mail_drop(request: HttpRequest, member: Membership, mail_id: UUID) -> HttpResponseBase:
    drop_mail(mail_id, by=member, at=timezone.now())
    messages.success(request, _("The e-mail is put away."))
    return redirect("mails")
