"""What happens every month: a year of it, so that the demo office has a past."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from comptoir.ops.demo_script import Line, Scene, written

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = 12
# Those with a monthly return; their managers ask, their clients answer.
ASKED = (
    ("Boulangerie Pain & Levain SRL", "accountant"),
    ("Transports Wouters SRL", "accountant"),
    ("Taxi Sambre SRL", "colleague"),
)
QUESTIONS = (
    "Bonjour, il est temps de réunir les documents TVA {de-1} : achats, ventes, caisse et extraits, pour le 12 si possible.",
    "Bonjour, pour la TVA {de-1} j'ai déjà la banque. Pouvez-vous m'envoyer les achats, les ventes et la caisse ?",
    "Bonjour, les factures Peppol {de-1} sont arrivées d'elles-mêmes. Il me manque les tickets et la caisse.",
    "Bonjour, voici venu le moment de la TVA {de-1}. Même liste que d'habitude : achats, ventes, caisse, extraits.",
)
ANSWERS = (
    "Voilà tout pour {m-1}. Il y a une note de crédit à la fin.",
    "Tout est là, sauf le carburant que je vous envoie demain.",
    "Voici ! Le mois a été calme, il n'y en a pas beaucoup.",
    "C'est fait, avec la caisse en plus. Bonne journée !",
)
THANKS = (
    "Merci, c'est complet. La déclaration est partie, le montant à payer est sur l'accusé.",
    "Bien reçu, rien ne manque. Je dépose aujourd'hui et vous envoie l'accusé.",
    "Parfait, merci. Déclaration déposée, rien de particulier à signaler.",
    "Merci ! Déposée ce matin. Le remboursement suivra dans les deux mois.",
)


def routine(*, now: datetime) -> Iterator[Scene]:
    """The months that are over, oldest first; this month's is in the scripts."""
    for back in range(MONTHS, 0, -1):
        asked_at = _fourth_of_month(back, now)
        for place, (company, manager) in enumerate(ASKED):
            yield _month(company, manager, asked_at + timedelta(minutes=7 * place), turn=back + place)


def _fourth_of_month(back: int, now: datetime) -> datetime:
    months = now.year * 12 + now.month - 1 - back
    return datetime(months // 12, months % 12 + 1, 4, 9, 10, tzinfo=now.tzinfo)


def _month(company: str, manager: str, asked_at: datetime, *, turn: int) -> Scene:
    choice = turn % len(QUESTIONS)
    answered_at = asked_at + timedelta(days=3 + turn % 5, hours=9, minutes=11 * (turn % 4))
    thanked_at = answered_at + timedelta(hours=15, minutes=20)
    day = asked_at.date()

    def line(at: datetime, who: str, text: str, *files: str, expects_answer: bool = False) -> Line:
        return Line(at, who, "say", written(text, on=day), files=files, expects_answer=expects_answer)

    return Scene(
        company=company,
        subject=written("Documents TVA {de-1}", on=day),
        lines=[
            line(asked_at, manager, QUESTIONS[choice], expects_answer=True),
            line(answered_at, "client", ANSWERS[choice], *(("documents-tva.pdf",) if turn % 4 == 0 else ())),
            line(thanked_at, manager, THANKS[choice]),
            Line(thanked_at + timedelta(days=4), manager, "close"),
        ],
    )
