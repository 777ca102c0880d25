"""Dates worked out by hand from the texts of the law, and written here one by one; the code had no part in them.

A date in brackets is the one before it moved. The doubts that the texts leave stand beside the rows they touch.
"""

from __future__ import annotations

from datetime import date

import pytest

from comptoir.campaigns.deadlines.calendar import deadline
from comptoir.campaigns.deadlines.periods import period_named
from comptoir.campaigns.deadlines.rules import Obligation, Regime

TABLE = """
monthly   return         2023-12 2024-01-22  20th (Sat 20-01), next working day: permanent for monthly filers
monthly   return         2024-01 2024-02-20  20th of the next month, a Tuesday
monthly   payment        2024-03 2024-04-22  20th (Sat 20-04)
monthly   return         2024-06 2024-08-09  summer 2024 as announced
monthly   ic_listing     2024-06 2024-08-09  the listing follows the return
monthly   payment        2024-06 2024-07-22  payment is never moved by summer; 20th (Sat 20-07), Sunday, Monday 22
monthly   return         2024-07 2024-09-10  summer 2024 as announced
monthly   payment        2024-07 2024-08-20  payment is never moved by summer, a Tuesday
monthly   return         2024-09 2024-10-21  20th (Sun 20-10)
monthly   return         2024-11 2024-12-20  20th, a Friday
monthly   payment        2024-12 2025-01-20  20th, a Monday
monthly   return         2025-01 2025-02-20  20th, a Thursday
monthly   return         2025-03 2025-04-22  20th (Easter Sunday 20-04), Easter Monday, Tuesday 22
monthly   payment        2025-03 2025-04-22  the same day as the return
monthly   payment        2025-06 2025-07-22  20th (Sun 20-07), 21-07 National Day, Tuesday 22
monthly   return         2025-07 2025-09-10  summer 2025 still held
monthly   payment        2025-07 2025-08-20  payment is never moved by summer, a Wednesday
monthly   return         2025-08 2025-09-22  20th (Sat 20-09)
monthly   return         2025-11 2025-12-22  20th (Sat 20-12)
monthly   return         2025-12 2026-01-20  20th, a Tuesday
monthly   return         2026-04 2026-05-20  first month on the provision account: 20th, a Wednesday
monthly   return         2026-05 2026-06-22  20th (Sat 20-06)
monthly   payment        2026-05 2026-06-22  filing and payment the same day
monthly   return         2026-06 2026-07-20  summer abolished: no fine, but the date stays; a Monday
monthly   return         2026-07 2026-08-20  summer abolished, a Thursday
monthly   return         2026-08 2026-09-21  20th (Sun 20-09)
monthly   ic_listing     2026-08 2026-09-21  follows the return
monthly   return         2026-10 2026-11-20  20th, a Friday
monthly   return         2026-11 2026-12-21  20th (Sun 20-12)
monthly   payment        2026-12 2027-01-20  20th, a Wednesday
monthly   return         2027-01 2027-02-22  20th (Sat 20-02)
monthly   ic_listing     2027-01 2027-02-22  follows the return
monthly   return         2027-02 2027-03-22  20th (Sat 20-03)
monthly   return         2027-05 2027-06-21  20th (Sun 20-06)
monthly   return         2027-06 2027-07-20  20th, a Tuesday
monthly   payment        2027-10 2027-11-22  20th (Sat 20-11)
monthly   return         2027-12 2028-01-20  20th, a Thursday
monthly   return         2028-01 2028-02-21  20th (Sun 20-02)
monthly   return         2028-04 2028-05-22  20th (Sat 20-05)
monthly   return         2028-07 2028-08-21  20th (Sun 20-08)
monthly   return         2028-11 2028-12-20  20th, a Wednesday
quarterly return         2023-Q4 2024-01-22  20th before the VAT chain (Sat 20-01)
quarterly return         2024-Q1 2024-04-22  20th before the VAT chain (Sat 20-04)
quarterly return         2024-Q2 2024-08-09  summer 2024 as announced
quarterly ic_listing     2024-Q2 2024-08-09  follows the return
quarterly payment        2024-Q2 2024-07-22  payment is never moved by summer (Sat 20-07)
quarterly payment        2024-Q3 2024-10-21  20th before the VAT chain (Sun 20-10)
quarterly return         2025-Q1 2025-04-25  25th since the VAT chain, a Friday
quarterly payment        2025-Q1 2025-04-25  filing and payment the same day
quarterly payment        2025-Q2 2025-07-25  payment is never moved by summer, a Friday
quarterly return         2025-Q3 2025-10-27  25th (Sat 25-10), transition stretched by 2025/C/62
quarterly payment        2025-Q4 2026-01-26  25th (Sun 25-01), transition
quarterly return         2026-Q1 2026-04-27  25th (Sat 25-04): due before 1 May 2026, still the transition
quarterly return         2026-Q4 2027-01-25  25th, a Monday
quarterly return         2027-Q3 2027-10-25  25th, a Monday
quarterly return         2027-Q4 2028-01-25  25th, a Tuesday
quarterly payment        2028-Q1 2028-04-25  25th, a Tuesday
quarterly return         2028-Q2 2028-07-25  25th, a Tuesday
quarterly return         2028-Q3 2028-10-25  25th, a Wednesday
monthly   prepayment     2024-12 2024-12-24  by 24 December, a Tuesday
quarterly prepayment     2025-Q4 2025-12-24  by 24 December, a Wednesday
monthly   prepayment     2026-12 2026-12-24  by 24 December, a Thursday
quarterly prepayment     2026-Q4 2026-12-24  by 24 December, a Thursday
quarterly prepayment     2027-Q4 2027-12-24  by 24 December, a Friday
monthly   client_listing 2025    2026-03-30  "31 March" and "before 31 March": 30 March, a Monday
quarterly client_listing 2026    2027-03-30  30 March, a Tuesday
monthly   client_listing 2027    2028-03-30  30 March, a Thursday
"""

