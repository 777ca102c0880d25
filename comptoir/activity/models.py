"""The history: what happened, to what, by whom, when. Written once, never changed.

Ids rather than foreign keys: everything above may be recorded here, and a record outlives its subject.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from comptoir.core.ids import new_id


class EventQuerySet(models.QuerySet["Event"]):
    def of_office(self, office_id: Any) -> EventQuerySet:
        return self.filter(office_id=office_id)

    def update(self, **_changes: Any) -> NoReturn:
        raise TypeError("History is not rewritten.")

    def delete(self) -> NoReturn:
        raise TypeError("History is not erased.")


class Event(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office_id = models.UUIDField()
    company_id = models.UUIDField(null=True)
    conversation_id = models.UUIDField(null=True)
    # Without choices: a new verb is no change of the database, and needs no migration.
    verb = models.CharField(max_length=40, help_text="Of verbs.Verb.")
    subject_id = models.UUIDField()
    by_id = models.UUIDField(
        null=True, help_text="The membership that acted; none where nobody was signed in."
    )
    at = models.DateTimeField()
    facts = models.JSONField(default=dict, help_text="Never the text of a message.")

    objects = EventQuerySet.as_manager()

    def delete(self, *_args: Any, **_given: Any) -> NoReturn:
        raise TypeError("History is not erased.")

    class Meta:
        indexes = [
            models.Index(fields=["office_id", "at"], name="event_of_office"),
            models.Index(
                fields=["conversation_id", "at"],
                name="event_of_conversation",
                condition=models.Q(conversation_id__isnull=False),
            ),
        ]


class Seal(models.Model):
    """One link of an office's chain over its events: changing or removing one breaks every later digest.

    Sealing is a periodic job, so that writing an event takes no lock on the whole office.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+", primary_key=True)
    office_id = models.UUIDField()
    number = models.BigIntegerField(help_text="1, 2, 3 … without a gap in the office.")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office_id", "number"], name="seal_number_once")]
