"""What a mail says and what it does not, in four languages, as a server received it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.notifications.actions.telling import change_policy
from comptoir.notifications.colour import accent_hex
from comptoir.notifications.mail_items import SHOWN_AT_MOST
from comptoir.notifications.models import Mail
from comptoir.people.models import Membership, Office, Person
from comptoir.people.profiles import Profile
from comptoir.web.desk.settings_office import COLOURS
from tests.world import NOW, begin, fresh, say

if TYPE_CHECKING:
    from email.message import EmailMessage

    from comptoir.people.models import Company
    from tests.notifications.conftest import Teller
    from tests.notifications.smtp_server import Mailbox
    from tests.world import Cast

DUE = NOW + timedelta(hours=2)
CANARY_SUBJECT, CANARY_TEXT = "Canari du sujet", "Canari du texte"


def plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def html(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


@pytest.fixture
def mail(
    mailbox: Mailbox, tell: Teller, accountant: Membership, sophie: Membership, bakery: Company
) -> EmailMessage:
    """Of one private message to Sophie."""
    begin(accountant, bakery, to=sophie, subject=CANARY_SUBJECT, body=CANARY_TEXT)
    tell.at(DUE)
    [found] = mailbox.taken
    return found


# ── Its head ─────────────────────────────────────────────────────────────
def test_its_head(mail: EmailMessage, sophie: Membership) -> None:
    assert mail["Subject"] == "Nouveau message · Fiduciaire Talmont"
    assert mail["From"] == "Fiduciaire Talmont <post@talmont.example>"
    assert mail["To"] == sophie.person.email
    assert mail["Message-ID"] == f"<{Mail.objects.get().pk}@talmont.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<https://talmont\.example/unsubscribe/[\w:-]+>", mail["List-Unsubscribe"].strip())
    assert mail["Reply-To"] is None


def test_mails_about_one_conversation_are_one_thread(  # noqa: PLR0917 -- its cast
    mailbox: Mailbox,
    tell: Teller,
    mail: EmailMessage,
    accountant: Membership,
    bakery: Company,
    sophie: Membership,
) -> None:
    talk = begin(accountant, bakery, to=sophie, at=DUE).conversation
    tell.at(DUE + timedelta(hours=2))
    say(talk, accountant, "Encore", at=DUE + timedelta(hours=2))
    tell.at(DUE + timedelta(hours=4))
    first, second = mailbox.taken[1:]
    root = f"<{talk.pk}@talmont.example>"
    assert {first["References"], first["In-Reply-To"], second["References"], second["In-Reply-To"]} == {root}
    assert first["Subject"] == second["Subject"]
    assert first["Message-ID"] != second["Message-ID"]
    assert mail["References"] != root


# ── What it says ─────────────────────────────────────────────────────────
def test_nothing_of_the_conversation(  # noqa: PLR0917 -- its cast
    mailbox: Mailbox,
    tell: Teller,
    mail: EmailMessage,
    accountant: Membership,
    sophie: Membership,
    bakery: Company,
) -> None:
    begin(accountant, bakery, subject=CANARY_SUBJECT, body=CANARY_TEXT)
    begin(sophie, bakery, subject=CANARY_SUBJECT, body=CANARY_TEXT)
    tell.at(NOW + timedelta(days=1))
    assert len(mailbox.taken) > 3
    for one in mailbox.taken:
        whole = f"{one['Subject']}{plain(one)}{html(one)}"
        assert "anari" not in whole
        assert accountant.person.name not in whole.replace(f"Bonjour {accountant.person.name},", "")
        assert bakery.name.split()[0] not in whole


@pytest.mark.parametrize(("allowed", "subject", "text"), [("none", 0, 0), ("subject", 1, 0), ("text", 1, 1)])
def test_what_the_office_allows_of_shared_conversations(  # noqa: PLR0917 -- its cast
    mailbox: Mailbox, tell: Teller, cast: Cast, bakery: Company, allowed: str, subject: int, text: int
) -> None:
    change_policy(by=fresh(cast.admin), at=NOW, delay_minutes=120, text_in_mails=allowed)
    begin(fresh(cast.accountant), bakery, subject=CANARY_SUBJECT, body=CANARY_TEXT)
    begin(fresh(cast.accountant), bakery, to=fresh(cast.client), subject="Secret", body="Secret")
    tell.at(DUE)
    [hers] = [one for one in mailbox.taken if one["To"] == cast.client.person.email]
    for body in (plain(hers), html(hers)):
        assert body.count(CANARY_SUBJECT) == subject
        assert body.count(CANARY_TEXT) == text
        assert "Secret" not in body
    assert hers["Subject"] == "2 nouveaux messages · Fiduciaire Talmont"


def test_a_text_is_text(  # noqa: PLR0917 -- its cast
    mailbox: Mailbox, tell: Teller, cast: Cast, bakery: Company, admin: Membership, accountant: Membership
) -> None:
    change_policy(by=admin, at=NOW, delay_minutes=120, text_in_mails="text")
    begin(accountant, bakery, subject="<b>Un</b>", body="<script>alert(1)</script>\n<img src=x>")
    tell.at(DUE)
    assert "<script>" not in html(mailbox.taken[0])
    assert "&lt;img src=x&gt;" in html(mailbox.taken[0])
    assert "<b>Un</b>" in plain(mailbox.taken[0])


HELLO = {
    "fr": (
        "Bonjour Sophie Renard,",
        "1 message non lu vous attend chez Fiduciaire Talmont.",
        "Ne plus recevoir d’e-mails",
    ),
    "nl": ("1 ongelezen bericht wacht op u bij Fiduciaire Talmont.", "Geen e-mails meer"),
    "de": ("1 ungelesene Nachricht wartet bei Fiduciaire Talmont auf Sie.", "Keine E-Mails mehr"),
    "en": (
        "Hello Sophie Renard,",
        "1 message that you have not read is waiting for you at Fiduciaire Talmont.",
        "No more e-mails",
    ),
}


@pytest.mark.parametrize("language", HELLO)
def test_in_the_readers_language(  # noqa: PLR0917 -- its cast
    mailbox: Mailbox, tell: Teller, accountant: Membership, sophie: Membership, bakery: Company, language: str
) -> None:
    Person.objects.filter(pk=sophie.person_id).update(language=language, time_zone="Asia/Tokyo")
    begin(accountant, bakery, to=sophie)
    tell.at(DUE)
    [mail] = mailbox.taken
    for words in HELLO[language]:
        assert words in plain(mail)
        assert words in html(mail)
    assert f'<html lang="{language}">' in html(mail)
    assert "17:30" in plain(mail)  # half past nine in Brussels, on her clock


def test_the_offices_look(
    mailbox: Mailbox, tell: Teller, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    Office.objects.filter(pk=sophie.office_id).update(
        brand_hue=150, brand_chroma=0.13, logo=b"png", logo_version="abc", address_line="Rue Haute 1, Namur"
    )
    begin(accountant, bakery, to=sophie)
    tell.at(DUE)
    page = html(mailbox.taken[0])
    assert accent_hex(150, 0.13) in page
    assert f'src="https://talmont.example/brand/{sophie.office_id}-abc.png"' in page
    assert "Rue Haute 1, Namur" in page
    assert "Rue Haute 1, Namur" in plain(mailbox.taken[0])
    assert set(re.findall(r'(?:src|href)="(https?://[^/"]+)', page)) == {"https://talmont.example"}


def test_white_can_be_read_on_every_colour() -> None:
    def light(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    for colour in COLOURS:
        red, green, blue = (
            light(int(accent_hex(colour.hue, colour.chroma)[n : n + 2], 16)) for n in (1, 3, 5)
        )
        assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) > 4.5, colour.name


# ── Bundled ──────────────────────────────────────────────────────────────
@pytest.fixture
def both(cast: Cast, sophie: Membership, garage: Company) -> Membership:
    """Sophie's membership in a second company."""
    return Membership.objects.create(
        office=sophie.office, person=sophie.person, company=garage, profile=Profile.FULL_ACCESS, joined_at=NOW
    )


