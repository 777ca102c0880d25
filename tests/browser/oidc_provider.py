"""An OpenID Connect provider as an office may run one: allauth's own, a process of its own with its own people.

Run as a program with the address that it may lead back to, and its port; settings and database are made here.
"""

from __future__ import annotations

import sys
from pathlib import Path

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

CLIENT, SECRET, PASSWORD = "comptoir", "entre-nous-seulement", "ouvre-toi-donc"
# Whom it knows, and whether it has seen that the address is theirs.
PEOPLE = {"client@demo.example": True, "partner@demo.example": False, "unknown@demo.example": True}


APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": CONTEXT},
}


def configure(folder: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    settings.configure(
        SECRET_KEY="of a provider in tests",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.browser.oidc_provider_urls",
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "provider.sqlite3")}
        },
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        SESSION_COOKIE_NAME="provider",  # cookies know no ports
        CSRF_COOKIE_NAME="provider-csrf",
        INSTALLED_APPS=APPS,
        MIDDLEWARE=MIDDLEWARE,
        TEMPLATES=[TEMPLATES],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        ACCOUNT_LOGIN_METHODS={"email"},
        ACCOUNT_EMAIL_VERIFICATION="none",
        IDP_OIDC_PRIVATE_KEY=key.decode(),
    )
    django.setup()


def furnish(back: str) -> None:
    from allauth.account.models import EmailAddress  # noqa: PLC0415 -- wants the settings above
    from allauth.idp.oidc.models import Client  # noqa: PLC0415 -- as above
    from django.contrib.auth.models import User  # noqa: PLC0415 -- as above
    from django.core.management import call_command  # noqa: PLC0415 -- as above

    call_command("migrate", verbosity=0)
    for email, is_verified in PEOPLE.items():
        user = User.objects.create_user(email, email, PASSWORD)
        EmailAddress.objects.create(user=user, email=email, verified=is_verified, primary=True)
    client = Client(id=CLIENT, name="Comptoir", scopes="openid\nprofile\nemail", skip_consent=True)
    client.set_redirect_uris([back])
    client.set_secret(SECRET)
    client.save()


if __name__ == "__main__":
    place, address, port = sys.argv[1:]
    configure(Path(place))
    furnish(address)
    from django.core.management import call_command

    call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, verbosity=0)
