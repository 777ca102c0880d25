"""Questions to send at the desk: drafts by party with their reasons, sent as one conversation, taken back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from comptoir.conversations.models import Conversation, Message
from comptoir.core.ids import new_id
from comptoir.questions.actions.by_data import raise_drafts
from comptoir.questions.facts import Draft
from comptoir.questions.models import Question
from tests.questions.asked import ask, draft
from tests.questions.books import invoice_in, payment_in
from tests.world import NOW, begin

if TYPE_CHECKING:
    from collections.abc import Callable

    import time_machine
    from django.test import Client

    from comptoir.people.models import Company, Membership

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def desk(browser_of: Callable[[Membership], Client], accountant: Membership) -> Client:
    return browser_of(accountant)


@pytest.fixture
def raised(bakery: Company) -> list[Question]:
    facts = {"amount": Decimal("-30.00"), "booked_on": date(2026, 10, 3), "days": 40}
    return raise_drafts(
        bakery.pk,
        drafts=[
            Draft("B1", name, "no_document", party=party, facts=facts)
            for name, party in (("p1", "Shell Namur"), ("p2", "Shell Namur"), ("p3", "Brico"))
        ],
        at=NOW,
    )


def shown(browser: Client, company: Company, **asked: str) -> str:
    answer = browser.get(f"/desk/companies/{company.pk}/questions", asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def sending(questions: list[Question], **more: str) -> dict[str, Any]:
    keys = {"key": str(new_id()), "message_key": str(new_id())}
    text = {"subject": "{{ questions }} questions", "body": "Bonjour {{ company }}"}
    return {"question": [str(one.pk) for one in questions], **keys, **text, **more}


def test_each_draft_says_why_with_days_and_amounts(
    desk: Client, bakery: Company, raised: list[Question]
) -> None:
    text = shown(desk, bakery)
    reason = "Aucun justificatif trouvé 40 jours après le débit"
    assert text.count(reason) == 3
    assert text.count("−30,00\N{NO-BREAK SPACE}€") >= 3
    assert text.count('rowspan="2"') == 1  # by party
    assert "Encodé jusqu’au" in text
    assert text.count(" checked>") == 3


def test_those_ticked_are_sent_as_one_conversation(
    desk: Client, bakery: Company, raised: list[Question]
) -> None:
    answer = desk.post(
        f"/desk/companies/{bakery.pk}/questions/send", sending(raised[:2], due_on="2026-11-30")
    )
    assert answer.status_code == 302
    [talk] = Conversation.objects.all()
    assert (talk.subject, talk.open_questions, talk.addressee) == ("2 questions", 2, None)
    assert Message.objects.get().body == f"Bonjour {bakery.name}"
    assert {one.due_on for one in Question.objects.open()} == {date(2026, 11, 30)}
    text = shown(desk, bakery)
    assert "2 questions envoyées à 09:30" in text
    assert text.count("tickbox") == 2  # the third, and the one for all


def test_the_same_form_sent_twice_asks_once(desk: Client, bakery: Company, raised: list[Question]) -> None:
    data = sending(raised)
    for _ in "12":
        assert desk.post(f"/desk/companies/{bakery.pk}/questions/send", data).status_code == 302
    assert Conversation.objects.count() == 1


def test_to_one_person(desk: Client, bakery: Company, sophie: Membership, raised: list[Question]) -> None:
    desk.post(f"/desk/companies/{bakery.pk}/questions/send", sending(raised, person=str(sophie.pk)))
    assert Conversation.objects.get().addressee == sophie


def test_only_people_with_full_access_are_offered(
    desk: Client, bakery: Company, raised: list[Question]
) -> None:
    text = shown(desk, bakery)
    assert "Sophie Renard seul(e)" in text
    assert "Marc Dessart" not in text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"subject": " "}, "Indiquez un sujet"),
        ({"body": "{{ nonsense }}"}, "champ qui n’existe pas"),
        ({"body": "Avant le {{ deadline }}"}, "champ que vous avez laissé vide"),
        ({"due_on": "demain"}, "Ceci n’est pas une date"),
        ({"question": []}, "Choisissez au moins une question"),
    ],
)
def test_what_is_refused_stands_beside_its_field_and_nothing_is_lost(
    wrong: dict[str, Any], words: str, desk: Client, bakery: Company, raised: list[Question]
) -> None:
    data = sending(raised[:1], body="Bonjour à vous") | wrong
    answer = desk.post(f"/desk/companies/{bakery.pk}/questions/send", data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert data["body"] in text
    assert text.count(" checked>") == len(data["question"])
    assert not Conversation.objects.exists()


def test_taken_back_within_five_minutes(
    desk: Client, bakery: Company, raised: list[Question], clock: time_machine.Coordinates
) -> None:
    desk.post(f"/desk/companies/{bakery.pk}/questions/send", sending(raised))
    message = Message.objects.get()
    clock.shift(timedelta(minutes=4))
    answer = desk.post(f"/desk/questions/sent/{message.pk}/take-back", follow=True)
    assert "Les questions sont reprises" in answer.content.decode()
    assert Question.objects.drafts().count() == 3


def test_too_late_it_says_so(
    desk: Client, bakery: Company, accountant: Membership, clock: time_machine.Coordinates
) -> None:
    asked = ask(accountant, bakery)
    clock.shift(timedelta(minutes=6))
    assert "take-back" not in shown(desk, bakery)
    answer = desk.post(f"/desk/questions/sent/{asked.message.pk}/take-back", follow=True)
    assert "dans les cinq minutes" in answer.content.decode()
    assert Question.objects.open().count() == 1


def test_put_together_changed_and_dropped(desk: Client, bakery: Company, raised: list[Question]) -> None:
    one, two, three = raised
    desk.post(f"/desk/companies/{bakery.pk}/questions/merge", sending([one, two]))
    assert shown(desk, bakery).count('class="alike"') == 1
    desk.post(f"/desk/questions/{one.pk}/part")
    assert "alike" not in shown(desk, bakery)
    desk.post(f"/desk/companies/{bakery.pk}/questions/merge", sending([one, two]))
    desk.post(f"/desk/questions/{one.pk}/change", {"wording": "Où est le ticket ?", "due_on": ""})
    desk.post(f"/desk/questions/{three.pk}/drop")
    text = shown(desk, bakery)
    assert "Où est le ticket ?" in text
    assert "Brico" not in text
    answer = desk.post(f"/desk/companies/{bakery.pk}/questions/merge", sending([one]))
    assert (answer.status_code, two.pk) == (422, two.pk)


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Goeiedag"), ("de", "Guten Tag"), ("en", "Hello"), ("fr", "Bonjour")]
)
def test_the_introduction_is_in_the_language_that_is_chosen(
    language: str, words: str, desk: Client, bakery: Company, raised: list[Question]
) -> None:
    assert f">{words}," in shown(desk, bakery, language=language)
    assert "{{ deadline }}" in shown(desk, bakery, language=language, template="deadline")


def test_by_hand_in_two_clicks(
    desk: Client, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    invoice, payment = invoice_in(bakery), payment_in(bakery)
    talk = begin(sophie, bakery).conversation
    page = desk.get(f"/invoices/{invoice.pk}/").content.decode()
    assert f"/desk/companies/{bakery.pk}/questions?invoice={invoice.pk}" in page
    page = desk.get(f"/desk/companies/{bakery.pk}/accounts?view=payments").content.decode()
    assert f"/desk/companies/{bakery.pk}/questions?payment={payment.pk}" in page
    page = desk.get(f"/desk/c/{talk.pk}/").content.decode()
    assert f"/desk/companies/{bakery.pk}/questions?about={talk.pk}" in page
    for asked, kind in (("invoice", "A2"), ("payment", "B1"), ("about", "free")):
        subject = {"invoice": invoice, "payment": payment, "about": talk}[asked]
        text = shown(desk, bakery, **{asked: str(subject.pk)})
        assert f'<option value="{kind}" selected>' in text
        field = f"{asked}_id"
        assert f'name="{field}" value="{subject.pk}"' in text
        data = {"kind": kind, "wording": "Qui ?" if kind == "free" else "", field: str(subject.pk)}
        assert desk.post(f"/desk/companies/{bakery.pk}/questions/draft", data).status_code == 302
    assert Question.objects.drafts().count() == 3


def test_the_client_is_offered_none_of_it(
    browser_of: Callable[[Membership], Client], sophie: Membership, bakery: Company
) -> None:
    invoice = invoice_in(bakery)
    assert "questions?invoice" not in browser_of(sophie).get(f"/invoices/{invoice.pk}/").content.decode()


def test_nothing_of_another_dossier_is_named(
    browser_of: Callable[[Membership], Client], admin: Membership, bakery: Company, garage: Company
) -> None:
    invoice = invoice_in(bakery)
    answer = browser_of(admin).get(f"/desk/companies/{garage.pk}/questions?invoice={invoice.pk}")
    assert answer.status_code == 404


def test_an_assistant_sees_and_sends_nothing(
    browser_of: Callable[[Membership], Client], assistant: Membership, bakery: Company
) -> None:
    draft(assistant, bakery)
    text = shown(browser_of(assistant), bakery)
    assert "questions/send" not in text
    assert "Un comptable du dossier les envoie." in text


def test_dossiers_of_mine_with_their_numbers(desk: Client, accountant: Membership, bakery: Company) -> None:
    assert "apparaîtra ici" in desk.get("/desk/questions/").content.decode()
    draft(accountant, bakery)
    text = desk.get("/desk/questions/").content.decode()
    assert f'href="/desk/companies/{bakery.pk}/questions"' in text
    assert "Envoyer 1 question à 1 dossier" in text
