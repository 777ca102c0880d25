"""The one place where pages turn a refusal into an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import DisallowedHost, PermissionDenied, RequestDataTooBig, TooManyFilesSent
from django.http import Http404, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import Invalid, NotAllowed, NotFound, Refused, TooLarge
from comptoir.web.pages import wants_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class NotByAddress(Refused):
    """Somebody typed the address of a form, or came back to it; the browser would show a page of its own."""

    code = "method_not_allowed"
    status = 405
    text = _("This address only takes what a form sends. Please go back to the page that you came from.")


class Refusals:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == NotByAddress.status and not response.content:
            told = refused(request, NotByAddress())
            told["Allow"] = response["Allow"]
            return told
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer for what the product refuses; None lets a fault be a fault."""
        refusal = as_refusal(error)
        return None if refusal is None else refused(request, refusal)


def as_refusal(error: Exception) -> Refused | None:
    if isinstance(error, Refused):
        return error
    if isinstance(error, Http404):
        return NotFound()
    if isinstance(error, PermissionDenied):
        return NotAllowed()
    if isinstance(error, RequestDataTooBig | TooManyFilesSent):
        return TooLarge()
    return None


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """JSON for our own scripts, a page for everybody else; the status and the words are the same."""
    if wants_json(request):
        body = {"error": refusal.code, "message": str(refusal.text), "field": refusal.field}
        return JsonResponse(body, status=refusal.status)
    context = {"refusal": refusal, "back": _form_of(request)}
    return render(request, "errors/refused.html", context, status=refusal.status)


def _form_of(request: HttpRequest) -> str:
    """The page of ours whose form was sent without a script; empty for everything else."""
    if request.method != "POST":
        return ""
    try:
        host = request.get_host()
    except DisallowedHost:  # what is being refused may be the host itself
        return ""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {host}, require_https=request.is_secure())
    return came_from if is_ours else ""


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's
    """For an address of no page of ours: whoever left the slash at its end out is led there.

    By the address alone, before anything is looked for: what is there, hidden or missing is led on alike. Only where
    nothing was sent, which a redirection would lose.
    """
    if request.method in {"GET", "HEAD"} and is_valid_path(f"{request.path_info}/"):
        return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    return refused(request, NotFound())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    return refused(request, NotAllowed(_("This page had expired. Please try again.")))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's
    refusal = Invalid()
    return refused(request, refusal)
