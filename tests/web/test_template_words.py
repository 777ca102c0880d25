"""The tags and filters that every template uses."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django import forms
from django.template import Context, Template
from django.utils import translation

from comptoir.people.models import Membership, Person
from comptoir.web.devices import device_name, is_hand_held

BRUSSELS = ZoneInfo("Europe/Brussels")
NOW = datetime(2026, 11, 12, 18, 30, tzinfo=BRUSSELS)


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Sophie Renard", "SR"),
        ("Jean-Pierre van den Berg", "JB"),
        ("Madonna", "M"),
        ("élodie ørsted", "ÉØ"),
        ("Pain & Levain", "PL"),
        ("  ", "?"),
        ("— —", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert rendered("{{ name|initials }}", name=name) == letters


def test_an_avatar_is_the_persons_whichever_membership_shows_it() -> None:
    person = Person(id=UUID(int=2), name="Sophie Renard")
    shown = rendered("{% avatar of 'xs' %}", of=person)
    assert shown == '<span class="av c xs" aria-hidden="true">SR</span>'
    assert rendered("{% avatar of 'xs' %}", of=Membership(person=person)) == shown


def test_a_name_is_text() -> None:
    person = Person(id=UUID(int=1), name="<b> <i>")
    assert "<b>" not in rendered("{% avatar of %}", of=person)


def test_an_icon_is_silent_and_points_into_the_sprite() -> None:
    assert rendered("{% icon 'mail' 'i-s' %}").startswith(
        '<svg class="i i-s" aria-hidden="true"><use href="/static/icons'
    )


@time_machine.travel(NOW, tick=False)
def test_a_moment_carries_the_exact_one_as_its_title() -> None:
    with translation.override("fr"):
        shown = rendered("{% when at 'when' %}", at=NOW.replace(hour=9, minute=12))
    assert shown == (
        '<time class="when" datetime="2026-11-12T09:12:00+01:00" title="jeudi 12 novembre 2026, 09:12">09:12</time>'
    )


class Letter(forms.Form):
    name = forms.CharField(help_text="As on the door")
    agreed = forms.BooleanField()


def test_a_field_names_its_explanation_and_its_error() -> None:
    form = Letter({})
    page = rendered("{% field form.name autocomplete='name' %}", form=form)
    assert 'aria-describedby="id_name_help id_name_error"' in page
    assert 'autocomplete="name"' in page
    assert 'id="id_name_error"' in page
    assert "placeholder" not in page


def test_a_tick_is_a_choice_with_its_words_beside_it() -> None:
    page = rendered("{% field form.agreed label='I agree' %}", form=Letter())
    assert '<label class="choice" for="id_agreed">' in page
    assert "<b>I agree</b>" in page


@pytest.mark.parametrize(
    ("user_agent", "name", "in_hand"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
            False,
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
            "Safari, iPhone",
            True,
        ),
        ("curl/8.0", "curl/8.0", False),
    ],
)
def test_a_browser_is_called_what_its_owner_calls_it(user_agent: str, name: str, *, in_hand: bool) -> None:
    assert device_name(user_agent) == name
    assert is_hand_held(user_agent) is in_hand
