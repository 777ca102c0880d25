"""What stands there before, and everything that somebody can read: each address that answers a GET, and each query."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse

from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.actions.receipt import mark_seen
from comptoir.conversations.models import Conversation, Message
from tests.doors.knock import knock
from tests.doors.people import LETTERS, Principals
from tests.doors.things import put_a_file
from tests.world import NOW, Cast, begin, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from comptoir.people.models import Membership

# Few, so that what is hidden and what is there share them.
WORDS = ["facture", "salaire", "moulin", "electricite", "2026"]
# What a page is given anew each time it is drawn.
ANEW = re.compile(rb'(?:name|data)[-=]"?(?:message_)?key"?(?: value)?="[^"]*"|[0-9a-f-]{36}:form')

Seen = dict[str, tuple[int, bytes]]


@dataclass
class Scene:
    cast: Cast
    people: Principals
    conversations: dict[str, Conversation] = field(default_factory=dict)

    @property
    def members(self) -> dict[str, Membership]:
        return self.people.members

    @property
    def talks(self) -> dict[str, UUID]:
        return {name: talk.pk for name, talk in self.conversations.items()}


def set_the_scene(scene: Scene) -> None:
    cast, members = scene.cast, scene.members
    talks = scene.conversations
    talks["shared"] = begin(members["S"], cast.bakery, subject="Facture du moulin").conversation
    talks["closed"] = begin(members["N"], cast.bakery, subject="Salaire 2026").conversation
    talks["private"] = begin(members["S"], cast.bakery, subject="Moulin", to=members["N"]).conversation
    talks["garage"] = begin(members["T"], cast.garage, subject="Facture").conversation
    talks["elsewhere"] = begin(members["P"], cast.elsewhere, subject="Facture").conversation
    for name, by in (("shared", "N"), ("shared", "K"), ("private", "N"), ("garage", "J"), ("elsewhere", "W")):
        file = put_a_file(members[by], "facture-2026.txt")
        say(talks[name], members[by], "Électricité, salaire, facture", files=[file.pk])
    mark_seen(talks["shared"].pk, by=members["S"], at=NOW)
    close_conversation(talks["closed"].pk, by=members["N"], at=NOW)


def addresses(scene: Scene, who: str) -> Iterator[str]:
    """All that this one can read by address, of what stood there before."""
    member = scene.members[who]
    yield from ("/counters", "/profile/", *pages(office=member.is_office))
    queries = [*WORDS, "facture moulin", "e", "merci", "salaire 2026", "zzz"]
    yield from (f"/search?{urlencode({'q': query})}" for query in queries)
    side = "desk_thread" if member.is_office else "portal_thread"
    for talk in Conversation.objects.visible_to(member).filter(pk__in=scene.talks.values()).order_by("pk"):
        yield reverse(side, args=[talk.pk])
        yield from (f"{reverse('thread_changes', args=[talk.pk])}?since={since}" for since in (0, 2))
        yield f"{reverse('thread_older', args=[talk.pk])}?before=3"
        if member.is_office:
            yield reverse("company", args=[talk.company_id])
            yield reverse("company_questions", args=[talk.company_id])
        for message in Message.objects.of(talk.pk).filter(author=member.pk).order_by("position"):
            yield reverse("message_receipts", args=[message.pk])


def pages(*, office: bool) -> list[str]:
    if not office:
        listed = [f"/communication/?state={state}" for state in ("open", "closed", "all")]
        return [*listed, "/communication/new"]
    views, scopes = ("to_handle", "waiting", "open", "closed"), ("all", "mine", "group")
    inboxes = [f"/desk/?view={view}&scope={scope}" for view, scope in product(views, scopes)]
    settings = [f"/desk/settings/{part}" for part in ("staff", "groups", "audit")]
    return [
        *inboxes,
        *settings,
        "/desk/new",
        "/desk/companies/",
        "/desk/companies/?archived=1",
        "/desk/questions/",
    ]


def operations(scene: Scene, who: str) -> Iterator[str]:
    """The same by the API."""
    member = scene.members[who]
    yield from ("me", "counters", "companies", "sync", "sync?limit=1")
    yield from (f"conversations?state={state}" for state in ("open", "closed", "all"))
    yield from ("conversations?to_handle=true", "conversations?limit=1&state=all&page=2")
    yield from (f"search?q={word}" for word in [*WORDS, "merci"])
    known = Conversation.objects.visible_to(member).filter(pk__in=scene.talks.values()).order_by("pk")
    yield f"sync?conversations={','.join(f'{pk}:1' for pk in known.values_list('pk', flat=True))}"
    for talk in known:
        yield f"conversations/{talk.pk}"
        yield from (f"conversations/{talk.pk}/messages{query}" for query in ("", "?since_revision=1"))
        yield f"companies/{talk.company_id}/people"
        if member.is_office:
            yield f"conversations/{talk.pk}/notes"
        for message in Message.objects.of(talk.pk).order_by("position"):
            if message.author_id == member.pk:
                yield f"messages/{message.pk}/receipts"


def read_everything(scene: Scene, who: str) -> Seen:
    """What each address answers this one now. Reading leaves marks, so each is undone before the next."""
    browser, nobody = scene.people.browsers[who], scene.people.browsers["-"]
    token = {"Authorization": f"Bearer {scene.people.secrets[who]}"}
    seen: Seen = {}
    for path in addresses(scene, who):
        seen[path] = _without_what_is_new(knock(browser, "GET", path))
    for path in operations(scene, who):
        seen[f"api {path}"] = _without_what_is_new(knock(nobody, "GET", f"/api/v1/{path}", headers=token))
    return seen


def _without_what_is_new(answer: object) -> tuple[int, bytes]:
    return answer.status, ANEW.sub(b"", answer.body)  # type: ignore[attr-defined]


class Undone:
    """`with Undone():` what happens inside did not happen."""

    def __enter__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *_: object) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


EVERYBODY = tuple(LETTERS)
