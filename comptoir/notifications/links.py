"""Where a mail or a push leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

if TYPE_CHECKING:
    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership


def link_to(member: Membership, conversation: Conversation) -> str:
    """The conversation's own page, on this member's side."""
    name = "desk_thread" if member.is_office else "portal_thread"
    return f"{settings.BASE_URL}{reverse(name, args=[conversation.pk])}"
