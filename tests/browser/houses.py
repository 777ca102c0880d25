"""Offices that some of the browser's tests have for themselves. Built inside the product's own surroundings.

The *gallery* holds one of everything that a page can show, so that every page can be looked at without being made
first. The *manual*'s two companies are for walking the client's manual, one on a phone and one at a desk.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from comptoir.conversations.actions.conversation import (
    assign_conversation,
    close_conversation,
    reopen_conversation,
)
from comptoir.conversations.actions.message import delete_message, edit_message
from comptoir.conversations.actions.note import write_note
from comptoir.core.ids import new_id
from comptoir.files.actions import store_attachment
from comptoir.ledger.actions.documents import tie_document
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.models import Invoice, Payment, Source
from comptoir.ops.cast import _Office, found_office
from comptoir.ops.demo_accounts import bring_accounts
from comptoir.ops.demo_papers import paper
from comptoir.people.actions.companies import archive_company
from comptoir.people.actions.groups import create_group
from comptoir.people.actions.invitations import invite_member
from comptoir.people.actions.memberships import end_membership
from comptoir.people.actions.tokens import make_token
from comptoir.people.enterprise_number import check_digits
from comptoir.people.models import VatRegime
from comptoir.people.profiles import Profile
from comptoir.questions.actions.deciding import accept_answers
from comptoir.questions.detection import raise_questions
from tests.browser.mails import mails
from tests.questions.asked import answer, ask, draft
from tests.world import PASSWORD, begin, say

if TYPE_CHECKING:
    from uuid import UUID

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Company, Membership

NUMBERS = {name: check_digits(f"0799{place:04}") for place, name in enumerate(("books", "empty", "old"))}


@dataclass
class House:
    """People by the part that they play, and the addresses of what stands there."""

    people: dict[str, Membership] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def gallery() -> House:
    """A house in which every page has something to show, and some have nothing."""
    start = timezone.now() - timedelta(days=40)
    password = make_password(PASSWORD)
    curator = found_office("Fiduciaire Lambert", "Anne Lambert", "curator", at=start, password=password)
    office = _Office(curator, at=start, password=password)
    house = House(people={"curator": curator, "keeper": _staff(office, "keeper", "Olivier Maes")})
    house.people["idle"] = _staff(office, "idle", "Nora Peeters")
    group = create_group("Liège", by=curator, at=start, member_ids=[house.people["keeper"].pk])
    create_group("Verviers", by=curator, at=start, fallback_email="verviers@lambert.example")
    keeper = house.people["keeper"]
    books = office.company("Librairie Papyrus SRL", NUMBERS["books"], keeper, VatRegime.MONTHLY, group=group)
    empty = office.company("Atelier Vide SNC", NUMBERS["empty"], curator, VatRegime.EXEMPT)
    old = office.company("Ancienne Quincaillerie SA", NUMBERS["old"], curator, VatRegime.QUARTERLY)
    archive_company(old.pk, by=curator, at=start)
    house.people["guest"] = office.client("guest", "Camille Dubois", Profile.FULL_ACCESS, books)
    house.people["friend"] = office.client("friend", "Hugo Dubois", Profile.FULL_ACCESS, books)
    house.people["papers"] = office.client("papers", "Iris Claes", Profile.DOCUMENT_PROCESSING, books)
    house.people["critic"] = office.client("critic", "Paul Simon", Profile.FULL_FEEDBACK, books)
    house.people["newcomer"] = office.client("newcomer", "Zoé Vide", Profile.FULL_ACCESS, empty)
    house.people["gone"] = office.client("gone", "Luc Parti", Profile.FULL_ACCESS, books)
    end_membership(house.people["gone"].pk, by=curator, at=start + timedelta(days=1))
    house.places |= {"books": str(books.pk), "old": str(old.pk), "group": str(group.pk)}
    _invitations(curator, books)
    _conversations(house, books)
    house.places["mail"] = str(mails(books, keeper=keeper))
    _accounts(house, books, at=start)
    _questions(house, books)
    for part in ("curator", "guest"):
        make_token(house.people[part], name="Tableur du bureau", scopes=["read"], at=timezone.now())
    return house


def _accounts(house: House, books: Company, *, at: datetime) -> None:
    keeper, guest = house.people["keeper"], house.people["guest"]
    bring_accounts(books, by=keeper, at=timezone.now(), leave_out=4)
    import_file(books.pk, by=keeper, at=at, name="a.xml", data=b"<a/>", source=Source.PAGE)
    csv = b"Quand;Combien;Qui\n12/10/2026;-12,50;Papeterie du Coin\n"
    unnamed = import_file(books.pk, by=keeper, at=at, name="export.csv", data=csv, source=Source.PAGE)
    house.places["unnamed"] = str(unnamed.file.pk)
    payment = Payment.objects.filter(company=books, matched=0, amount__lt=0).order_by("booked_on", "id")[0]
    receipt = store_attachment(io.BytesIO(b"Ticket 12,50"), name="ticket.txt", by=guest, at=at)
    tie_document(payment.pk, file_id=receipt.pk, by=guest, at=at)
    house.places["payment"] = str(payment.pk)
    house.places["invoice"] = str(Invoice.objects.filter(company=books).order_by("number")[0].pk)


def _staff(office: _Office, part: str, name: str) -> Membership:
    return office.staff(part, name, Profile.ACCOUNTANT)


def _questions(house: House, books: Company) -> None:
    """Open, answered and accepted ones in one conversation; drafts of the data, and one by hand."""
    keeper, guest, now = house.people["keeper"], house.people["guest"], timezone.now()
    asked = ask(keeper, books, *(draft(keeper, books, f"Question {n} ?") for n in "123"), at=now)
    for question in asked.questions[:2]:
        answer(guest, question)
    accept_answers([asked.questions[0].pk], by=keeper, at=now)
    house.places["questions"] = str(asked.conversation.pk)
    raise_questions(books.pk, at=now)
    draft(keeper, books, "Le loyer a-t-il été indexé ?")


def _invitations(curator: Membership, books: Company) -> None:
    now = timezone.now()
    for at, email in ((now, "nouveau@lambert.example"), (now - timedelta(days=30), "oublie@lambert.example")):
        invite_member(email, by=curator, at=at, profile=Profile.ACCOUNTANT)
        invite_member(email, by=curator, at=at, profile=Profile.FULL_ACCESS, company_id=books.pk)


def _conversations(house: House, books: Company) -> None:
    now = timezone.now()
    guest, keeper, curator = (house.people[part] for part in ("guest", "keeper", "curator"))
    asked = begin(
        keeper,
        books,
        subject="Facture d’Imprimerie Rapide",
        body="Pouvez-vous envoyer la facture de mars ? Le modèle : https://lambert.example/modele",
        at=now - timedelta(days=4),
        files=[attached("facture-mars.pdf", keeper, at=now), attached("camionnette.png", keeper, at=now)],
    ).conversation
    long = _long(house, books)
    private = begin(guest, books, subject="Une affaire privée", to=keeper, at=now - timedelta(hours=5))
    begin(curator, books, subject="Nos heures d’été", at=now - timedelta(days=1), expects_answer=False)
    mine = begin(guest, books, subject="Carte d’essence", at=now - timedelta(days=30)).conversation
    close_conversation(mine.pk, by=guest, at=now - timedelta(days=20))
    theirs = begin(keeper, books, subject="Bilan de l’an dernier", at=now - timedelta(days=35)).conversation
    close_conversation(theirs.pk, by=keeper, at=now - timedelta(days=10))
    again = begin(guest, books, subject="Leasing", at=now - timedelta(days=12)).conversation
    close_conversation(again.pk, by=guest, at=now - timedelta(days=11))
    reopen_conversation(again.pk, by=guest, at=now - timedelta(days=3))
    places = {"asked": asked, "long": long, "private": private.conversation, "closed": mine, "again": again}
    house.places |= {name: str(conversation.pk) for name, conversation in places.items()}


def _long(house: House, books: Company) -> Conversation:
    """More than one page of it, with whatever a row can be."""
    guest, keeper, at = house.people["guest"], house.people["keeper"], timezone.now() - timedelta(days=6)
    begun = begin(guest, books, subject="Inventaire de la librairie", at=at).conversation
    for number in range(58):
        say(
            begun,
            (guest, keeper)[number % 2],
            f"Point {number} de l’inventaire.",
            at=at + timedelta(hours=number),
        )
    edited = say(begun, guest, "Vingt livres", at=timezone.now())
    edit_message(edited.pk, by=guest, at=timezone.now(), body="Trente livres")
    house.places["edited"] = str(edited.pk)
    delete_message(say(begun, guest, "À ne pas lire", at=timezone.now()).pk, by=guest, at=timezone.now())
    write_note(begun.pk, by=keeper, at=timezone.now(), key=new_id(), body="Vérifier le stock avec Anne.")
    assign_conversation(begun.pk, by=keeper, at=timezone.now(), assignee_id=keeper.pk)
    say(begun, guest, "Voilà tout pour aujourd’hui.", at=timezone.now(), files=[attached("stock.csv", guest)])
    return begun


def attached(name: str, by: Membership, *, at: datetime | None = None) -> UUID:
    data = paper(name, company="Librairie Papyrus SRL")
    return store_attachment(io.BytesIO(data), name=name, by=by, at=at or timezone.now()).pk


def manual() -> House:
    """An office with two companies that are alike, one for each size of screen."""
    start = timezone.now() - timedelta(days=40)
    password = make_password(PASSWORD)
    admin = found_office("Bureau Delvaux", "Béatrice Delvaux", "delvaux", at=start, password=password)
    office = _Office(admin, at=start, password=password)
    house = House(people={"delvaux": admin, "delvaux-accountant": _staff(office, "thomas", "Thomas Leroy")})
    for size, number in (("phone", check_digits("07990010")), ("desk", check_digits("07990011"))):
        manager = house.people["delvaux-accountant"]
        company = office.company(f"Fleurs & Jardin {size}", number, manager, VatRegime.MONTHLY)
        for part, name in (("client", "Amélie Petit"), ("friend", "Bruno Petit")):
            member = office.client(f"{part}-{size}", f"{name}", Profile.FULL_ACCESS, company)
            house.people[f"{part}-{size}"] = member
        house.places |= {f"company-{size}": str(company.pk), f"number-{size}": company.enterprise_number}
    return house
