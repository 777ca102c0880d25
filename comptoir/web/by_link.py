"""Visitors by the link of a mail: who they are is asked in this one place, and what they see is said by the gate.

They are not signed in: every view that does not say `@or_by_link` leads them to the entrance like anybody. One that
says so gets their membership narrowed to one conversation, and whatever it asks the gate for is of that conversation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.shortcuts import redirect
from django.utils import timezone, translation

from comptoir.notifications.item_members import is_open_in, link_about, links_of, visitor_in
from comptoir.people.secrets import digest_of, new_secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership, Token

# What a browser is known by. Longer than any link is open, so that it can be told that its ten minutes are over.
COOKIE_SECONDS = 24 * 3600
SECRET_CHARACTERS = 100


def browser_of(request: HttpRequest) -> str:
    """The digest of the browser's secret; empty where it has none."""
    secret = request.COOKIES.get(settings.ITEM_COOKIE_NAME, "")
    return digest_of(secret) if 0 < len(secret) <= SECRET_CHARACTERS else ""


def secret_for(request: HttpRequest) -> str:
    """The one that this browser has, or a new one: nothing of it is kept before a link is opened with it."""
    return request.COOKIES.get(settings.ITEM_COOKIE_NAME, "") if browser_of(request) else new_secret()


def give_secret(response: HttpResponse, secret: str) -> None:
    response.set_cookie(
        settings.ITEM_COOKIE_NAME,
        secret,
        max_age=COOKIE_SECONDS,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",  # a strict one stays at home when a webmail leads here, and would be given anew
    )


def or_by_link(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Above `@for_members`: lets a visitor by link in as well. Whoever is signed in is who they are signed in as."""

    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        link = _link_about(request, kwargs)
        visitor = _visitor_now(link, request)
        if visitor is not None:
            return _seen_as(visitor, view, request, *args, **kwargs)
        return redirect("open_over") if link is not None else view(request, *args, **kwargs)

    wrapper.__name__, wrapper.__doc__ = view.__name__, view.__doc__
    return wrapper


def _link_about(request: HttpRequest, kwargs: dict[str, object]) -> Token | None:
    named = {name: value for name, value in kwargs.items() if isinstance(value, UUID)}
    return link_about(links_of(browser_of(request), at=timezone.now()), named=named)


def _visitor_now(link: Token | None, request: HttpRequest) -> Membership | None:
    if link is None or not is_open_in(link, browser_of(request), at=timezone.now()):
        return None
    return visitor_in(link)


def _seen_as(
    visitor: Membership,
    view: Callable[..., HttpResponseBase],
    request: HttpRequest,
    *args: object,
    **kwargs: object,
) -> HttpResponseBase:
    """In their language and on their clock, as for whoever signs in."""
    request.__dict__["known_member"] = request.member = visitor  # type: ignore[attr-defined]  # as CurrentMember does
    language = visitor.person.language
    with translation.override(language), timezone.override(visitor.person.time_zone):
        response = view(request, *args, **kwargs)
    response.headers["Content-Language"] = language
    return response
