"""What a mail server's answer means for what is tried next."""

from __future__ import annotations

from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

import pytest

from comptoir.notifications.sending import Answer, Outcome, meaning, said


def refused(code: int, words: str) -> SMTPRecipientsRefused:
    return SMTPRecipientsRefused({"a@b.example": (code, words.encode())})


@pytest.mark.parametrize(
    ("failure", "answer"),
    [
        (refused(450, "4.2.1 Greylisted"), Answer.LATER),
        (refused(452, "4.2.2 Mailbox full"), Answer.LATER),
        (refused(552, "5.2.2 Mailbox full"), Answer.LATER),
        (refused(550, "No such user"), Answer.NO_ADDRESS),
        (refused(550, "5.1.1 No such user"), Answer.NO_ADDRESS),
        (refused(550, "5.1.10 Null MX"), Answer.NO_ADDRESS),
        (refused(550, "5.2.1 Mailbox disabled"), Answer.NO_ADDRESS),
        (refused(550, "5.7.1 Blocked by policy"), Answer.NEVER),
        (refused(554, "Refused"), Answer.NEVER),
        (refused(421, "Shutting down"), Answer.AWAY),
        (SMTPDataError(451, b"Later"), Answer.LATER),
        (SMTPDataError(554, b"Spam"), Answer.NEVER),
        (SMTPDataError(421, b"Shutting down"), Answer.AWAY),
        (SMTPSenderRefused(550, b"Not you", "x@y.example"), Answer.AWAY),
        (SMTPAuthenticationError(535, b"Wrong password"), Answer.AWAY),
        (SMTPNotSupportedError("No SMTPUTF8"), Answer.NEVER),
        (SMTPServerDisconnected("Connection unexpectedly closed"), Answer.UNCERTAIN),
        (TimeoutError("timed out"), Answer.UNCERTAIN),
        (ConnectionResetError(104, "Connection reset by peer"), Answer.UNCERTAIN),
    ],
    ids=str,
)
def test_meaning(failure: OSError, answer: Answer) -> None:
    assert meaning(failure) == Outcome(answer, said(failure))


def test_words_are_one_line_of_text() -> None:
    assert (
        said(SMTPDataError(554, b"5.7.1 \xff\r\nno\x1b[31m\0 thanks" + b"x" * 500))
        == ("554 5.7.1 \N{REPLACEMENT CHARACTER} no [31m thanks" + "x" * 500)[:300]
    )
