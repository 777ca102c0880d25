"""What a member may not see is, for every address of the API, what does not exist: to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.activity.models import Event
from comptoir.conversations.actions.note import write_note
from comptoir.core.ids import new_id
from comptoir.files.actions import store_attachment
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.models import InvoiceFile, Source
from tests.api.description import PREFIX, description
from tests.ledger.samples import sample
from tests.world import NOW, begin, fresh

if TYPE_CHECKING:
    from uuid import UUID

    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api, Program

# Who does not see a private conversation of the bakery with its reader, and what it holds.
KEPT_OUT = ("client", "partner", "documents", "colleague", "other", "outsider", "stranger")

BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("post", "/conversations/{conversation_id}/messages"): {"id": str(new_id()), "body": "x"},
    ("post", "/conversations/{conversation_id}/notes"): {"id": str(new_id()), "body": "x"},
    ("post", "/conversations/{conversation_id}/seen"): {"revision": 1},
    ("post", "/conversations/{conversation_id}/assign"): {"person": None},
    ("post", "/imports/{import_id}/columns"): {"columns": {"date": "Quand", "amount": "Combien"}},
    ("patch", "/messages/{message_id}"): {"body": "x"},
    ("patch", "/notes/{note_id}"): {"body": "x"},
}
ROUTES = [
    (method, path.removeprefix(PREFIX))
    for path, methods in description()["paths"].items()
    for method in methods
    if "{" in path
]


BRINGS_FILES = ("post", "/companies/{company_id}/imports")
# Their own company, and its accounts where their profile sees them.
ACCOUNTS = {"company_id", "invoice_id", "file_id"}
THEIRS = {"client": ACCOUNTS, "partner": ACCOUNTS, "documents": {"company_id"}}


def asked(program: Program, method: str, route: str, path: str) -> Any:
    if (method, route) != BRINGS_FILES:
        return program.ask(method.upper(), path, BODIES.get((method, route)))
    sent = {"files": [SimpleUploadedFile("a.xml", b"<a/>")]}
    return program.browser.post(PREFIX + path, sent, headers=program.headers)


@pytest.fixture
def hidden(
    accountant: Membership, reader: Membership, bakery: Company, settings: Any, tmp_path: Any
) -> dict[str, UUID]:
    settings.FILES = tmp_path
    upload = SimpleUploadedFile("secret.csv", b"a;b\n1;2\n")
    file = store_attachment(upload, name="secret.csv", by=accountant, at=NOW)
    private = begin(accountant, bakery, to=reader, files=[file.pk])
    note, _is_new = write_note(private.conversation.pk, by=accountant, at=NOW, key=new_id(), body="secret")
    sample_pdf = sample("facturx/mustang/Facture_F20180027.pdf")
    import_file(bakery.pk, by=accountant, at=NOW, name="secret.pdf", data=sample_pdf, source=Source.API)
    csv = b"Quand;Combien;Qui\n12/10/2026;-12,50;secret\n"
    unnamed = import_file(bakery.pk, by=accountant, at=NOW, name="secret.csv", data=csv, source=Source.API)
    attached = InvoiceFile.objects.get()
    return {
        "import_id": unnamed.file.pk,
        "invoice_id": attached.invoice_id,
        "file_id": attached.pk,
        "conversation_id": private.conversation.pk,
        "message_id": private.message.pk,
        "note_id": note.pk,
        "attachment_id": file.pk,
        "company_id": bakery.pk,
    }


def test_there_are_as_many_routes_as_were_thought_of() -> None:
    """A new address with an id in it is tried below by itself; its body has to be named above."""
    assert len(ROUTES) == 25
    assert {key for key in BODIES if key not in ROUTES} == set()


@pytest.mark.parametrize("part", KEPT_OUT)
def test_hidden_is_missing(part: str, api_of: Api, cast: Any, hidden: dict[str, UUID]) -> None:
    program = api_of(getattr(cast, part))
    events = Event.objects.count()
    for method, path in ROUTES:
        (name,) = [name for name in hidden if f"{{{name}}}" in path]
        if name in THEIRS.get(part, ()):
            continue
        answers = [
            asked(program, method, path, path.replace(f"{{{name}}}", str(pk)))
            for pk in (hidden[name], new_id())
        ]

        there, not_there = answers
        assert there.status_code == 404, (method, path)
        assert there.content == not_there.content, (method, path)
        assert dict(there.headers) == dict(not_there.headers), (method, path)
    assert Event.objects.count() == events


@pytest.mark.parametrize("part", ["accountant", "reader"])
def test_and_those_in_it_find_it(part: str, api_of: Api, cast: Any, hidden: dict[str, UUID]) -> None:
    """The test above proves nothing unless the same addresses answer somebody."""
    program = api_of(getattr(cast, part))
    for path in (
        "conversations/{conversation_id}",
        "attachments/{attachment_id}",
    ):
        assert program.get("/" + path.format(**hidden)).status_code == 200


@pytest.mark.parametrize("part", KEPT_OUT)
def test_lists_counters_search_and_sync_are_silent(
    part: str, api_of: Api, cast: Any, bakery: Company
) -> None:
    program = api_of(getattr(cast, part))
    paths = (
        "/conversations?state=all",
        "/counters",
        "/search?q=secret",
        f"/sync?conversations={new_id()}:1",
        "/companies",
    )
    before = [program.get(path).content for path in paths]

    begin(fresh(cast.accountant), bakery, subject="Secret", body="secret", to=fresh(cast.reader))

    assert [program.get(path).content for path in paths] == before


@pytest.mark.parametrize("part", ["other", "stranger", "outsider", "colleague"])
def test_a_foreign_company_is_a_missing_one(part: str, api_of: Api, cast: Any, bakery: Company) -> None:
    program = api_of(getattr(cast, part))

    def started_in(company: Any) -> Any:
        given = {"id": new_id(), "company": company, "audience": "shared", "subject": "x", "body": "x"}
        given["message_id"] = new_id()
        return program.post("/conversations", given)

    there, not_there = started_in(bakery.pk), started_in(new_id())
    assert (there.status_code, there.content) == (404, not_there.content)
    listed = [program.get(f"/conversations?company={pk}").content for pk in (bakery.pk, new_id())]
    assert listed[0] == listed[1]


def test_a_foreign_identifier_says_no_more_than_taken(
    api_of: Api, stranger: Membership, elsewhere: Company, hidden: dict[str, UUID]
) -> None:
    """An id that stands for something unseen cannot be used again; that it is taken is all that is told."""
    asked = {
        "id": hidden["conversation_id"],
        "company": elsewhere.pk,
        "audience": "shared",
        "subject": "x",
        "body": "x",
        "message_id": new_id(),
    }

    response = api_of(stranger).post("/conversations", asked)

    assert (response.status_code, response.json()["error"]) == (409, "identifier_taken")
