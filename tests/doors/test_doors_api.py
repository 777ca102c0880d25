"""Every operation of the API × everybody's token × what they have to do with the thing × open or closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.core.ids import new_id
from tests.doors.knock import knock
from tests.doors.people import LETTERS, WITHOUT_ACCESS
from tests.doors.table import Door, spec
from tests.doors.things import CLOSED, MISSING, OPEN, SEEN_BY

if TYPE_CHECKING:
    from tests.doors.conftest import House
    from tests.doors.knock import Answer

pytestmark = pytest.mark.django_db

SEE = "staff 200 clients 200 feedback 200"
TALK = "writers 200 assistant 403 clients 200 feedback 200"
NO_MORE = "writers 409 assistant 403 clients 409 feedback 409"
ONLY_ITS_AUTHOR = "staff 404 clients 404 feedback 404"
NOT_YOURS = "staff 403 clients 403 feedback 403"
ONE, A_MESSAGE = "conversations/{}", "messages/{}"

TABLE = [
    Door("GET", ONE, "conversation", SEE),
    Door("GET", f"{ONE}/messages", "conversation", SEE),
    Door(
        "POST",
        f"{ONE}/messages",
        "conversation",
        "writers 201 assistant 403 clients 201 feedback 201",
        NO_MORE,
        data={"id": "new", "body": "Bonjour"},
    ),
    Door(
        "POST",
        f"{ONE}/close",
        "conversation",
        "writers 200 assistant 403 clients 200 feedback 403",
        begun="clients 403",
    ),
    Door("POST", f"{ONE}/reopen", "conversation", TALK),
    Door("POST", f"{ONE}/handled", "conversation", TALK, NO_MORE),
    Door("POST", f"{ONE}/seen", "conversation", SEE, data={"revision": 1}),
    Door(
        "POST",
        f"{ONE}/assign",
        "conversation",
        "writers 200 assistant 403 clients 403 feedback 403",
        data={"person": None},
    ),
    # Clients are refused the notes of what they see, whether there are any or not: there is nothing to notice.
    Door("GET", f"{ONE}/notes", "conversation", "staff 200 clients 403 feedback 403"),
    Door(
        "POST",
        f"{ONE}/notes",
        "conversation",
        "staff 201 clients 403 feedback 403",
        data={"id": "new", "body": "Note"},
    ),
    Door(
        "PATCH",
        "notes/{}",
        "note",
        "staff 403 clients 404 feedback 404",
        author=(200, 200),
        data={"body": "Autre"},
    ),
    Door("DELETE", "notes/{}", "note", "staff 403 clients 404 feedback 404", author=(200, 200)),
    Door("PATCH", A_MESSAGE, "message", NOT_YOURS, author=(200, 409), data={"body": "Corrigé"}),
    Door("DELETE", A_MESSAGE, "message", NOT_YOURS, author=(200, 409)),
    Door("GET", f"{A_MESSAGE}/receipts", "message", ONLY_ITS_AUTHOR, author=(200, 200)),
    Door("GET", "attachments/{}", "file", SEE),
]

CONVERSATION = {"subject": "TVA", "body": "Bonjour", "audience": "shared", "id": "new", "message_id": "new"}
# Without a thing in the address; the dossier in the body is the bakery.
PLAIN = {
    ("GET", "me"): "everybody 200",
    ("GET", "counters"): "everybody 200",
    ("GET", "companies"): "everybody 200",
    ("GET", "conversations"): "everybody 200",
    ("GET", "search?q=secret"): "everybody 200",
    ("GET", "sync"): "everybody 200",
    ("GET", "answers"): "staff 200 portal 403",
    ("POST", "conversations"): "AN 201 I 403 SK 201 M 403 L 403 JTWP 404",
    ("POST", "conversations/bulk"): "AN 201 I 403 portal 403 JW 404",
    ("POST", "attachments"): "writers 201 clients 201 assistant 403 feedback 403 documents 403",
    ("GET", "companies/bakery/people"): "ANI 200 SKLM 200 JTWP 404",
}


def data_for(house: House, method: str, path: str) -> Any:
    bakery = str(house.things.companies["bakery"])
    if path == "attachments":
        return {"file": SimpleUploadedFile("a.txt", b"Facture 12")}
    if method == "GET":
        return None
    if path == "conversations/bulk":
        return {"subject": "TVA", "body": "Bonjour", "id": "new", "companies": [bakery]}
    return {**CONVERSATION, "company": bakery}


def ask(house: House, who: str, method: str, path: str, data: Any = None) -> Answer:
    """As that one's program. `new` stands for an identifier that it makes."""
    secret = house.people.secrets[who]
    more: dict[str, Any] = {"headers": {"Authorization": f"Bearer {secret}"}} if secret else {}
    if data is not None and "file" not in data:
        data = {name: str(new_id()) if value == "new" else value for name, value in data.items()}
        more["content_type"] = "application/json"
    browser = house.people.browsers["-"]  # no cookie: a program has none
    return knock(browser, method, f"/api/v1/{path}", data, **more)


