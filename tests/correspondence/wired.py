"""Run in an instance's own surroundings: whoever is told here is an address of the other instance, as a mistake makes it.

First without arguments: prints the address by which the client here answers. Then with the other's: the accountant is
told at that address, and the client's own address is the other's sender, so that what comes from there is believed.
"""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402 -- these want the product loaded

from comptoir.conversations.models import Conversation  # noqa: E402
from comptoir.notifications.models import OfficePolicy, Preference  # noqa: E402
from comptoir.notifications.reply_addresses import reply_address  # noqa: E402
from comptoir.people.models import Membership, Person  # noqa: E402
from tests.world import begin, fresh  # noqa: E402

CLIENT, ACCOUNTANT, *MORE = sys.argv[1:]


def main() -> None:
    client = fresh(Membership.objects.get(pk=CLIENT))
    if not MORE:
        assert client.company is not None
        talk = begin(client, client.company, at=timezone.now()).conversation
        json.dump(
            {"talk": str(talk.pk), "address": reply_address(client, talk, at=timezone.now())}, sys.stdout
        )
        return
    their_address, their_sender, talk_id = MORE
    accountant = fresh(Membership.objects.get(pk=ACCOUNTANT))
    # Nobody else is told, so that every mail is one of these two instances to the other.
    talk = Conversation.objects.get(pk=talk_id)
    told = {accountant.pk, client.pk}
    others = Membership.objects.filter(office=client.office_id).exclude(pk__in=told)
    Preference.objects.bulk_create([Preference(member=one, email_on=False, push_on=False) for one in others])
    Preference.objects.create(member=accountant, delay_minutes=0)
    OfficePolicy.objects.create(office=client.office, delay_minutes=0)
    Person.objects.filter(pk=accountant.person_id).update(email=their_address)
    Person.objects.filter(pk=client.person_id).update(email=their_sender)
    json.dump({"talk": str(talk.pk)}, sys.stdout)


if __name__ == "__main__":
    main()
