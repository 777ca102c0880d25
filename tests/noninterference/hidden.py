"""What others do, each with those who may notice it; everybody else must see the same bytes as before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from comptoir.conversations.actions.conversation import (
    assign_conversation,
    close_conversation,
    mark_handled,
    reopen_conversation,
)
from comptoir.conversations.actions.message import delete_message, edit_message
from comptoir.conversations.actions.note import delete_note, edit_note, write_note
from comptoir.conversations.actions.receipt import mark_delivered, mark_seen
from comptoir.core.ids import new_id
from comptoir.people.actions.groups import create_group
from comptoir.people.actions.invitations import invite_member
from comptoir.people.actions.tokens import make_token
from comptoir.questions.actions.asking import take_back_questions
from comptoir.questions.actions.deciding import accept_answers, send_back_answer
from tests.doors.things import put_a_file
from tests.questions.asked import answer, ask, draft
from tests.world import NOW, begin, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.noninterference.scene import Scene


class Doing(NamedTuple):
    """`noticed_by`: letters of the cast. `words` are drawn: what is written is also what others search."""

    name: str
    noticed_by: str
    do: Callable[[Scene, list[str]], None]


def _talk(company: str, by: str, to: str, other: str) -> Callable[[Scene, list[str]], None]:
    """A whole life: begun with a file, answered, read, edited, deleted, closed, opened again, handled."""

    def do(scene: Scene, words: list[str]) -> None:
        one, two = scene.members[by], scene.members[other]
        files = [put_a_file(one, f"{words[0]}.txt").pk] if by != "M" else []
        started = begin(
            one,
            getattr(scene.cast, company),
            subject=words[0],
            body=" ".join(words),
            to=scene.members[to] if to else None,
            files=files,
            at=NOW,
        )
        talk = started.conversation
        mark_delivered([talk.pk], by=two, at=NOW)
        mark_seen(talk.pk, by=two, at=NOW)
        said = say(talk, two, words[-1], at=NOW)
        say(talk, one, "Merci", at=NOW)
        edit_message(said.pk, by=two, at=NOW, body=" ".join(reversed(words)))
        delete_message(started.message.pk, by=one, at=NOW)
        if "facture" in words:
            closer = one if one.is_office else two
            close_conversation(talk.pk, by=closer if closer.is_office else one, at=NOW)
        if "salaire" in words:
            reopen_conversation(talk.pk, by=two, at=NOW)

    return do


def _note(talk: str, by: str) -> Callable[[Scene, list[str]], None]:
    def do(scene: Scene, words: list[str]) -> None:
        member = scene.members[by]
        kept = [
            write_note(scene.talks[talk], by=member, at=NOW, key=new_id(), body=" ".join(words)).note
            for _ in "123"
        ]
        edit_note(kept[1].pk, by=member, at=NOW, body=words[0])
        delete_note(kept[2].pk, by=member, at=NOW)

    return do


def _assign(talk: str, by: str) -> Callable[[Scene, list[str]], None]:
    def do(scene: Scene, words: list[str]) -> None:
        assign_conversation(scene.talks[talk], by=scene.members[by], at=NOW, assignee_id=scene.members[by].pk)

    return do


def _answer(talk: str, by: str) -> Callable[[Scene, list[str]], None]:
    """In a conversation that stood there before."""

    def do(scene: Scene, words: list[str]) -> None:
        say_in = scene.conversations[talk]
        say(say_in, scene.members[by], " ".join(words), at=NOW)
        mark_handled(say_in.pk, by=scene.members[by], at=NOW)

    return do


def _upload(by: str) -> Callable[[Scene, list[str]], None]:
    def do(scene: Scene, words: list[str]) -> None:
        put_a_file(scene.members[by], f"{words[0]}.txt")

    return do


def _invite(by: str, company: str, profile: str) -> Callable[[Scene, list[str]], None]:
    def do(scene: Scene, words: list[str]) -> None:
        company_id = getattr(scene.cast, company).pk if company else None
        invite_member(
            f"{words[0]}@new.example", by=scene.members[by], at=NOW, profile=profile, company_id=company_id
        )

    return do


def _token(scene: Scene, words: list[str]) -> None:
    make_token(scene.members["K"], name=words[0], scopes=["read"], at=NOW)


def _group(scene: Scene, words: list[str]) -> None:
    create_group(words[0], by=scene.members["A"], at=NOW, member_ids=[scene.members["J"].pk])


def _ask(to: str, *, ends: bool = True) -> Callable[[Scene, list[str]], None]:
    """Asked of one alone, passed over, answered, sent back, answered, accepted; one more taken back."""

    def do(scene: Scene, words: list[str]) -> None:
        accountant, client = scene.members["N"], scene.members[to]
        drafts = [draft(accountant, scene.cast.bakery, " ".join(words)) for _ in "123"]
        if not ends:
            return
        taken = ask(accountant, scene.cast.bakery, drafts[2], to=client, subject=words[0])
        take_back_questions(taken.message.pk, by=accountant, at=NOW)
        asked = ask(accountant, scene.cast.bakery, *drafts[:2], to=client, subject=words[0])
        mark_seen(asked.conversation.pk, by=client, at=NOW)
        answer(client, asked.questions[0], words[-1])
        send_back_answer(asked.questions[0].pk, by=accountant, at=NOW, reason=words[0])
        answer(client, asked.questions[0], " ".join(words))
        accept_answers([asked.questions[0].pk], by=accountant, at=NOW)

    return do


DOINGS = [
    Doing("karim confides in the accountant", "ANIK", _talk("bakery", "K", "N", "N")),
    Doing("sophie confides in the accountant", "ANIS", _talk("bakery", "S", "N", "N")),
    Doing("sophie confides in karim", "ANISK", _talk("bakery", "S", "K", "K")),
    Doing("the accountant writes to marc alone", "ANIM", _talk("bakery", "N", "M", "M")),
    Doing("the garage begins a conversation", "AJT", _talk("garage", "T", "", "J")),
    Doing("the office writes to the garage alone", "AJT", _talk("garage", "J", "T", "T")),
    Doing("another office talks", "WP", _talk("elsewhere", "W", "", "P")),
    Doing("another office confides", "WP", _talk("elsewhere", "P", "W", "W")),
    Doing("sophie is asked alone", "ANIS", _ask("S")),
    Doing("karim is asked alone", "ANIK", _ask("K")),
    Doing("questions are drafted", "ANI", _ask("S", ends=False)),
    Doing("a note in the shared one", "ANI", _note("shared", "I")),
    Doing("a note in the closed one", "ANI", _note("closed", "N")),
    Doing("a note in sophie’s private one", "ANI", _note("private", "A")),
    Doing("a note at the garage", "AJ", _note("garage", "J")),
    Doing("the shared one is given to somebody", "ANI", _assign("shared", "N")),
    Doing("an answer in sophie’s private one", "ANIS", _answer("private", "N")),
    Doing("an answer at the garage", "AJT", _answer("garage", "J")),
    Doing("karim hands in a file", "", _upload("K")),
    Doing("an invitation to the garage", "AJ", _invite("J", "garage", "full_access")),
    Doing("an invitation to the staff", "A", _invite("A", "", "assistant")),
    Doing("karim makes a token", "AK", _token),
    Doing("a new group", "AJ", _group),
]
