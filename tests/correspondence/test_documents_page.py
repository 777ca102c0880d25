"""The dossier's page of documents by e-mail: its address, whom it trusts, what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comptoir.activity.models import Event
from comptoir.correspondence.actions.addresses import give_dossier_addresses
from comptoir.correspondence.dossiers import dossier_address
from comptoir.correspondence.models import DocumentSender, DossierAddress, InboundMail, State
from comptoir.people.actions.companies import archive_company
from comptoir.people.models import Company
from tests.correspondence.letters import PDF, Mail
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Membership

    Browser = Callable[[Membership], Client]
    Receive = Callable[..., InboundMail]

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(bakery: Company) -> str:
    return reverse("company_documents", args=[bakery.pk])


def test_gives_and_replaces_the_address(
    browser_of: Browser, accountant: Membership, bakery: Company, path: str
) -> None:
    browser = browser_of(accountant)
    assert "n’a pas encore d’adresse" in browser.get(path).content.decode()
    seen = []
    for _ in range(2):
        assert browser.post(reverse("company_address", args=[bakery.pk])).status_code == 302
        seen.append(dossier_address(bakery, seen_by=accountant))
        assert seen[-1] in browser.get(path).content.decode()
    assert seen[0] != seen[1]
    assert DossierAddress.objects.in_force().filter(company=bakery).count() == 1
    assert Event.objects.filter(verb="dossier_address.changed", by_id=accountant.pk).count() == 2
    assert all(row.digest not in "".join(seen) for row in DossierAddress.objects.all())


def test_every_open_dossier_is_given_one(admin: Membership, bakery: Company, garage: Company) -> None:
    archive_company(garage.pk, by=admin, at=NOW)
    open_ones = set(Company.objects.filter(archived_at__isnull=True).values_list("pk", flat=True))
    assert give_dossier_addresses(at=NOW) == len(open_ones)
    assert give_dossier_addresses(at=NOW) == 0
    assert set(DossierAddress.objects.values_list("company", flat=True)) == open_ones
    assert dossier_address(bakery, seen_by=admin).startswith("d-")


def test_says_that_no_mail_comes_in(
    browser_of: Browser, accountant: Membership, path: str, settings: SettingsWrapper
) -> None:
    settings.MAIL_IN = ""
    assert "n’accepte aucun e-mail" in browser_of(accountant).get(path).content.decode()


def test_trusts_and_no_more(browser_of: Browser, accountant: Membership, bakery: Company, path: str) -> None:
    browser, where = browser_of(accountant), reverse("sender_trust", args=[bakery.pk])
    assert browser.post(where, {"address": "not an address"}).status_code == 422
    for _ in range(2):  # the second changes nothing
        assert browser.post(where, {"address": "Factures@Moulin.example"}).status_code == 302
    sender = DocumentSender.objects.get()
    assert (sender.address, sender.trusted_by_id) == ("factures@moulin.example", accountant.pk)
    assert "factures@moulin.example" in browser.get(path).content.decode()
    browser.post(reverse("sender_distrust", args=[sender.pk]))
    assert not DocumentSender.objects.exists()
    facts = [(e.verb, e.facts) for e in Event.objects.filter(verb__startswith="sender.").order_by("pk")]
    address = {"address": "factures@moulin.example"}
    assert sorted(facts) == [("sender.distrusted", address), ("sender.trusted", address)]


def test_an_assistant_looks_only(
    browser_of: Browser, assistant: Membership, bakery: Company, path: str
) -> None:
    page = browser_of(assistant).get(path)
    assert page.status_code == 200
    assert reverse("company_address", args=[bakery.pk]) not in page.content.decode()
    assert page.context["form"] is None


def test_costs_the_same_for_one_and_for_three(
    browser_of: Browser, accountant: Membership, bakery: Company, path: str, receive: Receive
) -> None:
    browser = browser_of(accountant)
    browser.post(reverse("company_address", args=[bakery.pk]))
    address, counts = dossier_address(bakery, seen_by=accountant), []
    for number in (1, 2, 3):
        mail = Mail(accountant.person.email, address, subject=f"n° {number}", files=[(f"{number}.pdf", PDF)])
        assert receive(mail).state == State.FILED
        browser.post(reverse("sender_trust", args=[bakery.pk]), {"address": f"post{number}@moulin.example"})
        browser.get(path)  # shows the messages of the posts
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(path)
        counts.append((len(page.context["rows"]), len(page.context["senders"]), len(asked)))
    assert counts == [(n, n, counts[0][2]) for n in (1, 2, 3)]
