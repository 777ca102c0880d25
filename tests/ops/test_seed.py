from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Max

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.conversations.models import Conversation, Kind, Message, Reader, SearchEntry
from comptoir.conversations.search import find
from comptoir.ops.seed import seed_companies, seed_messages
from tests.world import say

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.people.models import Company, Membership, Office

MESSAGES = 150


@pytest.fixture
def seeded(office: Office, now: datetime) -> list[Company]:
    companies = seed_companies(office, 3, at=now, tell=str)
    seed_messages(companies, MESSAGES, until=now, tell=str)
    return companies


def test_leaves_what_the_actions_would(seeded: list[Company], now: datetime) -> None:
    texts = Message.objects.filter(kind=Kind.TEXT)
    assert texts.count() == MESSAGES
    assert SearchEntry.objects.count() == MESSAGES + Conversation.objects.count()
    for talk in Conversation.objects.all():
        mine = Message.objects.filter(conversation=talk)
        newest = texts.filter(conversation=talk).order_by("-position")[0]
        assert (newest.position, newest.sent_at, newest.author_id) == (
            talk.last_position,
            talk.last_message_at,
            talk.last_author_id,
        )
        assert talk.revision == mine.aggregate(newest=Max("revision"))["newest"]
        assert mine.filter(sent_at__gt=now).exclude(kind=Kind.CLOSED).count() == 0
        last_event = Event.objects.filter(conversation_id=talk.pk).order_by("-pk")[0]
        assert last_event.facts["revision"] == talk.revision
        assert mine.filter(seen_at__isnull=False, delivered_at__isnull=True).count() == 0
        marks = Reader.objects.filter(conversation=talk)
        assert marks.filter(member=talk.last_author_id, seen_upto=talk.last_position).exists()
        assert marks.filter(seen_upto__gt=talk.last_position).count() == 0
    assert Event.objects.filter(verb=Verb.CONVERSATION_STARTED).count() == Conversation.objects.count()


def test_can_be_talked_in_and_searched(seeded: list[Company], admin: Membership, now: datetime) -> None:
    talk = Conversation.objects.open()[0]
    revision = talk.revision
    assert say(talk, admin, "Bonjour").position == revision + 1
    assert {hit.conversation.pk for hit in find(admin, talk.subject)} >= {talk.pk}


def test_can_be_done_again(seeded: list[Company], office: Office, now: datetime) -> None:
    more = seed_companies(office, 2, at=now, tell=str)
    assert {company.name for company in more} == {"Dossier 00004", "Dossier 00005"}


def test_a_real_office_is_left_alone(office: Office) -> None:
    with pytest.raises(CommandError, match="real office"):
        call_command("seed", companies=1, messages=1)
