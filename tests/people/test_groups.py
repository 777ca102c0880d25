from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotAllowed, NotFound
from comptoir.people.actions.groups import change_group, create_group, delete_group
from comptoir.people.models import Company, Group, GroupMember

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.core.errors import Refused
    from comptoir.people.models import Membership


def members(group: Group) -> set[UUID]:
    return set(GroupMember.objects.filter(group=group).values_list("member", flat=True))


def test_creates_a_group_of_staff(
    admin: Membership, accountant: Membership, colleague: Membership, now: datetime
) -> None:
    group = create_group(
        " Liège ", by=admin, at=now, fallback_email="Liege@Talmont.example",
        member_ids=[accountant.pk, colleague.pk, colleague.pk],
    )  # fmt: skip
    stored = Group.objects.get(pk=group.pk)
    assert (stored.name, stored.fallback_email) == ("Liège", "liege@talmont.example")
    assert members(stored) == {accountant.pk, colleague.pk}
    event = Event.objects.get(verb=Verb.GROUP_CREATED, subject_id=group.pk)
    assert set(event.facts["members"]) == {str(accountant.pk), str(colleague.pk)}


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "Namur"}),
        ("fallback_email", {"name": "Liège", "fallback_email": "nowhere"}),
    ],
)
def test_refuses_what_is_not_right(
    field: str, values: dict[str, str], admin: Membership, now: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        create_group(values.pop("name"), by=admin, at=now, **values)
    assert refused.value.field == field


@pytest.mark.parametrize("who", ["sophie", "outsider"])
def test_only_the_offices_own_staff_may_be_in_it(
    who: str, admin: Membership, group: Group, now: datetime, request: pytest.FixtureRequest
) -> None:
    stranger = request.getfixturevalue(who)
    before = members(group)
    with pytest.raises(Invalid):
        change_group(group.pk, by=admin, at=now, name="Namur", fallback_email="", member_ids=[stranger.pk])
    assert members(group) == before


def test_who_is_in_it_sees_its_dossiers_and_who_is_left_out_does_not(  # noqa: PLR0917 -- the people it is about
    admin: Membership,
    colleague: Membership,
    assistant: Membership,
    bakery: Company,
    group: Group,
    now: datetime,
) -> None:
    change_group(group.pk, by=admin, at=now, name="Namur", fallback_email="", member_ids=[colleague.pk])
    assert Company.objects.visible_to(colleague).filter(pk=bakery.pk).exists()
    assert not Company.objects.visible_to(assistant).filter(pk=bakery.pk).exists()
    assert Event.objects.get(verb=Verb.GROUP_CHANGED).facts["members"] == [str(colleague.pk)]


def test_a_dissolved_group_leaves_its_dossiers_to_their_managers(  # noqa: PLR0917 -- the people it is about
    admin: Membership,
    accountant: Membership,
    assistant: Membership,
    bakery: Company,
    group: Group,
    now: datetime,
) -> None:
    delete_group(group.pk, by=admin, at=now)
    assert not Group.objects.filter(pk=group.pk).exists()
    assert Company.objects.visible_to(accountant).filter(pk=bakery.pk).exists()
    assert not Company.objects.visible_to(assistant).filter(pk=bakery.pk).exists()
    assert Event.objects.filter(verb=Verb.GROUP_DELETED, subject_id=group.pk).exists()


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("accountant", NotAllowed), ("assistant", NotAllowed), ("sophie", NotFound), ("outsider", NotFound)],
)
def test_only_an_administrator_changes_groups(
    who: str, refusal: type[Refused], group: Group, now: datetime, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(who)
    with pytest.raises(refusal):
        change_group(group.pk, by=member, at=now, name="X", fallback_email="", member_ids=[])
    with pytest.raises(refusal):
        delete_group(group.pk, by=member, at=now)
    if member.profile != "administrator":
        with pytest.raises(NotAllowed):
            create_group("X", by=member, at=now)