DOUBTED = """
monthly   return         2025-06 2025-08-08  doubt: "8 to 10 August"; the earliest of the dates named, a Friday
quarterly return         2025-Q2 2025-08-08  doubt: as the month of June
quarterly return         2024-Q4 2025-01-27  doubt: first quarter of the 25th? filed after 01-01-2025, so yes (Sat 25-01)
quarterly return         2026-Q2 2026-07-25  doubt: a Saturday; no official text after 1 May 2026 says "no shift"
quarterly payment        2026-Q2 2026-07-25  doubt: as the return
quarterly return         2026-Q3 2026-10-25  doubt: a Sunday, as above
quarterly ic_listing     2026-Q3 2026-10-25  doubt: as the return
quarterly return         2027-Q1 2027-04-25  doubt: a Sunday, as above
quarterly payment        2027-Q2 2027-07-25  doubt: a Sunday, as above
monthly   prepayment     2028-12 2028-12-24  doubt: a Sunday; no text says that it moves, and early is never late
quarterly prepayment     2028-Q4 2028-12-24  doubt: as above
monthly   client_listing 2023    2024-03-30  doubt: a Saturday; the office's date, a day before any text's
quarterly client_listing 2024    2025-03-30  doubt: a Sunday, as above
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(line.split(None, 4)) for line in table.splitlines() if line]


@pytest.mark.parametrize(("regime", "obligation", "period", "due_on", "clause"), rows(TABLE + DOUBTED))
def test_the_date_worked_out_by_hand(
    regime: str, obligation: str, period: str, due_on: str, clause: str
) -> None:
    found = deadline(Obligation(obligation), Regime(regime), period_named(period))
    assert found is not None, clause
    assert (found.due_on, found.law_on) == (date.fromisoformat(due_on), date.fromisoformat(due_on)), clause


def test_the_table_reaches_from_2024_to_2028() -> None:
    days = [date.fromisoformat(row[3]) for row in rows(TABLE + DOUBTED)]
    assert len(days) >= 60
    assert len({row[:3] for row in rows(TABLE + DOUBTED)}) == len(days)
    assert {day.year for day in days} == {2024, 2025, 2026, 2027, 2028}
