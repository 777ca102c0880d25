"""What a dossier is asked for: its own lines, or else the usual ones with the accounts that its statements name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comptoir.campaigns.collecting import ChecklistLine, Wanted
from comptoir.ledger.models import BankAccount

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

LINES = 20


@dataclass(frozen=True)
class Line:
    """`label` empty: the kind's name; `account`: the IBAN of a bank's statements, where it is known."""

    kind: str
    label: str = ""
    account: str = ""

    @property
    def kind_shown(self) -> str:
        return str(Wanted(self.kind).label)


USUAL = (Line(Wanted.PURCHASES), Line(Wanted.SALES), Line(Wanted.BANK))


def checklists(company_ids: Collection[UUID]) -> dict[UUID, list[Line]]:
    """Of each dossier: two questions, however many there are. Of dossiers that came through the gate."""
    own: dict[UUID, list[Line]] = {}
    for line in ChecklistLine.objects.filter(company__in=company_ids).order_by("place"):
        own.setdefault(line.company_id, []).append(Line(line.kind, line.label, line.account))
    accounts: dict[UUID, list[str]] = {}
    known = BankAccount.objects.filter(company__in=company_ids).order_by("number")
    for company_id, number in known.values_list("company", "number").distinct():
        accounts.setdefault(company_id, []).append(number)
    return {
        company_id: own.get(company_id) or proposed(accounts.get(company_id, ()))
        for company_id in company_ids
    }


def proposed(accounts: Collection[str]) -> list[Line]:
    """The usual lines; instead of the bank's one, one for each account that the ledger knows."""
    bank = [Line(Wanted.BANK, account=number) for number in accounts]
    others = [line for line in USUAL if line.kind != Wanted.BANK]
    return [*others, *(bank or [Line(Wanted.BANK)])][:LINES]
