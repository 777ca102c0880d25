"""The facts of an event in the reader's words: what each is called, and what its value means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from comptoir.campaigns.models import Owed
from comptoir.notifications.models import TextInMails
from comptoir.people.models import Language, VatRegime
from comptoir.people.profiles import Profile

if TYPE_CHECKING:
    from django.db.models import TextChoices
    from django_stubs_ext import StrOrPromise

NAMES: dict[str, StrOrPromise] = {
    "address": _("E-mail address"),
    "asked": _("On demand"),
    "attachment": _("File"),
    "because": _("Reason"),
    "choice": _("Answer"),
    "companies": _("Dossiers"),
    "company": _("Dossier"),
    "complaint": _("Complaint"),
    "day": _("Day of the month"),
    "delay_minutes": _("Told after, in minutes"),
    "device": _("Device"),
    "due_on": _("Date"),
    "email": _("E-mail"),
    "enterprise_number": _("Enterprise number"),
    "files": _("Files"),
    "filters": _("Filter"),
    "group": _("Group"),
    "handed_over": _("Dossiers handed over"),
    "how": _("By"),
    "imported": _("By import"),
    "invoices": _("Invoices"),
    "item": _("Document"),
    "items": _("Documents"),
    "language": _("Language"),
    "manager": _("Managed by"),
    "media_type": _("Kind of file"),
    "member": _("Person"),
    "merged": _("Put together"),
    "method": _("Way of signing in"),
    "name": _("Name"),
    "number": _("Number"),
    "obligation": _("What is owed"),
    "parted": _("Taken apart"),
    "period": _("Period"),
    "person": _("Person"),
    "question": _("Type of question"),
    "questions": _("Questions"),
    "profile": _("Profile"),
    "reason": _("Reason"),
    "requires_second_factor": _("Second factor required"),
    "restored": _("Taken up again"),
    "rung": _("Days before the due day"),
    "rungs": _("Reminders, in days before"),
    "scopes": _("Rights"),
    "send_at": _("Send on"),
    "sender": _("Sender"),
    "since": _("Since"),
    "starts_itself": _("Starts by itself"),
    "statements": _("Bank statements"),
    "text_in_mails": _("Text in e-mails"),
    "texts": _("Earlier texts"),
    "to": _("To"),
    "until": _("Until"),
    "values": _("Settings"),
    "vat_regime": _("VAT regime"),
    "verb": _("What happened"),
}
# How somebody signed in, as `record_sign_in` and allauth call it.
METHODS: dict[str, StrOrPromise] = {
    "code": _("Code by e-mail"),
    "demo": _("Demonstration"),
    "invitation": _("Invitation"),
    "link": _("Link in an e-mail"),
    "mfa": _("Second factor"),
    "password": _("Password"),
    "socialaccount": _("Account elsewhere"),
}
VALUES: dict[str, type[TextChoices]] = {
    "language": Language,
    "obligation": Owed,
    "profile": Profile,
    "text_in_mails": TextInMails,
    "vat_regime": VatRegime,
}
YES, NO, NOTHING = _("yes"), _("no"), "—"


def called(name: str) -> str:
    """A fact that is recorded no more stays as it was written."""
    return str(NAMES.get(name, name.replace("_", " ")))


def meant(name: str, value: object) -> str:
    if isinstance(value, bool):
        return str(YES if value else NO)
    if value is None or value == "":
        return NOTHING
    if name in {"method", "how"}:
        return str(METHODS.get(str(value), value))
    known = VALUES.get(name)
    return str(known(value).label if known and value in known.values else value)
