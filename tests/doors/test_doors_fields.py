"""Identifiers in bodies and behind question marks: another's is answered as one that does not exist, and changes nothing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import pytest
from django.urls import reverse

from comptoir.core.ids import new_id
from tests.doors.knock import knock
from tests.doors.people import LETTERS
from tests.doors.things import CLOSED, MISSING, OPEN, SEEN_BY, put_a_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.doors.conftest import House
    from tests.doors.knock import Answer

pytestmark = pytest.mark.django_db
JSON = {"headers": {"Accept": "application/json"}}
KEYS = {"key": str(UUID(int=1 << 100)), "message_key": str(UUID(int=2 << 100))}


def without(pk: UUID, answer: Answer) -> tuple[int, bytes]:
    """Status and body, without the identifier that was asked for and is echoed."""
    return answer.status, answer.body.replace(str(pk).encode(), b"<id>")


class Field(NamedTuple):
    """Who sends it where; `own` are accepted with that status, `foreign` are refused as what is missing is."""

    who: str
    method: str
    door: str
    about: tuple[str, ...]  # what stands in the address
    field: str
    data: dict[str, Any]
    own: str
    foreign: str
    accepted: int
    refused: int


NEW = {"subject": "TVA", "body": "Bonjour", "audience": "private", **KEYS}
SHARED = {"subject": "TVA", "body": "Bonjour", "audience": "shared", **KEYS}
TALK, NOTHING = ("conversation", "shared", OPEN), ()
FIELDS = [
    # Whom a private conversation names. Inès sends nothing to clients, Léa hands in documents only, Ella has left, Lotte is another office's.
    Field("S", "POST", "portal_new", NOTHING, "person", NEW, "NKMA", "ILEDJTWP", 302, 422),
    Field("N", "POST", "desk_new", ("company bakery",), "person", NEW, "SKM", "LEDJTWPAI", 302, 422),
    # To whom a conversation is given: staff with access to the dossier.
    Field("N", "POST", "desk_assign", TALK, "assignee", {}, "ANI", "JSKEDTWP", 302, 404),
    # Which of one's memberships one wants to be seen as.
    Field("S", "POST", "switch", NOTHING, "member", {}, "S", "NKLMEDJTWPAI", 302, 404),
    # Who takes over what somebody held.
    Field("A", "POST", "member_end", ("member", "I"), "successor", {}, "ANJ", "ISKEDTWP", 302, 422),
]


def address(house: House, field: Field) -> tuple[str, dict[str, Any]]:
    if not field.about:
        return reverse(field.door), {}
    if field.about[0] == "company bakery":
        return reverse(field.door), {"company": str(house.things.companies["bakery"])}
    if field.about[0] == "member":
        return reverse(field.door, args=[house.people.members[field.about[1]].pk]), {}
    what, kind, state = field.about
    return reverse(field.door, args=[house.things.ids[what][kind, state]]), {}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field.door} {field.field}")
def test_a_member_named_in_a_form(house: House, field: Field) -> None:
    path, more = address(house, field)
    browser = house.people.browsers[field.who]

    def send(pk: UUID) -> Answer:
        return knock(browser, field.method, path, {**field.data, **more, field.field: str(pk)})

    members = house.people.members
    accepted = {who: send(members[who].pk).status for who in field.own}
    assert accepted == dict.fromkeys(field.own, field.accepted)
    missing = new_id()
    nothing = without(missing, send(missing))
    assert nothing[0] == field.refused
    for who in field.foreign:
        answer = send(members[who].pk)
        assert without(members[who].pk, answer) == nothing, who
        assert answer.written == [], who


# ── Dossiers ─────────────────────────────────────────────────────────────
OWN_DOSSIERS = {"A": {"bakery", "garage"}, "N": {"bakery"}, "J": {"garage"}, "W": {"elsewhere"}}


def for_each_dossier(
    house: House, send: Callable[[str, UUID], Answer], *, accepted: int, refused: int
) -> None:
    for who, own in OWN_DOSSIERS.items():
        missing = house.things.companies[MISSING]
        nothing = without(missing, send(who, missing))
        assert nothing[0] == refused
        for name, pk in house.things.companies.items():
            answer = send(who, pk)
            if name in own:
                assert answer.status == accepted, (who, name)
            else:
                assert without(pk, answer) == nothing, (who, name)
                assert answer.written == [], (who, name)


def test_a_dossier_to_write_about(house: House) -> None:
    def send(who: str, pk: UUID) -> Answer:
        return knock(house.people.browsers[who], "POST", reverse("desk_new"), {**SHARED, "company": str(pk)})

    for_each_dossier(house, send, accepted=302, refused=404)


def test_a_dossier_among_several_to_write_about(house: House) -> None:
    def send(who: str, pk: UUID) -> Answer:
        own = house.things.companies[next(iter(OWN_DOSSIERS[who]))]
        both = {**SHARED, "company": [str(own), str(pk)]}
        return knock(house.people.browsers[who], "POST", reverse("desk_new"), both)

    # One's own twice is a selection of one: sent, too.
    for_each_dossier(house, send, accepted=302, refused=404)


def test_a_dossier_preselected_or_looked_through(house: House) -> None:
    """Nothing is refused here: what is not there is not shown, and whose it is cannot be told."""
    for door, name in (("desk_new", "company"), ("desk_inbox", "scope")):

        def send(who: str, pk: UUID, door: str = door, name: str = name) -> Answer:
            answer = knock(house.people.browsers[who], "GET", reverse(door), {name: str(pk), **KEYS})
            return answer._replace(written=[])

        for who, own in OWN_DOSSIERS.items():
            missing = house.things.companies[MISSING]
            nothing = keyless(without(missing, send(who, missing)))
            for company, pk in house.things.companies.items():
                same = keyless(without(pk, send(who, pk))) == nothing
                assert same == (company not in own), (door, who, company)


def keyless(answer: tuple[int, bytes]) -> tuple[int, bytes]:
    """Without the identifiers that a form is given anew each time."""
    return answer[0], re.sub(rb'name="(?:message_)?key" value="[^"]*"', b"", answer[1])


# ── Conversations in bulk, and files ─────────────────────────────────────
@pytest.mark.parametrize("door", ["bulk_close", "bulk_handled", "bulk_assign"])
def test_conversations_chosen_in_a_list(house: House, door: str) -> None:
    """Each that is not there is named as such, in the same words, and is left as it is."""
    for who in "ANJIW":
        missing = new_id()
        send = reverse(door)
        browser = house.people.browsers[who]
        nothing = knock(browser, "POST", send, {"conversation": str(missing)}, **JSON)
        assert json.loads(nothing.body)["refused"][0]["error"] == "not_found"
        for kind, seen_by in SEEN_BY.items():
            for state in (OPEN, CLOSED):
                pk = house.things.ids["conversation"][kind, state]
                answer = knock(browser, "POST", send, {"conversation": str(pk)}, **JSON)
                if who not in seen_by:
                    assert without(pk, answer) == without(missing, nothing), (who, kind)
                    assert answer.written == [], (who, kind)
                elif who != "I" and state == OPEN:
                    assert json.loads(answer.body)["done"] == 1, (who, kind)


def test_a_list_s_verbs_are_the_office_s(house: House) -> None:
    pk = house.things.ids["conversation"]["shared", OPEN]
    for door in ("bulk_close", "bulk_handled", "bulk_assign"):
        for who in "SKTPML":
            answer = knock(house.people.browsers[who], "POST", reverse(door), {"conversation": str(pk)})
            assert (answer.status, answer.written) == (404, [])


def test_an_upload_is_its_owner_s_to_see_and_to_send(house: House) -> None:
    file = put_a_file(house.people.members["S"], "own.txt")
    talk = house.things.ids["conversation"]["shared", OPEN]
    for who in LETTERS:
        browser = house.people.browsers[who]
        for door in ("file", "file_preview", "file_card"):
            missing = knock(browser, "GET", reverse(door, args=[new_id()]))
            found = knock(browser, "GET", reverse(door, args=[file.pk]))
            assert (found.status, found.body == missing.body) == ((200, False) if who == "S" else (404, True))
        dropped = knock(browser, "POST", reverse("file_drop", args=[file.pk]))
        assert (dropped.status, bool(dropped.written)) == ((204, True) if who == "S" else (404, False))
    for who in "SKN":
        post = reverse("thread_post", args=[talk])
        answers = [
            knock(house.people.browsers[who], "POST", post, {"body": "Voici", "files": str(pk)}, **JSON)
            for pk in (file.pk, new_id())
        ]
        assert [answer.status for answer in answers] == [201 if who == "S" else 422, 422]
        assert who == "S" or answers[0] == answers[1]
