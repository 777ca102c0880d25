"""What a mail says: how many messages wait, from which office, and a link to each conversation.

By default nothing of what was written, for professional secrecy: a mail lies on servers that are neither the office's
nor the client's. An office may allow subjects, or texts, of shared conversations; of private ones never.
"""

from __future__ import annotations

from email.utils import formataddr, parseaddr
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.mailbox.quote_words import MARKERS
from comptoir.notifications.colour import accent_hex
from comptoir.notifications.links import open_address
from comptoir.notifications.mail_items import places_of
from comptoir.notifications.providers import METADATA, WITH_METADATA
from comptoir.notifications.unsubscribing import Subscription, unsubscribe_link
from comptoir.notifications.wishes import policy_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from comptoir.notifications.links import Ways
    from comptoir.notifications.mail_items import Item
    from comptoir.notifications.models import Delivery, Mail
    from comptoir.people.models import Office

# Programs that answer by themselves (holidays, tickets) are asked not to.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def written_mail(
    mail: Mail, rows: Sequence[Delivery], *, office: Office, ways: Ways, reply_to: str = ""
) -> EmailMultiAlternatives:
    """About rows of one person and office, in their language and on their clock. Nothing is decided here any more.

    `reply_to`: where an answer becomes a message; then a line on top says so, above which the answer is looked for.
    """
    person = rows[0].member.person
    with translation.override(person.language), timezone.override(person.time_zone):
        places = places_of(rows, ways=ways, allowed=policy_of(office.pk).text_in_mails)
        items = [item for place in places for item in place.items]
        marker = MARKERS.get(person.language, MARKERS["en"]) if reply_to else ""
        facts = _facts(rows, office=office) | {
            "places": places,
            "items": items,
            "marker": marker,
            "opening": _opening(office, rows, items),
            "has_codes": any(item.way.code for item in items),
        }
        message = EmailMultiAlternatives(
            _subject(office, len(rows), is_one=len(items) == 1),
            render_to_string("mail/told.txt", facts),
            from_email=from_office(office),
            to=[person.email],
            reply_to=[formataddr((office.name, reply_to))] if reply_to else None,
            headers={**HEADERS, **_identity(mail, items), **_unsubscribing(facts["unsubscribe"])},
        )
        message.attach_alternative(render_to_string("mail/told.html", facts), "text/html")
    if settings.MAIL_PROVIDER in WITH_METADATA:
        message.metadata = {METADATA: str(mail.pk)}  # type: ignore[attr-defined]  # anymail's addition
    return message


def _facts(rows: Sequence[Delivery], *, office: Office) -> dict[str, Any]:
    member = rows[0].member
    return {
        **look_of(office),
        "person": member.person,
        "preferences": f"{settings.BASE_URL}{reverse('telling')}",
        "unsubscribe": unsubscribe_link(Subscription(member.person_id, office.pk)),
    }


def look_of(office: Office) -> dict[str, Any]:
    """What the frame of every mail of an office shows."""
    return {
        "office": office,
        "accent": accent_hex(office.brand_hue, office.brand_chroma),
        "logo": _logo(office),
        "base_url": settings.BASE_URL,
        "open_address": open_address(),
    }


def from_office(office: Office) -> str:
    return formataddr((office.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _subject(office: Office, count: int, *, is_one: bool) -> str:
    """No client's name, no words of a conversation."""
    # The same for every mail about one conversation: programs that group by subject would part them otherwise.
    if is_one:
        return _("New message · %(office)s") % {"office": office.name}
    words = ngettext("%(count)s new message · %(office)s", "%(count)s new messages · %(office)s", count)
    return words % {"count": count, "office": office.name}


def _opening(office: Office, rows: Sequence[Delivery], items: list[Item]) -> str:
    count, questions = len(rows), sum(item.questions for item in items)
    if questions and all(item.questions for item in items):
        words = ngettext(
            "%(count)s question of %(office)s is waiting for your answer.",
            "%(count)s questions of %(office)s are waiting for your answer.",
            questions,
        )
        return words % {"count": questions, "office": office.name}
    if rows[0].member.is_office:
        words = ngettext(
            "%(count)s message from your clients is waiting for you at %(office)s.",
            "%(count)s messages from your clients are waiting for you at %(office)s.",
            count,
        )
    else:
        words = ngettext(
            "%(count)s message that you have not read is waiting for you at %(office)s.",
            "%(count)s messages that you have not read are waiting for you at %(office)s.",
            count,
        )
    return words % {"count": count, "office": office.name}


def mail_host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def message_id(pk: UUID) -> str:
    return f"<{pk}@{mail_host()}>"


def _identity(mail: Mail, items: list[Item]) -> dict[str, str]:
    """Whatever tells of one conversation only stands in one thread."""
    headers = {"Message-ID": message_id(mail.pk)}
    if len(items) == 1:
        root = message_id(items[0].conversation.pk)
        headers |= {"In-Reply-To": root, "References": root}
    return headers


def _unsubscribing(link: str) -> dict[str, str]:
    """RFC 8058: the mail program's own button posts there, without a visit."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _logo(office: Office) -> str:
    if not office.logo_version:
        return ""
    return f"{settings.BASE_URL}{reverse('brand_logo', args=[office.pk, office.logo_version])}"
