"""Whatever a stranger sends: nothing raises. 20,000 inputs. Pure, no database."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comptoir.mailbox.authentication import dmarc_of, without_claims
from comptoir.mailbox.automatic import kind_of
from comptoir.mailbox.headers import addresses, decoded, parameters
from comptoir.mailbox.html_text import text_of_html
from comptoir.mailbox.strip import reply_of
from tests.mailbox.mails import CORPUS, read_whole
from tests.mailbox.pieces import HEADER_PIECES, HTML_PIECES, MAIL_PIECES, TEXT_PIECES

INPUTS = 20_000
SHARE = INPUTS // 5
fuzz = settings(max_examples=SHARE, deadline=None, database=None, suppress_health_check=list(HealthCheck))

any_text = st.text(st.characters(exclude_categories=[]), max_size=8)


def made_of(pieces: list[str], size: int = 25) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(st.sampled_from(pieces), any_text), max_size=size).map("".join)


@fuzz
@given(st.lists(st.one_of(st.sampled_from(MAIL_PIECES), st.binary(max_size=12)), max_size=30).map(b"".join))
def test_any_bytes_are_read(raw: bytes) -> None:
    read_whole(raw)


RAW = [path.read_bytes() for path in sorted(CORPUS.glob("*/**/*.eml"))]


@fuzz
@given(st.sampled_from(RAW), st.randoms(use_true_random=False), st.sampled_from(MAIL_PIECES))
def test_damaged_mails_are_read(raw: bytes, chance: Any, piece: bytes) -> None:
    start, end = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
    read_whole(
        chance.choice([raw[:start], raw[:start] + piece + raw[end:], raw[:end] + raw[start:], raw[start:end]])
    )


@fuzz
@given(made_of(TEXT_PIECES), made_of(["Re: ", "TR: ", "Fwd:"], 3), any_text)
def test_any_text_is_cut(text: str, subject: str, sender: str) -> None:
    reply = reply_of(text, subject=subject, sender=sender)
    assert len(reply) <= 2 * len(text)
    first = next((line for line in text.split("\n") if line.strip()), "")
    if first == "Voici la facture.":  # whoever writes something first is never left with nothing
        assert reply.startswith(first)


@fuzz
@given(made_of(HTML_PIECES, 40))
def test_any_html_is_read(html: str) -> None:
    text = text_of_html(html)
    assert len(text) <= 100 + 15 * len(html)  # ten marks of quotes, or a rule, at most for a tag


@fuzz
@given(made_of(HEADER_PIECES), made_of(HEADER_PIECES, 6))
def test_any_header_is_read(value: str, other: str) -> None:
    decoded(value)
    parameters(value)
    assert all(address.address == address.address.lower() for address in addresses(value))
    headers = [
        ("Authentication-Results", value),
        ("From", other),
        ("Content-Type", other),
        ("Subject", value),
    ]
    kind_of(headers, own_hosts=set())
    without_claims(headers, authserv_id="mx")
    dmarc_of(headers, authserv_id="mx", from_domain=other)
