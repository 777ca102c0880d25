"""What the operator types, and what a script may take from it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from comptoir.activity.models import Event
from comptoir.activity.seal import seal_events
from comptoir.core.errors import Invalid
from comptoir.core.models import WorkerBeat
from comptoir.files.actions import store_attachment
from comptoir.files.disk import path_of
from comptoir.ops.cast import join
from comptoir.people.bearer import bearer_of
from comptoir.people.models import Membership, Office, Person
from comptoir.people.profiles import Profile
from tests.world import PASSWORD, begin

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.people.models import Company


def said(command: str, /, *arguments: str, **options: object) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


# ── create-office ────────────────────────────────────────────────────────
NEW = {
    "name": "Kantoor Maes",
    "email": "An@Maes.example",
    "person": "An Maes",
    "password": "een lang wachtwoord",
}


def test_creates_an_office_and_its_administrator(db: None) -> None:
    hint = said("create_office", **NEW, language="nl")
    office = Office.objects.get(name="Kantoor Maes")
    person = Person.objects.get(email="an@maes.example")
    assert Membership.objects.get(office=office).person == person
    assert (person.name, person.language, office.requires_second_factor) == ("An Maes", "nl", True)
    assert person.check_password("een lang wachtwoord")
    assert "an@maes.example" in hint


def test_whoever_has_a_login_keeps_it(sophie: Membership) -> None:
    said("create_office", name="Autre", email=sophie.person.email, no_second_factor=True)
    assert Membership.objects.filter(person=sophie.person_id).count() == 2
    assert Person.objects.get(pk=sophie.person_id).check_password(PASSWORD)
    assert not Office.objects.get(name="Autre").requires_second_factor


def test_a_refused_password_leaves_nothing_behind(db: None) -> None:
    with pytest.raises(Invalid):
        said("create_office", **{**NEW, "password": "court"})
    assert not Office.objects.filter(name="Kantoor Maes").exists()
    assert not Person.objects.filter(email="an@maes.example").exists()


# ── token ────────────────────────────────────────────────────────────────
def test_prints_the_token_alone(sophie: Membership) -> None:
    secret = said("token", sophie.person.email.upper()).rstrip("\n")
    bearer = bearer_of(secret, at=timezone.now())
    assert bearer is not None
    assert (bearer.member.pk, bearer.scopes) == (sophie.pk, {"read", "write"})


def test_with_fewer_scopes(sophie: Membership) -> None:
    bearer = bearer_of(said("token", sophie.person.email, "--scopes", "read").strip(), at=timezone.now())
    assert bearer is not None
    assert bearer.scopes == {"read"}


def test_whoever_is_in_several_chooses(
    sophie: Membership, admin: Membership, garage: Company, now: datetime
) -> None:
    second = join(sophie.person.email, "", Profile.FULL_ACCESS, by=admin, at=now, password="", company=garage)
    with pytest.raises(CommandError, match="choose one"):
        said("token", sophie.person.email)
    secret = said("token", sophie.person.email, "--company", garage.number_shown).strip()
    bearer = bearer_of(secret, at=timezone.now())
    assert bearer is not None
    assert bearer.member.pk == second.pk


def test_nobody_is_told_apart_from_somebody_without_access(sophie: Membership) -> None:
    with pytest.raises(CommandError, match="no access"):
        said("token", "nobody@demo.example")
    with pytest.raises(CommandError, match="no access"):
        said("token", sophie.person.email, "--company", "0455.117.268")


def test_the_same_office_is_not_made_twice(db: None) -> None:
    said("create_office", **NEW)
    with pytest.raises(CommandError, match="there already"):
        said("create_office", **{**NEW, "name": " kantoor maes "})
    assert Office.objects.filter(name__iexact="kantoor maes").count() == 1


def test_staff_of_several_offices_name_one(admin: Membership) -> None:
    said("create_office", **{**NEW, "email": admin.person.email})
    with pytest.raises(CommandError, match="--office 'Kantoor Maes'"):
        said("token", admin.person.email)
    secret = said("token", admin.person.email, "--office", "Kantoor Maes").strip()
    bearer = bearer_of(secret, at=timezone.now())
    assert bearer is not None
    assert bearer.member.office.name == "Kantoor Maes"


# ── check ────────────────────────────────────────────────────────────────
@pytest.fixture
def working(cast: object) -> None:
    """As where the jobs run: a worker alive, the history sealed."""
    WorkerBeat.objects.create(worker="test", seen_at=timezone.now())
    seal_events()


def problems() -> list[str]:
    out = io.StringIO()
    code = 0
    try:
        call_command("inspect", stdout=out, no_color=True)
    except SystemExit as ended:
        code = ended.code
    found = [line for line in out.getvalue().splitlines() if line.startswith("PROBLEM")]
    assert code == (1 if found else 0)
    return [line.removeprefix("PROBLEM  ") for line in found]


def test_all_is_well(working: None) -> None:
    assert problems() == []


def test_a_silent_worker_is_named(working: None) -> None:
    WorkerBeat.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    (problem,) = problems()
    assert problem.startswith("jobs: nobody runs them")


def test_a_changed_history_is_named(working: None, admin: Membership) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE activity_event SET facts = '{}' WHERE verb = 'office.created'")
    assert [problem.partition(":")[0] for problem in problems()] == [
        "history of Fiduciaire Talmont",
        "history of Kantoor De Wit",
    ]


def test_a_lost_file_is_named(working: None, sophie: Membership, bakery: Company, now: datetime) -> None:
    attachment = store_attachment(
        io.BytesIO(b"Libelle;Montant\r\nFarine;12,00\r\n"), name="liste.csv", by=sophie, at=now
    )
    begin(sophie, bakery, files=[attachment.pk])
    seal_events()
    assert problems() == []
    path_of(attachment.key).unlink()
    (problem,) = problems()
    assert problem.startswith("files: 1 of 1 are gone")
    assert Event.objects.exists()