def test_one_mail_over_all_memberships(  # noqa: PLR0917 -- its cast
    mailbox: Mailbox, tell: Teller, cast: Cast, both: Membership, bakery: Company, garage: Company
) -> None:
    talk = begin(fresh(cast.accountant), bakery, to=fresh(cast.client)).conversation
    say(talk, fresh(cast.accountant), "Et ceci")
    begin(fresh(cast.colleague), garage, to=fresh(both), at=NOW + timedelta(hours=1))
    tell.at(DUE)
    [mail] = mailbox.taken
    assert mail["Subject"] == "3 nouveaux messages · Fiduciaire Talmont"
    assert mail["References"] is None
    for name in (bakery.name, garage.name):
        assert name in plain(mail)
    assert plain(mail).count("https://talmont.example/open#") == 2
    tell.at(DUE + timedelta(days=1))
    assert len(mailbox.taken) == 1


def test_two_offices_are_two_mails(  # noqa: PLR0917 -- its cast
    mailbox: Mailbox, tell: Teller, cast: Cast, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    """What one office has to do with somebody is not the other's to tell."""
    elsewhere = Membership.objects.create(
        office=cast.outsider.office, person=sophie.person, company=cast.elsewhere, profile=Profile.FULL_ACCESS
    )
    begin(accountant, bakery, to=sophie)
    begin(fresh(cast.outsider), cast.elsewhere, to=fresh(elsewhere))
    tell.at(DUE)
    assert sorted(mail["From"].split(" <")[0] for mail in mailbox.taken) == [
        "Fiduciaire Talmont",
        "Kantoor De Wit",
    ]
    assert not any(
        "De Wit" in plain(mail) and "Talmont" in plain(mail).replace("talmont", "") for mail in mailbox.taken
    )


def test_a_long_list_is_cut(
    mailbox: Mailbox, tell: Teller, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    for _ in range(SHOWN_AT_MOST + 2):
        begin(accountant, bakery, to=sophie)
    tell.at(DUE)
    [mail] = mailbox.taken
    assert "et 2 autres conversations" in plain(mail)
    assert mail["Subject"].startswith("22 ")
