"""The board: who is late, what came in, and what is done about it; for whoever may see the dossier."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comptoir.campaigns.board import Stand, lines
from comptoir.campaigns.items import State
from comptoir.campaigns.models import DocumentRequest, RequestItem
from comptoir.people.actions.companies import open_company
from tests.campaigns.asked import ask
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Company, Membership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


NUMBERS = ("0123456749", "0234567873")
TODAY = NOW.date()
SHOWN = "Boulangerie Pain &amp; Levain"


@pytest.fixture
def asked(accountant: Membership, bakery: Company) -> DocumentRequest:
    return ask(accountant, bakery, at=NOW - timedelta(days=7))


@pytest.fixture
def desk(accountant: Membership, browser_of: Callable[[Membership], Client]) -> Client:
    return browser_of(accountant)


def settle(request: DocumentRequest, *kinds: str, state: State = State.IN, count: int = 3) -> None:
    of_kind = RequestItem.objects.filter(request=request.pk, kind__in=kinds)
    of_kind.update(state=state, received_count=count, changed_at=NOW - timedelta(days=1))


def stand(request: DocumentRequest, member: Membership, today: date = TODAY) -> Stand:
    [line] = [one for one in lines(request.campaign, member=member) if one.id == request.pk]
    return line.stand(today)


def test_a_dossier_stands_where_its_items_and_its_day_put_it(
    asked: DocumentRequest, accountant: Membership
) -> None:
    assert stand(asked, accountant) is Stand.NOTHING
    settle(asked, "sales")
    assert stand(asked, accountant) is Stand.PART
    assert stand(asked, accountant, asked.due_on) is Stand.PART
    assert stand(asked, accountant, asked.due_on + timedelta(days=1)) is Stand.LATE
    settle(asked, "purchases", "bank", state=State.NOTHING, count=0)
    assert stand(asked, accountant, asked.due_on + timedelta(days=1)) is Stand.COMPLETE


def test_whoever_was_chased_twice_is_late_before_the_day(
    asked: DocumentRequest, accountant: Membership
) -> None:
    DocumentRequest.objects.update(chase_count=2)
    assert stand(asked, accountant) is Stand.LATE


def test_what_is_not_needed_counts_for_nothing(asked: DocumentRequest, accountant: Membership) -> None:
    settle(asked, "sales", "bank")
    settle(asked, "purchases", state=State.NOT_NEEDED)
    assert stand(asked, accountant) is Stand.COMPLETE


def test_the_board_shows_dossiers_cells_and_figures(asked: DocumentRequest, desk: Client) -> None:
    settle(asked, "sales")
    shown = desk.get(reverse("board")).content.decode()
    assert SHOWN in shown
    assert 'class="cell ok"' in shown
    assert "octobre 2026" in shown
    assert "8 jours avant" in shown
    assert 'class="plot"' in shown


def test_a_filter_leaves_the_others_out(asked: DocumentRequest, desk: Client) -> None:
    place = reverse("board")
    assert SHOWN in desk.get(place, {"show": "nothing"}).content.decode()
    assert reverse("request", args=[asked.pk]) not in desk.get(place, {"show": "late"}).content.decode()


@pytest.mark.parametrize("name", ["board", "board_csv"])
def test_as_many_queries_for_three_dossiers_as_for_one(
    name: str, asked: DocumentRequest, accountant: Membership, admin: Membership, desk: Client
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            b"".join(desk.get(reverse(name), {"campaign": str(asked.campaign_id)}))
        return len(queries)

    count()
    one = count()
    for number in range(2):
        more = open_company(
            f"Menuiserie {number}",
            by=admin,
            at=NOW,
            enterprise_number=NUMBERS[number],
            manager_id=accountant.pk,
        )
        ask(accountant, more, at=NOW - timedelta(days=7))
    assert count() == one


def test_what_one_does_not_manage_is_not_on_the_board(
    asked: DocumentRequest, colleague: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    desk = browser_of(colleague)
    assert SHOWN not in desk.get(reverse("board")).content.decode()
    assert desk.get(reverse("request", args=[asked.pk])).status_code == 404


def test_whoever_is_late_is_called(asked: DocumentRequest, desk: Client) -> None:
    assert SHOWN in desk.get(reverse("call_list", args=[asked.campaign_id])).content.decode()
    settle(asked, "sales")
    assert SHOWN not in desk.get(reverse("call_list", args=[asked.campaign_id])).content.decode()


def test_the_table_leaves_as_csv(asked: DocumentRequest, desk: Client) -> None:
    answer = desk.get(reverse("board_csv"), {"campaign": str(asked.campaign_id)})
    text = b"".join(answer).decode()
    assert asked.company.name in text
    assert "Rien reçu" in text


def test_the_dossier_page_shows_items_people_and_history(
    asked: DocumentRequest, accountant: Membership, bakery: Company, desk: Client
) -> None:
    before = ask(accountant, bakery, at=NOW - timedelta(days=40), period="2026-09")
    DocumentRequest.objects.filter(pk=before.pk).update(
        ended_at=NOW - timedelta(days=20), ended_how="handed_in", next_step_at=None
    )
    shown = desk.get(reverse("request", args=[asked.pk])).content.decode()
    assert "Sophie" in shown
    assert "septembre 2026" in shown
