"""What a visitor by link costs: as much for one row as for ten, and nothing before the button is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.links.conftest import link_to, opened
from tests.test_query_counts import ROWS, Play, statements, write_to_each_other
from tests.world import begin, fresh

if TYPE_CHECKING:
    from tests.world import Cast

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize(
    ("name", "query"),
    [("portal_thread", ""), ("thread_changes", "?since=0"), ("thread_older", "?before=99")],
)
def test_a_thread_costs_the_same_however_long_it_is(cast: Cast, name: str, query: str) -> None:
    talk = begin(fresh(cast.accountant), cast.bakery).conversation
    browser = opened(link_to(talk, cast.client).secret)
    cost, made = {}, 0
    for rows in ROWS:
        while made < rows:
            write_to_each_other(Play(cast, talk, made))
            made += 1
        cost[rows] = statements(browser, reverse(name, args=[talk.pk]) + query)
    assert len(set(cost.values())) == 1, cost


def test_several_links_in_one_browser_cost_no_more(cast: Cast) -> None:
    talks = [begin(fresh(cast.accountant), cast.bakery).conversation for _ in range(3)]
    browser = opened(link_to(talks[0], cast.client).secret)
    path = reverse("portal_thread", args=[talks[0].pk])
    alone = statements(browser, path)
    for talk in talks[1:]:
        assert browser.post("/open", {"secret": link_to(talk, cast.client).secret}).status_code == 302
    assert statements(browser, path) == alone


@pytest.mark.parametrize("path", ["/open", "/open/over"])
def test_looking_asks_for_the_name_above_the_entrance_only(db: None, path: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(path).status_code == 200
    assert [str(query["sql"]).split(" FROM ")[1].split()[0] for query in captured] == ['"people_office"']
