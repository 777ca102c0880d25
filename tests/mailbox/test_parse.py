"""comptoir.mailbox.parse: bytes to plain values, however broken. Pure, no database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from comptoir.mailbox.headers import Address
from comptoir.mailbox.parse import Attached, ParsedMail, parse_mail
from tests.mailbox.mails import mixed, parse, part


def test_a_mail_becomes_plain_values() -> None:
    mail = parse_mail(
        b'From: =?utf-8?Q?Ren=C3=A9_Dupont?= <Rene@X.be>\r\nReply-To: r@x.be\r\nTo: "a, b" <reply+abc@d.be>,\r\n c@d.be\r\n'
        b"Cc: c@d.be\r\nDelivered-To: reply+abc@d.be\r\nSubject: =?iso-8859-1?Q?R=E9ponse?=\r\n =?utf-8?b?IMOp?=\r\n"
        b"Date: Mon, 23 Nov 2026 14:05:00 +0100\r\nMessage-ID: <1@x.be>\r\nIn-Reply-To: <2@y.be>\r\nReferences: <3@y.be>\r\n\t<2@y.be>\r\n"
        b"\r\nBonjour \xe9t\xe9\r\n"
    )
    assert mail == ParsedMail(
        subject="Réponse é",
        sender=Address("René Dupont", "rene@x.be"),
        reply_to=(Address("", "r@x.be"),),
        recipients=(Address("a, b", "reply+abc@d.be"), Address("", "c@d.be"), Address("", "reply+abc@d.be")),
        message_id="1@x.be",
        in_reply_to=("2@y.be",),
        references=("3@y.be", "2@y.be"),
        date=datetime(2026, 11, 23, 13, 5, tzinfo=UTC),
        text="Bonjour été",
        attachments=(),
        media_type="text/plain",
        headers=mail.headers,
    )
    assert mail.headers[3] == ("cc", "c@d.be")
    assert mail.sender
    assert mail.sender.domain == "x.be"


@pytest.mark.parametrize(
    "headers",
    [
        b"From: a@b.be\nFrom: a@b.be\n",
        b"From: a@b.be, c@d.be\n",
        b"From: a@b.be <c@d.be> <e@f.be>\n",
        b"From: nobody\n",
        b"",
        b"Sender: a@b.be\n",
    ],
)
def test_two_senders_are_none(headers: bytes) -> None:
    assert parse_mail(headers + b"\nx").sender is None


def test_without_headers_all_is_empty() -> None:
    mail = parse_mail(b"")
    assert (mail.subject, mail.message_id, mail.date, mail.text, mail.attachments) == ("", "", None, "", ())


def test_the_plain_form_is_preferred_and_files_of_every_form_are_kept() -> None:
    html = part("Content-Type: text/html", body="<p>rich</p>")
    pdf = part("Content-Type: application/pdf; name=a.pdf", body="%PDF")
    assert (
        mixed(part("Content-Type: text/plain", body="plain"), html, pdf, kind="alternative").text == "plain"
    )
    assert mixed(part("Content-Type: text/plain", body=" \n"), html, kind="alternative").text == "rich"
    assert [file.name for file in mixed(html, pdf, kind="alternative").attachments] == ["a.pdf"]
    assert mixed(kind="alternative").text == ""
    assert (
        mixed(part("Content-Type: text/x-amp-html", body="<html>"), html, kind="alternative").attachments
        == ()
    )


def test_texts_between_pictures_are_one() -> None:
    text, picture = (
        part("Content-Type: text/plain", body="a"),
        part("Content-Type: image/png", "Content-ID: <p@x>", body="x"),
    )
    mail = mixed(text, picture, text)
    assert mail.text == "a\na"
    assert mail.attachments == (
        Attached("attachment-1.png", "image/png", b"x", is_inline=True, content_id="p@x"),
    )


@pytest.mark.parametrize(
    ("headers", "name", "media_type"),
    [
        (["Content-Type: application/ms-tnef; name=winmail.dat"], "winmail.dat", "application/ms-tnef"),
        (["Content-Type: text/calendar; method=REQUEST"], "attachment-1.ics", "text/calendar"),
        (["Content-Type: text/plain", "Content-Disposition: attachment"], "attachment-1.txt", "text/plain"),
        (["Content-Type: text/plain; name=notes.txt"], "notes.txt", "text/plain"),
        (
            ["Content-Type: text/html", 'Content-Disposition: inline; filename="x.html"'],
            "x.html",
            "text/html",
        ),
        (
            ["Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"],
            "smime.p7m",
            "application/pkcs7-mime",
        ),
        (["Content-Type: x", "Content-Disposition: attachment"], "attachment-1.txt", "text/plain"),
        (["Content-Type: application/x-unheard-of"], "attachment-1.bin", "application/x-unheard-of"),
        (["Content-Type: message/rfc822"], "attachment-1.eml", "message/rfc822"),
        (
            [
                "Content-Type: application/pdf",
                "Content-Disposition: attachment; filename=\"a.pdf\"; filename*=UTF-8''%C3%A9.pdf",
            ],
            "é.pdf",
            "application/pdf",
        ),
        (
            [
                "Content-Type: application/pdf",
                "Content-Disposition: attachment;\n filename*0*=iso-8859-1''f%E9v;\n filename*1=rier.pdf",
            ],
            "février.pdf",
            "application/pdf",
        ),
        (
            [
                "Content-Type: application/pdf",
                'Content-Disposition: attachment; filename="=?utf-8?B?w6kucGRm?="',
            ],
            "é.pdf",
            "application/pdf",
        ),
    ],
)
def test_files_are_kept_under_their_name(headers: list[str], name: str, media_type: str) -> None:
    (file,) = mixed(part(*headers, body="Subject: x\n\ncontent")).attachments
    assert (file.name, file.media_type, file.content) == (name, media_type, b"Subject: x\n\ncontent")


@pytest.mark.parametrize(
    "kind",
    [
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/pgp-keys",
    ],
)
def test_proofs_are_no_documents(kind: str) -> None:
    mail = mixed(
        part("Content-Type: text/plain", body="signed"),
        part(f"Content-Type: {kind}; name=smime.p7s", body="x"),
        kind="signed",
    )
    assert (mail.text, mail.attachments) == ("signed", ())


def test_lines_broken_for_transport_are_whole_again() -> None:
    body = b"Bonjour \nSophie,\n  indented\n> quoted \n> further\n>> deeper \nnot joined \n-- \nname"
    assert parse("Content-Type: text/plain; format=flowed\n", body).text == (
        "Bonjour Sophie,\n indented\n> quoted further\n>> deeper \nnot joined \n-- \nname"
    )
    assert parse("Content-Type: text/plain; format=Flowed; DelSp=Yes\n", b"Bon \njour ").text == "Bonjour"
