"""Run in the product's own surroundings: sets it up for the load, or tells what its outbox and its mails in hold."""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402 -- these want the product loaded

from comptoir.conversations.models import Conversation  # noqa: E402
from comptoir.correspondence.models import InboundMail  # noqa: E402
from comptoir.notifications.actions.devices import allow_push  # noqa: E402
from comptoir.notifications.models import Announcement, Delivery, Mail, OfficePolicy  # noqa: E402
from comptoir.notifications.reply_addresses import reply_address  # noqa: E402
from comptoir.people.models import Membership, Office  # noqa: E402
from comptoir.people.sessions import sessions_in_force  # noqa: E402
from tests.world import fresh, signed_in  # noqa: E402


def at_once(member_id: str, given: str) -> None:
    """Mails leave without delay, and this person's telephone may be woken."""
    from django.test import Client  # noqa: PLC0415 -- as the rest of what tests need

    for office in Office.objects.all():
        OfficePolicy.objects.create(office=office, delay_minutes=0)
    member = fresh(Membership.objects.get(pk=member_id))
    key = signed_in(Client(), member).session.session_key
    assert key in sessions_in_force(member.person, {key})
    allow_push(**json.loads(given), by=member, at=timezone.now(), label="Phone", session_key=key)


def address(member_id: str, conversation_id: str) -> str:
    talk = Conversation.objects.get(pk=conversation_id)
    return reply_address(fresh(Membership.objects.get(pk=member_id)), talk, at=timezone.now())


def outbox(conversation_id: str) -> dict[str, Any]:
    rows = Delivery.objects.filter(conversation=conversation_id, message__author__company=None)
    names = ["channel", "state", "message", "member", "mail", "sent_at", "last_error"]
    return {
        "rows": list(rows.values(*names)),
        "accepted": list(
            Mail.objects.filter(accepted_at__isnull=False, pk__in=rows.values("mail")).values_list(
                "pk", flat=True
            )
        ),
        "announced": Announcement.objects.count(),
    }


def mails_in() -> int:
    return InboundMail.objects.count()


VERBS = {do.__name__: do for do in (at_once, address, outbox, mails_in)}

if __name__ == "__main__":
    json.dump(VERBS[sys.argv[1]](*sys.argv[2:]), sys.stdout, default=str)
