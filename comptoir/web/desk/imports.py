"""Files for the accounts: dropped many at once, each with its own answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from comptoir.core.errors import Invalid, NotFound, Refused
from comptoir.files.serving import file_response
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.gate import may_import
from comptoir.ledger.models import ImportedFile, ImportState, Source
from comptoir.ledger.words import sentence
from comptoir.web.members import for_office
from comptoir.web.pages import wants_fragment

if TYPE_CHECKING:
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.ledger.actions.imports import Brought
    from comptoir.people.models import Membership

FINDINGS_SHOWN = 20
TAKEN = {ImportState.READ, ImportState.WAITING}


@dataclass(frozen=True)
class ImportRow:
    """A file with what is to be said about it; `was_here`: it was brought before, and nothing changed."""

    file: ImportedFile
    findings: list[tuple[int | None, str]]
    was_here: bool = False


def import_row(file: ImportedFile, *, was_here: bool = False) -> ImportRow:
    shown = [(one["line"], sentence(one["code"], one["params"])) for one in file.findings[:FINDINGS_SHOWN]]
    return ImportRow(file, shown, was_here=was_here)


@for_office
@require_POST
def bring(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    """One file with a script, whose row is answered; any number without, and the page tells how it went."""
    may_import(company_id, by=member)
    files = request.FILES.getlist("files")
    if not files:
        raise Invalid(_("No file came in."), field="files")
    if wants_fragment(request, "import"):
        brought = _brought(company_id, files[0], member)
        row = import_row(brought.file, was_here=not brought.is_new)
        return render(request, "desk/_import.html", {"row": row}, status=201)
    read = 0
    for file in files:
        try:
            read += _brought(company_id, file, member).file.state in TAKEN
        except Refused as refusal:
            messages.error(request, f"{file.name}: {refusal}")
    told = ngettext("%(n)d file taken in.", "%(n)d files taken in.", read) % {"n": read}
    messages.success(request, told)
    return redirect(reverse("accounts", args=[company_id]))


def _brought(company_id: UUID, file: UploadedFile[Any], member: Membership) -> Brought:
    return import_file(
        company_id,
        by=member,
        at=timezone.now(),
        name=file.name or "",
        data=file.read(),
        source=Source.PAGE,
    )


def seen_import(member: Membership, import_id: UUID) -> ImportedFile:
    found = ImportedFile.objects.visible_to(member).select_related("file", "brought_by__person")
    file: ImportedFile | None = found.filter(pk=import_id).first()
    if file is None:
        raise NotFound
    return file


@for_office
@require_GET
def show(request: HttpRequest, member: Membership, import_id: UUID) -> HttpResponseBase:
    """Its row, asked again by the page while a large file is being read; without a script the list that it is in."""
    one = seen_import(member, import_id)
    if wants_fragment(request, "import"):
        return render(request, "desk/_import.html", {"row": import_row(one)})
    return redirect(f"{reverse('accounts', args=[one.company_id])}#import-{one.pk}")


@for_office
@require_GET
def file(request: HttpRequest, member: Membership, import_id: UUID) -> HttpResponseBase:
    return file_response(request, seen_import(member, import_id).file, inline="show" in request.GET)
