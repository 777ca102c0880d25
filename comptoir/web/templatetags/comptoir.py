"""What every template may use without loading it. Called once per row: nothing here asks the database."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from django.forms import CheckboxInput
from django.template import Library
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from comptoir.core import moments
from comptoir.core.money import exact, file_size
from comptoir.core.money import money as written_money
from comptoir.ledger.figures import looks_like_iban, reference_shown
from comptoir.web.devices import device_name, is_hand_held

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from django.forms import BoundField
    from django.utils.safestring import SafeString

    from comptoir.people.models import Membership, Person

register = Library()

AVATAR_CLASSES = ("", "b", "c", "d")


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, css_class: str = "") -> SafeString:
    """A sign of the sprite, silent to screen readers: the word beside it is what they hear."""
    return format_html(
        '<svg class="i {}" aria-hidden="true"><use href="{}#{}"/></svg>', css_class, static("icons.svg"), name
    )


# ── People ───────────────────────────────────────────────────────────────
def _name(of: Person | Membership | str) -> str:
    if isinstance(of, str):
        return of
    return _person(of).name


def _person(of: Person | Membership) -> Person:
    """Templates hand in whichever they have. Told apart without importing the models, which need a loaded app."""
    return cast("Person", getattr(of, "person", of))


@register.filter
def initials(of: Person | Membership | str) -> str:
    """`SR` for Sophie Renard: the first letters of the first and the last word."""
    words = [word for word in _name(of).split() if word[0].isalnum()]
    return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper() if words else "?"


@register.filter
def avatar_class(of: Person | Membership) -> str:
    """One of four hues, always the same for the same person; the initials carry the meaning."""
    return AVATAR_CLASSES[_person(of).pk.int % len(AVATAR_CLASSES)]


@register.simple_tag
def avatar(of: Person | Membership, css_class: str = "") -> SafeString:
    return format_html(
        '<span class="av {} {}" aria-hidden="true">{}</span>', avatar_class(of), css_class, initials(of)
    )


@register.filter
def device(user_agent: str) -> str:
    """`Firefox, Windows`"""
    return device_name(user_agent)


@register.filter
def device_icon(user_agent: str) -> str:
    return "smartphone" if is_hand_held(user_agent) else "monitor"


# ── Moments ──────────────────────────────────────────────────────────────
def _language() -> str:
    return get_language() or "fr"


@register.filter
def moment(at: datetime) -> str:
    """`09:12` today, `lundi` within the week, `12 nov.`, `12 nov. 2025`."""
    return moments.moment(timezone.localtime(at), now=timezone.localtime(), language=_language())


@register.filter
def moment_exact(at: datetime) -> str:
    """`12 nov. 2026, 14:05`"""
    return moments.moment_exact(timezone.localtime(at), language=_language())


@register.filter
def moment_long(at: datetime) -> str:
    """`jeudi 12 novembre 2026, 09:12`"""
    return moments.moment_long(timezone.localtime(at), language=_language())


@register.filter
def on_day(at: date) -> str:
    """`12 nov.`, `12 nov. 2025`"""
    return moments.day(at, now=timezone.localtime(), language=_language())


@register.filter
def on_day_of(at: datetime) -> str:
    """`16 nov.`: the day of a moment."""
    return on_day(timezone.localtime(at).date())


@register.filter
def clock(at: datetime) -> str:
    """`09:12`"""
    return moments.clock(timezone.localtime(at))


@register.filter
def day_long(at: datetime) -> str:
    """`Aujourd’hui, jeudi 12 novembre`, `jeudi 5 novembre`: what stands between two days of a thread."""
    at, now = timezone.localtime(at), timezone.localtime()
    said = moments.day_long(at, now=now, language=_language())
    match (now.date() - at.date()).days:
        case 0:
            return gettext("Today, %(day)s") % {"day": said}
        case 1:
            return gettext("Yesterday, %(day)s") % {"day": said}
    return said


@register.simple_tag
def when(at: datetime, css_class: str = "") -> SafeString:
    """The short moment as a `time` element whose title is the exact one."""
    return _time(at, moment(at), css_class)


@register.simple_tag
def at_clock(at: datetime, css_class: str = "") -> SafeString:
    """The hour alone as a `time` element whose title is the exact moment."""
    return _time(at, clock(at), css_class)


def _time(at: datetime, text: str, css_class: str) -> SafeString:
    return format_html(
        '<time class="{}" datetime="{}" title="{}">{}</time>',
        css_class,
        at.isoformat(),
        moment_long(at),
        text,
    )


# ── Amounts ──────────────────────────────────────────────────────────────
@register.filter
def money(amount: Decimal) -> str:
    """`1.234,56 €`"""
    return written_money(amount)


@register.simple_tag
def amount(value: Decimal | None, currency: str = "EUR") -> str:
    """`1.234,56 €`, `99,00 USD`; nothing for None."""
    return "" if value is None else written_money(value, "€" if currency == "EUR" else currency)


@register.filter
def digits(amount: Decimal) -> str:
    """`1234.56`, without its sign: for a script that adds."""
    return exact(abs(amount))


@register.filter
def iban(number: str) -> str:
    """`BE71 0961 2345 6769`; what is no IBAN stays as it is."""
    return (
        " ".join(number[at : at + 4] for at in range(0, len(number), 4))
        if looks_like_iban(number)
        else number
    )


@register.filter
def reference(number: str) -> str:
    """`+++090/9337/55493+++`"""
    return reference_shown(number)


@register.filter
def filesize(size: int) -> str:
    """`184 ko`"""
    return file_size(size, language=_language())


# ── Forms ────────────────────────────────────────────────────────────────
@register.inclusion_tag("_field.html")
def field(bound: BoundField, *, label: str = "", help: str | None = None, **attrs: Any) -> dict[str, Any]:  # noqa: A002 -- the word templates use
    """Label, control, explanation and errors of one field; what else is given becomes attributes of the control."""
    explanation = bound.help_text if help is None else help
    described_by = [f"{bound.auto_id}_help"] * bool(explanation) + [f"{bound.auto_id}_error"] * bool(
        bound.errors
    )
    is_tick = isinstance(bound.field.widget, CheckboxInput)
    attrs = {
        "class": "" if is_tick else "input",
        "placeholder": False,  # a label stands above; what vanishes while one types is no label
        "aria-describedby": " ".join(described_by) or False,
        **{name.replace("_", "-"): value for name, value in attrs.items()},
    }
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "label": label or bound.label,
        "help": explanation,
        "is_tick": is_tick,
    }
