"""What a telephone asks before it installs the portal: name, colour and icons of the office, and what may be shared to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptoir.core.errors import NotFound
from comptoir.notifications.colour import accent_hex
from comptoir.people.models import Office
from comptoir.web.brand import hue_and_chroma
from comptoir.web.phone.icons import icon_address

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

SHARED = ("image/*", "application/pdf", ".pdf", ".heic", ".csv", ".xml", ".xlsx", ".docx")


def manifest_address(office: Office) -> str:
    """One for each language, by its address: browsers ask for it without a cookie."""
    return reverse("app_manifest", args=[office.pk, translation.get_language() or settings.LANGUAGE_CODE])


@require_safe
def app_manifest(request: HttpRequest, office_id: UUID, language: str) -> JsonResponse:  # noqa: ARG001 -- a view
    """Public, like the name and the logo that stand on the sign-in page."""
    office = Office.objects.defer("logo").filter(pk=office_id).first()
    if office is None or language not in dict(settings.LANGUAGES):
        raise NotFound
    with translation.override(language):
        return JsonResponse(_manifest(office, language), content_type="application/manifest+json")


def _manifest(office: Office, language: str) -> dict[str, Any]:
    hue, chroma = hue_and_chroma(office)
    return {
        "id": "/",
        "name": office.name,
        "short_name": office.name,
        "description": _("Messages between you and your accounting office."),
        "lang": language,
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": accent_hex(hue, chroma / 1000),
        "background_color": "#ffffff",
        "icons": [
            _icon(office, "icon", 192),
            _icon(office, "icon", 512),
            _icon(office, "mask", 512, purpose="maskable"),
        ],
        "shortcuts": [
            {"name": _("Communication"), "url": "/", "icons": [_icon(office, "icon", 192)]},
            {"name": _("New conversation"), "url": reverse("new"), "icons": [_icon(office, "icon", 192)]},
        ],
        "share_target": _share_target(),
    }


def _icon(office: Office, shape: str, size: int, *, purpose: str = "any") -> dict[str, str]:
    address = icon_address(office, shape, size)
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _share_target() -> dict[str, Any]:
    fields: dict[str, Any] = {"title": "title", "text": "text", "url": "url"}
    return {
        "action": reverse("share"),
        "method": "POST",
        "enctype": "multipart/form-data",
        "params": {**fields, "files": [{"name": "files", "accept": list(SHARED)}]},
    }
