"""What introduces questions, in the client's language: templates with merge fields, which whoever asks may change."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext, gettext_noop, override


class Text(NamedTuple):
    subject: str
    body: str


# Their merge fields are those of new conversations, and `questions`: how many there are.
TEXTS = {
    "plain": Text(
        gettext_noop("{{ questions }} questions about your accounts"),
        gettext_noop(
            "Hello,\n\nA few questions so that we can go on with the accounts of {{ company }}. One tap answers most of them.\n\n"
            "{{ manager }}"
        ),
    ),
    "deadline": Text(
        gettext_noop("Questions to answer by {{ deadline }}"),
        gettext_noop(
            "Hello,\n\nBefore we can file the return of {{ company }} we need your answers, by {{ deadline }}. One tap answers"
            " most of them.\n\n{{ manager }}"
        ),
    ),
}


def introduction(template: str, *, language: str) -> Text:
    """One that does not exist is the plain one."""
    text = TEXTS.get(template, TEXTS["plain"])
    with override(language):
        return Text(gettext(text.subject), gettext(text.body))
