"""What a template may not hold: a script, a style, a handler, a text that nobody escaped, or another page's length."""

from __future__ import annotations

import re

from tests.source import Source, files

LINES_A_TEMPLATE = 100
HTML = files(".html", under=("comptoir/templates",))
EVERY = files(".html", ".txt", under=("comptoir/templates",))
# The only texts that are HTML already: made by core.text.linkify when a message or note is written.
MADE_BY_LINKIFY = {"message.html|safe", "item.note.html|safe", "note.html|safe"}
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
STYLE = re.compile(r"<style\b|<[^>]*\sstyle\s*=", re.IGNORECASE)
SAFE = re.compile(r"\{\{-?\s*([^}]*\|\s*safe(?:seq)?\b[^}]*)\}\}|\{%\s*(autoescape off)\s*%\}")
ELSEWHERE = re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)


def found(pattern: re.Pattern[str], sources: tuple[Source, ...] = HTML) -> list[str]:
    return [f"{source.path}: {hit.group(0)}" for source in sources for hit in pattern.finditer(source.text)]


def test_there_are_templates_to_look_at() -> None:
    assert len(HTML) > 80


def test_a_template_is_one_screen() -> None:
    lengths = {source.path: source.text.count("\n") for source in EVERY}
    assert {path: n for path, n in lengths.items() if n >= LINES_A_TEMPLATE} == {}


def test_only_what_linkify_made_is_taken_as_html() -> None:
    texts = [
        (source.path, (hit.group(1) or hit.group(2)).strip())
        for source in HTML
        for hit in SAFE.finditer(source.text)
    ]
    assert {text for _, text in texts} <= MADE_BY_LINKIFY
    assert {path for path, _ in texts} <= {
        "comptoir/templates/thread/_message.html",
        "comptoir/templates/desk/_note.html",
    }


def test_no_script_stands_in_a_page() -> None:
    """Data for one is no script: the browser does not run `application/json`."""
    inline = [
        f"{source.path}: {hit.group(0)}"
        for source in HTML
        for hit in SCRIPT.finditer(source.text)
        if "src=" not in hit.group(1) and 'type="application/json"' not in hit.group(1)
    ]
    assert inline == []
    assert found(HANDLER) == []
    assert found(re.compile(r"javascript:", re.IGNORECASE)) == []


def test_no_style_stands_in_a_page() -> None:
    pages = tuple(source for source in HTML if "/templates/mail/" not in source.path)
    assert len(pages) < len(HTML)  # programs that show mails know no style sheet
    assert found(STYLE, pages) == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert found(ELSEWHERE) == []


def test_every_form_that_writes_carries_its_token() -> None:
    forms = re.compile(r"<form\b[^>]*method=[\"']post[\"'][^>]*>(.*?)</form>", re.IGNORECASE | re.DOTALL)
    without = [
        source.path
        for source in HTML
        for hit in forms.finditer(source.text)
        if "csrf_token" not in hit.group(1)
    ]
    assert without == []


def test_whoever_opens_a_new_tab_does_not_hand_this_one_over() -> None:
    blank = re.compile(r"<a\b[^>]*target=[\"']_blank[\"'][^>]*>", re.IGNORECASE)
    assert [hit for hit in found(blank) if "noopener" not in hit] == []
