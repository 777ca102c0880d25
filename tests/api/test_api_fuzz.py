"""Whatever the description allows, and much that it does not, sent by every role: no fault, no answer undescribed."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from comptoir.api.limits import REQUESTS, UPLOADS
from comptoir.core.ids import new_id
from comptoir.wsgi import application
from tests.api.description import description
from tests.world import begin, fresh, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.conftest import Api

ROLES = ("admin", "assistant", "client", "reader", "stranger")
# Some 25 addresses: a few hundred requests a role. bin/test with COMPTOIR_TEST_ALL=1 sends many more.
EXAMPLES = 200 if os.environ.get("COMPTOIR_TEST_ALL") else 6
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
OPERATIONS = [(method, path) for path, methods in description()["paths"].items() for method in methods]


@pytest.fixture
def _quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit to the requests, and no line in the log for each that is refused."""
    monkeypatch.setattr(REQUESTS, "rate", 0)
    monkeypatch.setattr(UPLOADS, "rate", 0)
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)


@pytest.fixture
def _one_transaction() -> Iterator[None]:
    """All requests in the test's own, as Django's test client does it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def real_ids(cast: Any) -> dict[str, list[str]]:
    """Ids that exist, so that a request is not always about nothing."""
    accountant, client = fresh(cast.accountant), fresh(cast.client)
    shared = begin(accountant, cast.bakery)
    private = begin(client, cast.bakery, to=accountant)
    mine = say(shared.conversation, client, "Voilà")
    return {
        "conversation_id": [str(shared.conversation.pk), str(private.conversation.pk)],
        "message_id": [str(mine.pk), str(shared.message.pk), str(private.message.pk)],
        "company_id": [str(cast.bakery.pk), str(cast.elsewhere.pk)],
        "company": [str(cast.bakery.pk), str(cast.elsewhere.pk)],
        "person": [str(accountant.pk), str(client.pk), str(cast.outsider.pk)],
        "note_id": [str(new_id())],
        "attachment_id": [str(new_id())],
    }


@pytest.mark.usefixtures("_quietly", "_one_transaction")
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("part", ROLES)
def test_no_fault(
    part: str, mode: GenerationMode, api_of: Api, cast: Any, real_ids: dict[str, list[str]]
) -> None:
    headers = api_of(getattr(cast, part)).headers
    schema = schemathesis.openapi.from_dict(description())
    schema.app = application
    for method, path in OPERATIONS:
        operation = schema[path][method]

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
        def send(case: Any, data: Any) -> None:
            for sent in (case.path_parameters, case.body):
                for name in real_ids.keys() & (sent.keys() if isinstance(sent, dict) else ()):
                    if data.draw(st.booleans()):
                        sent[name] = data.draw(st.sampled_from(real_ids[name]))
            response = case.call(headers=headers)
            case.validate_response(response, checks=CHECKS, headers=headers)

        send()
