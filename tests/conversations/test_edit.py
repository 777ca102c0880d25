"""Editing: one's own, while it is open; the earlier text is sealed and found nowhere any more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import InvalidToken
from django.test import override_settings

from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.actions.message import delete_message, edit_message
from comptoir.conversations.models import Message, MessageVersion
from comptoir.conversations.refusals import ConversationClosed, EmptyMessage, NotYours
from comptoir.conversations.seal import unsealed
from comptoir.core.errors import NotFound
from comptoir.core.ids import new_id
from tests.conversations.facts import again, history, message, texts, waits
from tests.world import NOW, Cast, fresh, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.conversations.models import Conversation
    from comptoir.files.models import Attachment
    from comptoir.people.models import Membership

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def said(asked: Conversation, sophie: Membership) -> Message:
    return say(asked, sophie, "Mon IBAN : BE68 5390 0754 7034")


def test_the_new_text_stands_in_its_place_and_says_that_it_was_edited(
    asked: Conversation, said: Message, sophie: Membership, accountant: Membership
) -> None:
    say(asked, accountant, "Merci")
    edit_message(said.pk, by=sophie, at=LATER, body="Voir https://banque.example ")
    now = message(said.pk)
    assert (now.body, now.edited_at, now.sent_at) == ("Voir https://banque.example", LATER, NOW)
    assert now.html.startswith("Voir <a href=")
    assert (now.position, now.revision, again(asked).revision) == (2, 4, 4)
    assert texts(asked) == ["Pouvez-vous regarder ?", "Voir https://banque.example", "Merci"]
    assert history(asked)[-1] == "message.edited"


def test_the_line_of_the_list_follows_the_newest_and_only_the_newest(
    asked: Conversation, said: Message, sophie: Membership, accountant: Membership
) -> None:
    edit_message(said.pk, by=sophie, at=LATER, body="Corrigé")
    assert again(asked).last_line == "Corrigé"
    say(asked, accountant, "Merci")
    edit_message(said.pk, by=sophie, at=LATER, body="Corrigé encore")
    assert (again(asked).last_line, again(asked).last_message_at) == ("Merci", NOW)


def test_editing_moves_nothing_that_waits(asked: Conversation, said: Message, sophie: Membership) -> None:
    before = waits(asked), again(asked).awaiting_office_since
    edit_message(said.pk, by=sophie, at=LATER, body="Corrigé")
    assert (waits(asked), again(asked).awaiting_office_since) == before == ("office", NOW)


def test_each_earlier_text_is_sealed_and_no_column_holds_it_in_clear(
    said: Message, sophie: Membership
) -> None:
    edit_message(said.pk, by=sophie, at=LATER, body="Deuxième")
    edit_message(said.pk, by=sophie, at=LATER + timedelta(minutes=1), body="Troisième")
    versions = list(MessageVersion.objects.filter(message=said).order_by("replaced_at"))
    assert [unsealed(version.sealed_body) for version in versions] == [
        "Mon IBAN : BE68 5390 0754 7034",
        "Deuxième",
    ]
    assert [(v.written_at, v.replaced_at) for v in versions] == [
        (NOW, LATER),
        (LATER, LATER + timedelta(minutes=1)),
    ]
    assert all(v.office_id == said.office_id for v in versions)
    assert b"IBAN" not in bytes(versions[0].sealed_body)


def test_a_seal_opens_with_the_installation_s_secret_only(said: Message, sophie: Membership) -> None:
    edit_message(said.pk, by=sophie, at=LATER, body="Deuxième")
    sealed = MessageVersion.objects.get().sealed_body
    assert unsealed(sealed).startswith("Mon IBAN")
    with override_settings(SECRET_KEY="another"), pytest.raises(InvalidToken):
        unsealed(sealed)


def test_the_same_text_again_changes_nothing(asked: Conversation, said: Message, sophie: Membership) -> None:
    edit_message(said.pk, by=sophie, at=LATER, body=f" {said.body}\r\n")
    assert (message(said.pk).edited_at, again(asked).revision) == (None, 2)
    assert not MessageVersion.objects.exists()
    assert history(asked)[-1] == "message.posted"


def test_nothing_is_no_text_unless_a_file_hangs_on_it(
    asked: Conversation, said: Message, sophie: Membership, file_of: Callable[..., Attachment]
) -> None:
    with pytest.raises(EmptyMessage):
        edit_message(said.pk, by=sophie, at=LATER, body=" ")
    with_file = say(asked, sophie, "Voici", files=[file_of(sophie).pk])
    assert edit_message(with_file.pk, by=sophie, at=LATER, body=" ").body == ""


# ── Only one's own, only living, only while open ─────────────────────────
def test_nobody_edits_what_another_wrote(cast: Cast, asked: Conversation, said: Message) -> None:
    for part in ("admin", "accountant", "assistant", "partner"):
        with pytest.raises(NotYours):
            edit_message(said.pk, by=fresh(getattr(cast, part)), at=LATER, body="Faux")
    for part in ("documents", "reader", "colleague", "other", "outsider", "stranger"):
        with pytest.raises(NotFound):
            edit_message(said.pk, by=fresh(getattr(cast, part)), at=LATER, body="Faux")
    assert (message(said.pk).body, again(asked).revision) == (said.body, 2)


def test_not_even_one_s_own_line_that_the_product_wrote(
    wondered: Conversation, sophie: Membership, accountant: Membership
) -> None:
    close_conversation(wondered.pk, by=sophie, at=NOW)
    say(wondered, sophie, "Encore", reopening=True)
    line = Message.objects.get(conversation=wondered, kind="closed")
    assert line.author_id == sophie.pk
    with pytest.raises(NotYours):
        edit_message(line.pk, by=sophie, at=LATER, body="Faux")
    with pytest.raises(NotYours):
        delete_message(line.pk, by=sophie, at=LATER)


def test_not_in_a_closed_conversation(
    asked: Conversation, said: Message, sophie: Membership, accountant: Membership
) -> None:
    close_conversation(asked.pk, by=accountant, at=NOW)
    with pytest.raises(ConversationClosed):
        edit_message(said.pk, by=sophie, at=LATER, body="Trop tard")
    assert message(said.pk).body == said.body


def test_neither_a_deleted_nor_a_missing_message(said: Message, sophie: Membership) -> None:
    delete_message(said.pk, by=sophie, at=LATER)
    for pk in (said.pk, new_id()):
        with pytest.raises(NotFound):
            edit_message(pk, by=sophie, at=LATER, body="Encore")
