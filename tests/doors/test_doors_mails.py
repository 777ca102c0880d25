"""An e-mail filed under a dossier: whose mail × which dossier × everybody. Two identifiers, and both are asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from comptoir.core.ids import new_id
from tests.doors.knock import knock
from tests.doors.people import LETTERS, WITHOUT_ACCESS
from tests.doors.table import spec
from tests.doors.things import MISSING

if TYPE_CHECKING:
    from tests.doors.conftest import House

pytestmark = pytest.mark.django_db

# Written by hand: the mail, the dossier → the status of each. Whoever is not named gets 404.
TABLE = {
    ("bakery", "bakery"): "AN 302 I 403",
    ("bakery", "garage"): "A 302 N 422 I 403",
    ("bakery", "elsewhere"): "AN 422 I 403",
    ("bakery", MISSING): "AN 422 I 403",
    ("garage", "garage"): "AJ 302",
    ("garage", "bakery"): "A 302 J 422",
    ("nobody's", "bakery"): "A 302",
    ("nobody's", "elsewhere"): "A 422",
    ("elsewhere", "elsewhere"): "W 302",
    ("elsewhere", "bakery"): "W 422",
    (MISSING, "bakery"): "",
}


@pytest.mark.parametrize(("mail", "company"), TABLE)
def test_everybody_gets_what_the_table_says(house: House, mail: str, company: str) -> None:
    expected, wrong = spec(TABLE[mail, company]), []
    data = {"company_id": str(house.office["company"][company])}
    where = reverse("mail_file", args=[house.office["mail"][mail]])
    nowhere = reverse("mail_file", args=[new_id()])
    for who in LETTERS:
        browser = house.people.browsers[who]
        answer = knock(browser, "POST", where, data)
        if answer.status != expected.get(who, 404):
            wrong.append(f"{who}: {answer.status}")
        if answer.status >= 400 and answer.written:
            wrong.append(f"{who}: refused, but wrote {answer.written}")
        if answer.status == 404 and answer.body != knock(browser, "POST", nowhere, data).body:
            wrong.append(f"{who}: 404, but told apart from what is missing")
    assert wrong == []


def test_another_s_dossier_is_answered_as_one_that_is_missing(house: House) -> None:
    where = reverse("mail_file", args=[house.office["mail"]["bakery"]])
    answers = set()
    for pk in (house.office["company"]["garage"], house.office["company"]["elsewhere"], new_id()):
        answer = knock(house.people.browsers["N"], "POST", where, {"company_id": str(pk)})
        answers.add((answer.status, answer.body.replace(str(pk).encode(), b"<id>")))
    assert len(answers) == 1


def test_whoever_has_no_access_is_led_to_the_entrance(house: House) -> None:
    where = reverse("mail_file", args=[house.office["mail"]["bakery"]])
    data = {"company_id": str(house.office["company"]["bakery"])}
    answers = [knock(house.people.browsers[who], "POST", where, data) for who in WITHOUT_ACCESS]
    assert [(answer.status, answer.written) for answer in answers] == [(302, [])] * len(WITHOUT_ACCESS)
