"""What allauth and Django say to people, listed so that our catalogues say it and not theirs.

Theirs address people as *je* and *du*, call a passkey a security key, and where one lacks a text, Django takes that
of the first language: a Dutch reader would be told in French that a password is too short.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

FIELDS = (
    _("This field is required."),
    _("Enter a valid email address."),
    _("You must type the same password each time."),
    _("This password is too common."),
    _("The password is too similar to the %(verbose_name)s."),
)
TOO_SHORT = ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
)
REFUSALS = (
    _("Please type your current password."),
    _("Incorrect password."),
    _("Incorrect code."),
    _("Invalid or expired key."),
    _("Be patient, you are sending too many requests."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("Your account has no password set up."),
    _("Your account has no verified email address."),
    _("You cannot disconnect your last remaining third-party account."),
    _("The third-party account is already connected to a different account."),
    _(
        "An account already exists with this email address."
        " Please sign in to that account first, then connect your %s account."
    ),
)
WAYS = (
    _("Use your password"),
    _("Use authenticator app or code"),
    _("Use a security key"),
)
DONE = (
    _("Password successfully set."),
    _("Password successfully changed."),
    _("Authenticator app activated."),
    _("Authenticator app deactivated."),
    _("Security key added."),
    _("Security key removed."),
    _("Signed out of all other sessions."),
    _("The third-party account has been connected."),
    _("The third-party account has been disconnected."),
)
SUBJECTS = (
    _("Password Changed"),
    _("Password Reset"),
    _("Password Set"),
    _("Authenticator App Activated"),
    _("Authenticator App Deactivated"),
    _("Security Key Added"),
    _("Security Key Removed"),
    _("New Recovery Codes Generated"),
    _("Third-Party Account Connected"),
    _("Third-Party Account Disconnected"),
)
MAILS = (
    _("Your password has been changed."),
    _("Your password has been reset."),
    _("Your password has been set."),
    _("A new security key has been added."),
    _("A security key has been removed."),
    _("A new set of Two-Factor Authentication recovery codes has been generated."),
    _("A third-party account from %(provider)s has been connected to your account."),
    _("A third-party account from %(provider)s has been disconnected from your account."),
)
