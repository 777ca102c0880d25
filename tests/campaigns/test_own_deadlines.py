"""An administrator sets a date or a rule, replaces it and withdraws it; each is in the audit trail with its reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from comptoir.activity.models import Event
from comptoir.campaigns.actions.deadlines import set_rule, withdraw_deadline
from comptoir.campaigns.models import OwnDeadline
from comptoir.campaigns.queries import deadline_seen, own_deadlines
from comptoir.core.errors import Invalid, NotAllowed, NotFound
from comptoir.core.ids import new_id
from tests.campaigns.own import OURS, RETURN, own_date
from tests.world import NOW

if TYPE_CHECKING:
    from comptoir.people.models import Membership

BY_LAW = date(2026, 11, 20)


def own_rule(by: Membership, **other: Any) -> OwnDeadline:
    values = {
        "at": NOW,
        "regime": "monthly",
        "day": 15,
        "valid_from": date(2026, 10, 1),
        "valid_to": None,
        "shifts": False,
        "reason": "Nous déposons tôt.",
    }
    return set_rule(other.pop("obligation", "return"), by=by, **{**values, **other})


def due_on(seen_by: Membership, period: str = "2026-10", **which: str) -> date:
    return deadline_seen(seen_by, **{**RETURN, "period": period, **which}).due_on


def test_a_date_of_the_office_holds_for_its_staff_and_no_other(
    admin: Membership, accountant: Membership, outsider: Membership
) -> None:
    own_date(admin)
    found = deadline_seen(accountant, period="2026-10", **RETURN)
    assert (found.due_on, found.law_on, found.reason) == (OURS, BY_LAW, "Congé collectif.")
    assert due_on(outsider) == BY_LAW
    assert due_on(accountant, obligation="payment") == BY_LAW


def test_who_set_it_when_and_why_is_in_the_audit_trail(admin: Membership) -> None:
    one = own_date(admin)
    event = Event.objects.get(verb="deadline.set")
    assert (event.subject_id, event.by_id, event.at, event.office_id) == (
        one.pk,
        admin.pk,
        NOW,
        admin.office_id,
    )
    assert event.facts == {
        "obligation": "return",
        "vat_regime": "monthly",
        "because": "Congé collectif.",
        "period": "2026-10",
        "due_on": "2026-11-18",
    }


def test_a_second_date_takes_the_place_of_the_first_which_stays_to_be_read(admin: Membership) -> None:
    first = own_date(admin)
    own_date(admin, due_on=date(2026, 11, 19), at=NOW + timedelta(hours=1))
    assert due_on(admin) == date(2026, 11, 19)
    first.refresh_from_db()
    assert first.withdrawn_at == NOW + timedelta(hours=1)
    assert own_deadlines(admin).count() == 1


def test_a_rule_holds_from_and_to_and_the_later_of_two(admin: Membership) -> None:
    own_rule(admin, valid_to=date(2026, 11, 1))
    assert [due_on(admin, p) for p in ("2026-09", "2026-10", "2026-11", "2026-12")] == [
        date(2026, 10, 20),
        date(2026, 11, 15),
        date(2026, 12, 15),
        date(2027, 1, 20),
    ]
    own_rule(admin, shifts=True, at=NOW + timedelta(hours=1))
    assert due_on(admin) == date(2026, 11, 16)  # the 15th is a Sunday
    own_date(admin)
    assert due_on(admin) == OURS


def test_a_rule_of_a_listing_keeps_its_month(admin: Membership) -> None:
    own_rule(admin, obligation="client_listing", regime="quarterly", valid_from=date(2026, 1, 1))
    assert due_on(admin, "2026", obligation="client_listing", regime="quarterly") == date(2027, 3, 15)


def test_withdrawn_the_law_holds_again(admin: Membership) -> None:
    one = own_date(admin)
    withdraw_deadline(one.pk, by=admin, at=NOW)
    assert due_on(admin) == BY_LAW
    assert Event.objects.get(verb="deadline.withdrawn").facts["because"] == "Congé collectif."
    with pytest.raises(NotFound):
        withdraw_deadline(one.pk, by=admin, at=NOW)


@pytest.mark.parametrize("who", ["accountant", "assistant", "sophie"])
def test_only_administrators_set(who: str, admin: Membership, request: pytest.FixtureRequest) -> None:
    one, by = own_date(admin), request.getfixturevalue(who)
    for act in (own_date, own_rule):
        with pytest.raises(NotAllowed):
            act(by)
    with pytest.raises(NotFound if who == "sophie" else NotAllowed):
        withdraw_deadline(one.pk, by=by, at=NOW)
    assert own_deadlines(admin).count() == 1


def test_another_offices_is_missing(admin: Membership, outsider: Membership) -> None:
    one = own_date(admin)
    for pk in (one.pk, new_id()):
        with pytest.raises(NotFound):
            withdraw_deadline(pk, by=outsider, at=NOW)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("reason", {"reason": " \u200b"}),
        ("period", {"period": "2026-Q4"}),  # no period of a monthly filer
        ("period", {"period": "x"}),
        ("period", {"obligation": "prepayment"}),  # not of October
        ("period", {"regime": "exempt"}),
        ("obligation", {"obligation": "x"}),
        ("due_on", {"due_on": date(2026, 9, 30)}),
        ("due_on", {"due_on": date(2027, 11, 2)}),
    ],
)
def test_what_a_date_may_not_be(field: str, wrong: dict[str, Any], admin: Membership) -> None:
    with pytest.raises(Invalid) as refused:
        own_date(admin, **wrong)
    assert refused.value.field == field
    assert not OwnDeadline.objects.exists()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("reason", {"reason": ""}),
        ("regime", {"regime": "exempt"}),
        ("day", {"day": 0}),
        ("day", {"day": 32}),
        ("valid_to", {"valid_to": date(2026, 9, 30)}),
    ],
)
def test_what_a_rule_may_not_be(field: str, wrong: dict[str, Any], admin: Membership) -> None:
    with pytest.raises(Invalid) as refused:
        own_rule(admin, **wrong)
    assert refused.value.field == field
    assert not OwnDeadline.objects.exists()
