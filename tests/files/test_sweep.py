"""comptoir.files.sweep: what is cleared away, and above all what is not."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.core.ids import new_id
from comptoir.core.jobs import PERIODIC
from comptoir.files import disk, jobs
from comptoir.files.actions import store_attachment
from comptoir.files.models import Attachment
from comptoir.files.previews import make
from comptoir.files.sweep import sweep_unclaimed
from tests.files import corpus

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from comptoir.people.models import Membership

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def age(path: Path, at: datetime) -> None:
    os.utime(path, (at.timestamp(), at.timestamp()))


def stored(by: Membership, at: datetime) -> Attachment:
    attachment = store_attachment(io.BytesIO(corpus.pdf()), name="a.pdf", by=by, at=at)
    make(attachment.pk)
    attachment.refresh_from_db()
    for key in keys_of(attachment):
        age(disk.path_of(key), at)
    return attachment


def keys_of(attachment: Attachment) -> list[UUID]:
    assert attachment.preview_key is not None
    return [attachment.key, attachment.preview_key]


def test_an_upload_that_nobody_sent_goes_after_a_day(sophie: Membership, now: datetime, folder: Path) -> None:
    attachment = stored(sophie, now)
    assert sweep_unclaimed(at=now + 24 * HOUR) == 0
    assert all(disk.path_of(key).exists() for key in keys_of(attachment))
    assert sweep_unclaimed(at=now + 25 * HOUR) == 1
    assert not Attachment.objects.exists()
    assert not any(disk.path_of(key).exists() for key in keys_of(attachment))
    assert {path.name for path in (folder / "trash").iterdir()} == set(map(str, keys_of(attachment)))


def test_the_trash_is_emptied_after_thirty_days(sophie: Membership, now: datetime, folder: Path) -> None:
    stored(sophie, now)
    sweep_unclaimed(at=now + 25 * HOUR)
    sweep_unclaimed(at=now + 25 * HOUR + timedelta(days=30))
    assert len(list((folder / "trash").iterdir())) == 2
    sweep_unclaimed(at=now + 25 * HOUR + timedelta(days=31))
    assert list((folder / "trash").iterdir()) == []


def test_what_a_message_took_stays_for_ever(sophie: Membership, now: datetime) -> None:
    attachment = stored(sophie, now)
    Attachment.objects.update(claimed_at=now + HOUR)
    assert sweep_unclaimed(at=now + timedelta(days=4000)) == 0
    assert Attachment.objects.get() == attachment
    assert all(disk.path_of(key).exists() for key in keys_of(attachment))


def test_a_file_that_no_row_knows_goes_only_when_it_is_old(now: datetime) -> None:
    old, young = new_id(), new_id()
    for key, moment in ((old, now - 25 * HOUR), (young, now - HOUR)):
        with disk.arriving(key) as file:
            file.write(b"x")
            disk.keep(key, file)
        age(disk.path_of(key), moment)
    sweep_unclaimed(at=now)
    assert not disk.path_of(old).exists()
    assert disk.path_of(young).exists()


def test_two_sweeps_at_once_do_not_hurt_each_other(now: datetime, folder: Path) -> None:
    gone = new_id()
    disk.discard(gone, at=now)
    assert list((folder / "trash").iterdir()) == []


def test_what_a_crash_left_in_quarantine_goes(now: datetime, folder: Path) -> None:
    with disk.arriving(new_id()):
        pass
    for name, moment in (("old", now - 25 * HOUR), ("young", now), ("preview.lock", now - 25 * HOUR)):
        (folder / "incoming" / name).touch()
        age(folder / "incoming" / name, moment)
    sweep_unclaimed(at=now)
    assert sorted(path.name for path in (folder / "incoming").iterdir()) == ["preview.lock", "young"]


def test_a_stranger_s_file_is_left_alone(now: datetime, folder: Path) -> None:
    (folder / "ab").mkdir(parents=True)
    (folder / "ab" / ".nfs0001").touch()
    age(folder / "ab" / ".nfs0001", now - 25 * HOUR)
    sweep_unclaimed(at=now)
    assert (folder / "ab" / ".nfs0001").exists()


def test_a_preview_that_never_came_is_given_up(sophie: Membership, now: datetime) -> None:
    attachment = store_attachment(io.BytesIO(corpus.pdf()), name="a.pdf", by=sophie, at=now)
    Attachment.objects.update(claimed_at=now)
    sweep_unclaimed(at=now + 25 * HOUR)
    attachment.refresh_from_db()
    assert attachment.preview_state == "failed"


def test_many_files_are_compared_in_batches(
    sophie: Membership, now: datetime, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr("comptoir.files.sweep.BATCH", 3)
    kept = [stored(sophie, now) for _ in range(3)]
    Attachment.objects.update(claimed_at=now)
    sweep_unclaimed(at=now + 48 * HOUR)
    assert all(disk.path_of(key).exists() for one in kept for key in keys_of(one))


def test_it_runs_by_itself_every_hour(sophie: Membership, now: datetime) -> None:
    stored(sophie, now - timedelta(days=3))
    assert PERIODIC["comptoir.files.jobs.sweep_files"].every == HOUR
    jobs.sweep_files.call()
    assert Attachment.objects.count() == 0
