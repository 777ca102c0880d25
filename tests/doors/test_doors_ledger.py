"""Every address of the accounts, page and API × everybody × whose dossier it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from comptoir.core.ids import new_id
from comptoir.ledger.actions.documents import tie_document
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.actions.matches import match_payments
from comptoir.ledger.models import Invoice, InvoiceFile, Match, MatchState, Source
from tests.doors.knock import knock
from tests.doors.people import LETTERS, WITHOUT_ACCESS
from tests.doors.table import spec
from tests.doors.things import put_a_file
from tests.ledger.samples import belgian_ubl, coda_file, sample

if TYPE_CHECKING:
    from uuid import UUID

    from comptoir.people.models import Company
    from tests.doors.conftest import House
    from tests.doors.knock import Answer

pytestmark = pytest.mark.django_db

# Bakery: administrator, its accountant and assistant; its people with full access (S, K) and full feedback (M). Whoever
# only hands in documents (L) sees none of it. J holds the garage, T is its client; W and P are of another office.
STAFF = {"bakery": "ANI 200", "garage": "AJ 200", "elsewhere": "W 200"}
BRINGS = {"bakery": "ANI 302", "garage": "AJ 302", "elsewhere": "W 302"}
READERS = {"bakery": "ANISKM 200", "garage": "AJT 200", "elsewhere": "WP 200"}
# Who sees the accounts and hands papers in; and whoever tied a document may take it off, as the staff may.
HANDS_IN = {"bakery": "ANISK 302 M 403", "garage": "AJT 302", "elsewhere": "WP 302"}
TAKES_OFF = {"bakery": "ANIS 302 KM 403", "garage": "AJT 302", "elsewhere": "WP 302"}
LISTS = {"bakery": "ANISKM 200 L 403", "garage": "AJT 200", "elsewhere": "WP 200"}
IMPORTS = {"bakery": "ANI 200 SKML 403", "garage": "AJ 200 T 403", "elsewhere": "W 200 P 403"}
TAKES = {"bakery": "ANI 201 SKML 403", "garage": "AJ 201 T 403", "elsewhere": "W 201 P 403"}


class Door(NamedTuple):
    """`gets`: whose thing → the status of each; whoever is not named gets 404."""

    method: str
    name: str
    what: str
    gets: dict[str, str]


TABLE = [
    Door("GET", "accounts", "company", STAFF),
    Door("POST", "imports_bring", "company", BRINGS),
    # The client sees it, so no assistant says it.
    Door(
        "POST", "books_date", "company", {"bakery": "AN 302 I 403", "garage": "AJ 302", "elsewhere": "W 302"}
    ),
    Door("GET", "import_show", "import", {"bakery": "ANI 302", "garage": "AJ 302", "elsewhere": "W 302"}),
    Door("GET", "import_file", "import", STAFF),
    Door("GET", "import_columns", "csv", STAFF),
    Door("POST", "import_columns", "csv", BRINGS),
    Door("POST", "match_accept", "proposed", BRINGS),
    Door("POST", "match_undo", "matched", BRINGS),
    Door("GET", "match_by_hand", "proposed", STAFF),
    Door("POST", "match_by_hand", "proposed", BRINGS),
    Door("GET", "invoice", "invoice", READERS),
    Door("GET", "invoice_file", "file", READERS),
    Door("GET", "payment", "matched", READERS),
    Door("POST", "payment_document_add", "matched", HANDS_IN),
    Door("GET", "payment_document", "document", READERS),
    Door("GET", "payment_document_preview", "document", READERS),
    Door("POST", "payment_document_off", "document", TAKES_OFF),
]
API = [
    Door("POST", "companies/{}/imports", "company", TAKES),
    Door("GET", "companies/{}/imports", "company", IMPORTS),
    Door("GET", "companies/{}/invoices", "company", LISTS),
    Door("GET", "companies/{}/payments", "company", LISTS),
    Door("GET", "imports/{}/columns", "csv", STAFF),
    Door("POST", "imports/{}/columns", "csv", STAFF),
    Door("GET", "invoices/{}", "invoice", READERS),
    Door("GET", "invoice-files/{}", "file", READERS),
]
Things = dict[str, dict[str, "UUID"]]
UNNAMED = b"Quand;Combien;Qui\n12/10/2026;-12,50;Papeterie\n"
NAMED = {"date": "Quand", "amount": "Combien"}
CLIENTS = {"bakery": "S", "garage": "T", "elsewhere": "P"}
WHATS = ("company", "import", "invoice", "file", "matched", "proposed", "document", "csv")


@pytest.fixture
def things(house: House) -> Things:
    found: Things = {what: {} for what in WHATS}
    for name in ("bakery", "garage", "elsewhere"):
        company = getattr(house.cast, name)
        pdf = sample("facturx/mustang/Facture_F20180027.pdf")
        brought = import_file(
            company.pk, by=None, at=timezone.now(), name="f.pdf", data=pdf, source=Source.COMMAND
        )
        invoice = Invoice.objects.get(source=brought.file)
        found["matched"][name], found["proposed"][name] = _matches(company)
        found["company"][name] = company.pk
        found["import"][name] = brought.file.pk
        found["invoice"][name] = invoice.pk
        found["file"][name] = InvoiceFile.objects.get(invoice=invoice).pk
        client = house.people.members[CLIENTS[name]]
        photo = put_a_file(client, f"receipt of {name}.txt")
        tied = tie_document(found["matched"][name], file_id=photo.pk, by=client, at=timezone.now())
        found["document"][name] = tied.pk
        csv = import_file(
            company.pk, by=None, at=timezone.now(), name="f.csv", data=UNNAMED, source=Source.COMMAND
        )
        found["csv"][name] = csv.file.pk
    return found


def _matches(company: Company) -> tuple[UUID, UUID]:
    """An invoice that is paid, and one that is paid twice, which somebody must look at."""
    paid = (-121_000, "090933755493", "MOULINS DE LA SENNE")
    for data in (belgian_ubl(buyer=company.enterprise_number), coda_file(movements=(paid, paid))):
        import_file(company.pk, by=None, at=timezone.now(), name="f", data=data, source=Source.COMMAND)
    match_payments(company.pk, at=timezone.now())
    found = dict(Match.objects.filter(company=company.pk).values_list("state", "payment"))
    return found[MatchState.STANDS], found[MatchState.PROPOSED]


def data_of(door: Door, pk: UUID) -> Any:
    if door.name == "match_by_hand" and door.method == "POST":
        proposed = Match.objects.filter(payment=pk).first()
        invoice = proposed.invoice_id if proposed else new_id()
        return {"invoice": [invoice], f"amount-{invoice}": "1"}
    if door.name == "payment_document_add":
        return {"file": SimpleUploadedFile("a.txt", b"Ticket")}
    if door.method == "POST" and "columns" in door.name:
        return NAMED if door in TABLE else {"columns": NAMED}
    if door.name == "books_date":
        return {"day": "2026-09-30"}
    brings = door.method == "POST" and "import" in door.name
    return {"files": SimpleUploadedFile("a.xml", b"<a/>")} if brings else None


def visit(house: House, who: str, door: Door, pk: UUID) -> Answer:
    return knock(house.people.browsers[who], door.method, reverse(door.name, args=[pk]), data_of(door, pk))


def ask(house: House, who: str, door: Door, pk: UUID) -> Answer:
    secret = house.people.secrets[who]
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    path, data = f"/api/v1/{door.name.format(pk)}", data_of(door, pk)
    if isinstance(data, dict) and "files" not in data:
        return knock(
            house.people.browsers["-"],
            door.method,
            path,
            data,
            headers=headers,
            content_type="application/json",
        )
    return knock(house.people.browsers["-"], door.method, path, data, headers=headers)


def wrong_of(house: House, things: Things, door: Door, way: Any) -> list[str]:
    wrong, let_in = [], 0
    for who in LETTERS:
        nothing = way(house, who, door, new_id())
        for which, pk in things[door.what].items():
            answer, expected = way(house, who, door, pk), spec(door.gets[which]).get(who, 404)
            let_in += answer.status < 400
            if answer.status != expected:
                wrong.append(f"{who}, {which}: {answer.status} rather than {expected}")
            if answer.status == 404 and answer.body != nothing.body:
                wrong.append(f"{who}, {which}: 404, but told apart from what is missing")
            if answer.status >= 400 and answer.written:
                wrong.append(f"{who}, {which}: refused, but wrote {answer.written}")
    assert let_in >= 3
    return wrong


@pytest.mark.parametrize("door", TABLE, ids=lambda door: f"{door.method} {door.name}")
def test_everybody_gets_the_page_that_the_table_says(house: House, things: Things, door: Door) -> None:
    assert wrong_of(house, things, door, visit) == []


@pytest.mark.parametrize("door", API, ids=lambda door: f"{door.method} {door.name}")
def test_everybody_gets_the_answer_that_the_table_says(house: House, things: Things, door: Door) -> None:
    assert wrong_of(house, things, door, ask) == []


@pytest.mark.parametrize("who", WITHOUT_ACCESS)
def test_whoever_has_no_access_is_led_to_the_entrance(house: House, things: Things, who: str) -> None:
    for door in TABLE:
        answer = visit(house, who, door, things[door.what]["bakery"])
        assert (answer.status, answer.written) == (302, []), door
    for door in API:
        answer = ask(house, who, door, things[door.what]["bakery"])
        assert (answer.status, answer.written) == (401, []), door
