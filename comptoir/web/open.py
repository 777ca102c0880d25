"""The link in a mail opens its conversation: a page that is the same for everybody, and one button that does it.

The secret stands behind the #, so nothing that only follows links, as scanners of mails do, ever shows it to us.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core.ratelimit import consume
from django import forms
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.core.errors import TooMany
from comptoir.notifications.actions.item_links import WrongCode, open_item, open_item_by_code
from comptoir.notifications.item_members import conversation_in, member_in
from comptoir.notifications.jobs import note_code, send_fresh_link
from comptoir.people.addresses import folded_address
from comptoir.people.models import Purpose
from comptoir.people.one_time import LinkExpired, token_behind
from comptoir.people.queries import SESSION_MEMBER
from comptoir.people.secrets import CODE_DIGITS, digest_of
from comptoir.people.sign_in import MAIL_LENGTH
from comptoir.web.by_link import browser_of, give_secret, secret_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership, Token


class CodeForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=MAIL_LENGTH)
    code = forms.CharField(label=_("Code from the e-mail"), max_length=40)

    def clean_email(self) -> str:
        return folded_address(self.cleaned_data["email"])

    def clean_code(self) -> str:
        """However it was written: with the gap that the mail shows, or without."""
        digits = "".join(sign for sign in self.cleaned_data["code"] if sign.isascii() and sign.isdigit())
        if len(digits) != CODE_DIGITS:
            raise forms.ValidationError(_("It has %(n)s digits.") % {"n": CODE_DIGITS})
        return digits


@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest) -> HttpResponseBase:
    """GET gives the browser a secret of its own at most; POST of the link's secret opens it there."""
    if request.method != "POST":
        return _with_secret(request, _entrance(request, CodeForm()))
    secret = request.POST.get("secret", "").strip().rpartition("#")[2]
    if request.user.is_authenticated:
        return _for_the_signed_in(request, secret)
    try:
        given = secret_for(request)
        visitor = open_item(secret, browser=digest_of(given), at=timezone.now())
    except LinkExpired:
        return _over(request, secret)
    return _opened(visitor, given)


@require_POST
def open_by_code(request: HttpRequest) -> HttpResponseBase:
    if request.user.is_authenticated:
        return redirect("home")
    form = CodeForm(request.POST)
    if form.is_valid():
        given = secret_for(request)
        try:
            return _opened(_visitor_by_code(request, given, **form.cleaned_data), given)
        except WrongCode as wrong:
            note_code.enqueue(email=form.cleaned_data["email"], at=timezone.now().isoformat())
            form.add_error("code", str(wrong.text))
    return _entrance(request, form)


def _visitor_by_code(request: HttpRequest, given: str, *, email: str, code: str) -> Membership:
    _count(request, "item_code", email)
    return open_item_by_code(code, email=email, browser=digest_of(given), at=timezone.now())


@require_safe
def open_over(request: HttpRequest) -> HttpResponse:
    """Where a browser is led whose ten minutes are over; the same page for everybody."""
    return _over(request, "", status=200)


@require_POST
def open_again(request: HttpRequest) -> HttpResponse:
    """A fresh link to the person of the old one, by that one, by this browser or by an address: always one answer."""
    secret, email = (
        request.POST.get("secret", ""),
        folded_address(request.POST.get("email", ""))[:MAIL_LENGTH],
    )
    if secret:
        asked = {"secret": digest_of(secret)}
    else:
        asked = {"email": email} if email else {"browser": browser_of(request)}
    _count(request, "item_again", str(asked))
    send_fresh_link.enqueue(**asked)
    return render(request, "open_sent.html")


def _count(request: HttpRequest, action: str, key: str) -> None:
    if not consume(request, action=action, key=key):
        raise TooMany(_("Too many attempts. Please wait some minutes and try again."))


def _entrance(request: HttpRequest, form: CodeForm) -> HttpResponse:
    return render(request, "open.html", {"form": form}, status=422 if form.errors else 200)


def _over(request: HttpRequest, secret: str, *, status: int = LinkExpired.status) -> HttpResponse:
    """One page for whatever opens nothing: unknown, used, too old, or no longer this person's."""
    return render(request, "open_over.html", {"secret": secret}, status=status)


def _opened(visitor: Membership, given: str) -> HttpResponse:
    response = redirect("portal_thread", visitor.only_conversation)
    give_secret(response, given)
    return response


def _with_secret(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Before the button is pressed: when the answer to that is lost on the way, pressing it again is the same browser."""
    give_secret(response, secret_for(request))
    return response


def _for_the_signed_in(request: HttpRequest, secret: str) -> HttpResponseBase:
    """They may see more than the link shows, so it stays unused; it only tells which conversation is meant."""
    token = token_behind(Purpose.ITEM, secret)
    if token is not None and token.person_id != request.user.pk:
        return render(request, "open_other.html")
    member = member_in(token) if token is not None else None
    if token is None or member is None:
        return _over(request, secret)
    return _own(request, member, token)


def _own(request: HttpRequest, member: Membership, token: Token) -> HttpResponseBase:
    request.session[SESSION_MEMBER] = str(member.pk)
    return redirect("portal_thread", conversation_in(token))
