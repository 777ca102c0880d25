"""Full-text search: what is there is found whatever the accents, and only by those who may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.message import delete_message, edit_message
from comptoir.conversations.models import SearchEntry
from comptoir.conversations.search import find
from comptoir.people.models import Company
from tests.world import NOW, Cast, begin, fresh, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.conversations.models import Conversation
    from comptoir.files.models import Attachment
    from comptoir.people.models import Membership


def hits(member: Membership, text: str) -> list[str]:
    """What is found, newest first: a message's text, or the subject."""
    return [
        found.message.body if found.message else f"<{found.conversation.subject}>"
        for found in find(member, text)
    ]


@pytest.fixture
def spoken(asked: Conversation, sophie: Membership) -> Conversation:
    say(asked, sophie, "Reçu d’Électricité : 1.250,00 € pour l’atelier-boulangerie")
    return asked


FOUND_BY = [
    "électricité",
    "ELECTRICITE",
    "elec",
    "Electricité recu",
    "recu elec",
    "d’électricité",
    "l'atelier",
    "boulangerie",
    "atelier-boul",
    "1.250,00",
    "250",
    "00 pour",
]


@pytest.mark.parametrize("text", FOUND_BY)
def test_case_accents_and_the_rest_of_the_word_do_not_matter(
    spoken: Conversation, sophie: Membership, text: str
) -> None:
    assert hits(sophie, text) == ["Reçu d’Électricité : 1.250,00 € pour l’atelier-boulangerie"]


@pytest.mark.parametrize(
    "text",
    ["", " ", "lectricité", "elec gaz", "electricites", "*", '"', "_", "OR", "NOT elec", "folded", "o c"],
)
def test_what_is_not_there_is_not_found(spoken: Conversation, sophie: Membership, text: str) -> None:
    assert hits(sophie, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "elec*",
        '"elec',
        "elec)",
        "(elec",
        "elec:",
        "elec & ",
        "elec | x'",
        "-elec",
        "elec\\",
        "!elec",
        "elec <->",
    ],
)
def test_signs_of_a_query_language_are_only_signs(
    spoken: Conversation, sophie: Membership, text: str
) -> None:
    assert len(hits(sophie, text)) == (0 if "x" in text else 1)


def test_subjects_messages_and_names_of_files(
    asked: Conversation, sophie: Membership, file_of: Callable[..., Attachment]
) -> None:
    say(asked, sophie, "Voici", files=[file_of(sophie, "scan_moulin-2026.txt").pk])
    assert hits(sophie, "facture moulin") == ["<Facture du Moulin>"]
    assert hits(sophie, "regarder") == ["Pouvez-vous regarder ?"]
    for text in ("scan", "moulin-2026", "2026", "2026.txt", "txt", "scan_moulin"):
        assert hits(sophie, text) == ["Voici"], text
    assert hits(sophie, "moulin") == ["Voici", "<Facture du Moulin>"]


WRITTEN = [
    ("facture.pdf", "pdf"),
    ("2026-11-12", "11"),
    ("compta@levain.example", "levain"),
    ("https://finances.example/tva/2026", "tva"),
    ("BE68 5390 0754 7034", "5390 0754"),
    ("+32 81 12 34 56", "81 12"),
    ("-12.50", "50"),
    ("/var/tva", "tva"),
    ("a_b", "b"),
    ("1e5", "1e5"),
    ("C&A", "c a"),
    ("Straße", "strasse"),
    ("œuvre", "oeuvre"),
    ("½ kg", "kg"),
    ("Ⅳe trimestre", "ive"),
    ("Διαδικασία", "διαδ"),
    ("день", "ДЕНЬ"),
]


@pytest.mark.parametrize(("body", "text"), WRITTEN)
def test_any_word_is_found_whatever_stands_beside_it(
    asked: Conversation, sophie: Membership, body: str, text: str
) -> None:
    """PostgreSQL and SQLite cut texts into words each in its own way; both must find the same."""
    say(asked, sophie, body)
    assert hits(sophie, text) == [body]


