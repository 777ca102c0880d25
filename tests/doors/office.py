"""The office's own things behind doors: dossiers, members, invitations, groups, tokens, and a message that was edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from comptoir.campaigns.actions.feeds import make_feed
from comptoir.conversations.actions.message import edit_message
from comptoir.core.ids import new_id
from comptoir.notifications.models import Channel, Delivery, PushDevice, State
from comptoir.people.actions.groups import create_group
from comptoir.people.actions.invitations import invite_member
from comptoir.people.actions.tokens import make_token
from comptoir.people.profiles import Profile
from comptoir.questions.models import AnswerRule
from tests.campaigns.own import own_date
from tests.doors.mails import mail_things
from tests.doors.things import MISSING
from tests.world import NOW, begin

if TYPE_CHECKING:
    from uuid import UUID

    from comptoir.people.models import Company, Membership
    from tests.doors.people import Principals
    from tests.world import Cast


def office_things(cast: Cast, people: Principals) -> dict[str, dict[str, UUID]]:
    """Ids by what and which: `["company"]["bakery"]`. Each has one that is missing."""
    members = people.members
    found = {
        "company": {name: getattr(cast, name).pk for name in ("bakery", "garage", "elsewhere")},
        "member": {
            "a client of the bakery": members["K"].pk,
            "a client of the garage": members["T"].pk,
            "one of the staff": members["J"].pk,
            "another office's": members["P"].pk,
            "one whose access ended": members["E"].pk,
        },
        "invitation": _invitations(cast, members),
        "group": {"ours": cast.group.pk, "theirs": _group_abroad(members["W"])},
        "token": {
            letter: make_token(members[letter], name="own", scopes=["read"], at=timezone.now())[0].pk
            for letter in "AS"
        },
        "device": {letter: _device(members[letter]) for letter in "AS"},
        "own": {letter: members[letter].pk for letter in "AS"},
        "delivery": {"ours": _dead(members["S"], cast), "theirs": _dead(members["P"], cast)},
        "rule": {name: _rule(getattr(cast, name)) for name in ("bakery", "garage", "elsewhere")},
        "edited": {
            "bakery": _edited(members["S"], cast),
            "garage": _edited(members["T"], cast),
            "elsewhere": _edited(members["P"], cast),
        },
    }
    found |= mail_things(cast, members) | _deadlines(members)
    for ids in found.values():
        ids[MISSING] = new_id()
    return found


def _invitations(cast: Cast, members: dict[str, Membership]) -> dict[str, UUID]:
    def invited(by: str, company_id: UUID | None, profile: Profile, address: str) -> UUID:
        token = invite_member(
            address, by=members[by], at=timezone.now(), profile=profile, company_id=company_id
        ).token
        return token.pk

    client = Profile.FULL_ACCESS
    return {
        "to the bakery": invited("N", cast.bakery.pk, client, "new@bakery.example"),
        "to the garage": invited("J", cast.garage.pk, client, "new@garage.example"),
        "to the staff": invited("A", None, Profile.ASSISTANT, "new@talmont.example"),
        "to another office": invited("W", cast.elsewhere.pk, client, "new@claes.example"),
    }


def _group_abroad(outsider: Membership) -> UUID:
    return create_group("Gent", by=outsider, at=NOW).pk


def _dead(by: Membership, cast: Cast) -> UUID:
    """A message of which nobody could be told."""
    company = cast.bakery if by.company_id == cast.bakery.pk else cast.elsewhere
    message = begin(by, company).message
    return Delivery.objects.create(
        office_id=by.office_id,
        member=by,
        conversation_id=message.conversation_id,
        message=message,
        channel=Channel.EMAIL,
        state=State.DEAD,
        due_at=NOW,
        created_at=NOW,
    ).pk


def _rule(company: Company) -> UUID:
    """An answer that is remembered for a supplier."""
    return AnswerRule.objects.create(
        office_id=company.office_id, company=company, type="A1", party="Makro", party_key="makro",
        choice="business", since_on=NOW.date(), made_at=NOW,
    ).pk  # fmt: skip


def _device(member: Membership) -> UUID:
    """A browser that its owner lets be woken."""
    place = f"https://fcm.googleapis.com/{member.pk}"
    return PushDevice.objects.create(person=member.person, endpoint=place, label="Chrome", made_at=NOW).pk


def _deadlines(members: dict[str, Membership]) -> dict[str, dict[str, UUID]]:
    return {
        "feed": {letter: make_feed(None, by=members[letter], at=NOW)[0].pk for letter in "AN"},
        "own_deadline": {"ours": own_date(members["A"]).pk, "theirs": own_date(members["W"]).pk},
    }


def _edited(by: Membership, cast: Cast) -> UUID:
    company = {"client": cast.bakery, "other": cast.garage, "stranger": cast.elsewhere}[
        by.person.email.partition("@")[0]
    ]
    first = begin(by, company, body="Faux").message
    return edit_message(first.pk, by=by, at=NOW, body="Juste").pk
