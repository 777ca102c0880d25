"""An office in which every name and every text is one of the payloads. Run beside the product, in its surroundings."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import django

django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402 -- these want the product loaded
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from comptoir.conversations.actions.conversation import assign_conversation, close_conversation  # noqa: E402
from comptoir.conversations.actions.message import delete_message, edit_message  # noqa: E402
from comptoir.conversations.actions.note import write_note  # noqa: E402
from comptoir.conversations.actions.receipt import mark_seen  # noqa: E402
from comptoir.core.errors import Invalid  # noqa: E402
from comptoir.core.ids import new_id  # noqa: E402
from comptoir.files.actions import store_attachment  # noqa: E402
from comptoir.ops.cast import _Office, found_office  # noqa: E402
from comptoir.people.actions.companies import open_company  # noqa: E402
from comptoir.people.actions.groups import create_group  # noqa: E402
from comptoir.people.actions.invitations import invite_member  # noqa: E402
from comptoir.people.actions.offices import change_branding  # noqa: E402
from comptoir.people.actions.people import change_preferences  # noqa: E402
from comptoir.people.actions.tokens import make_token  # noqa: E402
from comptoir.people.enterprise_number import check_digits  # noqa: E402
from comptoir.people.models import Person, VatRegime  # noqa: E402
from comptoir.people.profiles import Profile  # noqa: E402
from tests.browser.payloads import ALL  # noqa: E402
from tests.world import PASSWORD, begin, fresh, say, signed_in  # noqa: E402

if TYPE_CHECKING:
    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Company, Membership

ADDRESSES = ('"<svg/onload=alert(1)>"', '"\'><script>alert(1)</script>"', "<img/src=x/onerror=alert(1)>")


class House:
    def __init__(self) -> None:
        self.now = timezone.now()
        self.password = make_password(PASSWORD)
        self.admin = found_office("Hostile", "Anne", "hostile", at=self.now, password=self.password)
        self.office = _Office(self.admin, at=self.now, password=self.password)
        branding = {"address_line": " ".join(ALL[:9]), "brand_hue": 20, "brand_chroma": 0.1}
        change_branding(by=self.admin, at=self.now, name=ALL[6] + ALL[9] + ALL[21], **branding)
        self.places: dict[str, str] = {}

    def build(self) -> None:
        company, *others = self.companies()
        people = self.people(company)
        self.threads(people, company)
        self.talks(people, company)
        self.around(company)
        self.client, self.places["company"] = people[0], str(company.pk)
        self.places["quiet"] = str(others[0].pk)

    def companies(self) -> list[Company]:
        """The first has all the people; its own name is a payload as well."""
        opened = []
        for place, payload in enumerate(ALL):
            group = create_group(payload[:80], by=self.admin, at=self.now, member_ids=[self.admin.pk])
            number = check_digits(f"0798{place:04}")
            more = {"vat_regime": VatRegime.MONTHLY, "manager_id": self.admin.pk, "group_id": group.pk}
            opened.append(open_company(payload, by=self.admin, at=self.now, enterprise_number=number, **more))
        return opened

    def people(self, company: Company) -> list[Membership]:
        """Their names by the action that anybody has for it; what is empty once it is cleaned stays "Anne"."""
        members = []
        for place, payload in enumerate(ALL):
            member = self.office.client(f"hostile{place}", "Anne", Profile.FULL_ACCESS, company)
            member = fresh(member)
            try:
                change_preferences(member.person, by=member, at=self.now, name=payload, phone=payload[:40])
            except Invalid:
                assert not payload.strip("\u200b\u200d\ufeff\u00ad")
            members.append(fresh(member))
        return members

    def threads(self, people: list[Membership], company: Company) -> None:
        """One conversation each, with a hostile subject; some of them private, some closed by somebody hostile."""
        for place, (member, payload) in enumerate(zip(people, ALL, strict=True)):
            to = people[place - 1] if place % 7 == 1 else None
            begun = begin(member, company, subject=payload, body=payload, at=self.now, to=to).conversation
            write_note(begun.pk, by=self.admin, at=self.now, key=new_id(), body=payload)
            if place % 5 == 0:
                assign_conversation(begun.pk, by=self.admin, at=self.now, assignee_id=self.admin.pk)
            if place % 6 == 0:
                close_conversation(begun.pk, by=member, at=self.now)
            self.places[f"thread-{place}"] = str(begun.pk)

    def talks(self, people: list[Membership], company: Company) -> None:
        """Two long ones in which everybody speaks, with a file of a hostile name."""
        half = len(ALL) // 2
        for name, part in (("talk-1", slice(half)), ("talk-2", slice(half, None))):
            payloads = ALL[part]
            talk = begin(people[0], company, subject="Tous ensemble", at=self.now).conversation
            for member, payload in zip(people[part], payloads, strict=True):
                self._speak(talk, member, payload)
            mine = say(talk, people[0], "D’abord", at=self.now)
            edit_message(mine.pk, by=people[0], at=self.now, body=payloads[0])
            delete_message(say(talk, people[0], payloads[1], at=self.now).pk, by=people[0], at=self.now)
            mark_seen(talk.pk, by=people[3], at=self.now)
            self.places |= {name: str(talk.pk), f"{name}-edited": str(mine.pk)}

    def _speak(self, talk: Conversation, member: Membership, payload: str) -> None:
        name = payload.replace("/", "\u2215")[:90]
        file = store_attachment(io.BytesIO(b"a;b\r\n"), name=f"{name}.csv", by=member, at=self.now)
        say(talk, member, payload, at=self.now, files=[file.pk])

    def around(self, company: Company) -> None:
        for payload in ALL:
            make_token(self.admin, name=payload[:80], scopes=["read"], at=self.now)
        for place, address in enumerate(ADDRESSES):
            email = f"{address}@x{place}.example"
            try:
                invite_member(email, by=self.admin, at=self.now, profile=Profile.ACCOUNTANT, name=ALL[place])
                invite_member(
                    email, by=self.admin, at=self.now, profile=Profile.FULL_ACCESS, company_id=company.pk
                )
            except Invalid:
                assert not address.startswith('"')  # no address at all


def main() -> None:
    with transaction.atomic():
        house = House()
        house.build()
        Person.objects.filter(email__startswith="hostile").update(language="fr")
    facts = {
        part: {"session": signed_in(Client(), fresh(member)).session.session_key}
        for part, member in (("hostile", house.admin), ("hostile-client", house.client))
    }
    json.dump({"people": facts, "places": house.places}, sys.stdout)


if __name__ == "__main__":
    main()
