"""Sessions in the database, and whose they are: read with every page, so by statements that are compiled once.

Nothing is kept in between: a session that was ended, and a person who was switched off, are so with the next request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from comptoir.core.prepared import prepared
from comptoir.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet


@prepared
def _session(*, key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


@prepared
def _person(*, person_id: UUID) -> QuerySet[Person]:
    return Person.objects.filter(pk=person_id)


class SessionStore(DatabaseSessions):
    def _get_session_from_db(self) -> Session | None:
        """Django's, which forgets a key that it does not find: nobody may choose the key of a new session."""
        key = self.session_key
        found = _session.first(key=key, now=timezone.now()) if key else None
        if found is None:
            self._session_key = None
        return found


class Backend(AuthenticationBackend):
    def get_user(self, user_id: UUID) -> Person | None:
        person = _person.first(person_id=user_id)
        return person if person is not None and self.user_can_authenticate(person) else None


def sessions_in_force(person: Person, keys: Collection[str]) -> set[str]:
    """Those of the keys whose session is this person's and was ended by nobody.

    One that merely lies idle too long counts: it ends at the next visit, and until then nobody has signed out. After
    "sign out everywhere" and with a new password it does not.
    """
    proof = person.get_session_auth_hash()
    return {
        session.session_key
        for session in Session.objects.filter(session_key__in=[key for key in keys if key])
        if _belongs(session.get_decoded(), person, proof=proof)
    }


def _belongs(session: dict[str, Any], person: Person, *, proof: str) -> bool:
    given = str(session.get(HASH_SESSION_KEY, ""))
    return session.get(SESSION_KEY) == str(person.pk) and constant_time_compare(given, proof)
