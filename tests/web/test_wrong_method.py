"""The address of a form, typed or come back to: a page of ours says so, not the browser's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Membership


@pytest.mark.parametrize("path", ["/desk/settings/policy", "/profile/tokens", "/desk/bulk/close"])
def test_a_form_s_address_is_explained(
    browser_of: Callable[[Membership], Client], admin: Membership, path: str
) -> None:
    answer = browser_of(admin).get(path)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "que ce qu’un formulaire envoie" in answer.content.decode()
    asked = browser_of(admin).get(path, headers={"Accept": "application/json"})
    assert (asked.status_code, asked.json()["error"]) == (405, "method_not_allowed")
