"""The message that carries questions shows them with their state, on both sides, and follows them live."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.conversations.actions.message import delete_message
from comptoir.people.models import Membership
from comptoir.questions.actions.answers import pass_on_question
from comptoir.questions.actions.deciding import accept_answers, send_back_answer, withdraw_question
from comptoir.web.thread import kept
from tests.conversations.facts import again
from tests.questions.asked import answer, ask, draft
from tests.web.test_kept_rows import page
from tests.world import NOW, begin, fresh, say, signed_in

if TYPE_CHECKING:
    from django.test import Client

    from comptoir.people.models import Company
    from comptoir.questions.models import Question

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def asked(accountant: Membership, bakery: Company) -> list[Question]:
    kept._kept.clear()
    return ask(
        accountant, bakery, draft(accountant, bakery, "Qui ?"), draft(accountant, bakery, "Quoi ?")
    ).questions


def cards(client: Client, member: Membership, question: Question) -> list[str]:
    assert question.conversation is not None
    return page(client, member, question.conversation).split('class="qcard"')[1:]


def test_both_sides_see_each_question_and_its_state(
    client: Client, accountant: Membership, sophie: Membership, partner: Membership, asked: list[Question]
) -> None:
    one, two = asked
    first, second = cards(client, sophie, one)
    assert "Question 1 sur 2" in first
    assert "Qui ?" in first
    assert "À répondre" in first
    assert "Quoi ?" in second
    assert f'href="/communication/{one.conversation_id}/questions/"' in second
    assert "/questions/" not in cards(client, accountant, one)[1]
    assert "Vu" in cards(client, accountant, one)[0]
    pass_on_question(two.pk, by=sophie, at=NOW, to_id=partner.pk)
    answer(sophie, one, "M. Leroy")
    for member, words in ((sophie, "Répondue"), (accountant, "À valider")):
        first, second = cards(client, member, one)
        assert words in first
        assert "M. Leroy" in first
        assert "Karim Benali sait" in second
    accept_answers([one.pk], by=accountant, at=NOW)
    withdraw_question(two.pk, by=accountant, at=NOW, reason="Trouvé")
    first, second = cards(client, sophie, one)
    assert "Acceptée" in first
    assert "Retirée" in second
    assert "Trouvé" in second


def test_sent_back_with_its_reason(
    client: Client, accountant: Membership, sophie: Membership, asked: list[Question]
) -> None:
    answer(sophie, asked[0], "Un client")
    send_back_answer(asked[0].pk, by=accountant, at=NOW, reason="Lequel ?")
    first, _ = cards(client, sophie, asked[0])
    assert "Redemandée" in first
    assert "Lequel ?" in first


def test_whoever_may_not_see_questions_sees_the_message_alone(
    client: Client, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    """And what is kept of a row for one reader is not shown to another."""
    kept._kept.clear()
    [question] = ask(accountant, bakery, draft(accountant, bakery, "Qui ?"), to=sophie).questions
    Membership.objects.filter(pk=sophie.pk).update(profile="full_feedback")
    assert question.conversation is not None
    for _ in "12":
        text = page(client, fresh(sophie), question.conversation)
        assert "Bonjour" in text
        assert "Qui ?" not in text
    Membership.objects.filter(pk=sophie.pk).update(profile="full_access")
    assert len(cards(client, fresh(sophie), question)) == 1


def test_an_open_page_is_told_of_the_new_state(
    client: Client, accountant: Membership, sophie: Membership, asked: list[Question]
) -> None:
    page(client, sophie, asked[0].conversation)  # type: ignore[arg-type]
    since = again(asked[0].conversation).revision  # type: ignore[arg-type]
    answer(sophie, asked[0], "M. Leroy")
    changes = signed_in(client, accountant).get(f"/c/{asked[0].conversation_id}/changes?since={since}").json()
    [row] = changes["rows"]
    assert "M. Leroy" in row
    assert "À valider" in row


def test_a_deleted_message_shows_its_questions_withdrawn(
    client: Client, accountant: Membership, sophie: Membership, asked: list[Question]
) -> None:
    assert asked[0].message_id is not None
    delete_message(asked[0].message_id, by=accountant, at=NOW)
    assert ["Retirée" in card for card in cards(client, sophie, asked[0])] == [True, True]


def test_as_many_queries_for_three_questions_as_for_one(
    client: Client, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    counts = []
    for number in (1, 3):
        questions = [draft(accountant, bakery) for _ in range(number)]
        talk = ask(accountant, bakery, *questions).conversation
        for one in questions:
            answer(sophie, one)
        page(client, sophie, talk)
        with CaptureQueriesContext(connection) as counted:
            page(client, sophie, talk)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_a_thread_without_questions_has_no_cards(client: Client, sophie: Membership, bakery: Company) -> None:
    talk = begin(sophie, bakery).conversation
    say(talk, sophie, "Bonjour")
    assert "qcard" not in page(client, sophie, talk)
