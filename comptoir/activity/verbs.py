"""The glossary: every thing that may be said to have happened, in the past tense."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verb(TextChoices):
    OFFICE_CREATED = "office.created", _("Office created")
    OFFICE_BRANDED = "office.branded", _("Branding changed")
    OFFICE_POLICY_CHANGED = "office.policy_changed", _("Policy of the office changed")
    COMPANY_OPENED = "company.opened", _("Dossier opened")
    COMPANY_CHANGED = "company.changed", _("Dossier changed")
    COMPANY_ARCHIVED = "company.archived", _("Dossier archived")
    GROUP_CREATED = "group.created", _("Group created")
    GROUP_CHANGED = "group.changed", _("Group changed")
    GROUP_DELETED = "group.deleted", _("Group deleted")
    MEMBER_INVITED = "member.invited", _("Person invited")
    INVITATION_WITHDRAWN = "invitation.withdrawn", _("Invitation withdrawn")
    MEMBER_JOINED = "member.joined", _("Person joined")
    MEMBER_CHANGED = "member.changed", _("Profile changed")
    MEMBER_ENDED = "member.ended", _("Access ended")
    PERSON_SIGNED_IN = "person.signed_in", _("Signed in")
    PERSON_SIGN_IN_FAILED = "person.sign_in_failed", _("Sign-in failed")
    PERSON_SIGNED_OUT_EVERYWHERE = "person.signed_out_everywhere", _("Signed out everywhere")
    TOKEN_MADE = "token.made", _("API token made")
    TOKEN_REVOKED = "token.revoked", _("API token revoked")
    CONVERSATION_STARTED = "conversation.started", _("Conversation started")
    CONVERSATION_CLOSED = "conversation.closed", _("Conversation closed")
    CONVERSATION_REOPENED = "conversation.reopened", _("Conversation reopened")
    CONVERSATION_HANDLED = "conversation.handled", _("Marked as handled")
    CONVERSATION_ASSIGNED = "conversation.assigned", _("Conversation assigned")
    MESSAGE_POSTED = "message.posted", _("Message sent")
    MESSAGE_EDITED = "message.edited", _("Message edited")
    MESSAGE_DELETED = "message.deleted", _("Message deleted")
    MESSAGE_UNSEALED = "message.unsealed", _("Earlier text read")
    MESSAGE_DELIVERED = "message.delivered", _("Message delivered")
    MESSAGE_SEEN = "message.seen", _("Message seen")
    NOTE_WRITTEN = "note.written", _("Internal note written")
    NOTE_EDITED = "note.edited", _("Internal note edited")
    NOTE_DELETED = "note.deleted", _("Internal note deleted")
    TELLING_CHANGED = "telling.changed", _("Way of being told changed")
    TELLING_STOPPED = "telling.stopped", _("E-mails stopped by their link")
    ADDRESS_FAILED = "address.failed", _("E-mails come back")
    ADDRESS_TRUSTED = "address.trusted", _("E-mail address tried again")
    DELIVERY_RETRIED = "delivery.retried", _("E-mails tried again")
    AUDIT_EXPORTED = "audit.exported", _("Audit trail exported")
