"""Every text in every language: what the sources say stands in the catalogues, whole, polite and with its gaps."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import allauth
import django
import pytest
from babel.messages.pofile import read_po
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import translation

import comptoir
from comptoir.people import borrowed_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from babel.messages.catalog import Message

SOURCES = Path(comptoir.__file__).parent
LANGUAGES = ("fr", "nl", "de")
# The words that are the same in English. A new one comes in by hand, from somebody who knows that it is right.
SAME = {
    "fr": {
        "API", "Android", "Ass.", "Assistant", "Date", "Description", "Document", "Documents", "E-mail", "Page", "Total", "payment: Communication", "Code", "Communication", "Conversation", "Conversations", "Dossier", "Dossiers", "%(day)s", "Actions", "auto",
        "E-mails", "Emoji", "Invitation", "Logo", "Message", "Introduction", "Messages", "Moment", "Olive", "Pages", "Question", "Questions", "Turquoise", "Violet", "note",
        "%(hours)d h %(minutes)02d", "%(minutes)d min", "%(n)s document", "%(n)s dossier", "%(n)s page", "%(n)s question",
        "%(count)s message, %(when)s", "%(n)s minute",
    },
    "nl": {
        "API", "Android", "Code", "Code:", "Computer", "Context", "Details", "E-mail", "Document", "Dossier", "Dossiers", "E-mails", "Emoji", "Filter", "Later", "Later: %(day)s", "Live", "Logo", "%(day)s", "auto", "board: Bank",
        "Open", "Violet", "dossiers: Open", "before what somebody said: : ", "%(minutes)d min", "%(n)s document", "%(n)s dossier",
    },
    "de": {
        "API", "%(day)s", "auto", "board: Bank", "Administrator", "Android", "Code", "Code:", "Computer", "Demonstration", "Dossier", "Dossiers", "Emoji", "Filter", "Live", "Logo", "Name", "Passkey",
        "Passkeys", "Person", "Text", "before what somebody said: : ", "%(hours)d h %(minutes)02d", "%(minutes)d min",
    },
}  # fmt: skip
GAP = re.compile(r"%\(\w+\)\d*[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>")
FAMILIAR = {
    "fr": re.compile(r"\b(tu|toi|ton|ta|tes)\b", re.IGNORECASE),
    "nl": re.compile(r"\b(je|jij|jou|jouw)\b", re.IGNORECASE),
    "de": re.compile(r"\b(du|dir|dich|dein\w*)\b", re.IGNORECASE),
}

per_language = pytest.mark.parametrize("language", LANGUAGES)


def forms(text: str | Iterable[str]) -> list[str]:
    """Of an entry with a plural both, of any other the one."""
    return [text] if isinstance(text, str) else list(text)


def key(message: Message) -> str:
    english = forms(message.id)[0]
    return f"{message.context}: {english}" if message.context else english


def read(po: Path) -> dict[str, Message]:
    with po.open("rb") as file:
        return {key(message): message for message in read_po(file) if message.id}


def ours(language: str) -> dict[str, Message]:
    return read(SOURCES / "locale" / language / "LC_MESSAGES/django.po")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What the sources say. They are read in a copy: gettext leaves files beside the templates while it works."""
    if not shutil.which("xgettext"):
        pytest.skip("xgettext is missing; on Debian: apt-get install gettext")
    copy = tmp_path_factory.mktemp("sources") / "comptoir"
    shutil.copytree(
        SOURCES, copy, ignore=shutil.ignore_patterns("static", "locale", "__pycache__", "*.html.py")
    )
    (copy / "locale").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy)
        patch.setattr("django.conf.settings.LOCALE_PATHS", [])
        call_command("makemessages", locale=["en"], no_location=True, verbosity=0)
    return set(read(copy / "locale/en/LC_MESSAGES/django.po"))


@per_language
def test_the_catalogue_holds_what_the_sources_say_and_nothing_else(language: str, said: set[str]) -> None:
    held = set(ours(language))
    assert said - held == set(), "new texts: run bin/messages and translate them"
    assert held - said == set(), "texts that nobody says any more: run bin/messages"


@per_language
def test_every_text_is_translated(language: str) -> None:
    assert [name for name, message in ours(language).items() if message.fuzzy] == []
    for name, message in ours(language).items():
        translated = forms(message.string)
        assert all(text.strip() for text in translated), name
        assert len(translated) == len(forms(message.id)), f"plural forms: {name}"


@per_language
def test_every_gap_is_in_the_translation(language: str) -> None:
    for name, message in ours(language).items():
        gaps = [Counter(GAP.findall(text)) for text in forms(message.id)]
        for text in forms(message.string):
            assert Counter(GAP.findall(text)) in gaps, name


@per_language
def test_no_english_is_left(language: str) -> None:
    same = {
        name for name, message in ours(language).items() if {*forms(message.id)} & {*forms(message.string)}
    }
    assert same == SAME[language]


@per_language
def test_everybody_is_addressed_politely(language: str) -> None:
    familiar = FAMILIAR[language]
    assert [text for m in ours(language).values() for text in forms(m.string) if familiar.search(text)] == []


@per_language
def test_apostrophes_and_quotes_are_the_printers(language: str) -> None:
    typed = [text for m in ours(language).values() for text in forms(m.string) if re.search(r"['\"]", text)]
    assert typed == []


def test_what_we_say_for_others_is_what_they_say() -> None:
    """After an upgrade that rewords one, our translation would silently be nobody's."""
    django_, allauth_ = Path(django.__file__).parent, Path(allauth.__file__).parent
    folders = (django_ / "conf", django_ / "contrib" / "auth", allauth_)
    theirs = {name for folder in folders for name in read(folder / "locale/en/LC_MESSAGES/django.po")}
    listed = (
        *borrowed_words.FIELDS,
        *borrowed_words.REFUSALS,
        *borrowed_words.WAYS,
        *borrowed_words.DONE,
        *borrowed_words.SUBJECTS,
        *borrowed_words.MAILS,
    )
    assert [text for text in listed if text not in theirs] == []


@pytest.mark.parametrize(
    ("language", "refusal"),
    [
        ("fr", "Ce mot de passe est trop court. Il doit compter au moins 12 caractères."),
        ("nl", "Dit wachtwoord is te kort. Het moet minstens 12 tekens tellen."),
        ("en", "This password is too short. It must contain at least 12 characters."),
        ("de", "Dieses Passwort ist zu kurz. Es muss mindestens 12 Zeichen haben."),
    ],
)
def test_a_password_too_short_is_refused_in_the_readers_language(language: str, refusal: str) -> None:
    with translation.override(language), pytest.raises(ValidationError) as refused:
        MinimumLengthValidator(12).validate("short")
    assert refused.value.messages == [refusal]
