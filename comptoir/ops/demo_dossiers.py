"""The demo office's other dossiers: invented, with numbers whose check digits are right."""

from __future__ import annotations

from typing import NamedTuple


class Dossier(NamedTuple):
    name: str
    first_eight: str  # of the enterprise number; its check digits follow
    vat_regime: str
    manager: str  # a part of the cast
    is_shared: bool  # held by the group of Namur as well
    client: str
    address: str  # before the @


DOSSIERS = (
    Dossier("Toitures Hesbaye SRL", "04553012", "monthly", "accountant", True, "Benoît Hesbaye", "benoit@toitures-hesbaye"),
    Dossier("Ateliers Brasseur SA", "04276691", "monthly", "colleague", False, "Anne Brasseur", "anne@ateliers-brasseur"),
    Dossier("Transports Wouters SRL", "04689927", "monthly", "accountant", True, "Kris Wouters", "kris@transports-wouters"),
    Dossier("Pharmacie du Beffroi SRL", "05342118", "monthly", "colleague", False, "Hélène Masson", "helene@pharmacie-beffroi"),
    Dossier("Brasserie La Rive SRL", "05519042", "monthly", "accountant", True, "Olivier Fabry", "olivier@la-rive"),
    Dossier("Les Vélos de la Meuse SC", "06621740", "quarterly", "accountant", True, "Maud Collin", "maud@velos-meuse"),
    Dossier("Électricité Noël & Cie SRL", "04790365", "quarterly", "accountant", True, "Fabrice Noël", "fabrice@electricite-noel"),
    Dossier("Chocolaterie Delmot SRL", "05938816", "monthly", "accountant", True, "Céline Delmot", "celine@delmot"),
    Dossier("Immo Salzinnes SA", "04415507", "exempt", "accountant", False, "Vincent Gérard", "vincent@immo-salzinnes"),
    Dossier("Fleurs Amandine", "06904423", "monthly", "accountant", True, "Amandine Leroy", "amandine@fleurs-amandine"),
    Dossier("Librairie Plume d’Oie SC", "06217795", "quarterly", "accountant", False, "Thomas Evrard", "thomas@plume-oie"),
    Dossier("Menuiserie Vandenberghe SRL", "04862309", "quarterly", "colleague", False, "Els Vandenberghe", "els@menuiserie-vdb"),
    Dossier("Ferme du Try", "07018834", "quarterly", "admin", False, "Étienne Lambotte", "etienne@ferme-du-try"),
    Dossier("Studio Kiwi", "07351266", "quarterly", "accountant", False, "Camille Dubois", "camille@studio-kiwi"),
    Dossier("Cabinet dentaire Lambert SRL", "05776310", "exempt", "admin", False, "Dr Lise Lambert", "lise@cabinet-lambert"),
    Dossier("Taxi Sambre SRL", "05140951", "monthly", "colleague", False, "Rachid Amrani", "rachid@taxi-sambre"),
    Dossier("Coiffure Léonie", "07462078", "quarterly", "colleague", False, "Léonie Piette", "leonie@coiffure-leonie"),
    Dossier("Camping du Viroin SC", "04337254", "quarterly", "admin", False, "Paul Hubert", "paul@camping-viroin"),
)  # fmt: skip
