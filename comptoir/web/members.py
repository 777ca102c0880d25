"""Which membership a request is seen as: chosen in the header, kept in the session, asked anew each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_POST

from comptoir.core.errors import NotFound
from comptoir.people.queries import SESSION_MEMBER, member_for_session, memberships_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership


class CurrentMember:
    """Sets `request.member`, lazily: the membership, or None for a person without one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.member = SimpleLazyObject(lambda: current_member(request))  # type: ignore[attr-defined]  # ours to add
        return self.get_response(request)


def _member(request: HttpRequest) -> Membership | None:
    if not request.user.is_authenticated:
        return None
    return member_for_session(request.session, request.user)


def current_member(request: HttpRequest) -> Membership | None:
    """The membership itself, not its lazy wrapper: queries look at its class. Asked for once a request."""
    known = request.__dict__
    if "known_member" not in known:
        known["known_member"] = _member(request)
    member: Membership | None = known["known_member"]
    return member


def for_members(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A view of signed-in people: `view(request, member, …)`. Others go to the sign-in page and come back."""

    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        member = current_member(request)
        if member is None and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if member is None:
            return redirect("no_membership")
        return view(request, member, *args, **kwargs)

    wrapper.__name__, wrapper.__doc__ = view.__name__, view.__doc__
    return wrapper


def for_office(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of the desk: for a client it is missing."""
    return for_members(_on_side(view, office=True))


def for_clients(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of the portal: for the staff it is missing."""
    return for_members(_on_side(view, office=False))


def _on_side(view: Callable[..., HttpResponseBase], *, office: bool) -> Callable[..., HttpResponseBase]:
    def wrapper(
        request: HttpRequest, member: Membership, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        if member.is_office is not office:
            raise NotFound
        return view(request, member, *args, **kwargs)

    wrapper.__name__, wrapper.__doc__ = view.__name__, view.__doc__
    return wrapper


@require_POST
def switch(request: HttpRequest) -> HttpResponseBase:
    """Choose another of one's own memberships for this session."""
    if not request.user.is_authenticated:
        return redirect_to_login("/")
    chosen: UUID | str = request.POST.get("member", "")
    allowed = {str(m.pk) for m in memberships_of(request.user)}
    if str(chosen) not in allowed:
        raise NotFound
    request.session[SESSION_MEMBER] = str(chosen)
    return redirect("home")
