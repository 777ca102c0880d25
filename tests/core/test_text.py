"""comptoir.core.text: pure, no database."""

from __future__ import annotations

import re
import time
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.core.text import MARKS_IN_A_ROW, clean_line, clean_text, fold, linkify

if TYPE_CHECKING:
    from collections.abc import Callable

FAMILY = "👨\u200d👩\u200d👧"
# All of Unicode with lone surrogates, and often what hurts.
hurting = st.sampled_from(
    list("\x00\r\n\t\u0085\u2028\u202e\u2066\u200b\u200d\u200c\ufeff\ufe0f\u3164\u0301\ud800\ufffe<>&\"' aé")
)
any_text = st.text(st.one_of(hurting, st.characters(exclude_categories=[])), max_size=60)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Facture   d’achat\t2026 ", "Facture d’achat 2026"),
        ("e\u0301lectricite\u0301", "électricité"),
        ("two\r\nlines\u2028three\x85four", "two lines three four"),
        ("a\x00b\x1bc\x7fd", "abcd"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("in\u200bvo\u00adice\ufeff\u2060", "invoice"),
        ("in\u200dvoice\u200c", "invoice"),
        ("e\u00ad\u0301", "é"),
        ("\u212a\u200dé", "Ké"),
        (f"family {FAMILY}!", f"family {FAMILY}!"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("שלום BE71", "שלום BE71"),
        ("no\ud800pe\ufffe\ufdd0", "nope"),
        ("\u3164\u2800\u115f", ""),
        ("\u200d\ufe0f", ""),
        ("   ", ""),
    ],
)
def test_a_line_keeps_what_is_seen_and_nothing_else(typed: str, cleaned: str) -> None:
    assert clean_line(typed) == cleaned


@settings(deadline=None)  # the machine may be busy with other tests
@given(any_text)
def test_a_line_is_one_line_stable_and_storable(typed: str) -> None:
    line = clean_line(typed)
    assert clean_line(line) == line == unicodedata.normalize("NFC", line)
    assert line == line.strip()
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", line)
    line.encode()


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("one\r\ntwo\rthree\u2029four", "one\ntwo\nthree\nfour"),
        ("  indented\n\ttab", "  indented\n\ttab"),
        ("\n\nmiddle\n\n", "middle"),
        ("a\x00b\x08c\ud83d", "abc"),
        ("pay BE71\u202e 6790\u202c now", "pay BE71 6790 now"),
        (f"merci {FAMILY} 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣", f"merci {FAMILY} 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣"),
        ("שלום\u200f, תודה", "שלום\u200f, תודה"),
        (" \n \u200b\u3164\n", ""),
    ],
)
def test_a_body_keeps_lines_emoji_and_right_to_left_text(typed: str, cleaned: str) -> None:
    assert clean_text(typed) == cleaned


@settings(deadline=None)  # the machine may be busy with other tests
@given(any_text)
def test_a_body_is_stable_and_storable(typed: str) -> None:
    body = clean_text(typed)
    assert clean_text(body) == body == unicodedata.normalize("NFC", body)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", body)
    body.encode()


@pytest.mark.parametrize(
    ("stored", "searched"),
    [
        ("Électricité", "electricite"),
        ("Œuvre, ex æquo", "oeuvre, ex aequo"),
        ("STRASSE", "Straße"),
        ("Ørsted Łódź", "orsted lodz"),
        ("l’avance", "L'AVANCE"),
        ("ﬁnance", "finance"),
        ("İstanbul", "istanbul"),
        ("e\u0301te\u0301", "été"),
        ("co\u00adop\u200bérative", "Cooperative"),
        ("한국", "한국"),
    ],
)
def test_what_a_reader_calls_the_same_folds_alike(stored: str, searched: str) -> None:
    assert fold(stored) == fold(searched)


def test_different_words_stay_different() -> None:
    assert len({fold(word) for word in ("pêche", "poche", "peches")}) == 3


@settings(deadline=None)  # the machine may be busy with other tests
@given(any_text)
def test_folding_is_stable_and_storable(typed: str) -> None:
    assert fold(fold(typed)) == fold(typed)
    assert "\x00" not in fold(typed)
    fold(typed).encode()


def test_a_flood_of_marks_is_cut() -> None:
    assert clean_line("Z" + "\u0334" * 500) == "Z" + "\u0334" * MARKS_IN_A_ROW


