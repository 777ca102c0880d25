"""Accepting an invitation. The secret comes behind a #, is seen by the server with a POST only, and is kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from comptoir.core.errors import Invalid, TooMany
from comptoir.people.actions.invitations import accept_invitation, invitation_behind
from comptoir.people.models import Company, Person, Token
from comptoir.people.one_time import LinkExpired
from comptoir.people.profiles import Profile
from comptoir.people.queries import SESSION_MEMBER
from comptoir.people.second_factor import has_second_factor
from comptoir.people.sign_in import open_session
from comptoir.web.forms import NAME, tried

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership


class NewcomerForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=NAME)
    password = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput,
        help_text=gettext_lazy(
            "At least 12 characters. Leave it empty to sign in by a code that is mailed to you."
        ),
    )


class KnownForm(forms.Form):
    """For an address that has a login: its password, unless its owner is signed in already."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponseBase:
    """GET shows a button and changes nothing, whoever follows the link: a mail scanner, a preview, a person."""
    if request.method != "POST":
        return render(request, "join.html")
    # By hand one pastes the whole link rather than what stands behind its #.
    secret = request.POST.get("secret", "").strip().rpartition("#")[2]
    try:
        token = invitation_behind(secret, at=timezone.now())
        return _join(request, secret, token)
    except LinkExpired as expired:
        return render(request, "join.html", {"refusal": expired}, status=expired.status)


def _join(request: HttpRequest, secret: str, token: Token) -> HttpResponseBase:
    person = Person.objects.filter(email=token.email).first()
    is_asked = "accept" in request.POST
    form = _form(request.POST if is_asked else None, token, person)
    if is_asked and _is_somebody_else(request, token):
        form.add_error(None, _("You are signed in with another address. Please sign out first."))
    elif is_asked:
        member = tried(form, lambda values: _accepted(request, secret, person, values))
        if member is not None:
            return _welcome(request, member, was_new=person is None)
    return _invitation_page(request, secret, token, form, person)


def _form(typed: Any, token: Token, person: Person | None) -> forms.Form:
    if person is None:
        return NewcomerForm(typed, initial={"name": token.scope["name"]})
    return KnownForm(typed)


def _is_somebody_else(request: HttpRequest, token: Token) -> bool:
    return request.user.is_authenticated and request.user.email != token.email


def _accepted(request: HttpRequest, secret: str, person: Person | None, values: dict[str, Any]) -> Membership:
    if person is None:
        return accept_invitation(
            secret, at=timezone.now(), name=values["name"], password=values["password"] or None
        )
    if not request.user.is_authenticated:
        _require_password(request, person, values["password"])
    return accept_invitation(secret, at=timezone.now(), signed_in=person)


def _require_password(request: HttpRequest, person: Person, password: str) -> None:
    """Counted and limited as on the sign-in page."""
    try:
        found = get_adapter(request).authenticate(request, email=person.email, password=password)
    except ValidationError as limited:
        raise TooMany(" ".join(limited.messages), field="password") from limited
    if found is None or found.pk != person.pk:
        raise Invalid(_("This is not the password of this address."), field="password")


def _welcome(request: HttpRequest, member: Membership, *, was_new: bool) -> HttpResponseBase:
    """Signed in at once, unless a second factor has to be asked for."""
    if not request.user.is_authenticated:
        if not was_new and has_second_factor(member.person):
            messages.success(request, _("You have joined. Please sign in."))
            return redirect("account_login")
        open_session(request, member.person, method="invitation")
    request.session[SESSION_MEMBER] = str(member.pk)
    return redirect("home")


def _invitation_page(
    request: HttpRequest, secret: str, token: Token, form: forms.Form, person: Person | None
) -> HttpResponseBase:
    company_id = token.scope["company"]
    facts = {
        "secret": secret,
        "invitation": token,
        "company": Company.objects.filter(pk=company_id).first() if company_id else None,
        "profile": Profile(token.scope["profile"]).label,
        "form": form,
        "is_known": person is not None,
        "is_me": request.user.is_authenticated and not _is_somebody_else(request, token),
        "is_somebody_else": _is_somebody_else(request, token),
    }
    return render(request, "join_accept.html", facts, status=422 if form.errors else 200)
