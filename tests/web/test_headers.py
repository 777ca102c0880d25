"""What every answer of every address carries, whoever asks and however it ends; and what a cookie may be read by."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from comptoir.conversations.actions.message import edit_message
from comptoir.core.http import bare_headers
from comptoir.core.ids import new_id
from comptoir.files.actions import store_attachment
from comptoir.files.previews import make
from comptoir.live.door import stream_headers
from comptoir.people.actions.offices import change_branding
from tests.files.corpus import pdf, picture
from tests.world import NOW, begin, say, signed_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Company, Group, Membership

FOREVER = "public, max-age=31536000, immutable"
ALWAYS = {
    "X-Content-Type-Options": {"nosniff"},
    "X-Frame-Options": {"DENY", "SAMEORIGIN"},
    "Referrer-Policy": {"same-origin", "no-referrer"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Cross-Origin-Resource-Policy": {"same-origin"},
}
NEVER = {"Server", "X-Powered-By", "Access-Control-Allow-Origin"}
LOOSE = {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "http:", "https:", "*"}


def names(patterns: list[Any] | None = None) -> Iterator[str]:
    """The name of every address that has one."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            prefix = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from (f"{prefix}{name}" for name in names(pattern.url_patterns))
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name


GIVEN = (
    (),
    (str(new_id()),),
    (1,),
    ("key",),
    ("1", "secret"),
    (200, 100),
    (str(new_id()), "1"),
    (200, 100, "icon", 192),
    ("monthly", "2026-10", "filing"),
    (str(new_id()), str(new_id())),
)
STREAMED = {"live"}  # served by the event loop, which Django's test client does not have


def address(name: str) -> str:
    for given in GIVEN:
        try:
            return reverse(name, args=given)
        except NoReverseMatch:
            continue
    pytest.fail(f"No arguments fit {name}")


def complaints(answer: HttpResponse) -> list[str]:
    """What is missing in this answer, or too much."""
    headers = answer.headers
    found = [
        f"{name}: {headers.get(name)}" for name, allowed in ALWAYS.items() if headers.get(name) not in allowed
    ]
    found += [f"{name} is sent" for name in NEVER if name in headers]
    cache = headers.get("Cache-Control", "")
    if cache != FOREVER and (cache != "private, no-store" or "Cookie" not in headers.get("Vary", "")):
        found.append(f"it may be kept: {cache}, Vary {headers.get('Vary')}")
    return found + list(_of_the_policy(headers.get("Content-Security-Policy", "")))


def _of_the_policy(policy: str) -> Iterator[str]:
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    if rules.get("default-src") != "'none'":
        yield f"default-src is {rules.get('default-src')}"
    if rules.get("frame-ancestors") not in {"'none'", "'self'"}:
        yield f"frame-ancestors is {rules.get('frame-ancestors')}"
    words = {word for rule, values in rules.items() if rule != "report-uri" for word in values.split()}
    if loose := words & LOOSE:
        yield f"the policy allows {loose}"
    if "script-src" in rules and rules["script-src"] != "'self'":
        yield f"script-src is {rules['script-src']}"


def test_a_bare_answer_would_be_found_out() -> None:
    assert len(complaints(HttpResponse())) == len(ALWAYS) + 3


