"""What this package refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import Conflict


class MailHandled(Conflict):
    code = "mail_handled"
    text = _("Somebody has dealt with this e-mail meanwhile. Please look again.")
