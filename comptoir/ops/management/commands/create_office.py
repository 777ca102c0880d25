"""Creates an office with its first administrator: by options, or by asking for what they leave out."""

from __future__ import annotations

from getpass import getpass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from comptoir.core.text import clean_line
from comptoir.ops.preparation import prepare_database
from comptoir.people.actions.offices import create_office, make_person, normal_email
from comptoir.people.models import Language, Office, Person

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable


class Command(BaseCommand):
    help = "Create an office and its first administrator"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", help="of the office")
        parser.add_argument("--email", help="of its first administrator, who may have a login already")
        parser.add_argument("--person", help="the administrator's name")
        parser.add_argument(
            "--password", help="at least 12 characters; asked for without being shown otherwise"
        )
        parser.add_argument("--language", choices=Language.values, default=Language.FRENCH)
        parser.add_argument(
            "--no-second-factor", action="store_true", help="let the staff sign in with a password alone"
        )

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        prepare_database(self.stderr.write)
        name = options["name"] or asked("Name of the office")
        if Office.objects.filter(name__iexact=clean_line(name)).exists():
            raise CommandError(f"An office called {clean_line(name)} is there already; nothing was made.")
        email = normal_email(options["email"] or asked("E-mail address of the administrator"))
        person = Person.objects.filter(email=email).first()
        with transaction.atomic():
            administrator = person or make_person(
                email=email,
                name=options["person"] or asked("Name of the administrator"),
                password=options["password"] or asked("Password (at least 12 characters)", by=getpass),
                language=options["language"],
            )
            member = create_office(
                name,
                administrator=administrator,
                at=timezone.now(),
                requires_second_factor=not options["no_second_factor"],
            )
        if person is not None:
            self.stdout.write(
                f"{email} has a login already: its name, password and language stay as they are."
            )
        self.stdout.write(f"{member.office.name} is there. {email} signs in at {settings.BASE_URL}/")
        if member.office.requires_second_factor:
            self.stdout.write(
                "After the password, the page asks to set up a second factor: have a phone at hand."
            )


def asked(question: str, *, by: Callable[[str], str] = input) -> str:
    answer = ""
    while not answer.strip():
        answer = by(f"{question}: ")
    return answer
