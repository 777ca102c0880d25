"""Questions of the demo's first dossier: drafts of the data and by hand, and some asked, in every state."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from comptoir.conversations.actions.receipt import mark_delivered, mark_seen
from comptoir.core.ids import new_id
from comptoir.questions.actions.answers import answer_question, pass_on_question
from comptoir.questions.actions.asking import ask_questions
from comptoir.questions.actions.deciding import accept_answers, send_back_answer, withdraw_question
from comptoir.questions.actions.drafts import draft_question
from comptoir.questions.detection import raise_questions

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.ops.cast import Cast
    from comptoir.questions.models import Question

ASKED = (
    "Qui était au restaurant avec vous le 3 octobre ?",
    "À quoi sert l’abonnement « Canva Pro » ?",
    "Le four acheté en septembre remplace-t-il l’ancien ?",
    "La camionnette est-elle aussi utilisée en privé ?",
    "Avez-vous reçu la prime de la Région ?",
)
BY_HAND = "Le loyer de l’atelier a-t-il été indexé ?"


def bring_questions(cast: Cast, *, at: datetime) -> None:
    """What was asked last week in two conversations; then what the accounts ask now, and one question by hand."""
    week = at - timedelta(days=6)
    seen, sent_back, accepted, answered, withdrawn = _ask(cast, ASKED, "Questions du trimestre", at=week)
    day = week + timedelta(days=1)
    _answer(cast, answered, "Oui, le week-end", at=day)
    _answer(cast, accepted, "Oui, l’ancien est parti à la ferraille", at=day)
    _answer(cast, sent_back, "Pour le magasin", at=day)
    pass_on_question(seen.pk, by=cast.client, at=day, to_id=cast.partner.pk)
    accept_answers([accepted.pk], by=cast.accountant, at=day)
    send_back_answer(sent_back.pk, by=cast.accountant, at=day, reason="Pour les affiches ou pour le site ?")
    withdraw_question(withdrawn.pk, by=cast.accountant, at=day, reason="Trouvé sur l’extrait du 9.")
    [delivered] = _ask(cast, ("Que contenait la caisse au 31 octobre ?",), "La caisse", at=day)
    assert delivered.conversation_id is not None
    mark_delivered([delivered.conversation_id], by=cast.client, at=day)
    _ask(cast, ("Quand la nouvelle vendeuse commence-t-elle ?",), "Personnel", at=at - timedelta(hours=1))
    raise_questions(cast.bakery.pk, at=at)
    _draft(cast, BY_HAND, at=at)


def _draft(cast: Cast, wording: str, *, at: datetime) -> UUID:
    return draft_question(
        cast.bakery.pk, by=cast.assistant, at=at, key=new_id(), kind="free", wording=wording
    ).pk


def _ask(cast: Cast, wordings: tuple[str, ...], subject: str, *, at: datetime) -> list[Question]:
    asked = ask_questions(
        [_draft(cast, wording, at=at) for wording in wordings],
        company_id=cast.bakery.pk,
        by=cast.accountant,
        at=at,
        key=new_id(),
        message_key=new_id(),
        subject=subject,
        body="Bonjour Sophie,\n\nQuelques questions pour avancer dans les comptes. Merci !\n\nNathalie",
        due_on=(at + timedelta(days=10)).date(),
    )
    return asked.questions


def _answer(cast: Cast, question: Question, body: str, *, at: datetime) -> None:
    assert question.conversation_id is not None
    mark_seen(question.conversation_id, by=cast.client, at=at)
    answer_question(question.pk, by=cast.client, at=at, key=new_id(), choice="text", body=body)
