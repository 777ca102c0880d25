"""The office's list of clients, taken in from a CSV: looked at first, then imported. For administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from comptoir.core.errors import TooLarge
from comptoir.people.actions.company_import import import_companies, import_preview
from comptoir.people.company_import import Reason, decoded
from comptoir.people.gate import require_administrator
from comptoir.people.models import Company, Language, VatRegime
from comptoir.web.form_page import form_page
from comptoir.web.forms import staff_of
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.company_import import Line, Preview, Problem
    from comptoir.people.models import Membership

LARGEST = 1024**2  # bytes; goes through the page once more, between looking and importing
SHOWN_ROWS = 200

REASONS = {
    Reason.UNREADABLE: gettext_lazy("The file is no CSV. In Excel: Save as, CSV UTF-8."),
    Reason.NO_HEADERS: gettext_lazy(
        "The first row must name the columns: at least the name and the enterprise number. Found: %(value)s"
    ),
    Reason.TOO_LONG: gettext_lazy("The file has more than %(value)s rows. Please import it in parts."),
    Reason.NO_NAME: gettext_lazy("The name is missing."),
    Reason.BAD_NUMBER: gettext_lazy(
        "“%(value)s” is no Belgian enterprise number: its check digits do not fit."
    ),
    Reason.TWICE_IN_FILE: gettext_lazy("The same number stands in row %(value)s already."),
    Reason.UNKNOWN_REGIME: gettext_lazy("“%(value)s” is no VAT regime: monthly, quarterly or exempt."),
    Reason.UNKNOWN_LANGUAGE: gettext_lazy("“%(value)s” is no language: fr, nl, en or de."),
    Reason.UNKNOWN_MANAGER: gettext_lazy(
        "“%(value)s” is no accountant of the office; name or e-mail address."
    ),
}


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def company_import(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """A POST with a file looks; the button under the preview sends what was looked at, and imports."""
    require_administrator(member)
    if request.method != "POST":
        return _page(request, member)
    data = _data(request)
    if data is None:
        return _page(request, member, error=_("Please choose a file."), status=422)
    if "import" not in request.POST:
        return _preview(request, member, data)
    done = import_companies(
        data, by=member, at=timezone.now(), update_known=request.POST.get("update_known") == "on"
    )
    messages.success(request, _told(len(done.opened), len(done.updated)))
    return redirect("companies")


def _data(request: HttpRequest) -> bytes | None:
    upload = request.FILES.get("file")
    if upload is None:
        kept = request.POST.get("kept", "")
        return kept.encode() if kept else None
    if upload.size is None or upload.size > LARGEST:
        raise TooLarge(_("A list of clients has at most 1 MB."), field="file")
    return b"".join(upload.chunks())


def _preview(request: HttpRequest, member: Membership, data: bytes) -> HttpResponseBase:
    preview = import_preview(data, by=member)
    is_useless = not (preview.new or preview.known)
    return _page(
        request,
        member,
        preview=preview,
        # As text, for the form that imports it: the same rows in whatever encoding they came.
        kept="" if is_useless else decoded(data),
        problems=[_worded(problem) for problem in preview.problems[:SHOWN_ROWS]],
        status=422 if is_useless else 200,
    )


def _worded(problem: Problem) -> dict[str, Any]:
    return {"row": problem.row, "text": str(REASONS[problem.reason]) % {"value": problem.value}}


def _told(opened: int, updated: int) -> str:
    text = ngettext("%(n)d dossier opened.", "%(n)d dossiers opened.", opened) % {"n": opened}
    if updated:
        more = ngettext("%(n)d brought up to date.", "%(n)d brought up to date.", updated) % {"n": updated}
        return f"{text} {more}"
    return text


def _page(
    request: HttpRequest,
    member: Membership,
    *,
    preview: Preview | None = None,
    kept: str = "",
    problems: list[dict[str, Any]] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponseBase:
    return form_page(
        request,
        member,
        "desk/company_import.html",
        status=status,
        active="companies",
        preview=preview,
        shown=_shown([*preview.new, *preview.known][:SHOWN_ROWS], member) if preview else [],
        kept=kept,
        problems=problems or [],
        error=error,
    )


def _shown(lines: list[Line], member: Membership) -> list[dict[str, Any]]:
    """Good rows as they would be stored; what the file does not say stays empty."""
    managers = {one.pk: one.person.name for one in staff_of(member)}
    return [
        {
            "row": line.row,
            "name": line.name,
            "number": Company(enterprise_number=line.enterprise_number).number_shown,
            "regime": VatRegime(line.vat_regime).label if line.vat_regime else "",
            "language": Language(line.language).label if line.language else "",
            "manager": managers.get(line.manager_id, "") if line.manager_id else "",
        }
        for line in lines
    ]
