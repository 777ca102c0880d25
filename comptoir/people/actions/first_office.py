"""The first office of a fresh installation, made by whoever opens it first; then never again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from comptoir.core.errors import NotFound
from comptoir.people.actions.offices import create_office, make_person
from comptoir.people.models import Office

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.people.models import Membership


@transaction.atomic
def create_first_office(
    name: str, *, email: str, person: str, password: str, language: str, at: datetime
) -> Membership:
    """The office and its administrator. `NotFound` as soon as there is any office."""
    if connection.vendor == "postgresql":  # SQLite's transaction holds the only write lock already
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE people_office IN SHARE ROW EXCLUSIVE MODE")
    if Office.objects.exists():
        raise NotFound
    administrator = make_person(email=email, name=person, password=password, language=language)
    return create_office(name, administrator=administrator, at=at)
