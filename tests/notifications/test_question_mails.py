"""A mail about questions says how many there are, and not what they ask."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.notifications.test_mails import DUE, html, plain
from tests.questions.asked import answer, ask, draft
from tests.world import NOW, begin, say

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from tests.notifications.conftest import Teller
    from tests.notifications.smtp_server import Mailbox


def test_one_notice_for_many_questions_without_their_text(
    mailbox: Mailbox, tell: Teller, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    drafts = [draft(accountant, bakery, f"Canari {n} ?") for n in "123"]
    ask(accountant, bakery, *drafts, to=sophie, body="Canari du corps")
    tell.at(DUE)
    [mail] = mailbox.taken
    assert mail["To"] == sophie.person.email
    for text in (plain(mail), html(mail)):
        assert "· 3 questions" in text
        assert "Canari" not in text


def test_what_was_answered_meanwhile_is_not_counted(
    mailbox: Mailbox, tell: Teller, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    asked = ask(accountant, bakery, draft(accountant, bakery), draft(accountant, bakery), to=sophie)
    answer(sophie, asked.questions[0])
    tell.at(NOW + timedelta(hours=2))
    assert [plain(mail).count("· 1 question\r\n") for mail in mailbox.taken] == [1]


def test_it_begins_with_their_number(
    mailbox: Mailbox, tell: Teller, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    asked = ask(accountant, bakery, *(draft(accountant, bakery) for _ in "123"), to=sophie)
    tell.at(DUE)
    assert "3 questions de Fiduciaire Talmont attendent votre réponse." in plain(mailbox.taken[0])
    say(asked.conversation, accountant, "Et encore ceci", at=DUE)
    begin(accountant, bakery, to=sophie, at=DUE)
    tell.at(DUE + timedelta(hours=9))
    assert "3 questions de" not in plain(mailbox.taken[-1])
