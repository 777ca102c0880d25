"""Questions of several dossiers at once: one conversation each, taken back within minutes, or sent tomorrow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.html import escape

from comptoir.conversations.models import Conversation
from comptoir.core.ids import new_id
from comptoir.people.actions.memberships import end_membership
from comptoir.people.models import Membership
from comptoir.questions.models import LaterAsking, Question
from tests.questions.asked import draft, now_of
from tests.test_query_counts import cost_at_each
from tests.world import NOW, fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    import time_machine
    from django.test import Client

    from comptoir.people.models import Company
    from tests.test_query_counts import Play
    from tests.world import Cast

pytestmark = pytest.mark.usefixtures("clock")
ALL = "/desk/questions/"


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def desk(browser_of: Callable[[Membership], Client], admin: Membership) -> Client:
    return browser_of(admin)


@pytest.fixture
def drafts(admin: Membership, bakery: Company, garage: Company) -> list[Question]:
    return [draft(admin, bakery), draft(admin, bakery), draft(admin, garage)]


def send(desk: Client, drafts: list[Question], **more: Any) -> str:
    data = {"key": str(new_id()), "question": [str(one.pk) for one in drafts]} | more
    return desk.post("/desk/questions/send", data, follow=True).content.decode()


def test_one_conversation_for_each_dossier(desk: Client, drafts: list[Question]) -> None:
    page = desk.get(ALL).content.decode()
    assert "Envoyer 3 questions à 2 dossiers" in page
    assert page.count(" checked>") == 3
    key = str(new_id())
    for _ in "12":
        page = send(desk, drafts, key=key, due_on="2026-11-30")
    assert "3 questions envoyées à 2 dossiers" in page
    talks = Conversation.objects.order_by("company__name").values_list("company", "open_questions")
    assert list(talks) == [(drafts[0].company_id, 2), (drafts[2].company_id, 1)]
    assert {str(now_of(one).due_on) for one in drafts} == {"2026-11-30"}


def test_taken_back_within_five_minutes(
    desk: Client, drafts: list[Question], clock: time_machine.Coordinates
) -> None:
    page = send(desk, drafts)
    asked = list(Question.objects.open().values_list("message", flat=True).distinct())
    assert all(f'name="message" value="{pk}"' in page for pk in asked)
    desk.post("/desk/questions/sent/take-back", {"message": [str(pk) for pk in asked]})
    assert {now_of(one).state for one in drafts} == {"draft"}
    send(desk, drafts)
    clock.shift(timedelta(minutes=6))
    assert 'name="message"' not in desk.get(ALL).content.decode()


def test_one_that_refuses_stops_no_other(
    desk: Client, drafts: list[Question], cast: Cast, admin: Membership
) -> None:
    clients = Membership.objects.filter(company=cast.garage)
    for pk in clients.values_list("pk", flat=True):
        end_membership(pk, by=fresh(admin), at=NOW)
    page = send(desk, drafts)
    assert f"{escape(cast.garage.name)}: Personne" in page
    assert [now_of(one).state for one in drafts] == ["asked", "asked", "draft"]


def test_tomorrow_morning_and_not_after_all(desk: Client, drafts: list[Question]) -> None:
    assert "Envoyer le 13 nov. à 08:00" in desk.get(ALL).content.decode()
    page = send(desk, drafts, when="morning")
    assert "3 questions à 2 dossiers partiront le 13 nov. 2026, 08:00" in page
    assert page.count("Ne pas envoyer") == 2
    assert page.count(" checked>") == 0  # they leave by themselves
    for later in LaterAsking.objects.all():
        desk.post(f"/desk/questions/later/{later.pk}/cancel", {"back": "all"})
    assert desk.get(ALL).content.decode().count(" checked>") == 3


def test_from_the_page_of_one_dossier(desk: Client, drafts: list[Question], bakery: Company) -> None:
    path = f"/desk/companies/{bakery.pk}/questions"
    text = {"subject": "Questions", "body": "Bonjour", "message_key": str(new_id())}
    data = {"key": str(new_id()), "question": str(drafts[0].pk), "when": "then", **text}
    refused = desk.post(f"{path}/send", data | {"send_at": "2026-11-01T08:00"})
    assert (refused.status_code, "soixante" in refused.content.decode()) == (422, True)
    desk.post(f"{path}/send", data | {"send_at": "2026-11-16T07:15"})
    assert "part le 16 nov. 2026, 07:15" in desk.get(path).content.decode()


def test_the_page_costs_the_same_however_many_dossiers_and_drafts_there_are(cast: Cast) -> None:
    def one_more(play: Play) -> None:
        for company in (play.cast.bakery, play.cast.garage):
            draft(play.member("admin"), company)

    cost = cost_at_each(cast, "admin", ALL, one_more)
    assert len(set(cost.values())) == 1, cost
