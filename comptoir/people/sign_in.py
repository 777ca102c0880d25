"""What allauth asks us while somebody signs in: addresses are folded, nobody signs up, mails are in plain words."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core import context
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import NotAllowed
from comptoir.people.actions.people import record_sign_in
from comptoir.people.addresses import folded_address
from comptoir.people.jobs import note_failed_sign_in
from comptoir.people.models import Membership, Person
from comptoir.people.queries import house_office

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.contrib.auth.models import AbstractBaseUser
    from django.core.mail import EmailMessage
    from django.http import HttpRequest, HttpResponse

MAIL_LENGTH = 254


def is_demo_account(person: AbstractBaseUser) -> bool:
    """Whether many share this account: what one visitor changes of it would shut the others out."""
    return settings.DEMO and Membership.objects.filter(person=person.pk, office__is_demo=True).exists()


def open_session(request: HttpRequest, person: Person, *, method: str) -> None:
    """Sign in whoever has just proved to be `person` by other means than allauth's: an invitation, the demo."""
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, person, method)
    UserSession.objects.create_from_request(request)
    record_sign_in(person, at=timezone.now(), method=method)


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and this password do not belong together."),
        "incorrect_code": _("This is not the code we sent. Please look again."),
        "too_many_login_attempts": _("Too many attempts. Please wait some minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        return False  # people join by invitation

    def clean_email(self, email: str) -> str:
        return folded_address(email)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """As allauth, with the limit on attempts counted for the folded address."""
        if "email" in credentials:
            credentials["email"] = folded_address(credentials["email"])
        return super().authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Noted by a job, for every address alike: the answer must not take longer where there is an account."""
        if "email" in credentials:
            note_failed_sign_in.enqueue(
                email=credentials["email"][:MAIL_LENGTH], at=timezone.now().isoformat()
            )
        super().authentication_failed(request, **credentials)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        records = get_authentication_records(request, user)
        record_sign_in(user, at=timezone.now(), method=records[-1]["method"] if records else "")
        return super().post_login(request, user, **kwargs)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within minutes of signing in: who sets up a second factor then has just typed the password."""
        request = context.request
        records = get_authentication_records(request, request.user)
        newest = max((record["at"] for record in records), default=0)
        if time.time() - newest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        if is_demo_account(user):
            raise NotAllowed(_("In the demonstration, passwords stay as they are."))
        super().set_password(user, password)

    # ── Mails ────────────────────────────────────────────────────────────
    def format_email_subject(self, subject: str) -> str:
        return str(subject)  # neither the office nor the person is named in a subject

    def get_reset_password_from_key_url(self, key: str) -> str:
        """From the configured address: a forged Host header must not choose where a secret link leads."""
        # allauth's key is "<person>-<secret>"; its address takes them apart at the first hyphen.
        person, secret = key.split("-", 1)
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": person, "key": secret})
        return f"{settings.BASE_URL}{path}"

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """In the reader's language, not that of whoever asked for it."""
        reader = Person.objects.filter(email=email).only("language").first()
        office = house_office()
        house = {"house_name": office.name if office else "Comptoir", "base_url": settings.BASE_URL}
        with translation.override(reader.language if reader else translation.get_language()):
            mail: EmailMessage = super().render_mail(template_prefix, email, {**context, **house}, headers)
        return mail


class SocialAdapter(DefaultSocialAccountAdapter):
    """An OpenID Connect provider signs in who is invited already; it makes no accounts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 -- allauth's
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:  # noqa: ARG002 -- allauth's
        """The address alone, by which the person is found: what they are called is the office's to say."""
        person = sociallogin.user
        assert isinstance(person, Person)
        person.email = folded_address(data.get("email") or "")
        return person
