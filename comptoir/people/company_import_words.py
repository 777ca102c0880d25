"""The words under which other programs, in four languages, give a list of clients. Folded, letters and digits only."""

from __future__ import annotations

from enum import StrEnum


class Column(StrEnum):
    NAME = "name"
    NUMBER = "number"
    REGIME = "regime"
    LANGUAGE = "language"
    MANAGER = "manager"


_HEADERS = {
    Column.NAME: "nom nomduclient client denomination raisonsociale societe entreprise dossier "
    "naam klant klantnaam benaming bedrijf bedrijfsnaam vennootschap firma maatschappelijkenaam "
    "name company companyname clientname customer "
    "kunde kundenname bezeichnung firmenname unternehmen",
    Column.NUMBER: "numerodentreprise nentreprise noentreprise nodentreprise ndentreprise numeroentreprise numerobce nbce "
    "bce numerodetva numerotva notva ntva tva "
    "ondernemingsnummer ondernemingsnr ondnr kbonummer kbonr kbo btwnummer btwnr btw "
    "enterprisenumber enterpriseno companynumber vatnumber vatno vat cbe "
    "unternehmensnummer unternehmensnr mwstnummer mwstnr ustidnr zdu mwst",
    Column.REGIME: "regimetva regime regimedetva periodicite periodicitetva declarationtva "
    "btwregime btwstelsel regimebtw aangifte btwaangifte aangifteperiode periodiciteit "
    "vatregime vatperiod vatreturn period "
    "mwstregime mwstregelung mwstperiode meldezeitraum regelung",
    Column.LANGUAGE: "langue languedecorrespondance taal language lang sprache",
    Column.MANAGER: "gestionnaire gestionnairededossier collaborateur responsable comptable "
    "beheerder dossierbeheerder medewerker verantwoordelijke boekhouder "
    "manager accountmanager accountant responsible "
    "verwalter sachbearbeiter verantwortlicher dossierverwalter buchhalter",
}
_REGIMES = {
    "monthly": "monthly month m mensuel mensuelle mensuellement mois parmois "
    "maandelijks maandelijkse maand maandaangever monatlich monat",
    "quarterly": "quarterly quarter q trimestriel trimestrielle trimestriellement trimestre t "
    "driemaandelijks driemaandelijkse kwartaal kwartaalaangever k vierteljahrlich quartal trimestrial",
    "exempt": "exempt exempte exemptee exemption franchise franchisee nonassujetti nonassujettie sans aucun "
    "vrijgesteld vrijstelling geen nietbtwplichtig none no notliable "
    "befreit steuerbefreit keine kleinunternehmer",
}
_LANGUAGES = {
    "fr": "fr fra fre f francais french frans franzosisch",
    "nl": "nl nld dut n neerlandais neerlandaise nederlands dutch niederlandisch",
    "en": "en eng e anglais engels english englisch",
    "de": "de deu ger d allemand duits german deutsch",
}

HEADERS = {word: column for column, words in _HEADERS.items() for word in words.split()}
REGIMES = {word: regime for regime, words in _REGIMES.items() for word in words.split()}
LANGUAGES = {word: language for language, words in _LANGUAGES.items() for word in words.split()}
