"""Addresses that name no thing × everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.doors.knock import knock
from tests.doors.people import LETTERS, WITHOUT_ACCESS
from tests.doors.table import spec
from tests.notifications.push_server import BrowserKeys

if TYPE_CHECKING:
    from tests.doors.conftest import House

pytestmark = pytest.mark.django_db

ENTRANCE = "-DE 302"
PUBLIC = "everybody {0} -DE {0}"
OFFICE_ONLY = f"staff 200 portal 404 {ENTRANCE}"
STAFF_LED = (
    f"staff 302 portal 404 {ENTRANCE}"  # each dossier by itself: what is refused is said on the next page
)
WRITERS_ONLY = f"writers 200 assistant 403 portal 404 {ENTRANCE}"
ADMINISTRATORS = f"administrators 200 accountants 403 assistant 403 portal 404 {ENTRANCE}"
ADMINISTRATORS_DO = f"administrators 302 accountants 403 assistant 403 portal 404 {ENTRANCE}"
STARTERS = f"staff 404 clients 200 feedback 403 documents 403 {ENTRANCE}"
STARTED = f"staff 404 clients 302 feedback 403 documents 403 {ENTRANCE}"
NEWCOMER = {"email": "another@new.example", "profile": "assistant", "language": "fr"}
OWN_DATE = {"due_on": "2026-11-18", "reason": "Fermé"}
OWN_RULE = {
    "obligation": "return",
    "regime": "monthly",
    "day": "18",
    "valid_from": "2026-10-01",
    "reason": "Plus tôt",
}
BROWSER = BrowserKeys()
PUSH = {"endpoint": "https://fcm.googleapis.com/x", "p256dh": BROWSER.p256dh, "auth": BROWSER.auth}
SENT_ON = {"language", "share"}  # to where one was, or to where one will have to sign in


class Door(NamedTuple):
    method: str
    name: str
    gets: str
    data: dict[str, Any] = {}
    args: tuple[Any, ...] = ()


TABLE = [
    Door("GET", "home", "everybody 302 -DE 302"),
    Door("GET", "health", PUBLIC.format(200)),
    Door("GET", "live", PUBLIC.format(501)),
    Door("POST", "csp_report", PUBLIC.format(204)),
    Door("GET", "brand_colours", PUBLIC.format(200), args=(200, 100)),
    Door("GET", "app_icon", PUBLIC.format(200), args=(200, 100, "icon", 192)),
    Door("GET", "worker", PUBLIC.format(200)),
    Door("GET", "offline", PUBLIC.format(200), args=("fr",)),
    Door("POST", "share", PUBLIC.format(302), {"title": "A receipt"}),
    Door("POST", "demo_sign_in", PUBLIC.format(404), {"account": "admin@demo.example"}),
    Door("POST", "language", PUBLIC.format(302), {"language": "nl"}),
    Door("GET", "first_run", PUBLIC.format(404)),
    Door("POST", "first_run", PUBLIC.format(404), {"name": "X", "person": "X", "email": "x@x.example"}),
    Door("GET", "questions_to_send", OFFICE_ONLY),
    Door("GET", "answers_to_accept", OFFICE_ONLY),
    Door("GET", "answers_csv", OFFICE_ONLY),
    Door("POST", "questions_send_many", STAFF_LED),
    Door("POST", "questions_take_back_many", STAFF_LED),
    Door("POST", "answers_accept", f"writers 422 assistant 403 portal 404 {ENTRANCE}"),
    Door("GET", "no_membership", "everybody 302 -D 302 E 200"),
    Door("GET", "join", PUBLIC.format(200)),
    Door("POST", "join", PUBLIC.format(404), {"secret": "guessed"}),
    Door("POST", "switch", "everybody 404 -D 302 E 404", {"member": "guessed"}),
    Door("GET", "open", PUBLIC.format(200)),
    Door("POST", "open", PUBLIC.format(404), {"secret": "guessed"}),
    Door("POST", "open_again", PUBLIC.format(200), {"secret": "guessed"}),
    Door("GET", "open_over", PUBLIC.format(200)),
    Door("GET", "unsubscribe", PUBLIC.format(404), args=("guessed",)),
    Door("POST", "unsubscribe", PUBLIC.format(404), args=("guessed",)),
    Door("POST", "mail_events", PUBLIC.format(404)),  # mails leave by no provider
    Door("POST", "mail_in", PUBLIC.format(404)),  # no provider is named
    # ── Everybody's own ──
    Door("GET", "telling", f"everybody 200 {ENTRANCE}"),
    Door("GET", "install", f"everybody 200 {ENTRANCE}"),
    Door("POST", "install_dismiss", f"everybody 302 {ENTRANCE}"),
    Door("POST", "push_allow", f"everybody 201 {ENTRANCE}", PUSH),
    Door("POST", "push_renew", f"everybody 200 {ENTRANCE}", PUSH),
    Door("GET", "new", f"everybody 302 {ENTRANCE}"),
    Door("GET", "profile", f"everybody 200 {ENTRANCE}"),
    Door("POST", "token_make", f"everybody 200 {ENTRANCE}", {"token_name": "x", "scopes": ["read"]}),
    Door("POST", "sign_out_everywhere", f"everybody 302 {ENTRANCE}"),
    Door("GET", "counters", f"everybody 200 {ENTRANCE}"),
    Door("POST", "enter_sends", f"everybody 204 {ENTRANCE}", {"enter_sends": "on"}),
    Door("GET", "search", f"everybody 200 {ENTRANCE}", {"q": "secret"}),
    Door(
        "POST",
        "upload",
        f"writers 201 clients 201 assistant 403 feedback 403 documents 403 {ENTRANCE}",
        {"file": "a.txt"},
    ),
    # ── The portal ──
    Door("GET", "portal_invoices", f"staff 404 clients 200 feedback 200 documents 404 {ENTRANCE}"),
    Door("GET", "portal_list", f"staff 404 portal 200 {ENTRANCE}"),
    Door("GET", "portal_new", STARTERS),
    Door("POST", "portal_new", STARTED, {"audience": "shared", "subject": "TVA", "body": "Bonjour"}),
    # ── The desk ──
    Door("GET", "desk_inbox", OFFICE_ONLY),
    Door("GET", "desk_new", WRITERS_ONLY),
    Door("GET", "companies", OFFICE_ONLY),
    Door("GET", "mails", OFFICE_ONLY),
    Door("GET", "company_new", ADMINISTRATORS),
    Door("GET", "company_import", ADMINISTRATORS),
    Door("GET", "settings", ADMINISTRATORS_DO),
    Door("GET", "settings_staff", ADMINISTRATORS),
    Door("POST", "settings_staff", ADMINISTRATORS_DO, NEWCOMER),
    Door("GET", "settings_groups", ADMINISTRATORS),
    Door("GET", "group_new", ADMINISTRATORS),
    Door("POST", "group_new", ADMINISTRATORS_DO, {"name": "Liège"}),
    Door("GET", "settings_branding", ADMINISTRATORS),
    Door("POST", "settings_branding", ADMINISTRATORS_DO, {"name": "Talmont", "colour": "259/0.17"}),
    Door("POST", "settings_policy", ADMINISTRATORS_DO, {"second_factor": "on"}),
    Door("GET", "settings_questions", ADMINISTRATORS),
    Door("POST", "settings_questions", ADMINISTRATORS_DO, {"overdue_days": "30"}),
    Door("GET", "settings_deliveries", ADMINISTRATORS),
    Door("POST", "settings_telling", ADMINISTRATORS_DO, {"delay_minutes": "60", "text_in_mails": "none"}),
    Door("POST", "deliveries_retry", ADMINISTRATORS_DO),
    Door("POST", "deliveries_drop", ADMINISTRATORS_DO),
    Door("GET", "deadlines", OFFICE_ONLY),
    Door("GET", "board", OFFICE_ONLY),
    Door("GET", "board_csv", OFFICE_ONLY),
    Door("GET", "campaign_new", OFFICE_ONLY),
    Door("POST", "campaign_new", f"staff 302 portal 404 {ENTRANCE}", {"which": "monthly:2026-10"}),
    Door("GET", "deadline_date", ADMINISTRATORS, args=("monthly", "2026-10", "return")),
    Door("POST", "deadline_date", ADMINISTRATORS_DO, OWN_DATE, args=("monthly", "2026-10", "return")),
    Door("GET", "deadline_rule", ADMINISTRATORS),
    Door("POST", "deadline_rule", ADMINISTRATORS_DO, OWN_RULE),
    Door("POST", "feed_make", OFFICE_ONLY),
    Door("GET", "calendar_feed", PUBLIC.format(404), args=("guessed",)),
    Door("GET", "settings_audit", ADMINISTRATORS),
    Door("POST", "audit_export", ADMINISTRATORS),
]


def data_of(door: Door) -> dict[str, Any]:
    """A file can be read once only, so each request brings a new one."""
    if "file" in door.data:
        return {"file": SimpleUploadedFile(door.data["file"], b"Facture 12")}
    return door.data


@pytest.mark.parametrize("door", TABLE, ids=lambda door: f"{door.method} {door.name}")
def test_everybody_gets_what_the_table_says(house: House, door: Door) -> None:
    expected, wrong = spec(door.gets), []
    for who in (*LETTERS, *WITHOUT_ACCESS):
        path = reverse(door.name, args=door.args)
        answer = knock(house.people.browsers[who], door.method, path, data_of(door))
        if answer.status != expected[who]:
            wrong.append(f"{who}: {answer.status} rather than {expected[who]}")
        if answer.status >= 400 and answer.written:
            wrong.append(f"{who}: refused, but wrote {answer.written}")
        if answer.status == 302 and who == "-" and "login" not in answer.where and door.name not in SENT_ON:
            wrong.append(f"{who}: led to {answer.where}")
    assert wrong == []


def test_where_a_day_begins(house: House) -> None:
    expected = {"staff": "/desk/", "portal": "/communication/"}
    led = {who: knock(house.people.browsers[who], "GET", "/").where for who in LETTERS}
    assert led == {who: expected["staff" if who in "ANJIW" else "portal"] for who in LETTERS}
