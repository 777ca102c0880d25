"""The addresses of signing in × signed in or not; and the public picture of an office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from comptoir.core.ids import new_id
from comptoir.people.actions.offices import change_branding
from tests.doors.accounts import ACCOUNTS, CLOSED_ADDRESSES
from tests.doors.knock import knock
from tests.doors.people import LETTERS
from tests.world import NOW

if TYPE_CHECKING:
    from tests.doors.conftest import House

pytestmark = pytest.mark.django_db


def test_everybody_gets_what_the_table_says(house: House) -> None:
    wrong = []
    for name, (args, signed_in, signed_out) in ACCOUNTS.items():
        for who in "ASM-D":
            expected = signed_out if who in "-D" else signed_in
            answer = knock(house.people.browsers[who], "GET", reverse(name, args=args))
            if answer.status != expected:
                wrong.append(f"{name}, {who}: {answer.status} rather than {expected}, {answer.where}")
            if answer.written:
                wrong.append(f"{name}, {who}: a GET wrote {answer.written}")
    assert wrong == []


def test_what_is_closed_is_missing(house: House) -> None:
    for _, path in CLOSED_ADDRESSES:
        for who in "AS-":
            for method in ("GET", "POST"):
                answer = knock(house.people.browsers[who], method, path)
                assert (answer.status, answer.written) == (404, []), (path, who)


def test_an_office_s_logo_is_public_and_another_s_is_missing(house: House) -> None:
    admin = house.people.members["A"]
    change_branding(
        by=admin, at=NOW, name="Talmont", address_line="", brand_hue=200, brand_chroma=0.1, logo=b"PNG"
    )
    for who in (*LETTERS, "-"):
        browser = house.people.browsers[who]
        there = knock(browser, "GET", reverse("brand_logo", args=[admin.office_id, "x"]))
        assert (there.status, there.body) == (200, b"PNG")
        for office in (house.people.members["W"].office_id, new_id()):
            assert knock(browser, "GET", reverse("brand_logo", args=[office, "x"])).status == 404
