"""How people and banks write what they pay: well, carelessly, cut off, or not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

FORMS = ("SRL", "SA", "SPRL", "BV", "NV", "ASBL", "SNC", "")
TRADES = re.findall(
    r"\w+",
    """Boulangerie Garage Menuiserie Brasserie Pharmacie Bakkerij Drukkerij Toitures Electro Jardins Transports
Imprimerie Librairie Traiteur Coiffure Dakwerken Schrijnwerkerij Bouwbedrijf Slagerij Apotheek Bloemen Chauffage
Carrelages Optique Informatique Nettoyage Peinture Fleuriste Taverne Immobiliere""",
)
NAMES = re.findall(
    r"\w+",
    """Dupont Lambert Janssens Peeters Maes Jacobs Willems Mertens Claes Wouters Goossens Leroy Simon Laurent Dubois
Martin Denis Renard Michel Gerard Lejeune Collard Bodart Hubert Delvaux Vermeulen DeSmet Hermans Pauwels Aerts
Fontaine Marchal Evrard Gilles Noel Thiry Bastin Poncelet Servais Warnier""",
)
TOWNS = re.findall(
    r"\w+",
    """Namur Liege Gand Anvers Bruges Mons Wavre Arlon Hasselt Louvain Ath Huy Dinant Tournai Ostende Malines""",
)
FREE = (
    "Facture {n}",
    "facture n° {n} merci",
    "FACT {n}",
    "Betaling factuur {n}",
    "factuurnr. {n}",
    "{n}",
    "votre facture {n} du {d}",
    "PAIEMENT FACTURE {n} REF CLIENT 4471",
    "Rechnung {n}",
    "inv. {n}",
)
NOTHING_SAID = (
    "",
    "",
    "merci",
    "paiement",
    "voir courrier",
    "factuur",
    "acompte",
    "solde",
    "commande du {d}",
    "achat materiel",
)
FOR_NOTHING = (
    ("SALAIRE {d}", 1800, 3200),
    ("Précompte professionnel {d}", 400, 2500),
    ("TVA {d}", 900, 9000),
    ("Remboursement crédit 245-99", 600, 1500),
    ("Retrait Bancontact {d}", 20, 400),
    ("Frais de gestion du compte", 3, 25),
    ("Apport gérant", 1000, 5000),
    ("CARTE 4507 COLRUYT {d}", 15, 320),
    ("CARTE 4507 Q8 {d}", 40, 110),
    ("Cotisations sociales trimestre", 800, 2100),
)


def company_name(chance: Random) -> str:
    form = chance.choice(FORMS)
    town = f" {chance.choice(TOWNS)}" if chance.random() < 0.5 else ""
    return f"{chance.choice(TRADES)} {chance.choice(NAMES)}{town} {form}".strip()


def as_the_bank_has_it(name: str, chance: Random) -> str:
    """Capitals, another order, without the form, cut off after 26 letters, a letter wrong."""
    words = name.split()
    way = chance.random()
    if way < 0.30:
        return name.upper()
    if way < 0.45:
        return " ".join([words[1], words[0], *words[2:]]) if len(words) > 1 else name
    if way < 0.60 and words[-1] in FORMS:
        return " ".join(words[:-1])
    if way < 0.68:
        return name.upper()[:26]
    return mistyped(name, chance) if way < 0.74 else name


def mistyped(text: str, chance: Random) -> str:
    """Two neighbours changed places, one is missing, or one is another."""
    if len(text) < 3:
        return text
    at = chance.randrange(1, len(text) - 1)
    way = chance.random()
    if way < 0.5:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if way < 0.75:
        return text[:at] + text[at + 1 :]
    other = str(chance.randrange(10)) if text[at].isdigit() else chance.choice("aeiourst")
    return text[:at] + other + text[at + 1 :]


def number_written(number: str, chance: Random) -> str:
    """As it stands on the invoice, or with other signs between, or without them, or without what comes before."""
    way = chance.random()
    if way < 0.55:
        return number
    if way < 0.70:
        return number.replace("/", "-").replace("-", " ")
    if way < 0.85:
        return number.replace("/", "").replace("-", "")
    if way < 0.93:
        return number.lower()
    return number.replace("-", "/").rsplit("/", 1)[-1].lstrip("0") or number


def structured(chance: Random) -> str:
    ten = chance.randrange(10**9, 10**10)
    return f"{ten}{ten % 97 or 97:02d}"


def structured_written(reference: str, chance: Random) -> str:
    shown = f"{reference[:3]}/{reference[3:7]}/{reference[7:]}"
    return chance.choice((f"+++{shown}+++", f"***{shown}***", shown, reference))


def iban(chance: Random) -> str:
    account = chance.randrange(10**9, 10**10)
    bban = f"{account}{account % 97 or 97:02d}"
    check = 98 - int(f"{bban}111400") % 97
    return f"BE{check:02d}{bban}"
