"""Handing a mail to the server, and what its answer means for what is tried next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from smtplib import (
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from typing import TYPE_CHECKING, Any

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import get_connection

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

PERMANENT, TAKES_ITS_LEAVE = 500, 421
# RFC 3463: 5.1.x is about the address, 5.2.1 says that the mailbox is closed; 5.2.2 is a full one, which empties.
ENHANCED = re.compile(r"\b5\.(\d{1,3})\.(\d{1,3})\b")
NO_SUCH_ADDRESS = {550, 551, 553}
# Of a provider's HTTP: our key is wrong or has run out, or we are to wait. The same for every mail.
KEY_REFUSED, SERVER_ERRORS = {401, 402, 403, 408, 429}, 500


class Answer(Enum):
    TAKEN = "taken"
    LATER = "later"  # this mail, for now
    NEVER = "never"  # this mail
    NO_ADDRESS = "no address"  # this recipient
    AWAY = "away"  # the server; the mail did not leave
    UNCERTAIN = "uncertain"  # the line broke while it was handed over


@dataclass(frozen=True)
class Outcome:
    answer: Answer
    text: str = ""


def arrives_when_taken() -> bool:
    """Whether the taking of a mail says that its recipient's side has it. A provider only promises to try, and tells
    later what became of it.
    """
    return not settings.EMAIL_BACKEND.startswith("anymail.")


class Post:
    """A connection to the mail server, opened when the first mail is ready and kept for the next."""

    def __init__(self) -> None:
        self._backend: Any = get_connection()
        self.is_open = False

    def open(self) -> Outcome:
        """TAKEN, or why nothing can be sent."""
        if self.is_open and self._still_answers():
            return Outcome(Answer.TAKEN)
        self.close()
        try:
            self._backend.open()
        except OSError as failure:
            self.close()
            return Outcome(Answer.AWAY, said(failure))
        self.is_open = True
        return Outcome(Answer.TAKEN)

    def _still_answers(self) -> bool:
        """A server closes a line on which nothing was said for a while; better known before than in mid-mail."""
        line = getattr(self._backend, "connection", None)
        if line is None or not hasattr(line, "noop"):
            return True
        try:
            code, _ = line.noop()
        except OSError:
            return False
        return bool(code < 400)  # noqa: PLR2004 -- SMTP's border between yes and no

    def hand_over(self, mail: EmailMessage) -> Outcome:
        try:
            taken = self._backend.send_messages([mail])
        except (OSError, AnymailError) as failure:
            outcome = meaning(failure)
            if outcome.answer in {Answer.AWAY, Answer.UNCERTAIN}:
                self.close()
            return outcome
        return Outcome(Answer.TAKEN) if taken else Outcome(Answer.AWAY, "Nothing was sent.")

    def close(self) -> None:
        self.is_open = False
        self._backend.close()


def meaning(failure: Exception) -> Outcome:
    """Those of smtplib are OSErrors, as are those of the line itself; a provider's are anymail's."""
    answer = _of_provider if isinstance(failure, AnymailError) else _of_smtp
    return Outcome(answer(failure), said(failure))


def _of_smtp(failure: Exception) -> Answer:
    match failure:
        case SMTPRecipientsRefused():
            code, words = next(iter(failure.recipients.values()))
            return _about_recipient(code, _text(words))
        case SMTPNotSupportedError():
            return Answer.NEVER
        case SMTPDataError() if failure.smtp_code != TAKES_ITS_LEAVE:
            return Answer.NEVER if failure.smtp_code >= PERMANENT else Answer.LATER
        case SMTPResponseException():
            return Answer.AWAY  # it greets, signs in or takes our own address: the same for every mail
        case _:
            return Answer.UNCERTAIN


def _of_provider(failure: Exception) -> Answer:
    if isinstance(failure, AnymailRecipientsRefused):
        return Answer.NO_ADDRESS
    if not isinstance(failure, AnymailAPIError):
        return Answer.NEVER  # it cannot say what we want to say
    status = failure.status_code
    if status is None:  # no answer came, which does not say that the request did not arrive
        return Answer.UNCERTAIN
    if status in KEY_REFUSED or status >= SERVER_ERRORS:
        return Answer.AWAY
    return Answer.NEVER


def _about_recipient(code: int, words: str) -> Answer:
    if code == TAKES_ITS_LEAVE:
        return Answer.AWAY
    if code < PERMANENT:
        return Answer.LATER
    found = ENHANCED.search(words)
    if found is None:
        return Answer.NO_ADDRESS if code in NO_SUCH_ADDRESS else Answer.NEVER
    subject, detail = found.groups()
    if subject == "2" and detail == "2":
        return Answer.LATER
    return Answer.NO_ADDRESS if subject == "1" or (subject, detail) == ("2", "1") else Answer.NEVER


def said(failure: BaseException) -> str:
    """The server's own words, on one line."""
    if isinstance(failure, SMTPRecipientsRefused):
        code, words = next(iter(failure.recipients.values()))
        return _line(f"{code} {_text(words)}")
    if isinstance(failure, SMTPResponseException):
        return _line(f"{failure.smtp_code} {_text(failure.smtp_error)}")
    return _line(str(failure) or type(failure).__name__)


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]
