"""comptoir.mailbox.automatic and reports: what no person wrote. Pure, no database."""

from __future__ import annotations

import pytest

from comptoir.mailbox.automatic import Kind, kind_of
from comptoir.mailbox.parse import parse_mail
from comptoir.mailbox.reports import Outcome, reports_of
from tests.mailbox.mails import OWN_HOST, automatic, replies

LEAST = 0.95
OURS = "0199a1c2-77d0-7c3e-9d12-0c1f0e6b5a11@comptoir.bureau-lambert.be"


def kind(*headers: tuple[str, str], return_path: str | None = None) -> Kind:
    return kind_of(headers, own_hosts={OWN_HOST}, return_path=return_path)


def test_automatic_mails_are_told_from_each_other() -> None:
    mails = automatic()
    assert len(mails) >= 60
    found = {name: kind(*mail.headers) for name, mail in mails.items()}
    wrong = {name: which for name, which in found.items() if which != name.partition("/")[0]}
    print(f"automatic mails: {len(mails) - len(wrong)} of {len(mails)}")  # noqa: T201 -- the figure that is published
    assert len(wrong) <= (1 - LEAST) * len(mails), wrong


def test_none_of_them_passes_for_a_person() -> None:
    """Whatever the figure says: this one would be answered, and answer."""
    assert [name for name, mail in automatic().items() if kind(*mail.headers) is Kind.PERSON] == []


def test_no_person_is_taken_for_a_program() -> None:
    assert [reply.name for reply in replies() if kind(*reply.mail.headers) is not Kind.PERSON] == []


@pytest.mark.parametrize(
    "header",
    [
        ("Auto-Submitted", "no"),
        ("Auto-Submitted", "No (a person)"),
        ("Precedence", "first-class"),
        ("X-Auto-Response-Suppress", "None"),
        ("X-Autoreply", "no"),
        ("Return-Path", "<sophie@x.be>"),
        ("Subject", "Absence du bureau la semaine prochaine"),
        ("Feedback-ID", "1:user:proton"),
        ("From", "Noemie Reply <noemie@x.be>"),
        ("Message-ID", "<1@other.bureau-lambert.be>"),
        ("X-Loop", ""),
    ],
)
def test_a_person_stays_one(header: tuple[str, str]) -> None:
    assert kind(header) is Kind.PERSON


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([("auto-submitted", "AUTO-REPLIED; owner=x")], Kind.AUTO_REPLY),
        ([("Auto-Submitted", "auto-generated")], Kind.ROBOT),
        ([("Auto-Submitted", "no"), ("Auto-Submitted", "auto-generated")], Kind.ROBOT),
        (
            [("Auto-Submitted", "auto-generated"), ("Subject", "=?utf-8?q?R=C3=A9ponse_automatique_=3A_x?=")],
            Kind.AUTO_REPLY,
        ),
        ([("X-Auto-Response-Suppress", "OOF")], Kind.ROBOT),
        ([("Precedence", "bulk")], Kind.ROBOT),
        ([("Precedence", "LIST")], Kind.LIST),
        ([("List-Unsubscribe", "<https://x.be>"), ("Auto-Submitted", "auto-generated")], Kind.LIST),
        ([("Message-Id", f"<a@{OWN_HOST.upper()}>"), ("Precedence", "list")], Kind.LOOP),
        ([("X-Loop", "elsewhere"), ("X-Loop", OWN_HOST)], Kind.LOOP),
        ([("X-Loop", "elsewhere")], Kind.ROBOT),
        ([("From", "no-reply+12@x.be")], Kind.ROBOT),
        ([("Content-Type", "multipart/report; report-type=tlsrpt; boundary=x")], Kind.ROBOT),
        ([("Content-Type", "multipart/report; boundary=x")], Kind.BOUNCE),
        ([("X-MS-Exchange-Message-Is-Ndr", "")], Kind.BOUNCE),
    ],
)
def test_one_header_is_enough(headers: list[tuple[str, str]], expected: Kind) -> None:
    assert kind(*headers) is expected


