"""The oldest versions that are safe to run, as far as we know; what is locked and what is installed is not older.

A scanner without its advisories finds nothing and says so cheerfully. This list is short, and somebody reads it.
"""

from __future__ import annotations

import re
from importlib.metadata import distributions, version

import pytest
from packaging.version import Version

from tests.source import ROOT

# package → the first version without, and what it was.
SAFE = {
    "django": (
        "5.2.16",
        "CVE-2026-53878, a header from a subject; earlier: SQL by a keyword, quadratic headers",
    ),
    "django-allauth": ("65.14.1", "an open redirect after signing in"),
    "h11": ("0.16.0", "CVE-2025-43859, smuggled requests"),
    "pillow": ("11.3.0", "CVE-2025-48379, a buffer written over; earlier: CVE-2023-4863 in libwebp"),
    "cryptography": ("44.0.1", "CVE-2024-12797 in the OpenSSL that it carries"),
    "orjson": ("3.9.15", "CVE-2024-27454, nested without end"),
    "pydantic": ("2.4.0", "CVE-2024-3772, a pattern that backtracks"),
    "sqlparse": ("0.5.0", "CVE-2024-4340, nested without end"),
    "redis": ("4.5.5", "CVE-2023-28859, an answer given to another"),
    "requests": ("2.32.4", "CVE-2024-47081, a password sent to another host"),
    "urllib3": ("2.6.0", "CVE-2025-66471, an answer unpacked without end"),
    "pyjwt": ("2.10.1", "CVE-2024-53861, an issuer that only begins like the right one"),
    "idna": ("3.7", "CVE-2024-3651, quadratic names"),
}
LOCKED = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE))


@pytest.mark.parametrize("package", SAFE)
def test_nothing_older_is_locked_or_installed(package: str) -> None:
    oldest, why = SAFE[package]
    assert Version(LOCKED[package]) >= Version(oldest), why
    assert Version(version(package)) >= Version(oldest), why


def test_what_is_installed_is_what_is_locked() -> None:
    """Some are locked for other systems only."""
    installed = {one.name.lower().replace("_", "-"): one.version for one in distributions()}
    present = {package: installed[package] for package in LOCKED if package in installed}
    assert len(present) > len(LOCKED) * 0.8
    assert present == {package: LOCKED[package] for package in present}
