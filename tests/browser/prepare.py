"""Run in the product's own surroundings: makes the cast and signs everybody in. Prints what the tests need of it."""

from __future__ import annotations

import json
import sys
from dataclasses import fields

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- these want the product loaded
from django.test import Client  # noqa: E402

from comptoir.people.models import Membership, Person  # noqa: E402
from tests.world import build_world, signed_in  # noqa: E402


def main() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    cast = build_world()
    Person.objects.update(language="en")  # the tests read what a page says
    people = {}
    for field in fields(cast):
        member = getattr(cast, field.name)
        if isinstance(member, Membership):
            session = signed_in(Client(), member).session
            facts = {
                "member": str(member.pk),
                "name": member.person.name,
                "email": member.person.email,
                "session": session.session_key,
            }
            people[field.name] = facts
    json.dump({"people": people, "bakery": str(cast.bakery.pk)}, sys.stdout)


if __name__ == "__main__":
    main()
