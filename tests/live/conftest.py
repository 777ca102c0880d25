from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from comptoir.live import hub
from comptoir.live.broker import broker
from tests.live.room import WithThisConnection
from tests.serving.probed import Probed

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Probed]:
    """The product with the cast in it, everybody signed in."""
    running = Probed(tmp_path_factory.mktemp("live"))
    running.facts = running.prepare()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def people(product: Probed) -> dict[str, Any]:
    found: dict[str, Any] = product.facts["people"]
    return found


@pytest.fixture
def in_place(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The gate asks inside the transaction of the test, and nothing is left of another test's broker."""
    monkeypatch.setattr(hub, "OneThread", WithThisConnection)
    WithThisConnection.connection = connections["default"]
    connections["default"].inc_thread_sharing()
    broker.cache_clear()
    yield
    broker.cache_clear()
    connections["default"].dec_thread_sharing()
