"""How mails come in: where to, and by which of four ways. Nothing set: none come in, and none can be answered."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from comptoir.mailbox.addressing import place_of
from comptoir.settings.environment import env


def _place(name: str) -> str:
    """A mistake in it is better known at the start than at the first answer."""
    said: str = env.str(name, default="")
    try:
        place_of(said)
    except ValueError as failure:
        raise ImproperlyConfigured(f"{name}: {failure}") from None
    return said


def _listening(name: str) -> str:
    said: str = env.str(name, default="")
    host, _, port = said.rpartition(":")
    if said and not (host and port.isascii() and port.isdigit()):
        raise ImproperlyConfigured(f"{name} is “{said}”: say a host and a port, such as 127.0.0.1:2424.")
    return said


# `in.example.be`, or `post+*@example.be` where all that comes in lies in one mailbox.
MAIL_IN = _place("COMPTOIR_MAIL_IN")

# The name under which our own mail server writes Authentication-Results. Without it nobody is believed to be a sender.
MAIL_IN_AUTHSERV_ID: str = env.str("COMPTOIR_MAIL_IN_AUTHSERV_ID", default="")

# By LMTP or SMTP, `host:port`, within `serve`; `comptoir receive` is the same as a process of its own.
MAIL_IN_LMTP = _listening("COMPTOIR_MAIL_IN_LMTP")
MAIL_IN_SMTP = _listening("COMPTOIR_MAIL_IN_SMTP")

# By IMAP: imap+ssl://user:password@host:993/INBOX, imap+tls:// or imap://.
MAIL_IN_IMAP: str = env.str("COMPTOIR_MAIL_IN_IMAP", default="")
MAIL_IN_IMAP_DONE: str = env.str("COMPTOIR_MAIL_IN_IMAP_DONE", default="Comptoir")

# By a provider's webhook, as anymail calls it: mailgun, postmark, postal … Its keys stand in ANYMAIL's settings.
MAIL_IN_PROVIDER: str = env.str("COMPTOIR_MAIL_IN_PROVIDER", default="")

# Of one whole mail: an attachment of the largest size, as a mail encodes it, and its text.
MAIL_IN_BYTES = 40 * 1024 * 1024
# What our server takes at an address instead of its limit for forms.
BODY_BYTES: dict[str, int] = {"/mail-in": MAIL_IN_BYTES} if MAIL_IN_PROVIDER else {}
