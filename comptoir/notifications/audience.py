"""Who is told of a message: those who may read it and whom it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.conversations.querysets import readers
from comptoir.people.models import GroupMember, Membership
from comptoir.people.profiles import Profile

if TYPE_CHECKING:
    from comptoir.conversations.models import Conversation, Message


def may_read(conversation: Conversation) -> list[Membership]:
    """Everybody, today. Nobody of a dossier that is archived."""
    if conversation.company.archived_at is not None:
        return []
    people = Membership.objects.active().filter(readers(conversation))
    return list(people.select_related("person"))


def concerned(
    message: Message, conversation: Conversation, *, may_read: list[Membership]
) -> list[Membership]:
    """Of those: the other clients, and of the staff whoever answers for it. Never the author, in no membership.

    The staff are told of what clients write; with each other they have the internal notes. An administrator sees every
    dossier of the office, which is no reason to be mailed about each of them.
    """
    others = [one for one in may_read if one.person_id != message.author.person_id]
    clients = [one for one in others if not one.is_office]
    if message.by_office:
        return clients
    return clients + _answerable(conversation, [one for one in others if one.is_office])


def _answerable(conversation: Conversation, staff: list[Membership]) -> list[Membership]:
    """Whom a private conversation names, alone; else whoever it was given to or began it, and who holds the dossier.

    Where all of those have left, everybody who may read it: somebody must hear of it.
    """
    named = {conversation.addressee_id, conversation.started_by_id, conversation.assignee_id}
    chosen = [one for one in staff if one.pk in named]
    if not (conversation.is_private and chosen):
        held = _holders(conversation, staff)
        chosen = [one for one in staff if one.pk in named or one.pk in held]
    return chosen or staff


def _holders(conversation: Conversation, staff: list[Membership]) -> set[object]:
    """The manager of the dossier and the members of its group."""
    company = conversation.company
    held: set[object] = {one.pk for one in staff if one.profile != Profile.ADMINISTRATOR}
    held.add(company.manager_id)
    if company.group_id is not None:
        held.update(GroupMember.objects.filter(group=company.group_id).values_list("member", flat=True))
    return held
