"""Who is told of a message: those who may read it and whom it concerns."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from comptoir.conversations.querysets import readers
from comptoir.people.models import GroupMember, Membership
from comptoir.people.profiles import Profile

if TYPE_CHECKING:
    from uuid import UUID

    from comptoir.conversations.models import Conversation, Message


class Audience:
    """Of one conversation, as it is now; it comes with its company. Asks the database twice at most."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    @cached_property
    def may_read(self) -> list[Membership]:
        """Everybody, today. Nobody of a dossier that is archived."""
        if self.conversation.company.archived_at is not None:
            return []
        people = Membership.objects.active().filter(readers(self.conversation))
        return list(people.select_related("person"))

    def concerned(self, message: Message) -> list[Membership]:
        """The other clients, and of the staff whoever answers for it. Never the author, in no membership.

        The staff are told of what clients write; with each other they have the internal notes. An administrator sees
        every dossier of the office, which is no reason to be mailed about each of them.
        """
        others = [one for one in self.may_read if one.person_id != message.author.person_id]
        clients = [one for one in others if not one.is_office]
        if message.by_office:
            return clients
        return clients + self._answerable([one for one in others if one.is_office])

    def _answerable(self, staff: list[Membership]) -> list[Membership]:
        """Where all who answer for it have left, everybody who may read it: somebody must hear of it."""
        return self.holding(staff) or staff

    def holding(self, staff: list[Membership]) -> list[Membership]:
        """Whom a private conversation names, alone; else whoever it was given to or began it, and who holds the dossier."""
        talk = self.conversation
        named = {talk.addressee_id, talk.started_by_id, talk.assignee_id}
        chosen = [one for one in staff if one.pk in named]
        if not (talk.is_private and chosen):
            chosen = [one for one in staff if one.pk in named or self._holds(one)]
        return chosen

    def _holds(self, one: Membership) -> bool:
        """Staff who are no administrators see the dossier because they hold it."""
        company = self.conversation.company
        return one.profile != Profile.ADMINISTRATOR or one.pk == company.manager_id or one.pk in self._group

    @cached_property
    def _group(self) -> set[UUID]:
        group_id = self.conversation.company.group_id
        if group_id is None:
            return set()
        return set(GroupMember.objects.filter(group=group_id).values_list("member", flat=True))
