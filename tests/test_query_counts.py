"""Every list costs the same number of statements for one row, for three and for ten; what it costs is printed (-rP)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.actions.note import write_note
from comptoir.conversations.actions.receipt import mark_seen
from comptoir.core.ids import new_id
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.actions.matches import match_payments
from comptoir.ledger.models import Source
from comptoir.notifications.actions.devices import allow_push
from comptoir.ops.cast import join
from comptoir.people.actions.companies import open_company
from comptoir.people.actions.groups import create_group
from comptoir.people.actions.invitations import invite_member
from comptoir.people.actions.tokens import make_token
from tests.campaigns.own import own_date, subscribe
from tests.documented import document_it, first_payment
from tests.ledger.samples import belgian_ubl, coda_file
from tests.notifications.push_server import BrowserKeys
from tests.world import NOW, Cast, begin, fresh, say, signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.people.models import Membership

ROWS = (1, 3, 10)


class Play(NamedTuple):
    """The cast, the conversation that all messages go to, and which row it is: 0, 1, 2 …"""

    cast: Cast
    talk: object
    number: int

    def member(self, part: str) -> Membership:
        return fresh(getattr(self.cast, part))


def ask_the_client(play: Play) -> None:
    begin(play.member("accountant"), play.cast.bakery, subject=f"Moulin {play.number}")


def ask_the_office(play: Play) -> None:
    begin(play.member("client"), play.cast.bakery, subject=f"Moulin {play.number}")


def confide(play: Play) -> None:
    begin(play.member("client"), play.cast.bakery, to=play.cast.accountant)


def close_one(play: Play) -> None:
    talk = begin(play.member("client"), play.cast.bakery).conversation
    close_conversation(talk.pk, by=play.member("accountant"), at=NOW)


def write_to_each_other(play: Play) -> None:
    for part in ("client", "partner", "accountant"):
        say(play.talk, play.member(part), f"moulin {play.number}")  # type: ignore[arg-type]
    mark_seen(play.talk.pk, by=play.member("admin"), at=NOW)  # type: ignore[attr-defined]


def jot(play: Play) -> None:
    write_note(play.talk.pk, by=play.member("accountant"), at=NOW, key=new_id(), body="Note")  # type: ignore[attr-defined]


def add_a_colleague(play: Play) -> None:
    _join(play, f"client{play.number}@x.example", "full_access", to_the_bakery=True)


def add_staff(play: Play) -> None:
    member = _join(play, f"staff{play.number}@x.example", "accountant", to_the_bakery=False)
    create_group(f"Groupe {play.number}", by=play.member("admin"), at=NOW, member_ids=[member.pk])


def _join(play: Play, email: str, profile: str, *, to_the_bakery: bool) -> Membership:
    company = play.cast.bakery if to_the_bakery else None
    admin = play.member("admin")
    return join(email, email, profile, by=admin, at=NOW, password="!", company=company)  # type: ignore[arg-type]


def invite(play: Play) -> None:
    for company_id, profile in ((play.cast.bakery.pk, "reader"), (None, "assistant")):
        invite_member(
            f"{profile}{play.number}@x.example",
            by=play.member("admin"),
            at=NOW,
            profile="full_feedback" if company_id else profile,
            company_id=company_id,
        )


def open_a_dossier(play: Play) -> None:
    admin = play.member("admin")
    first = 40000000 + play.number * 97
    number = f"0{first:08d}"[:8]
    check = 97 - int(number) % 97
    open_company(
        f"Société {play.number}",
        by=admin,
        at=NOW,
        enterprise_number=f"{number}{check:02d}",
        manager_id=admin.pk,
    )


def make_a_token(play: Play) -> None:
    make_token(play.member("client"), name="Programme", scopes=["read"], at=timezone.now())


def bring(play: Play) -> None:
    number = play.cast.bakery.enterprise_number
    files = (
        belgian_ubl(number=f"N{play.number}", buyer=number),
        coda_file(
            opening=play.number, movements=((-121_000, f"Facture N{play.number}", "Moulins de la Senne"),)
        ),
        b"unreadable %d" % play.number,
    )
    for data in files:
        bakery = play.cast.bakery.pk
        import_file(bakery, by=play.member("accountant"), at=NOW, name="f", data=data, source=Source.PAGE)
    match_payments(play.cast.bakery.pk, at=NOW)


def allow_a_device(play: Play) -> None:
    member, keys = play.member("client"), BrowserKeys()
    allow_push(
        f"https://fcm.googleapis.com/{play.number}",
        by=member,
        at=NOW,
        p256dh=keys.p256dh,
        auth=keys.auth,
        label="Chrome, Android",
        session_key=str(signed_in(Client(), member).session.session_key),
    )


def set_a_date(play: Play) -> None:
    own_date(play.member("admin"), f"2026-{play.number + 2:02d}")
    subscribe(play.member("admin"), play.cast.bakery)


TALK = "{talk}"
ACCOUNTS = "/desk/companies/{bakery}/accounts"
LISTS: list[tuple[str, str, Callable[[Play], None]]] = [
    # whose, where, what makes one row more
    ("client", "/communication/", ask_the_client),
    ("client", "/communication/", confide),
    ("client", "/communication/?state=closed", close_one),
    ("client", "/communication/?state=all", ask_the_office),
    ("client", "/communication/new", add_a_colleague),
    ("client", f"/communication/{TALK}/", write_to_each_other),
    ("client", f"/communication/{TALK}/", add_a_colleague),
    ("client", f"/c/{TALK}/changes?since=0", write_to_each_other),
    ("client", f"/c/{TALK}/older?before=99", write_to_each_other),
    ("client", "/search?q=moulin", write_to_each_other),
    ("client", "/search?q=moulin", ask_the_client),
    ("client", "/counters", ask_the_client),
    ("client", "/profile/", make_a_token),
    ("client", "/profile/notifications", allow_a_device),
    ("accountant", "/desk/", ask_the_office),
    ("accountant", "/desk/?scope=group", ask_the_office),
    ("accountant", "/desk/?view=waiting", ask_the_client),
    ("accountant", "/desk/?view=open&scope=mine", confide),
    ("accountant", "/desk/?view=closed", close_one),
    ("accountant", f"/desk/c/{TALK}/", write_to_each_other),
    ("accountant", f"/desk/c/{TALK}/", jot),
    ("accountant", f"/desk/c/{TALK}/", add_a_colleague),
    ("accountant", f"/c/{TALK}/changes?since=0", jot),
    ("accountant", "/search?q=moulin", write_to_each_other),
    ("client", "/invoices/", bring),
    ("client", "/payments/{payment}/", document_it),
    ("accountant", "/payments/{payment}/", document_it),
    ("accountant", "/desk/payments/{payment}/match", bring),
    ("accountant", ACCOUNTS, bring),
    ("accountant", f"{ACCOUNTS}?view=invoices", bring),
    ("accountant", f"{ACCOUNTS}?view=payments", bring),
    ("admin", "/desk/", open_a_dossier),
    ("admin", "/desk/new", open_a_dossier),
    ("admin", "/desk/companies/", open_a_dossier),
    ("admin", "/desk/companies/{bakery}/", add_a_colleague),
    ("admin", "/desk/companies/{bakery}/", invite),
    ("admin", "/desk/deadlines/", set_a_date),
    ("admin", "/desk/companies/{bakery}/deadlines", set_a_date),
    ("admin", "/desk/settings/staff", add_staff),
    ("admin", "/desk/settings/staff", invite),
    ("admin", "/desk/settings/groups", add_staff),
    ("admin", "/desk/settings/audit", ask_the_office),
    ("admin", "/desk/settings/audit", add_staff),
]


def statements(browser: Client, path: str) -> int:
    """After a first look, which leaves marks."""
    assert browser.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len(captured)


def cost_at_each(cast: Cast, part: str, path: str, add: Callable[[Play], None]) -> dict[int, int]:
    talk = begin(fresh(cast.client), cast.bakery).conversation
    browser = signed_in(Client(), getattr(cast, part))
    where = path.format(talk=talk.pk, bakery=cast.bakery.pk, payment=first_payment(cast).pk)
    cost, made = {}, 0
    for rows in ROWS:
        while made < rows:
            add(Play(cast, talk, made))
            made += 1
        cost[rows] = statements(browser, where)
    return cost


@pytest.mark.parametrize(
    ("part", "path", "add"), LISTS, ids=lambda one: one if isinstance(one, str) else one.__name__
)
def test_a_list_costs_the_same_however_long_it_is(
    cast: Cast, part: str, path: str, add: Callable[[Play], None]
) -> None:
    cost = cost_at_each(cast, part, path, add)
    print(f"{path} for the {part}: {cost}")  # noqa: T201 -- what it costs is worth a look
    assert len(set(cost.values())) == 1, cost
