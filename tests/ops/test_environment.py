"""The operator's variables: what is meant is understood, and what cannot be is refused in one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SAID = """
import json, sys
from django.conf import settings
names = ["BASE_URL", "ALLOWED_HOSTS", "DEMO"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def run(data: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMPTOIR", "DJANGO"))}
    environment = {
        **kept,
        "COMPTOIR_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "comptoir.settings",
        **variables,
    }
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def settings_with(data: Path, **variables: str) -> dict[str, object]:
    answer: dict[str, object] = json.loads(run(data, "-c", SAID, **variables).stdout)
    return answer


def test_on_one_address_only_its_names_are_answered(tmp_path: Path) -> None:
    said = settings_with(tmp_path, HOST="192.0.2.7", PORT="81")
    assert said["BASE_URL"] == "http://192.0.2.7:81"
    assert said["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]", "192.0.2.7"]


def test_an_ipv6_address_stands_in_brackets(tmp_path: Path) -> None:
    said = settings_with(tmp_path, HOST="2001:db8::7")
    assert said["BASE_URL"] == "http://[2001:db8::7]:8000"
    assert "[2001:db8::7]" in said["ALLOWED_HOSTS"]  # type: ignore[operator]


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 -- what an operator says
def test_on_every_address_any_name_is_answered_until_one_is_named(tmp_path: Path, host: str) -> None:
    assert settings_with(tmp_path, HOST=host)["ALLOWED_HOSTS"] == ["*"]
    named = settings_with(tmp_path, HOST=host, COMPTOIR_BASE_URL="https://compta.example/")
    assert named["BASE_URL"] == "https://compta.example"
    assert "*" not in named["ALLOWED_HOSTS"]  # type: ignore[operator]


def test_yes_and_no_in_the_usual_words(tmp_path: Path) -> None:
    assert [settings_with(tmp_path, COMPTOIR_DEMO=said)["DEMO"] for said in ("no", "0", "True", "")] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("COMPTOIR_DEMO", "maybe"),
        ("PORT", "abc"),
        ("PORT", "65536"),
        ("COMPTOIR_BASE_URL", "compta.example"),
        ("COMPTOIR_DATABASE_URL", "mysql://x/y"),
        ("COMPTOIR_MAIL_IN", "post@example.be"),
        ("COMPTOIR_MAIL_IN_LMTP", "2424"),
    ],
)
def test_what_cannot_be_meant_is_named_in_one_line(tmp_path: Path, variable: str, value: str) -> None:
    refused = run(tmp_path, "-m", "comptoir", "inspect", **{variable: value})
    assert refused.returncode != 0
    assert refused.stderr.startswith(variable)
    assert len(refused.stderr.strip().splitlines()) == 1


def test_the_key_is_made_once_and_whole(tmp_path: Path) -> None:
    """Several processes that start at once end with the same one, and nobody sees a part of it."""
    code = "from django.conf import settings; print(settings.SECRET_KEY)"
    start = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env={
                **os.environ,
                "COMPTOIR_DATA": str(tmp_path),
                "COMPTOIR_SECRET_KEY": "",
                "DJANGO_SETTINGS_MODULE": "comptoir.settings",
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    keys = {process.communicate(timeout=60)[0].strip() for process in start}
    assert len(keys) == 1
    assert len(keys.pop()) == 64
    assert [path.name for path in tmp_path.glob("secret-key*")] == ["secret-key"]


CREATE = ("create-office", "--name", "Kantoor Maes", "--email", "an@maes.example", "--person", "An Maes")


def test_the_first_command_may_come_before_the_first_start(tmp_path: Path) -> None:
    """In the order of the README: the office first, then the server; and nothing of it is anybody's to read."""
    data = tmp_path / "new"
    said = run(data, "-m", "comptoir", *CREATE, "--password", "een lang wachtwoord", COMPTOIR_DEMO="0")
    assert (said.returncode, "Kantoor Maes is there." in said.stdout) == (0, True), said.stderr
    assert (data / "comptoir.sqlite3").stat().st_mode & 0o077 == 0
    token = run(data, "-m", "comptoir", "token", "an@maes.example", COMPTOIR_DEMO="0")
    assert token.returncode == 0
    assert len(token.stdout.split()) == 1
