"""The first page of a fresh installation, and the page of somebody without any membership."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.core.errors import NotFound
from comptoir.people.actions.first_office import create_first_office
from comptoir.people.models import Office
from comptoir.people.sign_in import open_session
from comptoir.web.forms import EMAIL, NAME, tried
from comptoir.web.members import current_member

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class FirstOfficeForm(forms.Form):
    name = forms.CharField(label=_("Name of the office"), max_length=NAME)
    person = forms.CharField(label=_("Your name"), max_length=NAME)
    email = forms.EmailField(label=_("Your e-mail address"), max_length=EMAIL)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput,
        help_text=_("At least 12 characters."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def first_run(request: HttpRequest) -> HttpResponseBase:
    """Makes the first administrator. As soon as there is an office, this page is missing."""
    if Office.objects.exists():
        raise NotFound
    form = FirstOfficeForm(request.POST or None)
    language = translation.get_language() or "fr"
    member = tried(
        form,
        lambda values: create_first_office(
            values.pop("name"), language=language[:2], at=timezone.now(), **values
        ),
    )
    if member is None:
        return render(request, "first_run.html", {"form": form}, status=422 if form.errors else 200)
    open_session(request, member.person, method="password")
    return redirect("home")


@require_safe
def no_membership(request: HttpRequest) -> HttpResponseBase:
    """For somebody who may sign in and has nothing to see: their access ended, or is still to come."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if current_member(request) is not None:
        return redirect("home")
    return render(request, "no_membership.html")
