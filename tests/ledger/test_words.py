"""Every finding has its sentence, in every language, and none fails for want of a value."""

from __future__ import annotations

import pytest
from django.utils import translation

from comptoir.ledger.records import Code
from comptoir.ledger.words import REASONS, RULES, sentence


def test_every_code_has_a_sentence() -> None:
    assert set(REASONS) == set(Code)


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
@pytest.mark.parametrize("code", Code)
def test_a_sentence_survives_without_its_values(code: Code, language: str) -> None:
    with translation.override(language):
        assert "%(" not in sentence(code, {})


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_said_in_words_with_its_number(rule: str) -> None:
    with translation.override("fr"):
        said = sentence(Code.RULE, {"rule": rule, "told": "12", "found": "13"})
    assert said.endswith(f" ({rule})")
    assert "%(" not in said


def test_a_code_of_tomorrow_is_shown_as_it_is() -> None:
    assert sentence("from_a_newer_version", {}) == "from_a_newer_version"