@pytest.fixture(autouse=True)
def _own_folder(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"


@pytest.fixture
def visitors(admin: Membership, sophie: Membership) -> dict[str, Client]:
    return {
        "nobody": Client(),
        "admin": signed_in(Client(raise_request_exception=False), admin),
        "sophie": signed_in(Client(raise_request_exception=False), sophie),
    }


@pytest.mark.parametrize(
    ("method", "accept"),
    [
        ("get", "text/html"),
        ("get", "application/json"),
        ("post", "text/html"),
        ("post", "application/json"),
        ("head", "text/html"),
        ("delete", "application/json"),
    ],
)
def test_every_address(visitors: dict[str, Client], method: str, accept: str) -> None:
    asked = sorted(set(names()) - STREAMED)
    assert len(asked) > 100
    found = {}
    for who, visitor in visitors.items():
        for name in asked:
            if name in {"account_logout", "sign_out_everywhere"} and method == "post":
                continue  # has a test of its own: the others would be nobody afterwards
            answer = getattr(visitor, method)(address(name), headers={"Accept": accept})
            if wrong := complaints(answer):
                found[f"{who} {method} {name} {answer.status_code}"] = wrong
    assert found == {}


def test_every_kind_of_answer(visitors: dict[str, Client], house: dict[str, str]) -> None:
    """What exists, rather than what is missing: pages, fragments, JSON, files, pictures, streams of rows, redirects."""
    admin, sophie = visitors["admin"], visitors["sophie"]
    answers = [
        sophie.get(path)
        for path in ("/", "/communication/", "/communication/new", "/search?q=f", "/counters")
    ]
    answers += [sophie.get(house[name]) for name in ("thread", "changes", "file", "shown", "preview", "text")]
    answers += [admin.get(house[name]) for name in ("company", "group", "audited", "logo", "colours")]
    answers.append(admin.get("/desk/", headers={"X-Fragment": "list"}))
    answers.append(admin.post("/desk/settings/audit/export"))
    answers.append(sophie.get(house["file"], headers={"Range": "bytes=0-3"}))
    answers.append(sophie.get(house["file"], headers={"Range": "bytes=9999999-"}))
    answers.append(sophie.post(house["post"], {"body": ""}, headers={"Accept": "application/json"}))
    answers.append(sophie.post("/profile/", {"name": ""}))
    answers.append(Client(enforce_csrf_checks=True).post("/language", {"language": "nl"}))
    answers.append(Client().post("/language", {"language": "nl"}))
    answers.append(Client().post("/csp-report", "{}", content_type="application/csp-report"))
    answers.append(sophie.get("/nothing-at-all"))
    statuses = {answer.status_code for answer in answers}
    assert {200, 204, 206, 302, 403, 404, 416, 422} <= statuses
    assert {a.request["PATH_INFO"]: complaints(a) for a in answers if complaints(a)} == {}


@pytest.fixture
def house(admin: Membership, sophie: Membership, bakery: Company, group: Group) -> dict[str, str]:
    """Addresses of things that sophie or the administrator may see."""
    paper = store_attachment(io.BytesIO(pdf()), name="facture.pdf", by=sophie, at=NOW)
    talk = begin(sophie, bakery, files=[paper.pk])
    edited = say(talk.conversation, sophie, "D’abord")
    edit_message(edited.pk, by=sophie, at=NOW, body="Ensuite")
    make(paper.pk)
    branding = {"name": "Talmont", "address_line": "", "brand_hue": 20, "brand_chroma": 0.1}
    office = change_branding(by=admin, at=NOW, logo=picture("PNG"), **branding)
    return {
        "thread": reverse("portal_thread", args=[talk.conversation.pk]),
        "changes": f"{reverse('thread_changes', args=[talk.conversation.pk])}?since=0",
        "post": reverse("thread_post", args=[talk.conversation.pk]),
        "file": reverse("file", args=[paper.pk]),
        "shown": f"{reverse('file', args=[paper.pk])}?show=1",
        "preview": reverse("file_preview", args=[paper.pk]),
        "text": reverse("message_text", args=[edited.pk]),
        "company": reverse("company", args=[bakery.pk]),
        "group": reverse("group_edit", args=[group.pk]),
        "audited": reverse("audit_message", args=[edited.pk]),
        "logo": reverse("brand_logo", args=[office.pk, office.logo_version]),
        "colours": reverse("brand_colours", args=[20, 100]),
    }


def test_what_the_server_answers_without_django() -> None:
    assert complaints(HttpResponse(headers=bare_headers())) == []
    stream = {name.decode().title(): value.decode() for name, value in stream_headers()}
    assert complaints(HttpResponse(headers=stream)) == []


def test_a_static_file_says_what_it_is_not() -> None:
    """Whitenoise answers before the middleware does."""
    answer = Client().get("/static/icons.svg")
    assert answer.status_code == 200
    assert {name for name, allowed in ALWAYS.items() if answer.headers.get(name) not in allowed} == set()
    assert "Set-Cookie" not in answer.headers


# ── Under HTTPS ──────────────────────────────────────────────────────────
