"""The office that is measured: its tables, its people, and the keys they come in with."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from comptoir.ops.cast import Cast, build_cast
from comptoir.people.models import ApiToken, Membership, Person
from comptoir.people.profiles import Profile
from comptoir.people.secrets import API_PREFIX, digest_of
from comptoir.people.sessions import SessionStore

if TYPE_CHECKING:
    from uuid import UUID

PEOPLE = ("admin", "accountant", "client")


def prepare() -> Cast:
    """An empty database made ready, and the cast."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    with connection.cursor() as cursor:
        key = "bigserial" if connection.vendor == "postgresql" else "integer"
        cursor.execute(f"CREATE TABLE bench_row (id {key} PRIMARY KEY, body text NOT NULL)")
    return build_cast(at=timezone.now() - timedelta(days=4000))


def sign_ins(cast: Cast, *, streams: int) -> dict[str, Any]:
    """For each person of the measurement a token and a session, and tokens for whoever only listens."""
    members = {name: getattr(cast, name) for name in PEOPLE}
    return {
        "tokens": {name: token_for(member.pk) for name, member in members.items()},
        "sessions": {name: session_for(member.person) for name, member in members.items()},
        "people": {name: member.pk for name, member in members.items()},
        "listeners": listeners(cast, streams),
    }


def token_for(member: UUID) -> str:
    secret = API_PREFIX + secrets.token_urlsafe(32)
    now = timezone.now()
    ApiToken.objects.create(
        member_id=member,
        name="bench",
        shown=secret[:12],
        digest=digest_of(secret),
        scopes=["read", "write"],
        made_at=now,
        last_used_on=now.date(),
    )
    return secret


def session_for(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    assert session.session_key is not None
    return session.session_key


def listeners(cast: Cast, count: int) -> list[str]:
    """Colleagues of the client, each with an own token: all of them may see what is shared in the dossier."""
    people = [
        Person(email=f"listener{number}@demo.example", name=f"Listener {number}") for number in range(count)
    ]
    Person.objects.bulk_create(people)
    company = cast.bakery
    members = Membership.objects.bulk_create(
        Membership(office_id=company.office_id, person=person, company=company, profile=Profile.FULL_ACCESS)
        for person in people
    )
    return [token_for(member.pk) for member in members]
