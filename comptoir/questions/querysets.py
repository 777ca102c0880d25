"""The gate of this package: who sees which question, and with it its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from comptoir.conversations import querysets as conversations
from comptoir.people.models import Company
from comptoir.people.profiles import Profile
from comptoir.questions.states import OPEN, State

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from comptoir.people.models import Membership
    from comptoir.questions.models import (  # noqa: F401 -- named in the bases below
        AnswerRule,
        DirectorAccounts,
        LaterAsking,
        OfficeThresholds,
        Question,
    )


def visible(member: Membership, *, prefix: str = "") -> Q:
    """The condition on a question, or on a row that reaches one by `prefix`, e.g. `question__`.

    Staff: all of the dossiers that they may see, drafts too. Clients: with full access, what was asked in a
    conversation that they see. For the other profiles there are none, not even in a conversation with them alone.
    """
    asked = Q(**{f"{prefix}conversation__isnull": False}) & conversations.visible(
        member, prefix=f"{prefix}conversation__"
    )
    if not member.is_office:
        return asked if member.profile == Profile.FULL_ACCESS else Q(pk__in=[])
    if member.only_conversation is not None:
        return asked
    ours = Q(**{f"{prefix}office": member.office_id})
    if member.profile == Profile.ADMINISTRATOR:
        return ours
    return ours & Q(**{f"{prefix}company__in": Company.objects.visible_to(member).values("pk")})


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, member: Membership) -> Self:
        return self.filter(visible(member))

    def drafts(self) -> Self:
        return self.filter(state=State.DRAFT)

    def open(self) -> Self:
        """Asked, and not answered."""
        return self.filter(state__in=OPEN)

    def answered(self) -> Self:
        """What the accountant has to accept, or to send back."""
        return self.filter(state=State.ANSWERED)


class OfQuestions(models.QuerySet[Any]):
    """Answers, and what hangs on them: seen with their question."""

    def visible_to(self, member: Membership) -> Self:
        return self.filter(visible(member, prefix=self.model.to_question))


def _dossiers(member: Membership) -> QuerySet[Company]:
    """Of which they see what the staff keep about them; clients see none of it."""
    seen = Company.objects.visible_to(member)
    return seen if member.is_office else seen.none()


class OfTheDossier(models.QuerySet["AnswerRule"]):
    def visible_to(self, member: Membership) -> Self:
        return self.filter(office=member.office_id, company__in=_dossiers(member))


class LaterAskings(models.QuerySet["LaterAsking"]):
    def visible_to(self, member: Membership) -> Self:
        return self.filter(office=member.office_id, company__in=_dossiers(member))


class AccountsOfDirectors(models.QuerySet["DirectorAccounts"]):
    def visible_to(self, member: Membership) -> Self:
        return self.filter(office=member.office_id, company__in=_dossiers(member))


class OfTheOffice(models.QuerySet["OfficeThresholds"]):
    """An office's settings, which its staff may read."""

    def visible_to(self, member: Membership) -> Self:
        if not member.is_office or member.is_by_link:
            return self.none()
        return self.filter(office=member.office_id)
