"""How mails leave: over SMTP, by an address, or by a provider's own interface (django-anymail), by its name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from comptoir.settings.environment import env

TELL_EVERY = timedelta(seconds=20)  # a look at who is to be told
EMAIL_TIMEOUT = 20  # seconds for each step: a server that falls silent is away
EMAIL_CONFIG: dict[str, Any] = env.email_url("COMPTOIR_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# As anymail calls them: postmark, brevo, mailgun, mailjet, sendgrid, resend, scaleway … and the settings it asks for.
MAIL_PROVIDER: str = env.str("COMPTOIR_MAIL_PROVIDER", default="")
ANYMAIL: dict[str, Any] = {
    "REQUESTS_TIMEOUT": EMAIL_TIMEOUT,
    **env.json("COMPTOIR_MAIL_PROVIDER_SETTINGS", default={}),
}
if MAIL_PROVIDER:
    EMAIL_BACKEND = f"anymail.backends.{MAIL_PROVIDER}.EmailBackend"
DEFAULT_FROM_EMAIL: str = env.str("COMPTOIR_FROM_EMAIL", default="Comptoir <comptoir@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