# ── Only what one may see ────────────────────────────────────────────────
def test_every_hit_is_one_s_own_to_see(cast: Cast, asked: Conversation, confided: Conversation) -> None:
    begin(fresh(cast.other), cast.garage, subject="Salaire du garage")
    begin(fresh(cast.stranger), cast.elsewhere, subject="Salaire d’ailleurs")
    expected = {
        "client": ["<Salaire de Karim>"],
        "partner": [],
        "documents": [],
        "reader": [],
        "accountant": ["<Salaire de Karim>"],
        "assistant": ["<Salaire de Karim>"],
        "admin": ["<Salaire du garage>", "<Salaire de Karim>"],
        "colleague": ["<Salaire du garage>"],
        "other": ["<Salaire du garage>"],
        "outsider": ["<Salaire d’ailleurs>"],
        "stranger": ["<Salaire d’ailleurs>"],
    }
    assert {part: hits(fresh(getattr(cast, part)), "salaire") for part in expected} == expected


def test_an_accountant_without_dossiers_finds_nothing(
    cast: Cast, asked: Conversation, colleague: Membership
) -> None:
    Company.objects.filter(pk=cast.garage.pk).update(manager=None)
    assert hits(colleague, "moulin") == []


def test_the_words_that_name_a_dossier_are_not_searched(
    cast: Cast, asked: Conversation, sophie: Membership
) -> None:
    assert hits(sophie, "moulin") == ["<Facture du Moulin>"]
    for text in (f"c{cast.bakery.pk.hex}", f"o{cast.bakery.office_id.hex}", str(cast.bakery.pk)):
        assert hits(sophie, text) == []


# ── What is gone is gone ─────────────────────────────────────────────────
def test_an_edited_text_is_found_by_its_new_words_only(asked: Conversation, sophie: Membership) -> None:
    said = say(asked, sophie, "Mon code est 4711")
    assert hits(sophie, "4711") == ["Mon code est 4711"]
    edit_message(said.pk, by=sophie, at=NOW, body="Mon code est secret")
    assert (hits(sophie, "4711"), hits(sophie, "secret")) == ([], ["Mon code est secret"])


def test_a_deleted_text_and_its_files_are_found_by_nobody(
    cast: Cast, asked: Conversation, sophie: Membership, file_of: Callable[..., Attachment]
) -> None:
    said = say(asked, sophie, "Mon code est 4711", files=[file_of(sophie, "passeport.txt").pk])
    assert hits(sophie, "4711 passeport") == ["Mon code est 4711"]
    delete_message(said.pk, by=sophie, at=NOW)
    for part in ("client", "partner", "accountant", "admin"):
        assert hits(fresh(getattr(cast, part)), "4711") == hits(fresh(getattr(cast, part)), "passeport") == []
    assert not SearchEntry.objects.filter(folded__contains="4711").exists()


def test_the_newest_fifty_are_shown_newest_first(asked: Conversation, sophie: Membership) -> None:
    for number in range(55):
        say(asked, sophie, f"numéro {number}")
    assert hits(sophie, "numero") == [f"numéro {number}" for number in range(54, 4, -1)]


@pytest.mark.parametrize(
    "text", ["㍿" * 200, "ﷺ" * 200, "ﬃ" * 200, "\U0001d7d8" * 200, "x" * 5000, "𒐫" * 2000]
)
def test_the_longest_word_is_searched_like_any_other(
    asked: Conversation, sophie: Membership, text: str
) -> None:
    assert hits(sophie, text) == []
    say(asked, sophie, text)
    assert hits(sophie, "regarder") == ["Pouvez-vous regarder ?"]


def test_a_page_of_words_is_cut_and_answered(spoken: Conversation, sophie: Membership) -> None:
    assert len(find(sophie, "recu elec 250 00 pour l atelier boulangerie gaz gaz gaz")) == 1
