"""What is written by a compiled statement is what `save` would have written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, IntegrityError

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.core.ids import new_id
from comptoir.core.saving import insert, update
from comptoir.people.models import Company
from tests.world import NOW

if TYPE_CHECKING:
    from comptoir.ops.cast import Cast


def event() -> Event:
    facts = {"revision": 3, "words": "accentué"}
    return Event(office_id=new_id(), verb=Verb.NOTE_WRITTEN, subject_id=new_id(), at=NOW, facts=facts)


def same(one: Event, other: Event) -> bool:
    fields = [field.attname for field in Event._meta.concrete_fields if not field.primary_key]
    return {name: getattr(one, name) for name in fields} == {name: getattr(other, name) for name in fields}


@pytest.mark.django_db
def test_a_new_row_is_as_saved() -> None:
    ours = event()
    insert(ours)

    assert same(Event.objects.get(pk=ours.pk), ours)
    assert not ours._state.adding
    with pytest.raises(IntegrityError):
        insert(ours)


def test_only_the_fields_named_are_written(cast: Cast) -> None:
    bakery = Company.objects.get(pk=cast.bakery.pk)
    bakery.name, bakery.enterprise_number, bakery.manager = "Le Pain", "0000000000", None
    update(bakery, "name", "manager")

    stored = Company.objects.get(pk=bakery.pk)
    assert (stored.name, stored.manager_id, stored.enterprise_number) == ("Le Pain", None, "0712458367")


def test_a_row_that_is_not_there_is_not_changed_in_silence(cast: Cast) -> None:
    with pytest.raises(DatabaseError):
        update(Company(pk=new_id(), office=cast.bakery.office, name="Nobody"), "name")
