"""A campaign prepared, opened, and its dossiers asked: once each, in their language, by jobs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.campaigns.actions.asking import ask_dossier
from comptoir.campaigns.actions.campaigns import (
    change_campaign,
    end_campaign,
    open_campaign,
    prepare_campaign,
)
from comptoir.campaigns.models import ChecklistLine, DocumentRequest
from comptoir.campaigns.refusals import CampaignEnded, DueAfterTheLaw, NothingOwed, NotOfTheRegime
from comptoir.campaigns.request_queries import concerned
from comptoir.conversations.models import Message
from comptoir.conversations.refusals import UnknownField
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.core.worker import run_one
from comptoir.people.models import Company
from tests.campaigns.asked import ask, campaign
from tests.world import NOW

if TYPE_CHECKING:
    from tests.world import Cast

pytestmark = pytest.mark.django_db


def _work() -> None:
    while run_one("test"):
        pass


def test_a_campaign_is_prepared_once_with_the_dates_of_its_period(cast: Cast) -> None:
    made = campaign(cast.accountant)
    assert (made.legal_on, made.due_on, made.state) == (date(2026, 11, 20), date(2026, 11, 17), "prepared")
    assert campaign(cast.colleague) == made
    with pytest.raises(NothingOwed):
        prepare_campaign("2026-Q4", by=cast.accountant, at=NOW, regime="monthly")
    with pytest.raises(NothingOwed):
        prepare_campaign("never", by=cast.accountant, at=NOW, regime="monthly")
    with pytest.raises(NotAllowed):
        campaign(cast.client)


def test_its_day_lies_before_the_law_and_its_texts_have_known_fields(cast: Cast) -> None:
    made = campaign(cast.accountant)
    with pytest.raises(DueAfterTheLaw):
        change_campaign(made.pk, by=cast.accountant, at=NOW, due_on=date(2026, 11, 21), texts={})
    texts = {"fr": {"subject": "TVA", "body": "{{ salary }}"}}
    with pytest.raises(UnknownField):
        change_campaign(made.pk, by=cast.accountant, at=NOW, due_on=made.due_on, texts=texts)
    with pytest.raises(NotFound):
        change_campaign(made.pk, by=cast.outsider, at=NOW, due_on=made.due_on, texts={})


def test_opening_asks_by_jobs_every_dossier_concerned_once(cast: Cast) -> None:
    made = campaign(cast.admin)
    Company.objects.filter(pk=cast.garage.pk).update(vat_regime="monthly")
    assert set(concerned(made, member=cast.admin)) == {cast.bakery.pk, cast.garage.pk}
    open_campaign(made.pk, by=cast.admin, at=NOW)
    assert not DocumentRequest.objects.exists()
    _work()
    open_campaign(made.pk, by=cast.admin, at=NOW)
    _work()
    asked = DocumentRequest.objects.filter(campaign=made)
    assert {one.company_id for one in asked} == {cast.bakery.pk, cast.garage.pk}
    assert concerned(made, member=cast.admin) == []
    assert Event.objects.filter(verb=Verb.REQUEST_ASKED).count() == 2


def test_a_dossier_of_another_regime_or_office_is_not_asked(cast: Cast) -> None:
    made = campaign(cast.accountant)
    for company in (cast.garage, cast.elsewhere):
        with pytest.raises(NotOfTheRegime):
            open_campaign(made.pk, by=cast.accountant, at=NOW, company_ids=[company.pk])
    with pytest.raises(NotAllowed):
        open_campaign(made.pk, by=cast.assistant, at=NOW)
    with pytest.raises(NotFound):
        open_campaign(made.pk, by=cast.outsider, at=NOW)


def test_who_lost_the_dossier_before_the_job_ran_asks_nobody(cast: Cast) -> None:
    open_campaign(campaign(cast.accountant).pk, by=cast.accountant, at=NOW)
    Company.objects.update(manager=None, group=None)
    _work()
    assert not DocumentRequest.objects.exists()


def test_a_request_is_a_conversation_in_the_language_of_the_dossier(cast: Cast) -> None:
    Company.objects.filter(pk=cast.bakery.pk).update(language="nl")
    asked = ask(cast.accountant, cast.bakery)
    talk = asked.conversation
    assert talk.subject == "Btw oktober 2026"
    assert talk.awaiting_client_since == NOW
    body = Message.objects.get(conversation=talk).body
    assert "dinsdag 17 november" in body
    assert "vrijdag 20 november" in body
    assert "Nathalie Verhulst" in body
    assert ask(cast.accountant, cast.bakery) == asked
    assert Message.objects.count() == 1


def test_its_words_are_those_of_the_office(cast: Cast) -> None:
    made = campaign(cast.accountant)
    texts = {"fr": {"subject": "Pièces {{ period }}", "body": "Avant {{ deadline }} : {{ company }}"}}
    change_campaign(made.pk, by=cast.accountant, at=NOW, due_on=date(2026, 11, 16), texts=texts)
    asked = ask(cast.accountant, cast.bakery)
    assert asked.conversation.subject == "Pièces octobre 2026"
    assert asked.due_on == date(2026, 11, 16)
    assert Message.objects.get().body == "Avant lundi 16 novembre : Boulangerie Pain & Levain SRL"


def test_its_items_are_those_of_the_dossier_or_else_the_usual(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    assert [one.kind for one in asked.items.order_by("place")] == ["purchases", "sales", "bank"]
    ChecklistLine.objects.create(
        office=cast.bakery.office, company=cast.bakery, kind="cash", label="Caisse du marché", place=1
    )
    later = ask(cast.accountant, cast.bakery, period="2026-11")
    assert [one.title for one in later.items.all()] == ["Caisse du marché"]


def test_the_first_chase_is_planned(cast: Cast) -> None:
    """Asked half an hour after the rung of five days: the next is that of two, on the Friday before its Sunday."""
    asked = ask(cast.accountant, cast.bakery)
    assert asked.next_step_at is not None
    assert asked.next_step_at.isoformat() == "2026-11-13T08:00:00+00:00"


def test_an_ended_campaign_asks_nobody(cast: Cast) -> None:
    asked = ask(cast.accountant, cast.bakery)
    end_campaign(asked.campaign_id, by=cast.accountant, at=NOW)
    with pytest.raises(CampaignEnded):
        open_campaign(asked.campaign_id, by=cast.accountant, at=NOW)
    assert ask_dossier(asked.campaign_id, company_id=cast.garage.pk, by_id=cast.admin.pk, at=NOW) is None
