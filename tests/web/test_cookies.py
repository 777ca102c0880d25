"""Cookies: the host's alone under https, and what a script may read of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.source import ROOT
from tests.world import PASSWORD

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Membership

OF_THE_BROWSER = """
import json
from comptoir.settings import browser
print(json.dumps({name: value for name, value in vars(browser).items() if name.isupper()}))
"""


@pytest.fixture(scope="module")
def under_https(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The settings as they are where the operator's address begins with https."""
    told = {
        "COMPTOIR_BASE_URL": "https://comptoir.example",
        "COMPTOIR_DATA": str(tmp_path_factory.mktemp("data")),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMPTOIR_")}
    done = subprocess.run(
        [sys.executable, "-c", OF_THE_BROWSER], cwd=ROOT, env=kept | told, stdout=subprocess.PIPE, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_cookies_are_the_hosts_alone_under_https(
    settings: SettingsWrapper, under_https: dict[str, Any], sophie: Membership
) -> None:
    for name, value in under_https.items():
        setattr(settings, name, value)
    visitor = Client()
    visitor.get("/accounts/login/", secure=True)
    answer = visitor.post(
        "/accounts/login/", {"login": sophie.person.email, "password": PASSWORD}, secure=True
    )
    assert answer.status_code == 302
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert {"__Host-session", "__Host-csrf"} <= set(visitor.cookies)
    visitor.post("/language", {"language": "nl"}, secure=True)
    visitor.get("/open", secure=True)
    for name in ("__Host-session", "__Host-csrf", "__Host-item", "language"):
        cookie = visitor.cookies[name]
        assert cookie["secure"], name
        assert cookie["samesite"] == "Lax", name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name
        assert cookie["httponly"] or name == "__Host-csrf", name


def test_a_cookie_is_no_script_s(sophie: Membership) -> None:
    visitor = Client()
    visitor.post("/accounts/login/", {"login": sophie.person.email, "password": PASSWORD})
    assert visitor.cookies["session"]["httponly"]
    assert visitor.cookies["session"]["samesite"] == "Lax"
    assert "Strict-Transport-Security" not in visitor.get("/").headers
