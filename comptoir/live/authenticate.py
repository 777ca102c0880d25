"""Who opens a stream: by the cookie of a page, or by a token of the API; and whether they still may have it open."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie

from comptoir.people.bearer import bearer_of
from comptoir.people.queries import active_members, member_for_session
from comptoir.people.second_factor import has_second_factor
from comptoir.people.secrets import API_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.contrib.sessions.backends.base import SessionBase

    from comptoir.people.models import Membership

BEARER = "Bearer "


@dataclass(frozen=True, slots=True)
class Visitor:
    """What is kept of a membership while its stream is open."""

    office: UUID
    company: UUID | None
    member: UUID
    person: UUID
    key: str  # the session's key, or the token
    proof: str  # changes with the password and with "sign out everywhere"


def visitor_from(headers: Iterable[tuple[bytes, bytes]], *, at: datetime) -> Visitor | None:
    """None for whoever is not signed in, or has no membership left."""
    named = dict(headers)
    authorization = named.get(b"authorization", b"").decode("latin1")
    if authorization:
        return (
            _by_token(authorization.removeprefix(BEARER), at=at) if authorization.startswith(BEARER) else None
        )
    cookies = parse_cookie("; ".join(value.decode("latin1") for name, value in headers if name == b"cookie"))
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    return _by_session(key) if key else None


def still_there(visitors: Iterable[Visitor], *, at: datetime) -> set[Visitor]:
    """Those whose membership, person and session or token are all in force still. A few queries for all."""
    asked = list(visitors)
    members = active_members({visitor.member for visitor in asked})
    tokens = {visitor for visitor in asked if visitor.key.startswith(API_PREFIX)}
    sessions = _live_sessions({visitor.key for visitor in asked if visitor not in tokens}, at)
    return {
        visitor
        for visitor in asked
        if visitor.member in members
        and visitor.proof == _proof(members[visitor.member])
        and (visitor.key in sessions or (visitor in tokens and bearer_of(visitor.key, at=at) is not None))
    }


def _by_token(secret: str, *, at: datetime) -> Visitor | None:
    bearer = bearer_of(secret, at=at)
    return _visitor(bearer.member, key=secret) if bearer else None


def _by_session(key: str) -> Visitor | None:
    request = HttpRequest()
    request.session = _session_store()(key)
    person = get_user(request)  # checks that the session is of the person's present epoch and password
    if not person.is_authenticated:
        return None
    member = member_for_session(request.session, person)
    if member is None or lacks_second_factor(member):
        return None
    return _visitor(member, key=key)


def lacks_second_factor(member: Membership) -> bool:
    """As for the pages: where an office asks for one, its staff see nothing before."""
    is_asked = member.is_office and member.office.requires_second_factor
    return is_asked and not has_second_factor(member.person)


def _visitor(member: Membership, *, key: str) -> Visitor:
    return Visitor(
        office=member.office_id,
        company=member.company_id,
        member=member.pk,
        person=member.person_id,
        key=key,
        proof=_proof(member),
    )


def _proof(member: Membership) -> str:
    company = member.company
    archived = company is not None and company.archived_at is not None
    return "archived" if archived else member.person.get_session_auth_hash()


def _session_store() -> type[SessionBase]:
    store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
    return store


def _live_sessions(keys: set[str], at: datetime) -> set[str]:
    store = _session_store()
    if hasattr(store, "get_model_class"):  # sessions in the database: one query for all
        rows = store.get_model_class().objects.filter(session_key__in=keys, expire_date__gt=at)
        return set(rows.values_list("session_key", flat=True))
    return {key for key in keys if store(key).exists(key)}
