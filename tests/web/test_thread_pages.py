"""Pages of a long thread: its newest rows, an earlier page, and what a search's hit opens."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.actions.note import write_note
from comptoir.conversations.models import Reader
from comptoir.core.ids import new_id
from comptoir.web.thread.view import PAGE
from tests.world import NOW, begin, say, signed_in

if TYPE_CHECKING:
    from django.test import Client

    from comptoir.conversations.models import Conversation
    from comptoir.ops.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def long(cast: Cast) -> Conversation:
    talk = begin(cast.accountant, cast.bakery, body="Où est la farine ?").conversation
    for number in range(PAGE + 20):
        say(talk, cast.client, f"Sac {number}", at=NOW + timedelta(seconds=number))
    return talk


def shown(html: str) -> list[str]:
    return re.findall(r'<article class="msg[^>]*id="(m-[^"]+)"', html)


def test_a_hit_s_link_opens_the_page_that_holds_it(cast: Cast, long: Conversation, client: Client) -> None:
    browser = signed_in(client, cast.client)
    found = browser.get("/search?q=farine").content.decode()
    link = re.search(rf'href="(/communication/{long.pk}/[^"#]*)#(m-[^"]+)"', found)
    assert link is not None
    newest = browser.get(f"/communication/{long.pk}/").content.decode()
    assert link[2] not in shown(newest)  # a year's history is longer than one page

    page = browser.get(link[1]).content.decode()

    assert link[2] in shown(page)
    assert "data-later=" in page
    assert "data-later=" not in newest


def test_the_newest_hit_opens_the_newest_page(cast: Cast, long: Conversation, client: Client) -> None:
    browser = signed_in(client, cast.client)
    found = browser.get(f"/search?q=Sac {PAGE + 19}").content.decode()
    link = re.search(rf'href="(/communication/{long.pk}/[^"#]*)#', found)
    assert link is not None
    assert "data-later=" not in browser.get(link[1]).content.decode()


@pytest.mark.parametrize("part", ["client", "accountant"])
def test_earlier_messages_come_without_a_script(
    part: str, cast: Cast, long: Conversation, client: Client
) -> None:
    browser = signed_in(client, getattr(cast, part))
    place = f"/{'communication' if part == 'client' else 'desk/c'}/{long.pk}/"
    rows: list[str] = []
    query: str | None = ""
    while query is not None:
        html = browser.get(f"{place}{query}").content.decode()
        assert not set(shown(html)) & set(rows)
        rows += shown(html)
        more = re.search(r'href="(\?before=\d+)"', html)
        query = more[1] if more else None
    assert len(rows) == PAGE + 21


def test_an_earlier_page_marks_nothing_as_seen(cast: Cast, long: Conversation, client: Client) -> None:
    browser = signed_in(client, cast.accountant)
    marks = Reader.objects.filter(conversation=long, member=cast.accountant)

    browser.get(f"/desk/c/{long.pk}/?before=20")
    before = marks.get().seen_upto

    browser.get(f"/desk/c/{long.pk}/")
    assert before < marks.get().seen_upto == PAGE + 21


def test_notes_below_an_earlier_page_are_not_on_it(cast: Cast, long: Conversation, client: Client) -> None:
    write_note(long.pk, by=cast.accountant, at=NOW, key=new_id(), body="Seulement au bout")
    browser = signed_in(client, cast.accountant)
    assert "Seulement au bout" in browser.get(f"/desk/c/{long.pk}/").content.decode()
    assert "Seulement au bout" not in browser.get(f"/desk/c/{long.pk}/?before=20").content.decode()


def test_a_place_that_is_none_is_refused(cast: Cast, long: Conversation, client: Client) -> None:
    assert signed_in(client, cast.client).get(f"/communication/{long.pk}/?before=x").status_code == 422


def test_the_menu_of_one_s_message_stays_when_closed_without_what_changes_it(
    cast: Cast, client: Client
) -> None:
    talk = begin(cast.accountant, cast.bakery).conversation
    browser = signed_in(client, cast.accountant)
    is_open = browser.get(f"/desk/c/{talk.pk}/").content.decode()
    close_conversation(talk.pk, by=cast.accountant, at=NOW)
    closed = browser.get(f"/desk/c/{talk.pk}/").content.decode()

    assert "data-closed" in closed
    assert "data-closed" not in is_open
    assert "data-receipts" in closed
    assert re.search(r'class="while-open" data-edit=', closed)
    assert re.search(r'<form class="while-open"[^>]*data-delete', closed)


def test_receipts_are_a_page_without_a_script(cast: Cast, client: Client) -> None:
    started = begin(cast.accountant, cast.bakery)
    browser = signed_in(client, cast.accountant)
    address = f"/messages/{started.message.pk}/receipts"
    page = browser.get(address).content.decode()
    part = browser.get(address, headers={"X-Fragment": "receipts"}).content.decode()

    assert "<html" in page
    assert f"#m-{started.message.pk}" in page
    assert part.startswith("<section")


def test_a_form_that_is_refused_leads_back_to_its_page(cast: Cast, client: Client) -> None:
    talk = begin(cast.accountant, cast.bakery).conversation
    browser = signed_in(client, cast.client)
    page = f"http://testserver/communication/{talk.pk}/"
    refused = browser.post(f"/c/{talk.pk}/messages", {"body": " "}, headers={"Referer": page})
    assert refused.status_code == 422
    assert f'href="{page}"' in refused.content.decode()

    elsewhere = browser.post(
        f"/c/{talk.pk}/messages", {"body": " "}, headers={"Referer": "http://evil.example/"}
    )
    assert "evil.example" not in elsewhere.content.decode()


def test_the_pile_counts_what_it_does_not_show(cast: Cast, client: Client) -> None:
    for number in range(25):
        begin(cast.accountant, cast.bakery, subject=f"Facture {number}")
    html = signed_in(client, cast.client).get("/communication/").content.decode()
    assert "25 conversations" in html
