"""Verb -> what follows. Read this to know the product.

Every verb stands here, also those that nothing follows: forgetting one fails a test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.activity.verbs import Verb
from comptoir.campaigns.react import ask_soon, end_closed, fill_soon, plan_again, read_handed_in
from comptoir.conversations.react import settle, unassign
from comptoir.correspondence.react import read_for_the_accounts
from comptoir.ledger.react import match_again, match_soon, read_later
from comptoir.live.react import access_changed, company_archived, conversation_changed, desk_changed
from comptoir.notifications.react import announce, end_reply_addresses
from comptoir.questions.react import (
    ask_later,
    look_again,
    look_soon,
    reach,
    tie_receipts,
    withdraw_closed,
    withdraw_deleted,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.activity.models import Event

NOTHING: tuple[Callable[[Event], None], ...] = ()

REACTIONS: dict[str, tuple[Callable[[Event], None], ...]] = {
    Verb.OFFICE_CREATED: NOTHING,
    Verb.OFFICE_BRANDED: NOTHING,
    Verb.OFFICE_POLICY_CHANGED: NOTHING,
    Verb.COMPANY_OPENED: NOTHING,
    Verb.COMPANY_CHANGED: (unassign,),
    Verb.COMPANY_ARCHIVED: (company_archived, settle),
    Verb.GROUP_CREATED: NOTHING,
    Verb.GROUP_CHANGED: (unassign,),
    Verb.GROUP_DELETED: (unassign,),
    Verb.MEMBER_INVITED: NOTHING,
    Verb.INVITATION_WITHDRAWN: NOTHING,
    Verb.MEMBER_JOINED: (plan_again,),
    Verb.MEMBER_CHANGED: (access_changed, unassign),
    Verb.MEMBER_ENDED: (access_changed, end_reply_addresses, unassign),
    Verb.PERSON_SIGNED_IN: NOTHING,
    Verb.PERSON_SIGN_IN_FAILED: NOTHING,
    Verb.PERSON_SIGNED_OUT_EVERYWHERE: (access_changed,),
    Verb.TOKEN_MADE: NOTHING,
    Verb.TOKEN_REVOKED: (access_changed,),
    Verb.CONVERSATION_STARTED: (conversation_changed, announce),
    Verb.CONVERSATION_CLOSED: (conversation_changed, withdraw_closed, end_closed),
    Verb.CONVERSATION_REOPENED: (conversation_changed, announce),
    Verb.CONVERSATION_HANDLED: (conversation_changed,),
    Verb.CONVERSATION_ASSIGNED: (desk_changed,),
    Verb.MESSAGE_POSTED: (conversation_changed, announce),
    Verb.MESSAGE_EDITED: (conversation_changed,),
    Verb.MESSAGE_DELETED: (conversation_changed, withdraw_deleted),
    Verb.MESSAGE_UNSEALED: NOTHING,
    Verb.MESSAGE_DELIVERED: (conversation_changed, reach),
    Verb.MESSAGE_SEEN: (conversation_changed, reach),
    Verb.NOTE_WRITTEN: (desk_changed,),
    Verb.NOTE_EDITED: (desk_changed,),
    Verb.NOTE_DELETED: (desk_changed,),
    Verb.TELLING_CHANGED: NOTHING,
    Verb.TELLING_STOPPED: NOTHING,
    Verb.PUSH_ALLOWED: NOTHING,
    Verb.PUSH_REVOKED: NOTHING,
    Verb.ADDRESS_FAILED: NOTHING,
    Verb.ADDRESS_TRUSTED: NOTHING,
    Verb.DELIVERY_RETRIED: NOTHING,
    Verb.DELIVERY_DROPPED: NOTHING,
    Verb.LINK_MADE: NOTHING,
    Verb.LINK_OPENED: NOTHING,
    Verb.LINK_REFUSED: NOTHING,
    Verb.REPLY_ADDRESSES_REVOKED: NOTHING,
    Verb.DOSSIER_ADDRESS_CHANGED: NOTHING,
    Verb.SENDER_TRUSTED: NOTHING,
    Verb.SENDER_DISTRUSTED: NOTHING,
    Verb.DOCUMENT_RECEIVED: (read_for_the_accounts,),
    Verb.MAIL_KEPT: NOTHING,
    Verb.MAIL_ASSIGNED: NOTHING,
    Verb.MAIL_DROPPED: NOTHING,
    Verb.FILE_BROUGHT: (read_later,),
    Verb.FILE_IMPORTED: (match_soon, look_soon, fill_soon),
    Verb.FILE_UNREADABLE: NOTHING,
    Verb.PAYMENT_MATCHED: (match_again, look_again),
    Verb.PAYMENT_UNMATCHED: (match_again, look_again),
    Verb.QUESTION_DRAFTED: NOTHING,
    Verb.QUESTION_CHANGED: NOTHING,
    Verb.QUESTION_DROPPED: NOTHING,
    Verb.QUESTION_ASKED: (conversation_changed,),
    Verb.QUESTION_TAKEN_BACK: NOTHING,
    Verb.QUESTION_ANSWERED: (conversation_changed, tie_receipts),
    Verb.QUESTION_REMEMBERED: (conversation_changed,),
    Verb.QUESTION_PASSED_ON: (conversation_changed, announce),
    Verb.QUESTION_ACCEPTED: (conversation_changed,),
    Verb.QUESTION_SENT_BACK: (conversation_changed,),
    Verb.QUESTION_WITHDRAWN: (conversation_changed,),
    Verb.ASKING_SCHEDULED: (ask_later,),
    Verb.ASKING_CANCELLED: NOTHING,
    Verb.ASKING_REFUSED: NOTHING,
    Verb.RULE_MADE: NOTHING,
    Verb.RULE_CHANGED: NOTHING,
    Verb.RULE_ENDED: NOTHING,
    Verb.DIRECTOR_ACCOUNTS_CHANGED: (look_soon,),
    Verb.THRESHOLDS_CHANGED: NOTHING,
    Verb.PAYMENT_DOCUMENTED: (look_again,),
    Verb.PAYMENT_UNDOCUMENTED: (look_again,),
    Verb.DEADLINE_SET: NOTHING,
    Verb.DEADLINE_WITHDRAWN: NOTHING,
    Verb.FEED_MADE: NOTHING,
    Verb.FEED_REVOKED: NOTHING,
    Verb.CAMPAIGN_PREPARED: NOTHING,
    Verb.CAMPAIGN_CHANGED: NOTHING,
    Verb.CAMPAIGN_OPENED: (ask_soon,),
    Verb.CAMPAIGN_ENDED: NOTHING,
    Verb.REQUEST_ASKED: (fill_soon,),
    Verb.REQUEST_CHASED: NOTHING,
    Verb.REQUEST_ESCALATED: (conversation_changed,),
    Verb.REQUEST_SNOOZED: NOTHING,
    Verb.REQUEST_CALLED: NOTHING,
    Verb.REQUEST_ENDED: (conversation_changed,),
    Verb.REQUEST_REOPENED: (conversation_changed,),
    Verb.ITEM_HANDED_IN: (read_handed_in,),
    Verb.ITEM_SAID_NOTHING: NOTHING,
    Verb.ITEM_POSTPONED: NOTHING,
    Verb.ITEM_UNDONE: NOTHING,
    Verb.ITEM_SENT_BACK: NOTHING,
    Verb.ITEM_NOT_NEEDED: NOTHING,
    Verb.ITEM_NEEDED: NOTHING,
    Verb.ITEM_FILLED: NOTHING,
    Verb.CHECKLIST_CHANGED: NOTHING,
    Verb.CHASING_CHANGED: (plan_again,),
    Verb.CAMPAIGNS_SET: NOTHING,
    Verb.BOOKS_DATED: NOTHING,
    Verb.AUDIT_EXPORTED: NOTHING,
}
