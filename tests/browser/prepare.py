"""Run in the product's own surroundings: makes the cast and signs everybody in. Prints what the tests need of it."""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402 -- these want the product loaded
from django.test import Client  # noqa: E402

from comptoir.ops.preparation import prepare  # noqa: E402
from comptoir.people.models import Membership, Person  # noqa: E402
from tests.browser.houses import gallery, manual  # noqa: E402
from tests.world import build_world, fresh, signed_in  # noqa: E402


def main() -> None:
    prepare(lambda _: None)
    with transaction.atomic():  # one wait for the disk instead of some hundreds
        facts = _everybody()
    json.dump(facts, sys.stdout)


def _everybody() -> dict[str, Any]:
    cast = build_world()
    Person.objects.update(language="en")  # most tests read what a page says
    members = {field.name: getattr(cast, field.name) for field in fields(cast)}
    houses = (gallery(), manual())  # whose people keep their French
    for house in houses:
        members |= house.people
    people = {part: _facts(member) for part, member in members.items() if isinstance(member, Membership)}
    places = {name: place for house in houses for name, place in house.places.items()}
    return {"people": people, "places": places, "bakery": str(cast.bakery.pk)}


def _facts(member: Membership) -> dict[str, str]:
    member = fresh(member)  # as whoever's access has ended since is known now
    session = signed_in(Client(), member).session
    return {
        "member": str(member.pk),
        "name": member.person.name,
        "email": member.person.email,
        "session": session.session_key,
    }


if __name__ == "__main__":
    main()
