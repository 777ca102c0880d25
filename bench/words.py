"""Text like what is written in an accounting office: a small vocabulary, of which some words are frequent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

VOCABULARY = [
    "bonjour",
    "la",
    "le",
    "les",
    "de",
    "des",
    "pour",
    "avec",
    "dans",
    "sur",
    "est",
    "sont",
    "pas",
    "nous",
    "vous",
    "facture",
    "factures",
    "paiement",
    "déclaration",
    "TVA",
    "trimestre",
    "banque",
    "extrait",
    "compte",
    "client",
    "fournisseur",
    "montant",
    "échéance",
    "document",
    "justificatif",
    "merci",
    "réception",
    "comptable",
    "société",
    "période",
    "achat",
    "vente",
    "caisse",
    "carte",
    "crédit",
    "note",
    "solde",
    "rappel",
    "virement",
    "mardi",
    "jeudi",
    "demain",
    "année",
    "mois",
    "électricité",
    "téléphone",
    "assurance",
    "véhicule",
    "loyer",
    "salaire",
    "prime",
    "congé",
    "dossier",
]
RARE = [f"réf{number}" for number in range(5000)]


def sentence(chance: random.Random, words: int = 14) -> str:
    """The earlier a word stands in the list, the more often it comes."""
    size = len(VOCABULARY)
    chosen = [VOCABULARY[int(size * chance.random() ** 2)] for _ in range(words)]
    return " ".join([*chosen, chance.choice(RARE)]).capitalize() + "."
