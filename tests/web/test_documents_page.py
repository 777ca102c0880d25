"""*Documents* as a client uses it, without a script."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from comptoir.campaigns.models import DocumentRequest, ItemFile
from tests.campaigns.asked import ask, item, now_of
from tests.world import signed_in

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from django.test import Client

    from tests.world import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def asked(cast: Cast) -> DocumentRequest:
    return ask(cast.accountant, cast.bakery)


def _page(asked: DocumentRequest) -> str:
    return reverse("portal_request", args=[asked.conversation_id])


def _item(asked: DocumentRequest, kind: str) -> str:
    return reverse("portal_item", args=[asked.conversation_id, item(asked, kind).pk])


@pytest.mark.parametrize("part", ["client", "documents"])
def test_it_shows_what_is_asked_and_by_when(
    client: Client, cast: Cast, asked: DocumentRequest, part: str
) -> None:
    browser = signed_in(client, getattr(cast, part))
    assert browser.get(reverse("portal_documents")).headers["Location"] == _page(asked)
    text = browser.get(_page(asked)).content.decode()
    for words in ("TVA octobre 2026", "mardi 17 novembre", "vendredi 20 novembre", "Extraits bancaires"):
        assert words in text
    assert "<b>0 sur 3</b> remis" in text
    assert "3 éléments restent ouverts" in text


def test_files_nothing_and_everything(client: Client, cast: Cast, asked: DocumentRequest) -> None:
    browser = signed_in(client, cast.documents)
    files = [SimpleUploadedFile(f"{n}.txt", b"Ticket") for n in "ab"]
    assert browser.post(_item(asked, "sales"), {"do": "hand_in", "upload": files}).status_code == 302
    assert item(asked, "sales").received_count == 2
    held = ItemFile.objects.first()
    assert held is not None
    assert browser.get(reverse("file", args=[held.attachment_id])).status_code == 200
    browser.post(_item(asked, "purchases"), {"do": "nothing"})
    assert item(asked, "purchases").state == "nothing"
    browser.post(_item(asked, "purchases"), {"do": "undo"})
    assert item(asked, "purchases").state == "open"
    browser.post(_page(asked), {})
    assert now_of(asked).ended_how == "handed_in"
    browser.post(_page(asked), {"do": "take_back"})
    assert now_of(asked).ended_at is None


def test_a_day_that_is_no_answer_is_refused_and_stays_typed(
    client: Client, cast: Cast, asked: DocumentRequest
) -> None:
    browser = signed_in(client, cast.client)
    past = (timezone.localdate() - timedelta(days=1)).isoformat()
    answer = browser.post(_item(asked, "bank"), {"do": "later", "day": past})
    assert answer.status_code == 422
    assert f'value="{past}"' in answer.content.decode()
    assert item(asked, "bank").state == "open"
    assert browser.post(_item(asked, "bank"), {"do": "hand_in"}).status_code == 422


def test_a_file_is_seen_by_nobody_else(client: Client, cast: Cast, asked: DocumentRequest) -> None:
    signed_in(client, cast.documents).post(
        _item(asked, "sales"), {"do": "hand_in", "upload": SimpleUploadedFile("a.txt", b"Ticket")}
    )
    address = reverse("file", args=[ItemFile.objects.get().attachment_id])
    for part, status in (("reader", 404), ("other", 404), ("stranger", 404), ("accountant", 200)):
        assert signed_in(client, getattr(cast, part)).get(address).status_code == status


@pytest.mark.parametrize("part", ["reader", "accountant"])
def test_whoever_hands_in_nothing_has_no_such_page(client: Client, cast: Cast, part: str) -> None:
    assert signed_in(client, getattr(cast, part)).get(reverse("portal_documents")).status_code == 404


def test_without_a_request_it_says_so(client: Client, cast: Cast) -> None:
    answer = signed_in(client, cast.client).get(reverse("portal_documents"))
    assert "Rien n’est demandé" in answer.content.decode()
