"""A fresh link to where an old one led, mailed to the same person, whoever asked for it.

Done by a job, for whatever was asked with: the answer is the same for what is known and what is not, and as quick.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from comptoir.conversations.models import Conversation
from comptoir.core.ids import new_id
from comptoir.notifications.assessment import is_reachable
from comptoir.notifications.item_members import conversation_in, is_on_a_staff, links_of, member_in
from comptoir.notifications.links import way_to
from comptoir.notifications.mails import HEADERS, from_office, look_of, message_id
from comptoir.notifications.server import has_mail_server
from comptoir.people.models import Office, Purpose, Token

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.notifications.links import Way
    from comptoir.people.models import Membership

# In an hour to one person: old links are in many hands, and none of them may fill a mailbox.
AT_MOST = 10
AN_HOUR = timedelta(hours=1)


def mail_fresh_link(*, secret: str = "", browser: str = "", email: str = "", at: datetime) -> bool:
    """By the digest of the old link's secret, by that of a browser in which it was opened, or by an address alone.

    False where nothing was sent: unknown, no longer theirs, or too often. Raises what a mail server can raise.
    """
    token = _token(secret=secret, browser=browser, email=email, at=at)
    member = member_in(token) if token is not None else None
    if token is None or member is None or not _may_be_mailed(member, at=at):
        return False
    conversation = Conversation.objects.visible_to(member).get(pk=conversation_in(token))
    way = way_to(conversation, member, at=at, is_asked=True)
    _written(member, way).send()
    return True


def _token(*, secret: str, browser: str, email: str, at: datetime) -> Token | None:
    if browser:
        return next(iter(links_of(browser, at=at)), None)
    asked = Token.objects.filter(purpose=Purpose.ITEM)
    asked = asked.filter(digest=secret) if secret else asked.filter(person__email=email)
    return asked.select_related("person").order_by("-made_at").first()


def _may_be_mailed(member: Membership, *, at: datetime) -> bool:
    if not has_mail_server() or is_on_a_staff(member.person_id) or not is_reachable(member.person_id):
        return False
    lately = Token.objects.filter(purpose=Purpose.ITEM, person=member.person_id, made_at__gt=at - AN_HOUR)
    return lately.filter(scope__asked=True).count() < AT_MOST


def _written(member: Membership, way: Way) -> EmailMultiAlternatives:
    person, office = member.person, Office.objects.defer("logo").get(pk=member.office_id)
    with translation.override(person.language), timezone.override(person.time_zone):
        facts = {**look_of(office), "person": person, "way": way}
        mail = EmailMultiAlternatives(
            _("Your link · %(office)s") % {"office": office.name},
            render_to_string("mail/link.txt", facts),
            from_email=from_office(office),
            to=[person.email],
            headers={**HEADERS, "Message-ID": message_id(new_id())},
        )
        mail.attach_alternative(render_to_string("mail/link.html", facts), "text/html")
    return mail