@pytest.mark.parametrize("door", TABLE, ids=lambda door: f"{door.method} {door.name}")
def test_everybody_gets_what_the_table_says(house: House, door: Door) -> None:
    wrong, let_in = [], 0
    for who in LETTERS:
        nothing = ask(house, who, door.method, door.name.format(new_id()), door.data or None)
        for kind in SEEN_BY:
            for state in (OPEN, CLOSED):
                path = door.name.format(house.things.ids[door.what][kind, state])
                answer = ask(house, who, door.method, path, door.data or None)
                expected = door.expected(who, kind, state)
                let_in += answer.status < 400
                if answer.status != expected:
                    wrong.append(f"{who}, {kind}, {state}: {answer.status} rather than {expected}")
                if answer.status == 404 and answer.body != nothing.body:
                    wrong.append(f"{who}, {kind}, {state}: 404, but told apart from what is missing")
                if answer.status >= 400 and answer.written:
                    wrong.append(f"{who}, {kind}, {state}: refused, but wrote {answer.written}")
    assert wrong == []
    assert let_in > 3


@pytest.mark.parametrize("door", PLAIN, ids=" ".join)
def test_everybody_gets_what_the_plain_table_says(house: House, door: tuple[str, str]) -> None:
    method, path = door
    expected, wrong = spec(PLAIN[door]), []
    for who in LETTERS:
        data = data_for(house, method, path)
        answer = ask(house, who, method, path.replace("bakery", str(house.things.companies["bakery"])), data)
        if answer.status != expected[who]:
            wrong.append(f"{who}: {answer.status} rather than {expected[who]}")
        if answer.status >= 400 and answer.written:
            wrong.append(f"{who}: refused, but wrote {answer.written}")
    assert wrong == []


@pytest.mark.parametrize("who", WITHOUT_ACCESS)
def test_a_token_that_has_ended_is_no_token(house: House, who: str) -> None:
    for door in TABLE:
        for kind in ("shared", "of one who left", MISSING):
            path = door.name.format(house.things.ids[door.what][kind, OPEN])
            answer = ask(house, who, door.method, path, door.data or None)
            assert (answer.status, answer.written) == (401, []), door
    for method, path in PLAIN:
        answer = ask(house, who, method, path.replace("bakery", str(house.things.companies["bakery"])))
        assert (answer.status, answer.written) == (401, []), path


def test_a_session_is_no_token(house: House) -> None:
    """A page elsewhere could make a browser send its cookie, but no header of its own."""
    for door in TABLE:
        path = door.name.format(house.things.ids[door.what]["shared", OPEN])
        answer = knock(
            house.people.browsers["S"],
            door.method,
            f"/api/v1/{path}",
            door.data,
            content_type="application/json",
        )
        assert (answer.status, answer.written) == (401, [])
