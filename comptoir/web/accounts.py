"""The addresses under /accounts/: allauth's, without those that nobody here is to reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from allauth.mfa.totp.views import activate_totp
from allauth.mfa.webauthn.views import add_webauthn
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import NotAllowed, NotFound
from comptoir.people.sign_in import is_demo_account

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


def closed(request: HttpRequest, rest: str = "") -> NoReturn:  # noqa: ARG001 -- Django's signature
    """Shadows an address of allauth; the first match wins, and `reverse` still finds allauth's name."""
    raise NotFound


def on_own_account(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Shown to the demo's visitors, but not kept: a second factor of one would shut out all others."""

    def wrapper(request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and request.user.is_authenticated and is_demo_account(request.user):
            raise NotAllowed(_("In the demonstration, accounts stay as they are."))
        return view(request)

    return wrapper


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
urlpatterns += [
    path("2fa/totp/activate/", on_own_account(activate_totp)),
    path("2fa/webauthn/add/", on_own_account(add_webauthn)),
    path("", include("allauth.urls")),
]
