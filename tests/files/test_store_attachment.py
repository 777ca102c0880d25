"""comptoir.files.actions: taking a file in."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import uuid
from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from comptoir.core.errors import Invalid, NotFound, TooLarge, TooMany
from comptoir.files import actions, disk
from comptoir.files.actions import NoRoom, drop_attachment, store_attachment
from comptoir.files.models import Attachment
from comptoir.files.previews import make
from tests.files import corpus

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Membership

pytestmark = pytest.mark.django_db


def store(data: bytes, name: str, by: Membership, at: datetime) -> Attachment:
    return store_attachment(io.BytesIO(data), name=name, by=by, at=at)


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_what_is_stored_is_what_was_sent(sophie: Membership, now: datetime, folder: Path) -> None:
    data = corpus.pdf()
    attachment = store(data, "C:\\tmp\\e\u0301te\u0301.pdf", sophie, now)
    attachment.refresh_from_db()
    assert attachment.office_id == sophie.office_id
    assert attachment.uploaded_by_id == sophie.pk
    assert attachment.name == "été.pdf"
    assert (attachment.media_type, attachment.size) == ("application/pdf", len(data))
    assert attachment.sha256 == hashlib.sha256(data).hexdigest()
    assert (attachment.state, attachment.preview_state, attachment.claimed_at) == ("ready", "pending", None)
    assert files_in(folder) == [f"{attachment.key.hex[-2:]}/{attachment.key}"]
    assert disk.path_of(attachment.key).read_bytes() == data
    assert disk.path_of(attachment.key).stat().st_mode & 0o777 == 0o600


def test_it_is_on_the_disk_before_it_is_in_the_database(
    sophie: Membership, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[bool, int]] = []
    fsync = os.fsync

    def watching(handle: int) -> None:
        synced.append((os.path.isdir(f"/proc/self/fd/{handle}"), Attachment.objects.count()))  # noqa: PTH112
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watching)
    store(corpus.pdf(), "a.pdf", sophie, now)
    assert synced == [(False, 0), (True, 0), (True, 0)]


@effort(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["../", "..\\", "/", "\x00", "\u202e", "\u200b", "CON", ".", "%2e", "\ud800"]),
            st.text(st.characters(exclude_categories=[]), max_size=3),
        ),
        max_size=100,
    ).map("".join)
)
def test_no_name_leads_anywhere(sophie: Membership, now: datetime, tmp_path: Path, name: str) -> None:
    before = set(files_in(tmp_path))
    attachment = store(b"Bonjour", f"{name}.txt", sophie, now)
    attachment.refresh_from_db()
    written = set(files_in(tmp_path)) - before
    assert written == {f"files/{attachment.key.hex[-2:]}/{attachment.key}"}
    assert uuid.UUID(written.pop().rpartition("/")[2]).version == 7


def test_the_limit_is_told_in_megabytes(
    sophie: Membership, now: datetime, folder: Path, settings: SettingsWrapper
) -> None:
    settings.ATTACHMENT_BYTES = 2 * 1024**2
    assert store(b"x" * settings.ATTACHMENT_BYTES, "a.txt", sophie, now).size == 2 * 1024**2
    with translation.override("en"), pytest.raises(TooLarge, match="larger than 2 MB"):
        store(b"x" * (settings.ATTACHMENT_BYTES + 1), "b.txt", sophie, now)
    assert len(files_in(folder)) == Attachment.objects.count() == 1


def test_an_endless_upload_is_read_no_further_than_the_limit(
    sophie: Membership, now: datetime, settings: SettingsWrapper
) -> None:
    class Endless:
        given = 0

        def read(self, size: int) -> bytes:
            self.given += size
            return b"x" * size

    settings.ATTACHMENT_BYTES = 1024**2
    upload = Endless()
    with pytest.raises(TooLarge):
        store_attachment(upload, name="a.txt", by=sophie, at=now)
    assert upload.given <= settings.ATTACHMENT_BYTES + actions.PIECE


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.html", corpus.HTML), ("a.png", corpus.HTML), ("a.pdf", b""), ("a.zip", corpus.zip_bomb())],
)
def test_what_is_refused_leaves_nothing(
    sophie: Membership, now: datetime, folder: Path, name: str, data: bytes
) -> None:
    with pytest.raises(Invalid):
        store(data, name, sophie, now)
    assert files_in(folder) == []
    assert not Attachment.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_full_disk_refuses_in_words(
    sophie: Membership, now: datetime, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom) as refused:
        store(corpus.pdf(), "a.pdf", sophie, now)
    assert refused.value.status == 507
    assert files_in(folder) == []


def test_a_broken_disk_is_no_refusal_but_an_error(
    sophie: Membership, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="Input/output"):
        store(corpus.pdf(), "a.pdf", sophie, now)
    assert not Attachment.objects.exists()


def test_nobody_hoards(
    sophie: Membership, accountant: Membership, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "UNCLAIMED_AT_ONCE", 2)
    for _ in range(2):
        store(b"x", "a.txt", sophie, now)
    with pytest.raises(TooMany):
        store(b"x", "a.txt", sophie, now)
    store(b"x", "a.txt", accountant, now)
    Attachment.objects.update(claimed_at=now)
    store(b"x", "a.txt", sophie, now)


def test_only_the_uploader_has_it_while_it_is_unclaimed(
    sophie: Membership, partner: Membership, accountant: Membership, now: datetime
) -> None:
    attachment = store(b"x", "a.txt", sophie, now)
    assert list(Attachment.objects.unclaimed_by(sophie)) == [attachment]
    for member in (partner, accountant):
        assert not Attachment.objects.unclaimed_by(member).exists()
        with pytest.raises(NotFound):
            drop_attachment(attachment.pk, by=member)
    Attachment.objects.update(claimed_at=now)
    assert not Attachment.objects.unclaimed_by(sophie).exists()
    with pytest.raises(NotFound):
        drop_attachment(attachment.pk, by=sophie)
    Attachment.objects.update(claimed_at=None)
    drop_attachment(attachment.pk, by=sophie)
    assert not Attachment.objects.exists()


def test_a_preview_is_made_by_a_job_and_once(sophie: Membership, now: datetime, folder: Path) -> None:
    attachment = store(corpus.HEIC, "IMG_1.HEIC", sophie, now)
    job = DBTaskResult.objects.get()
    assert job.args_kwargs["kwargs"] == {"attachment_id": str(attachment.pk)}
    job.task.call(**job.args_kwargs["kwargs"])
    attachment.refresh_from_db()
    assert (attachment.preview_state, attachment.width, attachment.height) == ("ready", 400, 300)
    assert (attachment.has_preview, attachment.family) == (True, "picture")
    assert attachment.preview_key is not None
    assert disk.open_stored(attachment.preview_key).read(3) == b"\xff\xd8\xff"
    assert disk.path_of(attachment.key).read_bytes() == corpus.HEIC
    before = files_in(folder)
    make(attachment.pk)
    assert files_in(folder) == before


def test_what_has_no_preview_asks_for_none(sophie: Membership, now: datetime) -> None:
    assert store(corpus.XLSX, "a.xlsx", sophie, now).preview_state == "none"
    assert store(corpus.pdf(), "a.png", sophie, now).preview_state == "none"
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize("data", [corpus.HEIC[:900], corpus.pdf()[:40]])
def test_a_preview_that_fails_is_noted_and_logged(
    sophie: Membership, now: datetime, folder: Path, caplog: pytest.LogCaptureFixture, data: bytes
) -> None:
    attachment = store(data, "a.heic" if data.startswith(b"\0") else "a.pdf", sophie, now)
    make(attachment.pk)
    attachment.refresh_from_db()
    assert (attachment.state, attachment.preview_state, attachment.preview_key) == ("ready", "failed", None)
    assert str(attachment.pk) in caplog.text
    assert attachment.name not in caplog.text
    assert len([name for name in files_in(folder) if not name.endswith(".lock")]) == 1


def test_a_preview_of_a_lost_or_deleted_file_is_no_error(sophie: Membership, now: datetime) -> None:
    attachment = store(corpus.pdf(), "a.pdf", sophie, now)
    disk.path_of(attachment.key).unlink()
    make(attachment.pk)
    attachment.refresh_from_db()
    assert attachment.preview_state == "failed"
    make(uuid.uuid4())
