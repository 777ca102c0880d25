"""The style sheet: one file, whole, with every colour and size in tokens.css; what we took over is as it was taken."""

from __future__ import annotations

import json
import re
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STYLES = ROOT / "comptoir" / "static" / "css"
PARTS = sorted(path for path in STYLES.glob("*.css") if path.name not in {"app.css", "tokens.css"})
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|oklab|lab|lch)a?\(")
LENGTH = re.compile(
    r"\b(?:font-size|border-radius|transition|box-shadow|padding|gap|margin)[\w-]*: [^;{]*\d(?:rem|px|m?s)\b[^;{]*;"
)
HAIRLINE = re.compile(r"\b[01]px\b|-1px|-3px|3px 0")


def test_the_served_file_is_what_its_parts_say() -> None:
    subprocess.run([ROOT / "bin" / "css", "--check"], check=True)


@pytest.mark.parametrize("part", PARTS, ids=lambda path: path.stem)
def test_colours_and_sizes_are_tokens(part: Path) -> None:
    text = part.read_text()
    assert COLOUR.findall(text) == []
    assert [found for found in LENGTH.findall(text) if LENGTH.search(HAIRLINE.sub("", found))] == []
    used = set(re.findall(r"var\((--[\w-]+)\)", text))
    defined = set(re.findall(r"(--[\w-]+):", (STYLES / "tokens.css").read_text()))
    assert used <= defined


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "comptoir/static/icons.svg").read_text()))
    named: set[str] = set()
    for template in (ROOT / "comptoir/templates").rglob("*.html"):
        named |= set(re.findall(r"""{% icon ["']([\w-]+)["']""", template.read_text()))
    assert named - drawn == set()


def test_what_was_taken_over_is_unchanged() -> None:
    taken = json.loads((ROOT / "comptoir/static/js/vendor/VENDORED.json").read_text())
    assert taken
    for entry in taken:
        assert sha256((ROOT / entry["file"]).read_bytes()).hexdigest() == entry["sha256"], entry["file"]


def test_every_part_is_in_the_one_sheet_that_pages_load() -> None:
    joined = (STYLES / "app.css").read_text()
    apart = {"api-docs.css"}  # the page of the API loads its own besides
    assert [part.name for part in PARTS if part.name not in apart and part.read_text() not in joined] == []