def test_the_envelope_is_worth_more_than_the_header() -> None:
    written = ("Return-Path", "<sophie@x.be>")
    assert [kind(written, return_path=path) for path in (None, "sophie@x.be", "", "<>")] == [
        *(Kind.PERSON, Kind.PERSON),
        *(Kind.ROBOT, Kind.ROBOT),
    ]
    assert kind(("Return-Path", "<>"), return_path="sophie@x.be") is Kind.PERSON
    assert kind(("From", "MAILER-DAEMON@x.be"), return_path="") is Kind.BOUNCE
    assert kind(("From", "MAILER-DAEMON@x.be")) is Kind.PERSON


FAILED, DELAYED, DELIVERED, COMPLAINED = Outcome
REPORTED = {
    "boite-pleine": [("jan.peeters@telenet.be", FAILED, False, "5.2.2")],
    "deux-destinataires": [("a@x.example", FAILED, True, "5.1.1"), ("b@x.example", DELAYED, False, "4.2.2")],
    "exchange-online": [("jan@peeters-bv.be", FAILED, True, "5.1.10")],
    "exchange-politique": [("hans@schmitz-bau.example", FAILED, True, "5.7.1")],
    "exim": [("emma@example.net", FAILED, True, "5.1.1")],
    "expire": [("info@ferme.be", FAILED, False, "4.4.1")],
    "gmail": [("sophie.lefevre@gmail.com", FAILED, True, "5.1.1")],
    "plainte-cachee": [("", COMPLAINED, True, "")],
    "plainte-yahoo": [("sophie@yahoo.fr", COMPLAINED, True, "")],
    "postfix-inconnu": [("sophie@boulangerie-lefevre.be", FAILED, True, "5.1.1")],
    "postfix-retard": [("sophie@boulangerie-lefevre.be", DELAYED, False, "4.4.1")],
    "qmail": [("hans@weg.example", FAILED, True, "")],
    "redirige": [("emma@emmabrown.example", FAILED, True, "5.1.1")],
    "relaye": [("sophie@boulangerie-lefevre.be", DELIVERED, False, "2.0.0")],
    "retour-sans-dsn": [],
    "sendmail": [("emma@nowhere.example", FAILED, True, "5.1.2")],
    "smtputf8": [("rené@exemple.be", FAILED, True, "5.1.1")],
}


def test_bounces_say_whom_they_did_not_reach() -> None:
    found = {name.partition("/")[2]: reports_of(mail) for name, mail in automatic("bounce").items()}
    assert {
        name: [(one.recipient, one.outcome, one.is_permanent, one.status) for one in reports]
        for name, reports in found.items()
    } == REPORTED
    assert {one.message_id for reports in found.values() for one in reports} == {OURS}
    assert found["postfix-inconnu"][0].reason.endswith("Recipient address rejected: User unknown")


@pytest.mark.parametrize("kind_of_feedback", ["not-spam", "", "tlsrpt"])
def test_feedback_that_is_no_complaint_is_none(kind_of_feedback: str) -> None:
    raw = (
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n"
        f"Content-Type: message/feedback-report\n\nFeedback-Type: {kind_of_feedback}\nOriginal-Rcpt-To: a@b.be\n--b--\n"
    )
    assert reports_of(parse_mail(raw.encode())) == ()


def test_what_came_back_may_be_folded_or_lack_its_name() -> None:
    raw = (
        "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
        "Final-Recipient: rfc822; a@b.be\nAction: failed\n--b\n"
        "Content-Type: text/rfc822-headers\n\n x\nReceived: from x\nMessage-ID:\n <1@lambert.be>\n{}\n--b--\n"
    )
    (report,) = reports_of(parse_mail(raw.format(" " + "y" * 30_000 + "\n z").encode()))
    assert (report.message_id, report.is_permanent, report.status) == ("1@lambert.be", True, "")
    prose = "From: MAILER-DAEMON@x.be\n\n<a@b.be>:\n450 try again\n<a@b.be>:\n"
    (told,) = reports_of(parse_mail(prose.encode()))
    assert (told.recipient, told.is_permanent, told.message_id) == ("a@b.be", False, "")


def test_a_letter_reports_nothing() -> None:
    assert [reply.name for reply in replies() if reports_of(reply.mail)] == []
