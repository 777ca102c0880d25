"""What the office reads of who came in, and who tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django_tasks_db.models import DBTaskResult

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.people.jobs import note_failed_sign_in
from tests.world import PASSWORD

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

    from comptoir.people.models import Membership


def sign_in(client: Client, email: str, password: str) -> int:
    return client.post("/accounts/login/", {"login": email, "password": password}).status_code


def test_a_sign_in_is_recorded_with_how(client: Client, sophie: Membership) -> None:
    assert sign_in(client, sophie.person.email, PASSWORD) == 302
    event = Event.objects.get(verb=Verb.PERSON_SIGNED_IN)
    assert (event.subject_id, event.office_id, event.facts["method"]) == (
        sophie.person_id,
        sophie.office_id,
        "password",
    )


def test_a_failed_one_is_noted_by_the_same_job_for_every_address(
    client: Client, sophie: Membership, now: datetime
) -> None:
    for email in (sophie.person.email, "nobody@demo.example"):
        assert sign_in(client, email, "not this") == 200
    jobs = DBTaskResult.objects.filter(task_path=note_failed_sign_in.module_path)
    assert [job.args_kwargs["kwargs"]["email"] for job in jobs.order_by("enqueued_at")] == [
        sophie.person.email,
        "nobody@demo.example",
    ]
    note_failed_sign_in.func(email=sophie.person.email, at=now.isoformat())
    assert Event.objects.get(verb=Verb.PERSON_SIGN_IN_FAILED).at == now
