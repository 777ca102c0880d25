"""Every address of questions at the desk × everybody × whose dossier it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from comptoir.core.ids import new_id
from comptoir.questions.actions.asking_later import schedule_questions
from comptoir.questions.models import LaterAsking, Question
from tests.doors.knock import knock
from tests.doors.people import WITHOUT_ACCESS
from tests.doors.test_doors_ledger import Door, Things, wrong_of
from tests.questions.asked import answer, ask, draft
from tests.world import NOW, fresh

if TYPE_CHECKING:
    from uuid import UUID

    from comptoir.people.models import Company, Membership
    from tests.doors.conftest import House
    from tests.doors.knock import Answer

pytestmark = pytest.mark.django_db

# An assistant (I) drafts and sends nothing; only whoever asked takes it back.
STAFF = {"bakery": "ANI 200", "garage": "AJ 200", "elsewhere": "W 200"}
DRAFTS = {"bakery": "ANI 302", "garage": "AJ 302", "elsewhere": "W 302"}
SENDS = {"bakery": "AN 302 I 403", "garage": "AJ 302", "elsewhere": "W 302"}
TAKES_BACK = {"bakery": "N 302 AI 403", "garage": "J 302 A 403", "elsewhere": "W 302"}
TABLE = [
    Door("GET", "company_questions", "company", STAFF),
    Door("POST", "question_draft", "company", DRAFTS),
    Door("POST", "questions_send", "company", SENDS),
    Door("POST", "questions_merge", "company", DRAFTS),
    Door("POST", "question_change", "draft", DRAFTS),
    Door("POST", "question_drop", "draft", DRAFTS),
    Door("POST", "question_part", "draft", DRAFTS),
    Door("POST", "questions_take_back", "message", TAKES_BACK),
]
TABLE += [
    Door("POST", "asking_cancel", "later", SENDS),
]
DECIDES = {"bakery": "AN 302 I 403", "garage": "AJ 302", "elsewhere": "W 302"}
TABLE += [
    Door("GET", "after_filing", "company", STAFF),
    Door("POST", "after_filing", "company", SENDS),
    Door("POST", "answer_send_back", "answered", DECIDES),
    Door("POST", "answer_remember", "answered", DECIDES),
]
MANAGERS = {"bakery": "accountant", "garage": "colleague", "elsewhere": "director"}
CLIENTS = {"bakery": "client", "garage": "other", "elsewhere": "stranger"}
DATA: dict[str, dict[str, Any]] = {
    "question_draft": {"kind": "free", "wording": "Qui ?"},
    "questions_send": {"subject": "Questions", "body": "Bonjour"},
    "question_change": {"wording": "Quoi ?"},
    "after_filing": {
        "kind": "D4",
        "period": "2026-10",
        "amount": "12,50",
        "subject": "TVA",
        "body": "Bonjour",
    },
    "answer_send_back": {"reason": "Lequel ?"},
}


@pytest.fixture
def things(house: House, clock: object) -> Things:
    found: Things = {what: {} for what in ("company", "draft", "second", "message", "answered", "later")}
    for name, part in MANAGERS.items():
        by, company = fresh(getattr(house.cast, part)), getattr(house.cast, name)
        found["company"][name] = company.pk
        found["message"][name] = ask(by, company).message.pk
        found["answered"][name] = _answered(house, name, by).pk
        found["later"][name] = _later(by, company).pk
        found["draft"][name], found["second"][name] = draft(by, company).pk, draft(by, company).pk
    return found


def _later(by: Membership, company: Company) -> LaterAsking:
    text = {"subject": "Questions", "body": "Bonjour"}
    keys = {"key": new_id(), "message_key": new_id()}
    moment = {"at": NOW, "send_at": NOW + timedelta(days=1)}
    return schedule_questions([draft(by, company).pk], company_id=company.pk, by=by, **keys, **text, **moment)


def _answered(house: House, name: str, by: Membership) -> Question:
    """What may be remembered of somebody."""
    client, company = fresh(getattr(house.cast, CLIENTS[name])), getattr(house.cast, name)
    [question] = ask(by, company, draft(by, company, kind="B4")).questions
    Question.objects.filter(pk=question.pk).update(party="ACME", party_key="acme")
    return answer(client, question, choice="supplier", body="")


def data_of(door: Door, pk: UUID, things: Things) -> dict[str, Any]:
    """Those that name drafts name the dossier's own."""
    data = dict(DATA.get(door.name, {}))
    which = next((name for name, company in things["company"].items() if company == pk), None)
    if which and door.name in {"questions_send", "questions_merge"}:
        data["question"] = [str(things[what][which]) for what in ("draft", "second")]
    return data


@pytest.mark.parametrize("door", TABLE, ids=lambda door: f"{door.method} {door.name}")
def test_everybody_gets_the_page_that_the_table_says(house: House, things: Things, door: Door) -> None:
    def visit(house: House, who: str, door: Door, pk: UUID) -> Answer:
        address = reverse(door.name, args=[pk])
        return knock(house.people.browsers[who], door.method, address, data_of(door, pk, things))

    assert wrong_of(house, things, door, visit) == []


@pytest.mark.parametrize("who", WITHOUT_ACCESS)
def test_whoever_has_no_access_is_led_to_the_entrance(house: House, things: Things, who: str) -> None:
    for door in TABLE:
        pk = things[door.what]["bakery"]
        address = reverse(door.name, args=[pk])
        answer = knock(house.people.browsers[who], door.method, address, data_of(door, pk, things))
        assert (answer.status, answer.written) == (302, []), door
