"""A fresh link on demand: to the person of the old one only, and one answer for whoever asks."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from comptoir.notifications.actions.addresses import note_bounce
from comptoir.notifications.fresh_links import AT_MOST, mail_fresh_link
from comptoir.notifications.tidying import KEPT, tidy_outbox
from comptoir.people.models import Person, Token
from comptoir.people.secrets import digest_of
from tests.doors.knock import contents
from tests.links.conftest import opened
from tests.links.test_item_links import LOSSES
from tests.world import NOW

if TYPE_CHECKING:
    from django_tasks.base import Task

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership
    from comptoir.people.one_time import Made
    from tests.notifications.smtp_server import Mailbox
    from tests.world import Cast

LATER = NOW + timedelta(days=8)
LINK = re.compile(r"/open#(\S+)\s+Code ?: (\d{4}) (\d{4})")
STAYS = {"another address", "another password", "signed out everywhere"}


def plain(mailbox: Mailbox) -> str:
    body = mailbox.taken[-1].get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@pytest.mark.usefixtures("mailbox")
def test_it_opens_what_the_old_one_opened(made: Made, mailbox: Mailbox, asked: Conversation) -> None:
    assert mail_fresh_link(secret=digest_of(made.secret), at=LATER)
    assert mailbox.recipients == ["client@demo.example"]
    found = LINK.search(plain(mailbox))
    assert found is not None
    assert Token.objects.get(digest=digest_of(found[1])).scope["conversation"] == str(asked.pk)
    for word in (asked.subject, "Pouvez-vous"):
        assert word not in str(mailbox.taken[-1])


LANGUAGES = {"fr": "Voici le nouveau lien", "nl": "nieuwe link", "de": "neue Link", "en": "fresh link"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_four_languages(made: Made, mailbox: Mailbox, language: str) -> None:
    Person.objects.update(language=language)
    assert mail_fresh_link(email=made.token.email, at=LATER)
    html = mailbox.taken[-1].get_body(("html",))
    assert html is not None
    for body in (plain(mailbox), str(html.get_content())):
        assert LANGUAGES[language] in body
        assert "https://talmont.example/open#" in body


@pytest.mark.parametrize("loss", LOSSES)
def test_not_to_whoever_lost_it(made: Made, mailbox: Mailbox, cast: Cast, loss: str) -> None:
    """A changed password or address ends old links; a fresh one goes to the mailbox that is theirs today."""
    LOSSES[loss](cast)
    assert mail_fresh_link(secret=digest_of(made.secret), at=LATER) is (loss in STAYS)
    assert bool(mailbox.taken) is (loss in STAYS)


@pytest.mark.parametrize("asked_with", [{"secret": "x"}, {"browser": "x"}, {"email": "nobody@x.example"}, {}])
def test_not_for_what_is_unknown(made: Made, mailbox: Mailbox, asked_with: dict[str, str]) -> None:
    assert not mail_fresh_link(**asked_with, at=LATER)  # type: ignore[arg-type]  # one of three
    assert mailbox.taken == []


def test_not_to_an_address_that_sends_mails_back(made: Made, mailbox: Mailbox) -> None:
    note_bounce(made.token.email, reason="550", at=NOW)
    assert not mail_fresh_link(secret=digest_of(made.secret), at=LATER)


def test_it_fills_no_mailbox(made: Made, mailbox: Mailbox) -> None:
    sent = [mail_fresh_link(email=made.token.email, at=LATER) for _ in range(AT_MOST + 3)]
    assert sum(sent) == len(mailbox.taken) == AT_MOST
    assert mail_fresh_link(email=made.token.email, at=LATER + timedelta(hours=1))


def test_a_server_that_is_away_is_tried_again(made: Made, mailbox: Mailbox) -> None:
    mailbox.stop()
    with pytest.raises(OSError, match="refused"):
        mail_fresh_link(secret=digest_of(made.secret), at=LATER)


def test_old_ones_are_kept_for_this_and_then_forgotten(made: Made) -> None:
    tidy_outbox(now=NOW + KEPT)
    assert Token.objects.filter(pk=made.token.pk).exists()
    tidy_outbox(now=NOW + KEPT + timedelta(seconds=1))
    assert not Token.objects.filter(pk=made.token.pk).exists()


# ── The page ─────────────────────────────────────────────────────────────
@pytest.fixture
def enqueued(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the page leaves to the job, before a worker takes it."""
    from comptoir.notifications.jobs import send_fresh_link  # noqa: PLC0415 -- what is watched

    left: list[dict[str, Any]] = []
    job: type[Task[Any, Any]] = type(send_fresh_link)
    inner = job.enqueue

    def enqueue(self: Any, *args: Any, **kwargs: Any) -> Any:
        left.append(kwargs)
        return inner(self, *args, **kwargs)

    monkeypatch.setattr(job, "enqueue", enqueue)
    return left


@pytest.mark.usefixtures("clock")
def test_one_tap_and_one_answer(made: Made, enqueued: list[dict[str, Any]]) -> None:
    browser = opened(made.secret)
    asks = [
        (Client(), {"secret": made.secret}),
        (Client(), {"secret": "unknown"}),
        (Client(), {"email": made.token.email}),
        (Client(), {"email": "nobody@demo.example"}),
        (browser, {}),
        (Client(), {}),
    ]
    answers = [asker.post("/open/again", data) for asker, data in asks]
    assert {(one.status_code, contents(one)) for one in answers} == {(200, contents(answers[0]))}
    assert len(enqueued) == len(asks)
    assert made.secret not in str(enqueued)


def test_asked_again_and_again(made: Made) -> None:
    statuses = [Client().post("/open/again", {"secret": made.secret}).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]


def test_the_browser_in_which_it_was_opened_need_not_say_which(
    made: Made, mailbox: Mailbox, sophie: Membership
) -> None:
    from comptoir.notifications.actions.item_links import open_item  # noqa: PLC0415 -- beside the page

    open_item(made.secret, browser=digest_of("hers"), at=NOW)
    assert mail_fresh_link(browser=digest_of("hers"), at=NOW + timedelta(minutes=11))
    assert mailbox.recipients == [sophie.person.email]
