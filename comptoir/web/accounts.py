"""The addresses under /accounts/: allauth's, without those that nobody here is to reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from comptoir.core.errors import NotFound

if TYPE_CHECKING:
    from django.http import HttpRequest


def closed(request: HttpRequest, rest: str = "") -> NoReturn:  # noqa: ARG001 -- Django's signature
    """Shadows an address of allauth; the first match wins, and `reverse` still finds allauth's name."""
    raise NotFound


urlpatterns: list[URLPattern | URLResolver] = [
    # An address is changed by the office, which knows the person: whoever holds a session must not move the account.
    path("email/", closed),
    path("confirm-email/", closed),
    path("confirm-email/<path:rest>", closed),
    path("social/<path:rest>", closed),
]
if not settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns += [
        path("3rdparty/", closed),
        path("3rdparty/<path:rest>", closed),
        path("oidc/<path:rest>", closed),
    ]
urlpatterns += [path("", include("allauth.urls"))]
