"""comptoir.files.serving: the headers of every kind of file. No database."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.test import RequestFactory

from comptoir.core.errors import NotFound
from comptoir.core.ids import new_id
from comptoir.files import disk
from comptoir.files.checks import examine
from comptoir.files.kinds import KINDS
from comptoir.files.models import Attachment
from comptoir.files.queries import limits
from comptoir.files.serving import file_response, headers_for, preview_headers, preview_response
from tests.files import corpus

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase
    from pytest_django.fixtures import SettingsWrapper


def attachment(name: str = "a.pdf", media_type: str = "application/pdf", data: bytes = b"") -> Attachment:
    found = Attachment(name=name, media_type=media_type, size=len(data), key=new_id())
    if data:
        keep(found, data)
    return found


def keep(one: Attachment, data: bytes) -> None:
    with disk.arriving(one.key) as file:
        file.write(data)
        disk.keep(one.key, file)


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response)  # type: ignore[arg-type]


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("suffix", sorted(KINDS))
def test_only_a_pdf_is_ever_shown_in_the_browser(suffix: str, inline: bool) -> None:
    headers = headers_for(attachment(f"a.{suffix}", KINDS[suffix].media_type), inline=inline)
    way = "inline" if inline and suffix == "pdf" else "attachment"
    assert headers["Content-Disposition"] == f'{way}; filename="a.{suffix}"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-store"


def test_an_unknown_type_is_bytes() -> None:
    for media_type in ("text/html", "image/svg+xml", "application/xml", "message/rfc822", "", "x"):
        headers = headers_for(attachment("a.pdf", media_type), inline=True)
        assert headers["Content-Type"] == "application/octet-stream"
        assert headers["Content-Disposition"].startswith("attachment")


def test_a_name_in_any_script_is_told_twice() -> None:
    headers = headers_for(attachment("Reçu « été » 🧾.pdf"), inline=False)
    assert headers["Content-Disposition"] == (
        'attachment; filename="recu _ ete _ _.pdf"; '
        "filename*=UTF-8''Re%C3%A7u%20%C2%AB%20%C3%A9t%C3%A9%20%C2%BB%20%F0%9F%A7%BE.pdf"
    )


def test_the_file_comes_as_it_was_handed_in() -> None:
    data = corpus.pdf()
    one = attachment(data=data)
    response = file_response(RequestFactory().get("/"), one, inline=True)
    assert body(response) == data
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(data))
    assert response["Content-Disposition"] == 'inline; filename="a.pdf"'
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert str(one.key) not in str(response.headers)


def test_a_sound_can_be_wound_forward() -> None:
    one = attachment("voice.mp3", "audio/mpeg", b"0123456789")
    response = file_response(RequestFactory().get("/", headers={"Range": "bytes=4-6"}), one)
    assert (response.status_code, body(response)) == (206, b"456")
    assert response["Content-Disposition"] == 'attachment; filename="voice.mp3"'


def test_what_is_no_picture_under_a_picture_s_name_is_a_download_of_bytes() -> None:
    found = examine(io.BytesIO(corpus.pdf()), name="photo.png")
    stored = attachment(found.name, found.media_type, corpus.pdf())
    assert stored.kind_shown == "fichier non vérifié"
    response = file_response(RequestFactory().get("/"), stored, inline=True)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="photo.png"'
    assert body(response)


def test_a_preview_is_a_jpeg_whatever_the_original() -> None:
    one = attachment("IMG.heic", "image/heic", b"\xff\xd8\xff")
    with pytest.raises(NotFound):
        preview_response(RequestFactory().get("/"), one)
    one.preview_key = one.key
    response = preview_response(RequestFactory().get("/"), one)
    assert response["Content-Type"] == preview_headers(one)["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == 'inline; filename="IMG.heic.jpg"'
    assert body(response)


def test_a_file_that_is_lost_is_not_found_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(NotFound):
        file_response(RequestFactory().get("/"), attachment())
    assert "not on the disk" in caplog.text


def test_the_limits_are_told_before(settings: SettingsWrapper) -> None:
    settings.ATTACHMENT_BYTES, settings.ATTACHMENTS_A_MESSAGE = 3 * 1024**2, 7
    told = limits()
    assert (told.bytes, told.megabytes, told.count) == (3 * 1024**2, 3, 7)
    assert {".pdf", ".heic", ".cod"} <= set(told.accept.split(","))
    assert ".html" not in told.accept
