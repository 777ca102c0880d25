from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from comptoir.people.company_import import Reason
from comptoir.people.enterprise_number import check_digits
from comptoir.people.models import Company
from comptoir.web.desk.company_import import LARGEST, REASONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from comptoir.people.models import Membership, Office

    Browser = Callable[[Membership], Client]

NEW = check_digits("04420915")
LIST = f"Nom;BCE;Régime\nMoulin;{NEW};mensuel\nPain;0712458367;trimestriel\n<b>Mauvaise</b>;<i>12</i>;\n"


def look(browser: Client, data: bytes) -> HttpResponse:
    return browser.post(reverse("company_import"), {"file": SimpleUploadedFile("clients.csv", data)})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_looks_first_and_imports_what_was_looked_at(
    encoding: str, browser_of: Browser, admin: Membership, office: Office
) -> None:
    browser = browser_of(admin)
    answer = look(browser, LIST.encode(encoding))
    assert answer.status_code == 200
    assert [line.name for line in answer.context["preview"].new] == ["Moulin"]
    assert [problem["row"] for problem in answer.context["problems"]] == [4]
    assert b"<i>12</i>" not in answer.content
    assert not Company.objects.filter(name="Moulin").exists()
    done = browser.post(reverse("company_import"), {"kept": answer.context["kept"], "import": "1"})
    assert done.status_code == 302
    assert Company.objects.get(name="Moulin").vat_regime == "monthly"
    assert not Company.objects.filter(name="Pain").exists()


def test_a_good_row_is_shown_as_it_would_be_stored(
    browser_of: Browser, admin: Membership, accountant: Membership
) -> None:
    data = f"Nom;BCE;Régime;Langue;Gestionnaire\nMoulin;{NEW};mensuel;nl;{accountant.person.email}\n"
    row = look(browser_of(admin), data.encode()).context["shown"][0]
    assert {name: str(value) for name, value in row.items()} == {
        "row": "2",
        "name": "Moulin",
        "number": f"{NEW[:4]}.{NEW[4:7]}.{NEW[7:]}",
        "regime": "Mensuel",
        "language": "Nederlands",
        "manager": "Nathalie Verhulst",
    }


def test_brings_known_ones_up_to_date_where_asked(browser_of: Browser, admin: Membership) -> None:
    browser = browser_of(admin)
    browser.post(reverse("company_import"), {"kept": LIST, "import": "1", "update_known": "on"})
    assert Company.objects.get(name="Pain").vat_regime == "quarterly"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04\x00", b"nothing;here\n1;2\n"])
def test_a_file_that_is_of_no_use_offers_no_import(
    data: bytes, browser_of: Browser, admin: Membership
) -> None:
    answer = look(browser_of(admin), data)
    assert answer.status_code == 422
    assert b'name="import"' not in answer.content


def test_a_large_one_is_refused(browser_of: Browser, admin: Membership) -> None:
    assert look(browser_of(admin), b"x" * (LARGEST + 1)).status_code == 413


def test_every_reason_is_said_in_words() -> None:
    assert set(REASONS) == set(Reason)
