"""The cast: two offices and the people around them, made with the actions. The demo and the tests share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import make_password

from comptoir.people.actions.companies import open_company
from comptoir.people.actions.groups import create_group
from comptoir.people.actions.invitations import accept_invitation, invite_member
from comptoir.people.actions.offices import create_office, make_person
from comptoir.people.models import Language, Person, VatRegime
from comptoir.people.profiles import Profile

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.people.models import Company, Group, Membership

DOMAIN = "demo.example"
PASSWORD = "comptoir-demo"  # noqa: S105 -- public by intention, and shown on the page


@dataclass(frozen=True)
class Cast:
    """Everybody by the part that they play, which is also the name before the @ of their address."""

    admin: Membership
    accountant: Membership  # manages the bakery
    colleague: Membership  # manages the garage, and is in no group
    assistant: Membership  # in the group that holds the bakery
    client: Membership  # full access
    partner: Membership  # full access
    documents: Membership  # hands in documents only
    reader: Membership  # full feedback
    other: Membership  # full access to the garage
    director: Membership  # administrator of another office
    outsider: Membership  # accountant of that other office
    stranger: Membership  # full access to the other office's only dossier
    bakery: Company
    garage: Company
    elsewhere: Company
    group: Group


def build_cast(*, at: datetime, is_demo: bool = False) -> Cast:
    """Both offices. Everybody has the same password, hashed once: hashing is slow by intention."""
    password = make_password(PASSWORD)
    admin = found_office(
        "Fiduciaire Talmont", "Philippe Talmont", "admin", at=at, password=password, is_demo=is_demo
    )
    director = found_office(
        "Kantoor De Wit", "Bart De Wit", "director", at=at, password=password, is_demo=is_demo
    )
    return Cast(
        **_talmont(_Office(admin, at=at, password=password)),
        **_de_wit(_Office(director, at=at, password=password)),
    )


def _talmont(office: _Office) -> dict[str, Any]:
    accountant = office.staff("accountant", "Nathalie Verhulst", Profile.ACCOUNTANT)
    colleague = office.staff("colleague", "Julien Moreau", Profile.ACCOUNTANT)
    assistant = office.staff("assistant", "Inès Lacroix", Profile.ASSISTANT)
    group = create_group(
        "Namur",
        by=office.admin,
        at=office.at,
        fallback_email="namur@talmont.example",
        member_ids=[accountant.pk, assistant.pk],
    )
    bakery = office.company(
        "Boulangerie Pain & Levain SRL", "0712.458.367", accountant, VatRegime.MONTHLY, group=group
    )
    garage = office.company("Garage Thonon & Fils SRL", "0455.117.268", colleague, VatRegime.QUARTERLY)
    return {
        "admin": office.admin,
        "accountant": accountant,
        "colleague": colleague,
        "assistant": assistant,
        "client": office.client("client", "Sophie Renard", Profile.FULL_ACCESS, bakery),
        "partner": office.client("partner", "Karim Benali", Profile.FULL_ACCESS, bakery),
        "documents": office.client("documents", "Léa Fontaine", Profile.DOCUMENT_PROCESSING, bakery),
        "reader": office.client("reader", "Marc Dessart", Profile.FULL_FEEDBACK, bakery),
        "other": office.client("other", "Luc Thonon", Profile.FULL_ACCESS, garage),
        "bakery": bakery,
        "garage": garage,
        "group": group,
    }


def _de_wit(office: _Office) -> dict[str, Any]:
    outsider = office.staff("outsider", "Lotte De Wit", Profile.ACCOUNTANT)
    # The same number as the bakery's: in another office it is another dossier.
    elsewhere = office.company(
        "Drukkerij Claes BV", "0712.458.367", outsider, VatRegime.QUARTERLY, language=Language.DUTCH
    )
    return {
        "director": office.admin,
        "outsider": outsider,
        "elsewhere": elsewhere,
        "stranger": office.client("stranger", "Pieter Claes", Profile.FULL_ACCESS, elsewhere),
    }


def found_office(
    name: str, founder: str, part: str, *, at: datetime, password: str, is_demo: bool = False
) -> Membership:
    """An office that asks for no second factor, and its first administrator. `password` is a hash."""
    person = make_person(email=f"{part}@{DOMAIN}", name=founder, password=None, language=Language.FRENCH)
    _give(person, password)
    return create_office(name, administrator=person, at=at, requires_second_factor=False, is_demo=is_demo)


class _Office:
    """One office's administrator inviting, and everybody accepting at once."""

    def __init__(self, admin: Membership, *, at: datetime, password: str) -> None:
        self.admin, self.at, self.password = admin, at, password

    def company(
        self,
        name: str,
        number: str,
        manager: Membership,
        vat_regime: VatRegime,
        *,
        group: Group | None = None,
        language: Language = Language.FRENCH,
    ) -> Company:
        return open_company(
            name,
            by=self.admin,
            at=self.at,
            enterprise_number=number,
            vat_regime=vat_regime,
            language=language,
            manager_id=manager.pk,
            group_id=group.pk if group else None,
        )

    def staff(self, part: str, name: str, profile: Profile) -> Membership:
        return join(f"{part}@{DOMAIN}", name, profile, by=self.admin, at=self.at, password=self.password)

    def client(self, part: str, name: str, profile: Profile, company: Company) -> Membership:
        return join(
            f"{part}@{DOMAIN}",
            name,
            profile,
            by=self.admin,
            at=self.at,
            password=self.password,
            company=company,
        )


def join(
    email: str,
    name: str,
    profile: Profile,
    *,
    by: Membership,
    at: datetime,
    password: str,
    company: Company | None = None,
) -> Membership:
    """Invited and joined. `password` is a hash; a person who is there already keeps theirs."""
    known = Person.objects.filter(email=email).first()
    company_id = company.pk if company else None
    invited = invite_member(email, by=by, at=at, profile=profile, company_id=company_id, name=name)
    member = accept_invitation(invited.secret, at=at, signed_in=known)
    if known is None:
        _give(member.person, password)
    return member


def _give(person: Person, password: str) -> None:
    person.password = password
    person.save(update_fields=["password"])
