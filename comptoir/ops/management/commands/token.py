"""Makes an API token for somebody and prints it alone on stdout, so that a script can take it from there."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from comptoir.ops.preparation import prepare_database
from comptoir.people.actions.tokens import SCOPES, make_token
from comptoir.people.enterprise_number import enterprise_number
from comptoir.people.models import Person
from comptoir.people.queries import memberships_of

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from comptoir.people.models import Membership


class Command(BaseCommand):
    help = "Make an API token for somebody and print it"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--company", metavar="NUMBER", help="the dossier, for somebody with several")
        parser.add_argument("--office", metavar="NAME", help="the office, for staff of several")
        parser.add_argument(
            "--scopes", default=",".join(SCOPES), metavar="LIST", help=f"of {', '.join(SCOPES)}"
        )
        parser.add_argument("--name", default="bin/comptoir token", help="under which it is listed")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        prepare_database(self.stderr.write)
        member = _member(options["email"].strip().lower(), options["company"], options["office"])
        scopes = [scope.strip() for scope in options["scopes"].split(",") if scope.strip()]
        _token, secret = make_token(member, name=options["name"], scopes=scopes, at=timezone.now())
        self.stderr.write(f"For {member.person.name}, {_place(member)}, for a year. It is not shown again.")
        self.stdout.write(secret)


def _member(email: str, company: str | None, office: str | None) -> Membership:
    person = Person.objects.filter(email=email).first()
    members = list(memberships_of(person)) if person else []
    if company is not None:
        number = enterprise_number(company)
        members = [one for one in members if one.company and one.company.enterprise_number == number]
    if office is not None:
        members = [one for one in members if one.is_office and one.office.name == office]
    # Who is on the staff and in one company as well means the office, unless they say otherwise.
    staff = [one for one in members if one.is_office]
    chosen = staff if len(staff) == 1 else members
    if not chosen:
        raise CommandError(f"{email} has no access{' to this dossier' if company else ''}.")
    if len(chosen) > 1:
        places = "\n".join(_choice(one) for one in chosen)
        raise CommandError(f"{email} has access to several; choose one:\n{places}")
    return chosen[0]


def _choice(member: Membership) -> str:
    if member.company:
        return f"  --company {member.company.enterprise_number}  {_place(member)}"
    return f"  --office {shlex.quote(member.office.name)}"


def _place(member: Membership) -> str:
    return member.company.name if member.company else member.office.name
