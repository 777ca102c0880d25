"""Every address about a conversation × everybody × what they have to do with it × open or closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from comptoir.core.ids import new_id
from tests.doors.knock import knock
from tests.doors.people import LETTERS, WITHOUT_ACCESS
from tests.doors.table import Door
from tests.doors.things import CLOSED, MISSING, OPEN, SEEN_BY

if TYPE_CHECKING:
    from tests.doors.conftest import House

pytestmark = pytest.mark.django_db

SEE = "staff 200 clients 200 feedback 200"
DESK = "staff 200 clients 404 feedback 404"
NOTED = "staff 302 clients 404 feedback 404"
ONLY_ITS_AUTHOR = "staff 404 clients 404 feedback 404"
TALK = "writers 302 assistant 403 clients 302 feedback 302"
NO_MORE = "writers 409 assistant 403 clients 409 feedback 409"
NOT_YOURS = "staff 403 clients 403 feedback 403"

TABLE = [
    Door("GET", "portal_thread", "conversation", "staff 404 clients 200 feedback 200"),
    Door("GET", "desk_thread", "conversation", DESK),
    Door(
        "POST",
        "desk_assign",
        "conversation",
        "writers 302 assistant 403 clients 404 feedback 404",
        data={"assignee": ""},
    ),
    Door("POST", "note_add", "conversation", NOTED, data={"body": "Note"}),
    Door(
        "POST",
        "note_edit",
        "note",
        "staff 403 clients 404 feedback 404",
        author=(302, 302),
        data={"body": "Autre"},
    ),
    Door("POST", "note_delete", "note", "staff 403 clients 404 feedback 404", author=(302, 302)),
    Door("POST", "thread_post", "conversation", TALK, NO_MORE, data={"body": "Bonjour"}),
    Door(
        "POST",
        "thread_close",
        "conversation",
        "writers 302 assistant 403 clients 302 feedback 403",
        begun="clients 403",
    ),
    Door("POST", "thread_reopen", "conversation", TALK),
    Door("POST", "thread_handled", "conversation", TALK, NO_MORE),
    Door("POST", "thread_seen", "conversation", "staff 204 clients 204 feedback 204", data={"revision": "1"}),
    Door("POST", "thread_typing", "conversation", "staff 204 clients 204 feedback 204"),
    Door("GET", "thread_changes", "conversation", SEE, data={"since": "0"}),
    Door("GET", "thread_older", "conversation", SEE, data={"before": "9"}),
    Door("POST", "message_edit", "message", NOT_YOURS, author=(302, 409), data={"body": "Corrigé"}),
    Door("POST", "message_delete", "message", NOT_YOURS, author=(302, 409)),
    Door("GET", "message_text", "message", ONLY_ITS_AUTHOR, author=(200, 200)),
    Door("GET", "message_receipts", "message", ONLY_ITS_AUTHOR, author=(200, 200)),
    Door("GET", "file", "file", SEE),
    Door("GET", "file_preview", "file", SEE),
    Door("GET", "file_card", "file", SEE),
]


@pytest.mark.parametrize("door", TABLE, ids=lambda door: door.name)
def test_everybody_gets_what_the_table_says(house: House, door: Door) -> None:
    wrong, let_in = [], 0
    for who in LETTERS:
        browser = house.people.browsers[who]
        nothing = knock(browser, door.method, reverse(door.name, args=[new_id()]), door.data)
        for kind in SEEN_BY:
            for state in (OPEN, CLOSED):
                pk = house.things.ids[door.what][kind, state]
                answer = knock(browser, door.method, reverse(door.name, args=[pk]), door.data)
                expected = door.expected(who, kind, state)
                let_in += answer.status < 400
                if answer.status != expected:
                    wrong.append(f"{who}, {kind}, {state}: {answer.status} rather than {expected}")
                if answer.status == 404 and (answer.body, nothing.status) != (nothing.body, 404):
                    wrong.append(f"{who}, {kind}, {state}: 404, but told apart from what is missing")
                if answer.status >= 400 and answer.written:
                    wrong.append(f"{who}, {kind}, {state}: refused, but wrote {answer.written}")
    assert wrong == []
    assert let_in > 3, "Nobody comes in: the door proves nothing."


@pytest.mark.parametrize("door", TABLE, ids=lambda door: door.name)
def test_whoever_has_no_access_is_led_to_the_entrance(house: House, door: Door) -> None:
    entrance = {"-": "/accounts/login/?next=", "D": "/accounts/login/?next=", "E": "/no-membership"}
    for who in WITHOUT_ACCESS:
        for kind in ("shared", "of one who left", "ours", MISSING):
            pk = house.things.ids[door.what][kind, OPEN]
            answer = knock(house.people.browsers[who], door.method, reverse(door.name, args=[pk]), door.data)
            assert (answer.status, answer.written) == (302, []), (who, kind)
            assert answer.where.startswith(entrance[who]), (who, kind)
