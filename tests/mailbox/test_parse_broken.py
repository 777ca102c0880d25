"""comptoir.mailbox.parse: what is broken, hostile or too much survives. Pure, no database."""

from __future__ import annotations

import pytest

from comptoir.mailbox import mime
from comptoir.mailbox.parse import TEXT_BYTES, parse_mail
from tests.mailbox.mails import TOP, mixed, parse, part


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("base64", b"w6l0w6k", "été"),
        ("base64", b"w6l0w6k=!!\n", "été"),
        ("base64", b"a", "a"),
        ("quoted-printable", b"=C3=A9=\n=ZZ", "é=ZZ"),
        ("x-unheard-of", b"abc", "abc"),
        ("x-uuencode", b"begin 644 x\n#86)C\n`\nend\n", "abc"),
    ],
)
def test_broken_encodings_survive(encoding: str, body: bytes, text: str) -> None:
    assert (
        parse(f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n", body).text
        == text
    )


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        ("us-ascii", b"\xe9\x80", "é€"),
        ("iso-8859-1", "été".encode(), "été"),
        ("iso-8859-15", b"\xa4", "€"),
        ("utf-8", b"\xe9", "é"),
        ("utf-8", b"\x81", "\ufffd"),
        ("iso-2022-jp", b'\x1b$B$"\x1b(B', "あ"),
        ("utf-16", "é".encode("utf-16"), "é"),
        ("unheard-of", b"\xe9", "é"),
        ("punycode", b"a-b", "a-b"),
        ("iso-8859-12", b"a", "a"),
        ("", b"\xef\xbb\xbf\xc3\xa9", "é"),
        ("utf-8", b"a\x00\rb\r\nc", "a\nb\nc"),
    ],
)
def test_wrong_charsets_survive(charset: str, body: bytes, text: str) -> None:
    assert parse(f'Content-Type: text/plain; charset="{charset}"\n', body).text == text


def test_a_boundary_that_never_comes_hides_no_text() -> None:
    assert parse("Content-Type: multipart/mixed; boundary=never\n", b"Bonjour").text == "Bonjour"
    assert parse("Content-Type: multipart/mixed\n", b"Bonjour").text == "Bonjour"
    assert (
        mixed(part("Content-Type: text/plain", body="Bonjour\n--b-- x\n--bb")).text
        == "Bonjour\n--b-- x\n--bb"
    )


def test_what_lies_too_deep_is_one_file() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=n%d\n\n--n%d\n" % (n, n) for n in range(200))
    mail = parse_mail(TOP + nested + b"\nBonjour")
    assert mail.text == ""
    assert [file.media_type for file in mail.attachments] == ["multipart/mixed"]
    assert b"Bonjour" in mail.attachments[0].content
    shallow = b"".join(
        b"Content-Type: multipart/mixed; boundary=n%d\n\n--n%d\n" % (n, n) for n in range(mime.DEPTH)
    )
    assert parse_mail(TOP + shallow + b"\nBonjour").text == "Bonjour"


def test_a_mail_within_a_mail_is_never_opened() -> None:
    mail = parse("Content-Type: message/rfc822\n", b"Content-Type: message/rfc822\n\n" * 1000)
    assert len(mail.attachments) == 1


def test_too_many_parts_and_too_much_text_are_cut_and_told() -> None:
    assert not mixed(part("Content-Type: text/plain", body="a")).is_shortened
    many = mixed(*[part("Content-Type: image/png", body="x")] * (mime.PARTS + 100))
    assert (len(many.attachments), many.is_shortened) == (mime.PARTS, True)
    long = parse("Content-Type: text/plain\n", b"a" * (TEXT_BYTES + 1))
    assert (len(long.text), long.is_shortened) == (TEXT_BYTES, True)


def test_long_headers_are_cut() -> None:
    mail = parse(b"Subject: " + b"a" * 100_000, *[b"X: y"] * 3000, "", b"Bonjour")
    assert len(mail.subject) < 17_000
    assert len(mail.headers) == 1000
    assert mail.text == "Bonjour"
