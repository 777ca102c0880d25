"""The demo office, made once: in every state that the pages show, up to this morning."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db.models import Count

from comptoir.conversations.models import Conversation, Kind, Message, MessageAttachment, Note
from comptoir.conversations.queries import counters
from comptoir.ledger.models import ImportedFile, Invoice, Payment
from comptoir.ledger.queries import statement_gaps
from comptoir.ops.cast import DOMAIN, PASSWORD
from comptoir.ops.demo import create_demo_office
from comptoir.people.enterprise_number import enterprise_number
from comptoir.people.models import Company, Membership, Office, Person
from comptoir.people.profiles import Profile
from comptoir.questions.models import Question
from comptoir.questions.states import State

if TYPE_CHECKING:
    from datetime import datetime

PARTS = (
    "admin", "accountant", "colleague", "assistant", "client", "partner", "documents", "reader", "other", "outsider",
)  # fmt: skip


@pytest.fixture
def demo(db: None, now: datetime) -> Office:
    Office.objects.all().delete()
    Person.objects.all().delete()
    return create_demo_office(at=now)


def member(part: str) -> Membership:
    return Membership.objects.select_related("person", "company", "office").get(
        person__email=f"{part}@{DOMAIN}"
    )


CONVERSATIONS = (
    {"closed_at__isnull": False, "closed_by__company__isnull": True},
    {"closed_at__isnull": False, "closed_by__company__isnull": False},
    {"awaiting_office_since__isnull": False},
    {"awaiting_client_since__isnull": False},
    {"to_be_seen": True},
    {"reopened_at__isnull": False, "closed_at__isnull": True},
    {"addressee__isnull": False},
    {"assignee__isnull": False},
    {"last_has_files": True},
)
MESSAGES = (
    {"edited_at__isnull": False},
    {"deleted_at__isnull": False},
    {"seen_at__isnull": False},
    {"delivered_at__isnull": False, "seen_at__isnull": True},
    {"delivered_at__isnull": True},
)


def test_is_what_a_visitor_hopes_for(demo: Office, now: datetime) -> None:
    """One test, because making the office takes seconds."""
    is_peopled(demo)
    is_in_every_state(demo)
    reaches_up_to_this_morning(now)
    gives_everybody_something_to_do()


def is_peopled(demo: Office) -> None:
    assert demo.is_demo
    assert not demo.requires_second_factor
    for part in PARTS:
        assert member(part).person.check_password(PASSWORD)
    numbers = list(Company.objects.values_list("enterprise_number", flat=True))
    assert Company.objects.filter(office=demo).count() == 20
    assert [number for number in numbers if enterprise_number(number) != number] == []


def is_in_every_state(demo: Office) -> None:
    ours = Conversation.objects.filter(office=demo)
    texts = Message.objects.filter(office=demo, kind=Kind.TEXT)
    assert ours.count() >= 60
    assert [state for state in CONVERSATIONS if not ours.filter(**state).exists()] == []
    assert [state for state in MESSAGES if not texts.filter(**state).exists()] == []
    assert set(Question.objects.filter(office=demo).values_list("state", flat=True)) == set(State)
    assert Question.objects.drafts().filter(by_data=True).exists()
    assert Note.objects.count() >= 5
    assert MessageAttachment.objects.count() >= 40
    lengths = texts.values("conversation").annotate(n=Count("pk")).filter(n__gte=20)
    assert lengths.count() >= 3


def reaches_up_to_this_morning(now: datetime) -> None:
    assert not Message.objects.filter(sent_at__gt=now).exists()
    assert Message.objects.filter(sent_at__gt=now - timedelta(hours=1)).exists()
    assert Message.objects.filter(sent_at__lt=now - timedelta(days=330)).exists()


def gives_everybody_something_to_do() -> None:
    for part in ("client", "partner", "accountant", "colleague"):
        assert counters(member(part)).to_handle, part
    assert not Conversation.objects.visible_to(member("documents")).exists()
    assert Conversation.objects.visible_to(member("reader")).count() == 1


def test_two_dossiers_have_accounts_with_something_left_to_do(demo: Office) -> None:
    bakery = Company.objects.get(office=demo, name__startswith="Boulangerie")
    rive = Company.objects.get(office=demo, name="Brasserie La Rive SRL")
    for company, gaps in ((bakery, 0), (rive, 1)):
        files = ImportedFile.objects.filter(company=company)
        assert {one.state for one in files} == {"read"}
        assert sum(one.doubt_count for one in files) == 0
        found = [(one.direction, one.settlement) for one in Invoice.objects.filter(company=company)]
        assert {"purchase", "sale"} == {direction for direction, _ in found}
        assert {"paid", "unpaid"} == {settled for _, settled in found}
        assert Payment.objects.filter(company=company, matched=0).exists()
        assert len(statement_gaps(member("accountant"), company.pk)) == gaps


def test_each_part_is_played_with_its_profile(demo: Office) -> None:
    profiles = {part: member(part).profile for part in ("admin", "accountant", "outsider", "director")}
    assert profiles == {
        "admin": Profile.ADMINISTRATOR,
        "accountant": Profile.ACCOUNTANT,
        "outsider": Profile.ACCOUNTANT,
        "director": Profile.ADMINISTRATOR,
    }
    assert member("outsider").office_id == member("director").office_id != demo.pk
