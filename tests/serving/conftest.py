from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.serving.probed import Probed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after a first start. It is copied: preparing takes longer than most of what is tested."""
    first = Probed(tmp_path_factory.mktemp("first"))
    (first.data / "probe.bin").write_bytes(os.urandom(3_000_000))
    first.start()
    first.stop()
    first.log.unlink()
    return first.data


@pytest.fixture(scope="module")
def product(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Probed]:
    """The product in a process of its own, for the tests of one file."""
    running = copied(prepared, tmp_path_factory.mktemp("product"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def own(prepared: Path, tmp_path: Path) -> Iterator[Probed]:
    """One that a test may start and end as it likes."""
    running = copied(prepared, tmp_path)
    yield running
    running.stop()


def copied(prepared: Path, to: Path) -> Probed:
    shutil.copytree(prepared, to, dirs_exist_ok=True)
    return Probed(to)
