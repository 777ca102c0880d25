"""Who knocks: everybody of the cast, somebody whose access ended, somebody deactivated, and nobody at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.test import Client
from django.utils import timezone

from comptoir.ops.cast import join
from comptoir.people.actions.memberships import end_membership
from comptoir.people.actions.tokens import make_token
from comptoir.people.models import ApiToken, Person
from comptoir.people.profiles import Profile
from tests.world import NOW, Cast, fresh, signed_in

if TYPE_CHECKING:
    from comptoir.people.models import Membership

# One letter each, as the tables write them.
LETTERS = {
    "A": "admin",
    "N": "accountant",
    "J": "colleague",
    "I": "assistant",
    "S": "client",
    "K": "partner",
    "L": "documents",
    "M": "reader",
    "T": "other",
    "W": "director",
    "P": "stranger",
}
ENDED, DEACTIVATED, NOBODY = "E", "D", "-"
WITHOUT_ACCESS = (ENDED, DEACTIVATED, NOBODY)
CLASSES = {
    "writers": "ANJW",
    "assistant": "I",
    "clients": "SKTP",
    "feedback": "M",
    "documents": "L",
    "staff": "ANJWI",
    "administrators": "AW",
    "accountants": "NJ",
    "portal": "SKTPML",
    "everybody": "ANJWISKTPML",
}


@dataclass
class Principals:
    members: dict[str, Membership]
    browsers: dict[str, Client] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    def sign_in(self) -> None:
        """Everybody's session and token, as long as they have access."""
        for letter, member in self.members.items():
            self.browsers[letter] = signed_in(Client(), member)
            now = timezone.now()
            token, self.secrets[letter] = make_token(member, name="test", scopes=["read", "write"], at=now)
            # Used today already: that a token was used is noted once a day, whatever is answered.
            ApiToken.objects.filter(pk=token.pk).update(last_used_on=now.date())
        self.browsers[NOBODY], self.secrets[NOBODY] = Client(), ""

    def end(self, cast: Cast) -> None:
        """What they were given before stays in their hands: a session, and a token. The ended one may sign in again."""
        end_membership(self.members[ENDED].pk, by=fresh(cast.admin), at=NOW)
        self.browsers[ENDED] = Client()
        self.browsers[ENDED].force_login(Person.objects.get(pk=self.members[ENDED].person_id))
        Person.objects.filter(pk=self.members[DEACTIVATED].person_id).update(is_active=False)


def principals(cast: Cast) -> Principals:
    members = {letter: fresh(getattr(cast, part)) for letter, part in LETTERS.items()}
    for letter, part, name in ((ENDED, "ended", "Ella Ended"), (DEACTIVATED, "asleep", "Didier Asleep")):
        members[letter] = fresh(
            join(
                f"{part}@demo.example",
                name,
                Profile.FULL_ACCESS,
                by=fresh(cast.admin),
                at=NOW,
                password="!",
                company=cast.bakery,
            )
        )
    return Principals(members)
