"""One's own page: preferences, memberships, the ways to sign in, and tokens for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.people.actions.people import change_preferences, sign_out_everywhere
from comptoir.people.actions.tokens import SCOPES, make_token, revoke_token
from comptoir.people.models import ApiToken, Language, Theme
from comptoir.people.second_factor import has_second_factor
from comptoir.web.form_page import form_page
from comptoir.web.forms import NAME, tried
from comptoir.web.members import for_members

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership

# One name for each clock: those without a slash, and those that only repeat another, would make the list unreadable.
CONTINENTS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


class PreferencesForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Shown to the people of your dossier and of the accounting office."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices)
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    theme = forms.ChoiceField(label=gettext_lazy("Colours"), choices=Theme.choices)
    enter_sends = forms.BooleanField(
        label=gettext_lazy("Enter sends a message"),
        required=False,
        help_text=gettext_lazy("Otherwise Enter begins a new line, and Ctrl + Enter sends."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)
        zones = sorted(zone for zone in available_timezones() if zone.partition("/")[0] in CONTINENTS)
        field.choices = [(zone, zone.replace("_", " ")) for zone in zones]


class TokenForm(forms.Form):
    token_name = forms.CharField(
        label=gettext_lazy("Name of the token"),
        max_length=80,
        help_text=gettext_lazy("For example the program that will use it."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("It may"),
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, member: Membership) -> HttpResponseBase:
    person = member.person
    known = {name: getattr(person, name) for name in PreferencesForm.base_fields}
    form = PreferencesForm(request.POST or None, initial=known)
    changed = tried(form, lambda values: change_preferences(person, by=member, at=timezone.now(), **values))
    if changed is None:
        return _page(request, member, form=form, status=422 if form.errors else 200)
    with translation.override(changed.language):  # the answer speaks as the person has just chosen
        messages.success(request, _("Your preferences are saved."))
    return redirect("profile")


def _page(
    request: HttpRequest,
    member: Membership,
    *,
    form: PreferencesForm | None = None,
    token_form: TokenForm | None = None,
    secret: str = "",
    status: int = 200,
) -> HttpResponseBase:
    person = member.person
    known = {name: getattr(person, name) for name in PreferencesForm.base_fields}
    return form_page(
        request,
        member,
        "profile.html",
        status=status,
        active="profile",
        frame="desk/base.html" if member.is_office else "portal/base.html",
        form=form or PreferencesForm(initial=known),
        token_form=token_form or TokenForm(initial={"scopes": ["read"]}),
        tokens=_tokens(member),
        secret=secret,
        has_second_factor=has_second_factor(person),
    )


def _tokens(member: Membership) -> list[ApiToken]:
    """Those in force, newest first."""
    alive = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
    return list(
        ApiToken.objects.filter(alive, member=member.pk, revoked_at__isnull=True).order_by("-made_at")
    )


@for_members
@require_POST
def token_make(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """The answer shows the secret, this once: so it is a page and no redirect."""
    form = TokenForm(request.POST)
    made = tried(
        form,
        lambda values: make_token(
            member, name=values["token_name"], scopes=values["scopes"], at=timezone.now()
        ),
    )
    if made is None:
        return _page(request, member, token_form=form, status=422)
    return _page(request, member, secret=made[1])


@for_members
@require_POST
def token_revoke(request: HttpRequest, member: Membership, token_id: UUID) -> HttpResponseBase:
    token = revoke_token(token_id, by=member, at=timezone.now())
    messages.success(request, _("The token “%(name)s” no longer works.") % {"name": token.name})
    return redirect("profile")


@for_members
@require_POST
def leave_everywhere(request: HttpRequest, member: Membership) -> HttpResponseBase:  # noqa: ARG001 -- a view
    sign_out_everywhere(member.person, by=member, at=timezone.now())
    return redirect("account_login")
