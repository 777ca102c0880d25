"""The dossiers that /desk/new lists: in people's order, few enough for a quick page, and all of them on demand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.utils.html import escape

from comptoir.people.models import Company, VatRegime

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.test import Client

    from comptoir.people.models import Membership

    Browser = Callable[[Membership], Client]

NEW = "/desk/new"
MOST_BYTES = 60_000


def _dossier(admin: Membership, name: str, number: int, at: datetime, **more: object) -> Company:
    return Company(
        office_id=admin.office_id, name=name, enterprise_number=f"{number:010d}", created_at=at, **more
    )


@pytest.fixture
def many(admin: Membership, now: datetime) -> list[Company]:
    """520 dossiers, the last ones of which have names that begin with an accent."""
    names = [f"Maison {number:03d} {'Wouters' * 4}" for number in range(519)] + ["Électricité Noël"]
    rows = [
        _dossier(admin, name, 400_000_000 + place, now, vat_regime=VatRegime.MONTHLY)
        for place, name in enumerate(names)
    ]
    return Company.objects.bulk_create(rows)


def listed(html: str) -> list[str]:
    return re.findall(r'name="company"[^>]*><span class="clip">([^<]+)</span>', html)


def test_accents_stand_beside_their_letters(
    browser_of: Browser, admin: Membership, many: list[Company]
) -> None:
    names = listed(browser_of(admin).get(NEW).content.decode())
    assert names[:4] == [escape(name) for name in ("Boulangerie Pain & Levain SRL", "Électricité Noël", "Garage Thonon & Fils SRL")] + [many[0].name]  # fmt: skip
    assert len(names) == 60


def test_the_page_is_light_however_many_there_are(
    browser_of: Browser, admin: Membership, many: list[Company]
) -> None:
    assert len(browser_of(admin).get(NEW).content) < MOST_BYTES


def test_what_is_looked_for_is_found_and_what_is_ticked_stays(
    browser_of: Browser, admin: Membership, bakery: Company, many: list[Company]
) -> None:
    browser = browser_of(admin)
    ticked = {"company": str(bakery.pk), "find": "electricite", "filter": "1", "body": "Half a text"}
    html = browser.post(NEW, ticked).content.decode()
    assert [name[:5] for name in listed(html)] == ["Boula", "Élect"]
    assert "Half a text" in html
    assert len(listed(browser.get(f"{NEW}?find=maison").content.decode())) == 60
    assert len(listed(browser.get(f"{NEW}?find=maison&all=1").content.decode())) == 519
