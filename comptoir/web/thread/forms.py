"""What the thread's forms send, read strictly: a missing or wrong value is a refusal with its field's name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import Invalid, NotAllowed
from comptoir.core.ids import new_id
from comptoir.files.actions import store_attachment
from comptoir.people.profiles import may_attach

if TYPE_CHECKING:
    from django.http import HttpRequest

    from comptoir.people.models import Membership


def uuid_from(text: str, *, field: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Invalid(_("This is not an identifier."), field=field) from error


def key_from(request: HttpRequest, field: str = "key") -> UUID:
    """The identifier that the page made for what it sends; a page without one is given one."""
    text = request.POST.get(field, "")
    return uuid_from(text, field=field) if text else new_id()


def revision_from(text: str | None, *, field: str = "revision") -> int:
    """A revision that a page names: a whole number of at most 18 digits."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 18:  # noqa: PLR2004 -- fits 64 bits
        raise Invalid(_("This is not a number."), field=field)
    return int(text)


def files_from(request: HttpRequest, *, by: Membership) -> list[UUID]:
    """The files that were uploaded before, and those that a form without a script brings along."""
    known = [uuid_from(text, field="files") for text in request.POST.getlist("files")]
    if request.FILES and not may_attach(by.profile):
        raise NotAllowed  # before anything of it is kept
    brought = [
        store_attachment(upload, name=upload.name or "", by=by, at=timezone.now())
        for upload in request.FILES.getlist("upload")
    ]
    return [*known, *(attachment.pk for attachment in brought)]


def addressee_from(request: HttpRequest) -> UUID | None:
    """Whom a private conversation names, None for a shared one: what was not said is never read as "shared"."""
    audience, person = request.POST.get("audience"), request.POST.get("person", "")
    if audience == "shared":
        return None
    if audience != "private":
        raise Invalid(_("Choose who reads along."), field="audience")
    if not person:
        raise Invalid(_("Choose the person with whom you want to talk."), field="audience")
    return uuid_from(person, field="audience")


def is_on(request: HttpRequest, field: str) -> bool:
    return request.POST.get(field) in {"on", "true", "1"}
