"""A row that was rendered before is shown again only where it would be rendered the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from comptoir.conversations.actions.message import edit_message
from comptoir.people.models import Person
from comptoir.web.thread import kept
from tests.world import NOW, begin, say, signed_in

if TYPE_CHECKING:
    from comptoir.conversations.models import Conversation
    from comptoir.ops.cast import Cast
    from comptoir.people.models import Membership


@pytest.fixture
def conversation(cast: Cast) -> Conversation:
    kept._kept.clear()
    conversation = begin(cast.accountant, cast.bakery).conversation
    say(conversation, cast.client, "Voici la facture.")
    return conversation


def page(client: Client, member: Membership, conversation: Conversation) -> str:
    where = "desk/c" if member.is_office else "communication"
    return signed_in(client, member).get(f"/{where}/{conversation.pk}/").content.decode()


def test_the_second_time_is_as_the_first(cast: Cast, conversation: Conversation, client: Client) -> None:
    page(client, cast.client, conversation)  # which is seen from here on
    rows = [
        re.findall(
            r'<article class="msg[^>]* id="m-.*?</article>',
            page(client, cast.client, conversation),
            re.DOTALL,
        )
        for _ in range(2)
    ]
    without_token = [[re.sub(r'value="\w{64}"', "", row) for row in shown] for shown in rows]

    assert kept._kept
    assert len(rows[0]) == 2
    assert without_token[0] == without_token[1]


def test_what_is_mine_is_not_another_s(cast: Cast, conversation: Conversation, client: Client) -> None:
    assert "data-edit=" in page(client, cast.client, conversation)
    assert page(client, cast.partner, conversation).count("data-edit=") == 0
    assert cast.accountant.person.name in page(client, cast.client, conversation)


def test_a_new_name_is_shown_at_once(cast: Cast, conversation: Conversation, client: Client) -> None:
    assert cast.client.person.name in page(client, cast.accountant, conversation)
    Person.objects.filter(pk=cast.client.person_id).update(name="Sophie Lambert")

    rows = re.findall(r'<p class="who"><b>(.*?)</b>', page(client, cast.accountant, conversation))

    assert rows == ["Sophie Lambert"]


def test_an_edited_message_is_rendered_anew(cast: Cast, conversation: Conversation, client: Client) -> None:
    message = say(conversation, cast.client, "Demain.")
    assert "Demain." in page(client, cast.accountant, conversation)
    edit_message(message.pk, by=cast.client, at=NOW, body="Jeudi.")

    assert "Jeudi." in page(client, cast.accountant, conversation)
    assert "Demain." not in page(client, cast.accountant, conversation)


def test_each_page_has_its_own_token(cast: Cast, conversation: Conversation) -> None:
    """Two sessions of one person: the second page's forms are good in the second session."""
    for _ in range(2):
        message = say(conversation, cast.client, "Encore.")
        browser = Client(enforce_csrf_checks=True)
        shown = page(browser, cast.client, conversation)
        form = re.search(rf'action="(/messages/{message.pk}/delete)".*?value="(\w+)"', shown, re.DOTALL)
        assert form
        answer = browser.post(form[1], {"csrfmiddlewaretoken": form[2]})

        assert kept.TOKEN not in shown
        assert answer.status_code == 302
