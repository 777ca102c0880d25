"""Invitations: the only way in. Each is for one address, one office and one profile, once, within seven days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotAllowed, NotFound
from comptoir.core.text import clean_line
from comptoir.people.actions.offices import make_person, normal_email
from comptoir.people.gate import require_may_manage_people
from comptoir.people.models import Company, Language, Membership, Person, Purpose, Token
from comptoir.people.one_time import LinkExpired, consume_token, make_one_time, token_in_force
from comptoir.people.profiles import CLIENT_PROFILES, OFFICE_PROFILES, Profile

if TYPE_CHECKING:
    from datetime import datetime

LIFE = timedelta(days=7)
NAME_CHARACTERS = 120


class SignInFirst(NotAllowed):
    """The address has a login already: whoever holds the link must show that it is theirs."""

    code = "sign_in_first"
    text = _("This address has an account already. Please sign in with it to accept.")


class Invited(NamedTuple):
    token: Token
    secret: str


@transaction.atomic
def invite_member(
    email: str,
    *,
    by: Membership,
    at: datetime,
    profile: str,
    company_id: UUID | None = None,
    name: str = "",
    language: str = "",
) -> Invited:
    """Invite to the staff, or with `company_id` to that dossier. An earlier, unused invitation is replaced.

    The secret is returned once, for the mail; only its digest is kept.
    """
    company = _dossier(company_id, by=by)
    require_may_manage_people(by, company)
    address = normal_email(email)
    if profile not in (OFFICE_PROFILES if company is None else CLIENT_PROFILES):
        raise Invalid(_("Choose one of the list."), field="profile")
    if _is_member(address, office_id=by.office_id, company=company):
        raise Invalid(_("This person has access already."), field="email")
    for earlier in invitations_to(address, office_id=by.office_id, company=company):
        earlier.delete()
    scope = {
        "profile": profile,
        "company": str(company.pk) if company else None,
        "name": clean_line(name)[:NAME_CHARACTERS],
        "language": language
        if language in Language.values
        else (company.language if company else by.person.language),
    }
    token, secret = make_one_time(Purpose.INVITATION, by=by, email=address, scope=scope, at=at, life=LIFE)
    _record(Verb.MEMBER_INVITED, token, by_id=by.pk, at=at)
    return Invited(token, secret)


@transaction.atomic
def resend_invitation(invitation_id: UUID, *, by: Membership, at: datetime) -> Invited:
    """The same invitation with a new secret and seven new days; the old link ends."""
    token = _own_locked(invitation_id, by=by)
    scope = token.scope
    return invite_member(
        token.email,
        by=by,
        at=at,
        profile=scope["profile"],
        company_id=UUID(scope["company"]) if scope["company"] else None,
        name=scope["name"],
        language=scope["language"],
    )


@transaction.atomic
def withdraw_invitation(invitation_id: UUID, *, by: Membership, at: datetime) -> Token:
    """Take an unused invitation back: its link ends with this transaction. Returns what it was."""
    token = _own_locked(invitation_id, by=by)
    _record(Verb.INVITATION_WITHDRAWN, token, by_id=by.pk, at=at)
    Token.objects.filter(pk=token.pk).delete()
    return token


@transaction.atomic
def accept_invitation(
    secret: str, *, at: datetime, name: str = "", password: str | None = None, signed_in: Person | None = None
) -> Membership:
    """Join with the invitation's profile. A new address gets its login here, with a password or without.

    `signed_in` is who proved to be at the door; for an address that has a login it must be that one.
    """
    token = consume_token(Purpose.INVITATION, secret, at=at)
    company = _invited_to(token)
    person = Person.objects.filter(email=token.email).first()
    if person is None:
        person = make_person(
            email=token.email,
            name=name or token.scope["name"],
            password=password,
            language=token.scope["language"],
        )
    elif signed_in is None or signed_in.pk != person.pk:
        raise SignInFirst
    member = _joined(person, token, company, at=at)
    _record(Verb.MEMBER_JOINED, token, by_id=member.pk, at=at, member_id=member.pk)
    return member


def invitation_behind(secret: str, *, at: datetime) -> Token:
    """What a link invites to, without using it up; `LinkExpired` if it would not be accepted."""
    token = token_in_force(Purpose.INVITATION, secret, at=at)
    _invited_to(token)
    return token


def invitations_to(email: str, *, office_id: UUID, company: Company | None) -> list[Token]:
    """Unused invitations of one address to one dossier, or (without) to the staff."""
    found = Token.objects.filter(
        purpose=Purpose.INVITATION, office=office_id, email=email, used_at__isnull=True
    )
    wanted = str(company.pk) if company else None
    return [token for token in found if token.scope["company"] == wanted]


# ── Pieces ───────────────────────────────────────────────────────────────
def _dossier(company_id: UUID | None, *, by: Membership) -> Company | None:
    if company_id is None:
        return None
    company = Company.objects.visible_to(by).active().filter(pk=company_id).first()
    if company is None:
        raise NotFound
    return company


def _is_member(email: str, *, office_id: UUID, company: Company | None) -> bool:
    return Membership.objects.active().filter(person__email=email, office=office_id, company=company).exists()


def _own_locked(invitation_id: UUID, *, by: Membership) -> Token:
    """An unused invitation that `by` may manage; `NotFound` for any other."""
    token = (
        Token.objects.select_for_update()
        .filter(pk=invitation_id, purpose=Purpose.INVITATION, office=by.office_id, used_at__isnull=True)
        .first()
    )
    if token is None:
        raise NotFound
    company_id = token.scope["company"]
    company = Company.objects.visible_to(by).filter(pk=company_id).first() if company_id else None
    if company_id and company is None:
        raise NotFound
    require_may_manage_people(by, company)
    return token


def _invited_to(token: Token) -> Company | None:
    """The dossier, which may have been archived since; None for the staff."""
    company_id = token.scope["company"]
    if company_id is None:
        return None
    company = Company.objects.active().filter(pk=company_id, office=token.office_id).first()
    if company is None:
        raise LinkExpired
    return company


def _joined(person: Person, token: Token, company: Company | None, *, at: datetime) -> Membership:
    """The membership, new or taken up again after it had ended."""
    member = (
        Membership.objects.select_for_update()
        .filter(person=person, office=token.office_id, company=company)
        .first()
    )
    if member is None:
        member = Membership(office_id=token.office_id, person=person, company=company)
    member.profile, member.joined_at, member.ended_at = Profile(token.scope["profile"]), at, None
    member.save()
    return member


def _record(verb: Verb, token: Token, *, by_id: UUID, at: datetime, member_id: UUID | None = None) -> None:
    facts: dict[str, Any] = {"email": token.email, "profile": token.scope["profile"]}
    company_id = token.scope["company"]
    record(
        verb,
        member_id or token.pk,
        office_id=token.office_id,
        company_id=UUID(company_id) if company_id else None,
        by_id=by_id,
        at=at,
        **facts,
    )
