"""The desk's page of e-mails, and of one: whose they are, what is told, and what a browser never runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comptoir.correspondence.models import Document, DocumentSender, InboundMail, State
from comptoir.correspondence.queries import to_check_count
from tests.correspondence.letters import PDF, Mail
from tests.world import fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Company, Membership
    from tests.world import Cast

    Browser = Callable[[Membership], Client]
    Receive = Callable[..., InboundMail]

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def kept(address: str, receive: Receive) -> InboundMail:
    files = [("facture.pdf", PDF)]
    return receive(
        Mail("moi@ailleurs.example", address, f"Bonjour {HOSTILE}", subject="Facture", files=files)
    )


def shown(browser: Client, pile: str = "") -> list[str]:
    return [row.subject for row in browser.get(reverse("mails"), {"pile": pile}).context["rows"]]


def test_whoever_sees_the_dossier_sees_its_mails(browser_of: Browser, kept: InboundMail, cast: Cast) -> None:
    assert kept.state == State.KEPT
    for member in (cast.admin, cast.accountant, cast.assistant):
        assert shown(browser_of(fresh(member))) == ["Facture"]
    for member in (cast.colleague, cast.outsider):
        assert shown(browser_of(fresh(member))) == []


def test_of_nobody_s_dossier_only_administrators(
    browser_of: Browser, admin: Membership, accountant: Membership, sophie: Membership, receive: Receive
) -> None:
    receive(Mail(sophie.person.email, "bonjour@in.talmont.example", subject="À qui"))
    assert shown(browser_of(admin)) == ["À qui"]
    assert shown(browser_of(accountant)) == []


def test_the_rail_counts_what_is_to_be_checked(
    browser_of: Browser, admin: Membership, kept: InboundMail
) -> None:
    assert kept.pk
    assert to_check_count(admin) == 1
    home = browser_of(admin).get(reverse("desk_inbox"))
    assert home.context["mails_to_check"] == 1
    assert reverse("mails") in home.content.decode()


def test_the_rail_says_nothing_where_no_mail_comes_in(
    browser_of: Browser, admin: Membership, settings: SettingsWrapper
) -> None:
    settings.MAIL_IN = ""
    assert f'href="{reverse("mails")}"' not in browser_of(admin).get(reverse("desk_inbox")).content.decode()


def test_a_mail_says_why_it_is_kept_and_runs_nothing(
    browser_of: Browser, accountant: Membership, kept: InboundMail
) -> None:
    answer = browser_of(accountant).get(reverse("mail", args=[kept.pk]))
    text = answer.content.decode()
    for words in ("moi@ailleurs.example", "n’est pas connu dans ce dossier", "facture.pdf"):
        assert words in text
    assert HOSTILE not in text
    assert "&lt;script&gt;alert(1)" in text


def test_the_raw_mail_is_handed_over_and_never_shown(
    browser_of: Browser, accountant: Membership, kept: InboundMail
) -> None:
    answer = browser_of(accountant).get(reverse("mail_raw", args=[kept.pk]))
    assert answer.content == kept.raw.content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_filed_from_the_page(
    browser_of: Browser, accountant: Membership, kept: InboundMail, bakery: Company
) -> None:
    browser = browser_of(accountant)
    form = {"company_id": str(bakery.pk), "trusts_sender": "on"}
    assert browser.post(reverse("mail_file", args=[kept.pk]), form).status_code == 302
    (document,) = Document.objects.filter(company=bakery)
    assert DocumentSender.objects.get().address == "moi@ailleurs.example"
    assert (shown(browser), shown(browser, "done")) == ([], ["Facture"])
    page = browser.get(reverse("company_documents", args=[bakery.pk])).content.decode()
    assert "facture.pdf" in page
    answer = browser.get(reverse("document", args=[document.pk]))
    assert b"".join(answer.streaming_content if answer.streaming else [answer.content]) == PDF
    assert browser.post(reverse("mail_file", args=[kept.pk]), form).status_code == 409


def test_a_form_without_a_dossier_says_so(
    browser_of: Browser, accountant: Membership, kept: InboundMail, garage: Company
) -> None:
    for chosen in ("", str(garage.pk), "x"):
        answer = browser_of(accountant).post(reverse("mail_file", args=[kept.pk]), {"company_id": chosen})
        assert answer.status_code == 422
    assert not Document.objects.exists()


def test_put_away_from_the_page(browser_of: Browser, accountant: Membership, kept: InboundMail) -> None:
    browser = browser_of(accountant)
    assert browser.post(reverse("mail_drop", args=[kept.pk])).status_code == 302
    assert (shown(browser), shown(browser, "done")) == ([], ["Facture"])


def test_programs_and_what_was_taken_stand_apart(
    browser_of: Browser, accountant: Membership, sophie: Membership, address: str, receive: Receive
) -> None:
    receive(Mail(sophie.person.email, address, subject="Réponse"))
    receive(Mail(sophie.person.email, address, subject="Absente", headers={"Auto-Submitted": "auto-replied"}))
    browser = browser_of(accountant)
    assert [shown(browser, pile) for pile in ("to_check", "taken", "programs")] == [
        [],
        ["Réponse"],
        ["Absente"],
    ]


def test_costs_the_same_for_one_and_for_three(
    browser_of: Browser, accountant: Membership, kept: InboundMail, address: str, receive: Receive
) -> None:
    browser = browser_of(accountant)
    counts = []
    for subjects in ([], ["Deux", "Trois"]):
        for subject in subjects:
            receive(Mail("moi@ailleurs.example", address, subject=subject))
        with CaptureQueriesContext(connection) as asked:
            rows = shown(browser)
        counts.append((len(rows), len(asked)))
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("mail", args=[kept.pk]))
        counts.append((1, len(asked)))
    assert [rows for rows, _ in counts] == [1, 1, 3, 1]
    assert counts[0][1] == counts[2][1]
    assert counts[1][1] == counts[3][1]
