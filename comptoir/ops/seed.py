"""Fills an office for measuring: rows written in bulk, the same as the actions would have written one by one.

A test holds a seeded conversation against one that the actions made.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.ops.cast import join
from comptoir.ops.seed_rows import Rows
from comptoir.ops.seed_talk import Talk
from comptoir.people.actions.companies import open_company
from comptoir.people.enterprise_number import check_digits
from comptoir.people.models import Company, Membership, VatRegime
from comptoir.people.profiles import Profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from comptoir.people.models import Office

FIRST_NUMBER = 2_000_000  # of the first eight digits; far from any real one of this size of office
CLIENTS = 2
MEAN_LENGTH = 8
CHUNK = 5_000  # messages in one transaction
PAST = timedelta(days=3 * 365)


def seed_companies(
    office: Office, count: int, *, at: datetime, tell: Callable[[str], object]
) -> list[Company]:
    """`count` more dossiers, shared out among the staff, each with two people. Returns them."""
    staff = list(
        Membership.objects.active()
        .filter(office=office, company__isnull=True)
        .select_related("person", "office")
    )
    admin = next(member for member in staff if member.profile == Profile.ADMINISTRATOR)
    managers = [member for member in staff if member.profile != Profile.ASSISTANT]
    there = Company.objects.filter(office=office, name__startswith="Dossier ").count()
    opened = []
    for chunk in _chunks(range(there, there + count), CHUNK // 10):
        with transaction.atomic():
            opened += [_company(number, admin, managers, at=at) for number in chunk]
        tell(f"{len(opened)} of {count} dossiers")
    return opened


def _company(number: int, admin: Membership, managers: list[Membership], *, at: datetime) -> Company:
    company = open_company(
        f"Dossier {number + 1:05}",
        by=admin,
        at=at,
        enterprise_number=check_digits(f"{FIRST_NUMBER + number:08}"),
        vat_regime=VatRegime.values[number % 3],
        manager_id=managers[number % len(managers)].pk,
    )
    for place in range(CLIENTS):
        join(
            f"client-{number + 1}-{place + 1}@seed.example",
            f"Client {number + 1}.{place + 1}",
            Profile.FULL_ACCESS,
            by=admin,
            at=at,
            password=admin.person.password,
            company=company,
        )
    return company


def seed_messages(
    companies: list[Company], count: int, *, until: datetime, tell: Callable[[str], object]
) -> None:
    """Some `count` messages in conversations of three years, over these dossiers."""
    chance = random.Random(count)  # noqa: S311 -- the same rows again for the same call
    voices = _voices(companies)
    rows, done, told = Rows(), 0, 0
    for talk in _talks(voices, count, until=until, chance=chance):
        talk.write_into(rows)
        if len(rows.messages) >= CHUNK:
            rows.write()
            done, rows = done + len(rows.messages), Rows()
            if done - told >= count / 20:
                told = done
                tell(f"{done} of {count} messages")
    rows.write()
    tell(f"{done + len(rows.messages)} messages")


Voices = list[tuple[Company, Membership, list[Membership]]]


def _voices(companies: list[Company]) -> Voices:
    """Each dossier with its manager and its people."""
    people: dict[object, list[Membership]] = {}
    for member in Membership.objects.active().filter(company__in=[company.pk for company in companies]):
        people.setdefault(member.company_id, []).append(member)
    return [(company, company.manager, people[company.pk]) for company in companies if company.manager]


def _talks(voices: Voices, count: int, *, until: datetime, chance: random.Random) -> Iterator[Talk]:
    """In the order of time, with lengths like those of life: most short, some long."""
    lengths, total = [], 0
    while total < count:
        lengths.append(min(1 + int(chance.expovariate(1 / (MEAN_LENGTH - 1))), 80, count - total))
        total += lengths[-1]
    step = PAST / len(lengths)
    for place, length in enumerate(lengths):
        company, manager, clients = chance.choice(voices)
        yield Talk(
            company=company,
            manager=manager,
            clients=clients,
            begun_at=until - PAST + step * place,
            length=length,
            until=until,
            chance=chance,
        )


def _chunks(numbers: range, size: int) -> Iterator[range]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]