class Tags(HTMLParser):
    """What a browser would make of it: the tags, and the text it shows."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def links(body: str) -> list[str | None]:
    return [attributes["href"] for tag, attributes in Tags(linkify(body)).tags if tag == "a"]


@pytest.mark.parametrize(
    ("body", "hrefs"),
    [
        ("see https://finances.belgium.be.", ["https://finances.belgium.be"]),
        ("(https://x.be/a_(b)) and HTTP://Y.be/?q=1&r=2!", ["https://x.be/a_(b)", "HTTP://Y.be/?q=1&r=2"]),
        ("« https://x.be/é » “https://y.be”", ["https://x.be/é", "https://y.be"]),
        ("https://x.be/a\nhttps://y.be/b", ["https://x.be/a", "https://y.be/b"]),
        ("mailto:jan@bakkerij.be, merci", ["mailto:jan@bakkerij.be"]),
        ("https://[2001:db8::1]/a", ["https://[2001:db8::1]/a"]),
        ("javascript:alert(1) data:text/html,x vbscript:x file:///etc/passwd ftp://x.be //x.be", []),
        ("https:// http://[ http://. http://% https://", []),
        ("https://bank.be@evil.example/ https://bank.be%2F@evil.example", []),
        ("mailto:a@b.be?attach=/etc/passwd mailto:a@b@c.be mailto:nobody mailto:@x.be", []),
        ("xhttps://x.be a.https://x.be", []),
        ("https://x.be/" + "a" * 3000, []),
    ],
)
def test_only_plain_addresses_become_links(body: str, hrefs: list[str]) -> None:
    assert links(body) == hrefs
    assert Tags(linkify(body)).text == body


HOSTILE = [
    "<script>alert(1)</script>",
    'https://x.be/"onmouseover="alert(1)',
    "https://x.be/'onmouseover='alert(1)",
    "https://x.be/<img src=x onerror=alert(1)>",
    "https://x.be/&quot;onclick=alert(1)",
    "https://x.be/`x`",
    'mailto:a@b.be"><script>',
    "https://javascript:alert(1)",
    "</a><a href=javascript:alert(1)>",
    "https://x.be\u202e/moc.knab//:sptth",
    "https://x.be/{{constructor}}",
]


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_text_stays_text(body: str) -> None:
    page = Tags(linkify(body))
    assert page.text == body
    for tag, attributes in page.tags:
        assert tag == "a"
        assert set(attributes) == {"href", "target", "rel"}
        assert attributes["rel"] == "noopener noreferrer nofollow"
        assert str(attributes["href"]).lower().startswith(("http://", "https://", "mailto:"))


@settings(deadline=None)  # the machine may be busy with other tests
@given(
    st.lists(
        st.one_of(
            st.sampled_from([*HOSTILE, "https://", "mailto:", "(", ")", " ", "a@b.be", "&", "<"]), any_text
        )
    )
)
def test_linked_text_reads_as_it_was_typed(pieces: list[str]) -> None:
    body = clean_text("".join(pieces))
    page = Tags(linkify(body))
    assert page.text == body
    assert {tag for tag, _ in page.tags} <= {"a"}


FAMILIES = [
    "https://" * 2500,
    "https://x.be/" + ")" * 20000,
    "https://x.be/" + "(" * 10000 + ")" * 10000,
    "https://x.be/" + ".,;:!?" * 3000,
    "mailto:" + "a@" * 10000,
    "http" * 5000,
    "https://a " * 2000,
    "a" + "\u0345" * 10000 + "\u0334" * 10000,
    "a" + "\u0345\u0334" * 10000,
    "é" + "\u200d" * 20000 + "é",
    "\u200dé" * 10000,
    " \u3164" * 10000,
    "\r" * 20000,
    "\ufdfa" * 4000,
    "\ufe0f" * 20000 + "a",
]


@pytest.mark.parametrize("body", FAMILIES, ids=range(len(FAMILIES)))
@pytest.mark.parametrize("function", [clean_line, clean_text, fold, linkify])
def test_no_text_takes_long(function: Callable[[str], str], body: str) -> None:
    """20,000 characters, the longest message, in far less than what a quadratic step would take (0.7 s and more)."""
    start = time.process_time()
    function(body[:20000])
    assert time.process_time() - start < 0.3


@settings(deadline=None)  # the machine may be busy with other tests
@given(st.text(max_size=8), st.integers(1, 400))
def test_repetition_never_hurts(piece: str, times: int) -> None:
    assert linkify(piece * times).count("<a ") <= (piece * times).lower().count(":")
