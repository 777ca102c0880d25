"""What the tables of the accounts have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from decimal import Decimal

Content = models.JSONField[dict[str, Any], dict[str, Any]]


def money(**options: Any) -> models.DecimalField[Decimal, Decimal]:
    """At most twelve digits before the point and three behind: SQLite keeps fifteen exactly, and no currency in use
    has more decimals.
    """
    return models.DecimalField(max_digits=15, decimal_places=3, **options)


def money_or_none() -> models.DecimalField[Decimal | None, Decimal | None]:
    return models.DecimalField(max_digits=15, decimal_places=3, null=True)
