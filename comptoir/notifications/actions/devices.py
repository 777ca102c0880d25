"""A browser that its owner allows to be woken, and no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotFound
from comptoir.core.text import clean_line
from comptoir.notifications.models import PushDevice
from comptoir.notifications.push_encryption import is_key_pair
from comptoir.notifications.push_hosts import is_push_service
from comptoir.people.models import Membership

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

AT_MOST = 20  # of one person; who allows one more is no longer woken on the oldest
LABEL_CHARACTERS = 120


class UnknownPushService(Invalid):
    code = "unknown_push_service"
    text = _("This browser is woken by a service that your accounting office does not use.")


@transaction.atomic
def allow_push(
    endpoint: str, *, by: Membership, at: datetime, p256dh: str, auth: str, label: str, session_key: str
) -> PushDevice:
    """For the person, on the browser behind this endpoint, as long as they stay signed in there. Again = renewed.

    An endpoint is known to its browser only: who brings it sits there now, whoever did before.
    """
    if not is_push_service(endpoint, more=settings.PUSH_HOSTS):
        raise UnknownPushService(field="endpoint")
    if not is_key_pair(p256dh, auth):
        raise Invalid(field="keys")
    before = PushDevice.objects.filter(endpoint=endpoint).first()
    is_known = before is not None and before.person_id == by.person_id and before.revoked_at is None
    values = {
        "person_id": by.person_id,
        "p256dh": p256dh,
        "auth": auth,
        "label": clean_line(label)[:LABEL_CHARACTERS],
        "session_key": session_key,
        "made_at": before.made_at if before is not None and is_known else at,
        "last_ok_at": before.last_ok_at if before is not None and is_known else None,
        "revoked_at": None,
    }
    device, _is_new = PushDevice.objects.update_or_create(endpoint=endpoint, defaults=values)
    if not is_known:
        _record(Verb.PUSH_ALLOWED, device, at=at)
        _revoke_oldest(by, at=at)
    return device


@transaction.atomic
def renew_push(
    endpoint: str,
    *,
    by: Membership,
    at: datetime,
    p256dh: str,
    auth: str,
    session_key: str,
    before: str = "",
) -> PushDevice | None:
    """For this session what this person allowed in an earlier one; None where they did not, or have stopped it since.

    So signing in again asks nobody a second time, and whoever else signs in there is not woken unasked. `before` is the
    endpoint by which it was known, where the browser was given another.
    """
    device = PushDevice.objects.filter(
        endpoint=before or endpoint, person=by.person_id, revoked_at__isnull=True
    ).first()
    if device is None:
        return None
    given = {"p256dh": p256dh, "auth": auth, "label": device.label, "session_key": session_key}
    renewed = allow_push(endpoint, by=by, at=at, **given)
    if renewed.pk != device.pk:
        _revoke(device, at=at)
    return renewed


@transaction.atomic
def revoke_push(device_id: UUID, *, by: Membership, at: datetime) -> PushDevice:
    """One's own only; another's is missing. What is under way to it may still arrive. Idempotent."""
    device = PushDevice.objects.filter(pk=device_id, person=by.person_id).first()
    if device is None:
        raise NotFound
    _revoke(device, at=at)
    return device


@transaction.atomic
def note_gone(device: PushDevice, *, at: datetime) -> None:
    """Its push service says that nobody is there any more, or its session ended."""
    _revoke(device, at=at)


def _revoke(device: PushDevice, *, at: datetime) -> None:
    if PushDevice.objects.filter(pk=device.pk, revoked_at__isnull=True).update(revoked_at=at):
        _record(Verb.PUSH_REVOKED, device, at=at)


def _revoke_oldest(by: Membership, *, at: datetime) -> None:
    own = PushDevice.objects.filter(person=by.person_id, revoked_at__isnull=True).order_by("-made_at", "-pk")
    for device in own[AT_MOST:]:
        _revoke(device, at=at)


def _record(verb: Verb, device: PushDevice, *, at: datetime) -> None:
    """In every office of the person: each of them is what a push may name."""
    for member in Membership.objects.active().filter(person=device.person_id):
        record(
            verb,
            member.pk,
            office_id=member.office_id,
            company_id=member.company_id,
            by_id=member.pk,
            at=at,
            device=device.label,
        )
