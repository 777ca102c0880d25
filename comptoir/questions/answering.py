"""Answers: every one that was given, the newest of a question is the one that counts."""

from __future__ import annotations

from typing import Any

from django.db import models

from comptoir.core.ids import new_id
from comptoir.files.models import Attachment
from comptoir.people.models import Membership
from comptoir.questions.querysets import OfQuestions


class Answer(models.Model):
    """`id` is the UUID that the client's program made: the same answer sent again is the same row."""

    to_question = "question__"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.ForeignKey(
        "questions.Question", on_delete=models.CASCADE, related_name="answers", db_index=False
    )
    choice = models.CharField(max_length=20, help_text="Of the catalogue, or of answer_choices.py.")
    detail: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, help_text="percent, name, day or invoices, as the choice asks."
    )
    body = models.TextField(blank=True)
    remember = models.BooleanField(
        default=False, help_text="The client wants it to be so next time: a rule, once it is accepted."
    )
    content_hash = models.CharField(max_length=64, help_text="Of what was sent: the same again, or another?")
    answered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    answered_at = models.DateTimeField()
    sent_back_at = models.DateTimeField(null=True)
    sent_back_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    sent_back_reason = models.TextField(blank=True)

    objects = OfQuestions.as_manager()

    class Meta:
        indexes = [models.Index(fields=["question", "answered_at"], name="answer_of_question")]


class AnswerFile(models.Model):
    to_question = "answer__question__"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="files")
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+")
    place = models.SmallIntegerField()

    objects = OfQuestions.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "place"], name="answer_file_place_once")]
