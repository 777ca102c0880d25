"""One separate conversation per selected dossier, all or none, with fields filled for each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.bulk import FIELDS, field_values, filled, start_conversations
from comptoir.conversations.models import Conversation, Message
from comptoir.conversations.refusals import EmptyField, NothingSelected, UnknownField
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.core.ids import new_id
from comptoir.people.models import Company
from tests.conversations.facts import again, waits
from tests.world import NOW, Cast, fresh

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from comptoir.people.models import Membership

# No text of its own: each test gives the one it is about.
PLAIN = {"subject": "TVA", "body": "Bonjour"}


def start(by: Membership, company_ids: list[UUID], **given: Any) -> list[Any]:
    return start_conversations(company_ids, by=by, **{"at": NOW, "key": new_id(), **PLAIN, **given})


def test_each_dossier_receives_its_own_with_its_own_values(cast: Cast, admin: Membership) -> None:
    started = start(
        admin,
        [cast.garage.pk, cast.bakery.pk],
        subject="TVA {{ period }} : {{company}}",
        body="{{ company }} ({{ number }}), avant le {{ deadline }}. {{ manager }}, {{ office }}",
        period="T3 2026",
        deadline="20/10",
    )
    found = [(one.conversation.company_id, one.conversation.subject, one.message.body) for one in started]
    assert found == [
        (
            cast.garage.pk,
            "TVA T3 2026 : Garage Thonon & Fils SRL",
            "Garage Thonon & Fils SRL (0455.117.268), avant le 20/10. Julien Moreau, Fiduciaire Talmont",
        ),
        (
            cast.bakery.pk,
            "TVA T3 2026 : Boulangerie Pain & Levain SRL",
            "Boulangerie Pain & Levain SRL (0712.458.367), avant le 20/10. Nathalie Verhulst, Fiduciaire Talmont",
        ),
    ]
    assert all(not one.conversation.is_private for one in started)


def test_a_client_sees_only_their_own_and_nothing_of_the_selection(cast: Cast, admin: Membership) -> None:
    start(admin, [cast.garage.pk, cast.bakery.pk])
    assert Conversation.objects.count() == 2
    for part, company in (("client", cast.bakery), ("other", cast.garage)):
        seen = Conversation.objects.visible_to(fresh(getattr(cast, part)))
        assert [talk.company_id for talk in seen] == [company.pk]


@pytest.mark.parametrize(("asks", "expected"), [(True, "client"), (False, "look")])
def test_each_waits_for_its_own_client(cast: Cast, admin: Membership, *, asks: bool, expected: str) -> None:
    started = start(admin, [cast.garage.pk, cast.bakery.pk], expects_answer=asks)
    assert [waits(one.conversation) for one in started] == [expected, expected]


def test_the_same_again_returns_the_same_ones(cast: Cast, admin: Membership) -> None:
    key, both = new_id(), [cast.bakery.pk, cast.garage.pk]
    first = start(admin, both, key=key)
    second = start(admin, both, key=key, at=NOW + timedelta(minutes=1))
    assert [one.conversation for one in first] == [one.conversation for one in second]
    assert [one.is_new for one in second] == [False, False]
    assert (Conversation.objects.count(), Message.objects.count()) == (2, 2)


def test_a_dossier_named_twice_receives_one(cast: Cast, admin: Membership) -> None:
    assert len(start(admin, [cast.bakery.pk, cast.bakery.pk])) == 1


# ── All or none ──────────────────────────────────────────────────────────
@pytest.mark.parametrize("bad", ["elsewhere", "missing", "archived"])
def test_one_that_is_not_there_stops_them_all(cast: Cast, admin: Membership, bad: str) -> None:
    wrong = {"elsewhere": cast.elsewhere.pk, "missing": new_id(), "archived": cast.garage.pk}[bad]
    if bad == "archived":
        Company.objects.filter(pk=wrong).update(archived_at=NOW)
    with pytest.raises(NotFound):
        start(admin, [cast.bakery.pk, wrong])
    assert not Conversation.objects.exists()


def test_an_accountant_reaches_their_own_dossiers_only(cast: Cast, accountant: Membership) -> None:
    assert len(start(accountant, [cast.bakery.pk])) == 1
    with pytest.raises(NotFound):
        start(accountant, [cast.bakery.pk, cast.garage.pk])


@pytest.mark.parametrize("part", ["assistant", "client", "partner", "documents", "reader"])
def test_who_may_not(cast: Cast, part: str) -> None:
    with pytest.raises(NotAllowed):
        start(fresh(getattr(cast, part)), [cast.bakery.pk])
    assert not Conversation.objects.exists()


def test_a_selection_has_a_beginning_and_an_end(admin: Membership) -> None:
    for chosen in ([], [new_id() for _ in range(501)]):
        with pytest.raises(NothingSelected):
            start(admin, chosen)


# ── Fields ───────────────────────────────────────────────────────────────
def test_a_field_that_does_not_exist_is_refused_before_anything_is_sent(
    cast: Cast, admin: Membership
) -> None:
    for given in ({"body": "{{ iban }}"}, {"subject": "{{ company }} {{ siret }}"}):
        with pytest.raises(UnknownField):
            start(admin, [cast.bakery.pk], **given)
    assert not Conversation.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "{ company }",
        "{{company",
        "{% now %}",
    ],
)
def test_whatever_is_no_field_stays_as_it_was_typed(text: str) -> None:
    assert filled(text, {"company": "Moulin"}, field="body") == text


@pytest.mark.parametrize("text", ["{{ société }}", "{{ company.name }}", "{{}}", "{{ compagny }}"])
def test_what_nearly_is_a_field_is_refused_rather_than_sent(text: str) -> None:
    with pytest.raises(UnknownField) as refused:
        filled(text, {"company": "Moulin"}, field="subject")
    assert refused.value.field == "subject"


@pytest.mark.parametrize("text", ["{{ Company }}", "{{  company  }}", "{{company}}"])
def test_spaces_and_capitals_do_not_matter(text: str) -> None:
    assert filled(text, {"company": "Moulin"}, field="body") == "Moulin"


def test_a_field_that_was_left_empty_is_refused(cast: Cast, admin: Membership) -> None:
    with pytest.raises(EmptyField) as refused:
        start(
            admin,
            [cast.bakery.pk],
            body="Pour {{ period }} avant le {{ deadline }}.",
            period="T3",
            deadline=" ",
        )
    assert refused.value.field == "deadline"
    assert not Conversation.objects.exists()


def test_a_value_is_a_value_even_if_it_looks_like_a_field() -> None:
    assert (
        filled("{{ company }}!", {"company": "{{ number }}", "number": "7"}, field="body") == "{{ number }}!"
    )
    assert filled("{{ company }}", {"company": r"\1 <b>"}, field="body") == r"\1 <b>"


def test_every_field_that_is_offered_has_a_value(cast: Cast, admin: Membership, bakery: Company) -> None:
    assert tuple(field_values(bakery, by=admin, period="T3", deadline="20/10")) == FIELDS


def test_a_dossier_without_manager_is_signed_by_whoever_sends(admin: Membership, bakery: Company) -> None:
    bakery.manager = None
    assert field_values(bakery, by=admin, period="", deadline="")["manager"] == "Philippe Talmont"


def test_the_conversations_are_open_and_begun_by_the_office(cast: Cast, admin: Membership) -> None:
    now = again(start(admin, [cast.bakery.pk])[0].conversation)
    assert (now.is_open, now.started_by_office, now.started_by_id) == (True, True, admin.pk)
