"""The mail that carries an invitation: neutral subject, plain text, the secret behind the # of its link."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from comptoir.core.moments import moment_exact

if TYPE_CHECKING:
    from comptoir.people.actions.invitations import Invited

log = logging.getLogger(__name__)

# Without a mail server mails are printed: a secret does not belong into a log.
PRINTED = "django.core.mail.backends.console.EmailBackend"
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def invitation_link(secret: str) -> str:
    """No server, proxy or Referer sees what stands behind the #; and no scanner of mails can press the button."""
    return f"{settings.BASE_URL}{reverse('join')}#{secret}"


def mail_invitation(invited: Invited) -> bool:
    """Send it, after the commit. False = it did not leave: then the link must be handed over by other means."""
    if settings.EMAIL_BACKEND == PRINTED:
        return False
    token = invited.token
    with translation.override(token.scope["language"]):
        facts = {
            "name": token.scope["name"],
            "office": token.office.name,
            "until": moment_exact(timezone.localtime(token.expires_at), language=token.scope["language"]),
            "link": invitation_link(invited.secret),
        }
        body = render_to_string("mail/invitation.txt", facts)
        mail = EmailMessage(_("Your invitation"), body, to=[token.email], headers=HEADERS)
    try:
        mail.send()
    except OSError:  # whatever a mail server or the way to it can do; the page tells it
        log.warning("An invitation could not be mailed.", exc_info=True)
        return False
    return True
