"""Every address about a dossier, a member, an invitation, a group or a token × everybody × whose it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from comptoir.core.ids import new_id
from tests.doors.knock import knock
from tests.doors.people import LETTERS, WITHOUT_ACCESS
from tests.doors.table import spec
from tests.doors.things import MISSING

if TYPE_CHECKING:
    from tests.doors.conftest import House

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Door:
    """`gets`: which thing → the status of each. Whoever is not named gets 404, and so does everybody for the rest."""

    method: str
    name: str
    what: str
    gets: dict[str, str]
    data: dict[str, Any] = field(default_factory=dict)


# A dossier: its staff see it; administrators change it; assistants do nothing.
LOOK = {"bakery": "ANI 200", "garage": "AJ 200", "elsewhere": "W 200"}
SHOW_FORM = {"bakery": "A 200 NI 403", "garage": "A 200 J 403", "elsewhere": "W 200"}
CHANGE = {"bakery": "A 302 NI 403", "garage": "A 302 J 403", "elsewhere": "W 302"}
INVITE = {"bakery": "AN 302 I 403", "garage": "AJ 302", "elsewhere": "W 302"}
# A member: the people of a dossier are its accountants' to manage, the staff are the administrators'.
MANAGE = {
    "a client of the bakery": "AN 302 I 403",
    "a client of the garage": "AJ 302",
    "one of the staff": "A 302 NJI 403",
    "another office's": "W 302",
}
SENT = {
    "to the bakery": "AN 302 I 403",
    "to the garage": "AJ 302",
    "to the staff": "A 302 NJI 403",
    "to another office": "W 302",
}
ADMINISTRATORS_READ = {"bakery": "A 200", "garage": "A 200", "elsewhere": "W 200"}
NOT_FOR_OTHER_STAFF = "NJI 403"

# A mail that belongs to no dossier may be about any client.
SEE_MAIL = {"bakery": "ANI 200", "garage": "AJ 200", "nobody's": "A 200", "elsewhere": "W 200"}
SORT_MAIL = {"bakery": "AN 302 I 403", "garage": "AJ 302", "nobody's": "A 302", "elsewhere": "W 302"}
TRUST = {"address": "factures@moulin.example"}

COMPANY = {
    "name": "Neuf SRL",
    "enterprise_number": "0417.497.106",
    "vat_regime": "monthly",
    "language": "fr",
    "manager_id": "",
    "group_id": "",
}
NEWCOMER = {"email": "another@new.example", "name": "", "profile": "full_access", "language": "fr"}
TELLING = {"email_on": "on", "days": ["0", "1"]}
TABLE = [
    Door("GET", "company", "company", LOOK),
    Door("GET", "company_edit", "company", SHOW_FORM),
    Door("POST", "company_edit", "company", CHANGE, COMPANY),
    Door("POST", "company_archive", "company", CHANGE),
    Door("POST", "company_restore", "company", CHANGE),
    Door("POST", "company_invite", "company", INVITE, NEWCOMER),
    Door("POST", "member_profile", "member", MANAGE, {"profile": "document_processing"}),
    Door("POST", "member_end", "member", MANAGE),
    Door("POST", "address_trust", "member", MANAGE),
    Door("POST", "addresses_revoke", "member", MANAGE),
    Door("POST", "telling_revoke", "own", {"A": "A 302", "S": "S 302"}),
    Door("GET", "company_deadlines", "company", LOOK),
    Door("POST", "company_feed_make", "company", LOOK),
    Door("POST", "feed_revoke", "feed", {"A": "A 302", "N": "N 302"}),
    Door("POST", "deadline_withdraw", "own_deadline", {"ours": "A 302 NJI 403", "theirs": "W 302"}),
    Door("GET", "company_documents", "company", LOOK),
    Door("GET", "question_rules", "company", LOOK),
    Door("POST", "director_accounts", "company", INVITE, {"ibans": "BE71096123456769"}),
    Door("POST", "rule_change", "rule", INVITE, {"choice": "private"}),
    Door("POST", "rule_end", "rule", INVITE),
    Door("POST", "company_address", "company", INVITE),
    Door("POST", "sender_trust", "company", INVITE, TRUST),
    Door("POST", "sender_distrust", "sender", INVITE),
    Door("GET", "document", "document", LOOK),
    Door("GET", "mail", "mail", SEE_MAIL),
    Door("GET", "mail_raw", "mail", SEE_MAIL),
    Door("POST", "mail_drop", "mail", SORT_MAIL),
    Door("POST", "delivery_retry", "delivery", {"ours": "A 302", "theirs": "W 302"}),
    Door("POST", "delivery_drop", "delivery", {"ours": "A 302", "theirs": "W 302"}),
    Door("POST", "telling_save", "own", {"A": "A 302", "S": "S 302"}, TELLING),
    Door("POST", "invitation_resend", "invitation", SENT),
    Door("POST", "invitation_withdraw", "invitation", SENT),
    Door("GET", "group_edit", "group", {"ours": "A 200 NJI 403", "theirs": "W 200"}),
    Door("POST", "group_edit", "group", {"ours": "A 302 NJI 403", "theirs": "W 302"}, {"name": "Autre"}),
    Door("POST", "group_delete", "group", {"ours": "A 302 NJI 403", "theirs": "W 302"}),
    Door("POST", "push_revoke", "device", {"A": "A 302", "S": "S 302"}),
    Door("POST", "token_revoke", "token", {"A": "A 302", "S": "S 302"}),
    # An administrator's page: other staff are told so, whichever message it is.
    Door("GET", "audit_message", "edited", ADMINISTRATORS_READ),
    Door("POST", "audit_message", "edited", ADMINISTRATORS_READ),
]
# Where another profile of the same side is refused before anything is looked up.
REFUSED_FIRST = {"audit_message": "NJI", "delivery_retry": "NJI", "delivery_drop": "NJI"}


def column(door: Door, which: str, who: str) -> int:
    gets = spec(door.gets.get(which, ""))
    if who in REFUSED_FIRST.get(door.name, ""):
        return 403
    if door.name == "member_profile" and which == "one of the staff" and who == "A":
        return 422  # an accountant cannot become a client
    if door.name == "addresses_revoke" and which == "one of the staff" and who == "J":
        return 302  # one's own
    return gets.get(who, 404)


@pytest.mark.parametrize("door", TABLE, ids=lambda door: f"{door.method} {door.name}")
def test_everybody_gets_what_the_table_says(house: House, door: Door) -> None:
    wrong, let_in = [], 0
    for who in LETTERS:
        browser = house.people.browsers[who]
        nothing = knock(browser, door.method, reverse(door.name, args=[new_id()]), door.data)
        for which, pk in house.office[door.what].items():
            answer = knock(browser, door.method, reverse(door.name, args=[pk]), door.data)
            expected = column(door, which, who)
            let_in += answer.status < 400
            if answer.status != expected:
                wrong.append(f"{who}, {which}: {answer.status} rather than {expected}")
            if answer.status == 404 and answer.body != nothing.body:
                wrong.append(f"{who}, {which}: 404, but told apart from what is missing")
            if answer.status >= 400 and answer.written:
                wrong.append(f"{who}, {which}: refused, but wrote {answer.written}")
    assert wrong == []
    assert let_in > 1


@pytest.mark.parametrize("door", TABLE, ids=lambda door: f"{door.method} {door.name}")
def test_whoever_has_no_access_is_led_to_the_entrance(house: House, door: Door) -> None:
    entrance = {"-": "/accounts/login/?next=", "D": "/accounts/login/?next=", "E": "/no-membership"}
    for who in WITHOUT_ACCESS:
        for pk in (next(iter(house.office[door.what].values())), house.office[door.what][MISSING]):
            answer = knock(house.people.browsers[who], door.method, reverse(door.name, args=[pk]), door.data)
            assert (answer.status, answer.written) == (302, []), who
            assert answer.where.startswith(entrance[who]), who
