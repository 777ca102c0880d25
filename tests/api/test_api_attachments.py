"""POST /attachments and GET /attachments/{id}."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.core.ids import new_id
from tests.api.conftest import PREFIX
from tests.world import begin

if TYPE_CHECKING:
    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api

pytestmark = pytest.mark.usefixtures("kept_apart")
TEXT = b"Date;Montant\n2026-11-12;12,50\n"


@pytest.fixture
def kept_apart(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def theirs(accountant: Membership, bakery: Company) -> Conversation:
    return begin(accountant, bakery).conversation


def a_file(name: str = "ventes.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, TEXT, content_type="text/csv")


def content_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_handed_in_sent_and_fetched(
    api_of: Api, sophie: Membership, accountant: Membership, theirs: Conversation
) -> None:
    program, path = api_of(sophie), f"/conversations/{theirs.pk}/messages"

    response = program.upload(a_file())
    assert response.status_code == 201
    file = response.json()
    assert (file["name"], file["size"]) == ("ventes.csv", len(TEXT))

    message = program.post(path, {"id": new_id(), "body": "", "attachments": [file["id"]]})
    assert message.status_code == 201
    assert message.json()["attachments"] == [file]

    (_first, last) = api_of(accountant).get(path).json()["items"]
    assert last["attachments"] == [file]
    fetched = api_of(accountant).get(f"/attachments/{file['id']}")
    assert content_of(fetched) == TEXT
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert fetched.headers["X-Content-Type-Options"] == "nosniff"


def test_the_same_send_again_names_the_same_file(
    api_of: Api, sophie: Membership, theirs: Conversation
) -> None:
    program, path = api_of(sophie), f"/conversations/{theirs.pk}/messages"
    asked = {"id": new_id(), "body": "", "attachments": [program.upload(a_file()).json()["id"]]}

    assert program.post(path, asked).json() == program.post(path, asked).json()
    again = program.post(path, {**asked, "id": new_id()})
    assert (again.status_code, again.json()["field"]) == (422, "attachments")


def test_unsent_it_is_its_uploaders_alone(
    api_of: Api, sophie: Membership, partner: Membership, accountant: Membership, theirs: Conversation
) -> None:
    file = api_of(sophie).upload(a_file()).json()
    missing = api_of(partner).get(f"/attachments/{new_id()}")

    assert content_of(api_of(sophie).get(f"/attachments/{file['id']}")) == TEXT
    for member in (partner, accountant):
        assert api_of(member).get(f"/attachments/{file['id']}").content == missing.content
        taken = {"id": new_id(), "body": "x", "attachments": [file["id"]]}
        response = api_of(member).post(f"/conversations/{theirs.pk}/messages", taken)
        assert (response.status_code, response.json()["field"]) == (422, "attachments")


def test_gone_with_its_message(api_of: Api, sophie: Membership, theirs: Conversation) -> None:
    program = api_of(sophie)
    file = program.upload(a_file()).json()
    asked = {"id": new_id(), "body": "", "attachments": [file["id"]]}
    program.post(f"/conversations/{theirs.pk}/messages", asked)

    assert program.delete(f"/messages/{asked['id']}").json()["attachments"] == []
    assert program.get(f"/attachments/{file['id']}").status_code == 404


@pytest.mark.parametrize("part", ["reader", "documents", "assistant"])
def test_profiles_that_hand_in_nothing(part: str, api_of: Api, cast: Any) -> None:
    assert api_of(getattr(cast, part)).upload(a_file()).status_code == 403


def test_without_a_file_or_with_a_broken_body(api_of: Api, sophie: Membership) -> None:
    program = api_of(sophie)
    for content_type, body, status in (
        ("multipart/form-data; boundary=x", b"--x--\r\n", 422),
        ("multipart/form-data", b"--x--\r\n", 400),
        ("multipart/form-data; boundary=x", b"\x00\xff", 422),
        ("application/json", b"{}", 422),
    ):
        response = program.send("POST", "/attachments", data=body, content_type=content_type)
        assert response.status_code == status, (content_type, response.content)


def test_too_large_or_empty_is_refused(api_of: Api, sophie: Membership, settings: Any) -> None:
    settings.ATTACHMENT_BYTES = 10

    assert api_of(sophie).upload(a_file()).status_code == 413
    assert api_of(sophie).upload(SimpleUploadedFile("vide.csv", b"")).status_code == 422


def test_a_part_of_it(api_of: Api, sophie: Membership) -> None:
    program = api_of(sophie)
    file = program.upload(a_file()).json()

    part = program.browser.get(
        f"{PREFIX}/attachments/{file['id']}", headers={**program.headers, "Range": "bytes=0-3"}
    )

    assert (part.status_code, content_of(part)) == (206, b"Date")
