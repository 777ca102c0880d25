"""What the accounts hold ticks itself, and what they cannot know does not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from comptoir.campaigns.actions.filling import fill_request
from comptoir.campaigns.actions.handing_in import say_nothing
from comptoir.campaigns.filling import covers
from comptoir.campaigns.models import Campaign
from comptoir.campaigns.recurring import come_round
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.gaps import Told
from comptoir.ledger.models import Invoice, Source
from tests.campaigns.asked import ask, item
from tests.ledger.samples import belgian_ubl
from tests.world import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from tests.world import Cast

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)  # a Saturday: the bank's last statement is of the 30th


def _told(number: int, day: date, *, opening: int = 0, closing: int = 0, since: date | None = None) -> Told:
    return Told(str(number), day, Decimal(opening), Decimal(closing), since)


@pytest.mark.parametrize(
    ("statements", "whole"),
    [
        ([], False),
        ([_told(1, date(2026, 9, 30)), _told(2, date(2026, 10, 30))], True),
        ([_told(1, date(2026, 9, 30)), _told(2, date(2026, 10, 29))], False),
        ([_told(1, date(2026, 9, 30)), _told(3, date(2026, 10, 30))], False),
        ([_told(1, date(2026, 9, 30), closing=5), _told(2, date(2026, 10, 30))], False),
        ([_told(2, date(2026, 10, 30))], False),
        ([_told(2, date(2026, 10, 30), since=date(2026, 10, 1))], True),
        ([_told(1, date(2026, 9, 30)), _told(2, date(2026, 11, 3))], True),
    ],
)
def test_statements_cover_a_period_without_a_gap(statements: list[Told], *, whole: bool) -> None:
    assert covers(statements, FIRST, LAST) is whole


@pytest.mark.django_db
def test_an_electronic_invoice_of_the_period_is_a_part_with_its_source(
    cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.FILES = tmp_path
    asked = ask(cast.accountant, cast.bakery)
    import_file(
        cast.bakery.pk, by=None, at=NOW, name="facture.xml", data=belgian_ubl(), source=Source.COMMAND
    )
    Invoice.objects.update(issued_on=date(2026, 10, 9), direction="purchase")
    fill_request(asked.pk, at=NOW)
    assert fill_request(asked.pk, at=NOW) == []
    purchases = item(asked, "purchases")
    assert (purchases.state, purchases.received_count, purchases.source) == ("part", 1, {"invoices": 1})
    assert item(asked, "sales").state == "open"
    assert say_nothing(purchases.pk, by=cast.client, at=NOW).state == "in"  # nothing more: that was all


@pytest.mark.django_db
def test_a_campaign_comes_round_once_its_period_has_ended(cast: Cast) -> None:
    first = datetime(2026, 12, 1, 1, tzinfo=UTC)
    made = {(one.office_id, one.regime, one.period, one.state) for one in come_round(at=first)}
    assert (cast.bakery.office_id, "monthly", "2026-11", "prepared") in made
    assert come_round(at=first) == []
    assert Campaign.objects.count() == len(made)
