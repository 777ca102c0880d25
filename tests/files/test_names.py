"""comptoir.files.names: pure, no database."""

from __future__ import annotations

import unicodedata
from email.message import Message
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.files.names import NAME_BYTES, NAME_LENGTH, clean_name, disposition, suffix_of, with_suffix

hurting = st.sampled_from(
    [
        "../",
        "..\\",
        "/",
        "\\",
        "\x00",
        "\u202e",
        "\u200b",
        "\u200d",
        "\r",
        "\n",
        '"',
        "%",
        ";",
        ":",
        ".",
        "~",
        "é",
        "é",
        "CON",
        "nul",
        "com1",
        "LPT9",
        ".pdf",
        ".exe",
        "�",
        "．．／",
        "․",
        "．",
        "$",
        "{{x}}",
        "<b>",
        "\ufeff",
        "",
        "",
    ]  # an empty one, too
)
any_name = st.lists(
    st.one_of(hurting, st.text(st.characters(exclude_categories=[]), max_size=4)), max_size=20
).map("".join)


@pytest.mark.parametrize(
    ("given_name", "cleaned"),
    [
        ("Facture 2026-11.pdf", "Facture 2026-11.pdf"),
        ("Relevé d’octobre – café.PDF", "Relevé d’octobre – café.PDF"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\jan\\factuur.pdf", "factuur.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("invoice.e\u200bx\u200de", "invoice.exe"),
        ("a.pdf\x00.exe", "a.pdf.exe"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x=1.pdf"),
        ('a"b<c>|?*.pdf', "a_b_c____.pdf"),
        ("con.pdf", "_con.pdf"),
        ("NUL", "_NUL"),
        ("com1.tar.pdf", "_com1.tar.pdf"),
        (".htaccess", "document.htaccess"),
        ("..", "document"),
        ("", "document"),
        ("\u3164.pdf", "document.pdf"),
        ("...pdf", "document.pdf"),
        ("a.pdf. . ", "a.pdf"),
        ("a .pdf", "a.pdf"),
        ("reçu 🧾👨\u200d👩\u200d👧.jpg", "reçu 🧾👨\u200d👩\u200d👧.jpg"),
        ("חשבונית.pdf", "חשבונית.pdf"),
    ],
)
def test_a_name_keeps_what_can_be_seen_and_saved(given_name: str, cleaned: str) -> None:
    assert clean_name(given_name) == cleaned


@settings(deadline=None)  # the machine may be busy with other tests
@given(any_name)
def test_any_name_is_safe_and_stable(given_name: str) -> None:
    name = clean_name(given_name)
    assert clean_name(name) == name == unicodedata.normalize("NFC", name)
    assert 0 < len(name) <= NAME_LENGTH
    assert len(name.encode()) <= NAME_BYTES
    assert not set(name) & set('/\\:"<>|?*\x00\r\n\u202e\u200b\u2066')
    assert not name.startswith(".")
    assert not name.endswith((".", " "))
    assert name.split(".")[0].lower() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}


@settings(deadline=None)  # the machine may be busy with other tests
@given(any_name, st.sampled_from(["pdf", "PDF", "docx"]))
def test_a_long_name_keeps_its_ending(given_name: str, suffix: str) -> None:
    assert suffix_of(clean_name(f"x{given_name * 30}.{suffix}")) == suffix.lower()


@pytest.mark.parametrize("letter", ["a", "é", "漢", "🧾"])
def test_three_hundred_letters_are_cut_between_characters(letter: str) -> None:
    name = clean_name(letter * 300 + ".pdf")
    assert set(name.removesuffix(".pdf")) == {letter}
    assert len(name.encode()) <= NAME_BYTES


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", ""), ("a.p\u0111f", ""), ("a.p df", ""), ("a.cod", "cod")],
)
def test_the_suffix_is_plain_letters(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


def test_a_pasted_picture_gets_the_ending_of_its_content() -> None:
    assert with_suffix("image", "png") == "image.png"
    assert len(with_suffix("x" * 200, "png")) == NAME_LENGTH


@settings(deadline=None)  # the machine may be busy with other tests
@given(any_name, st.booleans())
def test_the_name_comes_back_out_of_the_header(given_name: str, inline: bool) -> None:
    name = clean_name(given_name)
    header = disposition(name, inline=inline)
    assert header.isascii()
    assert header.isprintable()
    assert header.startswith("inline; " if inline else "attachment; ")
    message = Message()
    message["Content-Disposition"] = header
    assert message.get_content_disposition() == ("inline" if inline else "attachment")
    plain = header.split('"')[1]
    assert plain == name or unquote(header.partition("filename*=UTF-8''")[2]) == name
    assert header.count('"') == 2
