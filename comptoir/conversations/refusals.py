"""What conversations refuse, named for the fact."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import Conflict, Invalid, NotAllowed


class ConversationClosed(Conflict):
    code = "conversation_closed"
    text = _("This conversation is closed. Reopen it to continue.")


class IdentifierTaken(Conflict):
    code = "identifier_taken"
    text = _("This identifier already stands for something else.")


class NotYours(NotAllowed):
    code = "not_yours"
    text = _("Only its author may change a message.")


class DossierArchived(Conflict):
    code = "dossier_archived"
    text = _("This dossier is archived. Take it up again first.")


class BegunByTheOffice(NotAllowed):
    code = "begun_by_the_office"
    text = _("Your accountant began this conversation, so only they can close it.")


class EmptyMessage(Invalid):
    code = "empty_message"
    text = _("Write something, or attach a file.")


class BodyTooLong(Invalid):
    code = "body_too_long"
    text = _("A message has at most 20,000 characters.")


class NoSubject(Invalid):
    code = "no_subject"
    text = _("Please give a subject.")


class SubjectTooLong(Invalid):
    code = "subject_too_long"
    text = _("A subject has at most 200 characters.")


class TooManyAttachments(Invalid):
    code = "too_many_attachments"
    text = _("A message has at most 20 files.")


class UnknownAttachment(Invalid):
    code = "unknown_attachment"
    text = _("One of the files is no longer there. Please attach it again.")


class NotAddressable(Invalid):
    code = "not_addressable"
    text = _("This person cannot read a private conversation of this company.")


class NothingSelected(Invalid):
    code = "nothing_selected"
    text = _("Choose at least one dossier.")


class UnknownField(Invalid):
    code = "unknown_field"
    text = _("The text names a field that does not exist.")


class EmptyField(Invalid):
    code = "empty_field"
    text = _("The text names a field that you left empty.")


class FilesForOneOnly(Invalid):
    code = "files_for_one_only"
    text = _("Files can be sent to one dossier at a time. Choose one dossier, or remove the files.")


class PersonOfOneOnly(Invalid):
    code = "person_of_one_only"
    text = _("Several dossiers are written to with everybody reading along. Choose one dossier, or everyone.")
