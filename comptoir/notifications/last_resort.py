"""The address of a group, to which a mail goes where nobody who answers for the dossier can be told.

It belongs to nobody in particular: the mail names neither client nor subject, and its link wants somebody of the staff.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from comptoir.activity.models import Event
from comptoir.conversations.models import Conversation
from comptoir.core.ids import new_id
from comptoir.core.jobs import retrying
from comptoir.notifications.assessment import is_reachable
from comptoir.notifications.audience import Audience
from comptoir.notifications.devices import devices_of
from comptoir.notifications.links import link_to
from comptoir.notifications.mails import HEADERS, from_office, look_of, message_id
from comptoir.notifications.server import has_mail_server
from comptoir.notifications.wishes import wishes_of
from comptoir.people.models import Membership, Office
from comptoir.people.profiles import Profile

if TYPE_CHECKING:
    from comptoir.people.models import Group


def ask_for_last_resort(event_ids: list[UUID]) -> None:
    """For all that was said at once in one conversation. Whether it is needed is asked when the mail leaves."""
    talks = Event.objects.filter(pk__in=event_ids).values("conversation_id")
    held = Conversation.objects.filter(pk__in=talks, company__group__isnull=False)
    for pk in held.exclude(company__group__fallback_email="").values_list("pk", flat=True):
        tell_last_resort.enqueue(conversation=str(pk))


@retrying()
def tell_last_resort(conversation: str) -> None:
    mail_last_resort(UUID(conversation))


def mail_last_resort(conversation_id: UUID) -> bool:
    """False where somebody can be told after all, or nothing waits any more. Raises what a mail server can raise."""
    talk = Conversation.objects.select_related("company__group").get(pk=conversation_id)
    group, is_over = talk.company.group, talk.company.archived_at is not None
    if group is None or not group.fallback_email or talk.awaiting_office_since is None or is_over:
        return False
    if not has_mail_server() or _somebody_is_told(talk):
        return False
    _written(talk, group).send()
    return True


def _somebody_is_told(talk: Conversation) -> bool:
    audience = Audience(talk)
    holding = audience.holding([one for one in audience.may_read if one.is_office])
    wishes = wishes_of(holding)
    return any(
        is_reachable(one.person_id)
        and (wishes[one.pk].by_mail or (wishes[one.pk].by_push and bool(devices_of(one.person))))
        for one in holding
    )


def _written(talk: Conversation, group: Group) -> EmailMultiAlternatives:
    office = Office.objects.defer("logo").get(pk=talk.office_id)
    # A mailbox has no language of its own; whoever wrote it into the settings reads it.
    by = (
        Membership.objects.active()
        .filter(office=office, profile=Profile.ADMINISTRATOR)
        .select_related("person")
    )
    reader = by.order_by("joined_at").first()
    with translation.override(reader.person.language if reader else None):
        facts = {**look_of(office), "group": group, "address": reader and link_to(reader, talk)}
        mail = EmailMultiAlternatives(
            _("A message that nobody is told of · %(office)s") % {"office": office.name},
            render_to_string("mail/last_resort.txt", facts),
            from_email=from_office(office),
            to=[group.fallback_email],
            headers={**HEADERS, "Message-ID": message_id(new_id())},
        )
        mail.attach_alternative(render_to_string("mail/last_resort.html", facts), "text/html")
    return mail
