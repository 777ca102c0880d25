"""What the jobs keep beside django-tasks' own table."""

from __future__ import annotations

from django.db import models


class PeriodicRun(models.Model):
    """One slot of one periodic job, taken by whichever worker came first."""

    name = models.CharField(max_length=200)
    slot = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="periodic_run_once")]


class WorkerBeat(models.Model):
    """A worker's sign of life. By the database's clock: those of the machines may differ."""

    worker = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField(db_index=True)
