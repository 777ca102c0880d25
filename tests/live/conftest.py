from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

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
