"""A provider hands mails over by a webhook, as django-anymail understands it: checked, stored, and only then said so."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from comptoir.core.errors import NotAllowed, NotFound, TooLarge
from comptoir.correspondence.models import Transport
from comptoir.correspondence.providers import VIEWS
from comptoir.correspondence.storing import take_in
from comptoir.notifications.reply_addresses import mail_in_place

if TYPE_CHECKING:
    from django.http import HttpRequest

log = logging.getLogger(__name__)


@csrf_exempt  # a provider calls, without a session: its signature or password is what is checked
@require_POST
def mail_in(request: HttpRequest) -> HttpResponse:
    """Missing unless the operator named the provider. Whatever fails here makes the provider come again."""
    if settings.MAIL_IN_PROVIDER not in VIEWS or mail_in_place() is None:
        raise NotFound
    _read_whole(request)
    for event in _events(request):
        mail = event.message
        take_in(
            mail.as_bytes(),
            transport=Transport.WEBHOOK,
            at=timezone.now(),
            recipients=[mail.envelope_recipient] if mail.envelope_recipient else [],
            envelope_sender=mail.envelope_sender,
        )
    return HttpResponse()


def _read_whole(request: HttpRequest) -> None:
    """Django's limit on bodies is for forms that people fill in; a mail with a scan in it is larger."""
    if request.content_type == "multipart/form-data":
        return
    request._body = request.read(settings.MAIL_IN_BYTES + 1)  # noqa: SLF001 -- what `body` keeps, without its limit
    if len(request._body) > settings.MAIL_IN_BYTES:  # noqa: SLF001 -- as above
        raise TooLarge


def _events(request: HttpRequest) -> list[Any]:
    """Raises NotAllowed for what the provider did not sign, or has no password for."""
    name = settings.MAIL_IN_PROVIDER
    kind = getattr(import_module(f"anymail.webhooks.{name}"), VIEWS[name])
    if kind.warn_if_no_basic_auth and not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        log.error("Mails of %s are refused: nothing proves that they are. Set WEBHOOK_SECRET.", name)
        raise NotAllowed
    view = kind()
    try:
        view.run_validators(request)
    except SuspiciousOperation as failure:
        raise NotAllowed from failure
    return list(view.parse_events(request))
