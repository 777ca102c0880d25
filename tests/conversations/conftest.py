"""What most tests of this package begin with: a conversation of each kind in the bakery's dossier, and a file."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from comptoir.files.actions import store_attachment
from tests.world import NOW, begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.conversations.models import Conversation
    from comptoir.files.models import Attachment
    from comptoir.people.models import Company, Membership


@pytest.fixture
def asked(accountant: Membership, bakery: Company) -> Conversation:
    """Shared, begun by the office, which expects an answer."""
    return begin(accountant, bakery).conversation


@pytest.fixture
def announced(accountant: Membership, bakery: Company) -> Conversation:
    """Shared, begun by the office, which expects no answer."""
    return begin(accountant, bakery, subject="Congés", expects_answer=False).conversation


@pytest.fixture
def wondered(sophie: Membership, bakery: Company) -> Conversation:
    """Shared, begun by a client."""
    return begin(sophie, bakery, subject="TVA du trimestre").conversation


@pytest.fixture
def confided(sophie: Membership, accountant: Membership, bakery: Company) -> Conversation:
    """Private: a client and the accountant."""
    return begin(sophie, bakery, subject="Salaire de Karim", to=accountant).conversation


@pytest.fixture
def file_of() -> Callable[..., Attachment]:
    """`file_of(sophie, "facture.txt")`: handed in and not sent yet."""

    def hand_in(by: Membership, name: str = "facture.txt", text: str = "Facture 12") -> Attachment:
        return store_attachment(BytesIO(text.encode()), name=name, by=by, at=NOW)

    return hand_in
