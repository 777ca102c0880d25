"""A provider's webhook about mails that left: signed, or with a password, as django-anymail checks it."""

from __future__ import annotations

import logging
import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Any

from anymail.exceptions import AnymailError, AnymailInsecureWebhookWarning
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from comptoir.core.errors import Invalid, NotAllowed, NotFound
from comptoir.notifications.provider_events import note_event
from comptoir.notifications.providers import VIEWS

if TYPE_CHECKING:
    from django.http import HttpRequest

log = logging.getLogger(__name__)


@csrf_exempt  # a provider calls, without a session: its signature or password is what is checked
@require_POST
def mail_events(request: HttpRequest) -> HttpResponse:
    """Missing unless mails leave by a provider that has one. Whatever fails here makes it come again."""
    if settings.MAIL_PROVIDER not in VIEWS:
        raise NotFound
    view = _proof(settings.MAIL_PROVIDER)
    try:
        view.run_validators(request)
        events = list(view.parse_events(request))
    except SuspiciousOperation as failure:
        raise NotAllowed from failure
    except (
        AnymailError,
        ImproperlyConfigured,
        LookupError,
        TypeError,
        ValueError,
    ) as failure:  # signed, but no such event
        raise Invalid from failure
    for event in events:
        note_event(event, at=timezone.now())
    return HttpResponse()


def _proof(name: str) -> Any:
    """Raises NotAllowed where the operator gave nothing by which a call could be told from anybody's."""
    kind = getattr(import_module(f"anymail.webhooks.{name}"), VIEWS[name])
    with warnings.catch_warnings():
        warnings.simplefilter("error", AnymailInsecureWebhookWarning)
        try:
            return kind()
        except (AnymailInsecureWebhookWarning, ImproperlyConfigured) as failure:
            log.error("Events of %s are refused: nothing proves that they are. See the documentation.", name)  # noqa: TRY400 -- no fault of the code
            raise NotAllowed from failure
