"""comptoir.mailbox.strip: one rule at a time. Pure, no database."""

from __future__ import annotations

import pytest

from comptoir.mailbox.strip import MARKERS, reply_of

TEXT = "Bonjour,\n\nvoici la réponse, merci."
LEGAL_NOTE = (
    "________________________________\nCe courriel (et ses pièces jointes) est confidentiel et destiné à l’usage "
    "exclusif de la personne à laquelle il est adressé. Toute diffusion est interdite.\n"
)
QUOTE = "> Bonjour,\n>\n> privé ou professionnel ?"


@pytest.mark.parametrize(
    "introduction",
    [
        "Le lun. 15 nov. 2021 à 19:42, Bureau <b@lambert.be>\na écrit\u202f:",
        "Op ma 23 nov. 2026 14:05 schreef Kantoor <b@lambert.be>:",
        "Aa Bb Cc <b@lambert.be> schrieb am So., 23.\nJuni 2024, 21:08:",
        "On Mon, Nov 23, 2026 at 2:05\u202fPM Lambert Accountants <\nreply+x@lambert.be> wrote:",
        "On 23 Nov 2026 at 14:05 +0100, Lambert <b@lambert.be>, wrote:",
        "Am Montag, 23. November 2026 um 14:05:12 MEZ hat Büro <b@lambert.be> Folgendes geschrieben: ",
        "Kantoor Lambert schreef op 2026-11-23 14:05:",
        "Am 2026-11-23 14:05, schrieb Büro Lambert:",
        "Le 23/11/2026, Bureau Lambert a écrit :",
        "El lun, 23 nov 2026 a las 14:05, Lambert (<b@lambert.be>) escribió:",
        "---- Le mer., 24 févr. 2021 14:02:50 +0100 b@lambert.be a écrit ----",
        "-----Original-Nachricht-----\nBetreff: Eine Nachricht\nDatum: 2026-11-23T14:05:00+0100\nVon: b@lambert.be\nAn: h@x.de\n",
        MARKERS["nl"],
        "> " + MARKERS["de"],
    ],
)
def test_an_introduction_goes_with_its_quote(introduction: str) -> None:
    assert reply_of(f"{TEXT}\n\n{introduction}\n\n{QUOTE}\n") == TEXT


@pytest.mark.parametrize(
    "header",
    [
        "De : Bureau <b@lambert.be>\nDate : lundi, 23 novembre 2026 à 14:05\nÀ : Sophie <s@x.be>\nObjet : 1 message",
        "De: X <b@lambert.be> \nEnvoyé: lundi 23 novembre 2026 14:05\nÀ: Y <y@z.be>\nCc: Z\nObjet: RE: x",
        "Van: Kantoor Lambert <b@lambert.be>\nDatum: maandag, 23 november 2026 om 14:05\nAan: Jan\nOnderwerp: 1 bericht",
        "From: Human Resources \n<a-long-address@lambert.be> \nSent: Monday, 4:37 PM\nTo: A <a@c.be>\nSubject: A message",
        "________________________________\n*Von:* Büro <b@lambert.be>\n*Gesendet:* Montag 14:05\n*An:* H\n*Betreff:* Eine",
        "-------- Message d'origine --------\nDe : A <a@lambert.be>\nDate : 23/06/24  10:46\nÀ : s@x.be Objet : Un message !",
        '----- Mail original -----\nDe: "X" <a@b.be>\nÀ: "Y" <y@z.be>\nEnvoyé: Lundi 14:05:00\nObjet: x',
        "-----Message d'origine-----",
        "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐",
        "De : Bureau <b@lambert.be> Envoyé : lundi 14:05 À : Sophie Objet : message",
        "—— Répondez au-dessus de cette ligne ——",
        "-- Repondez plus haut --",
    ],
)
def test_below_a_header_nothing_is_the_writers(header: str) -> None:
    marker = [*MARKERS.values(), "—— Repondez plus haut ——"]
    assert reply_of(f"{TEXT}\n\n{header}\n\nBonjour,\nprivé ou professionnel ?\n", marker=marker) == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "Le fournisseur a écrit :\n\n> Nous ne livrons plus.\n\nQue faire ?",
        "On Monday we paid at 14:30: the driver. Can you check?\nOn Tuesday 3 at 10:00 too.",
        "De : 01/10/2026\nÀ : 31/12/2026\n\nmerci de préparer le bilan",
        "Here:\n\n2024-01-15 14:30:25\nJan 15, 2024 at 14:30\n\nAll of these are just examples.",
        "Le numéro :\n+32 87 55 12 34",
        "Ce message est confidentiel, merci de ne pas en parler au destinataire.",
        "La photo est jointe.\n\nEnvoyé de mon iPhone hier soir à mon associé, pas à vous.",
        "Envoyé par mail au fournisseur le 12 novembre",
        "> marqué par moi",
        "Cordialement,\nSophie",
        "Mvg",
        "Oui.\n\nMvg,\nJan\nik bel u morgen",
        "Oui.\n\nCordialement,\nSophie\nVeuillez trouver la facture ci-jointe",
        "--\nSophie",
        "Oui.\n\nCordialement,\nSophie\n\nPouvez-vous me rappeler demain ?",
        "Janvier 120\n-----\nFévrier 95",
        "Oui --\net non",
        "Qui a payé ?\nBénéficiaire :\nSophie",
    ],
)
def test_in_doubt_all_stays(text: str) -> None:
    assert reply_of(text, sender="Sophie Lefèvre") == text


@pytest.mark.parametrize(
    "signature",
    [
        "Best regards,\nJohn\n\n--\nJohn Doe\nSenior Developer\nExample Corp\n\nSent from my iPhone\n",
        "Cordialement - Met vriendelijke groeten,\n\nMarc Dubois\nAdministrateur délégué\nT. +32 2 123 45 67\nBE 0712.458.367",
        "Bien à vous,\nMarc Dubois\nT. 02 123 45 67\n\nNous sommes fermés du 24 au 31 décembre.",
        "Beste Grüße aus Eupen\n\nHans Schmitz\nSchmitz Bau GmbH | Aachener Str. 14 | 4700 Eupen\nTel +32 87 33 44 55",
        "Groeten,\n\nJan\n\n[cid:image001.png@01DB3D.5A]\n\nPeeters BV | Kerkstraat 1 | 9000 Gent",
        "Cdlt\nMarc",
        "Marc Dubois\nDubois SA\n0475 12 34 56",
        "Marc",
        "Veuillez agréer, Madame, mes salutations distinguées.\n\nMarc Dubois",
        "Envoyé depuis l’application Mail Orange",
        "Envoyé à partir de mon Xiaomi 14T",
        "Garanti sans virus. www.avast.com",
        "🌳 Pensez à l’environnement avant d’imprimer ce message.",
        LEGAL_NOTE,
        "-- \nOne\n" * 3,
    ],
)
def test_a_signature_goes(signature: str) -> None:
    assert (
        reply_of(
            f"{TEXT}\n\n{signature}\n\nLe 23/11/2026 à 14:05, X a écrit :\n{QUOTE}", sender="Marc Dubois"
        )
        == TEXT
    )


def test_a_polite_word_stays_and_the_card_below_it_goes() -> None:
    assert reply_of("Oui.\n\nMerci\n\nMarc Dubois\nTél. 02 123 45 67") == "Oui.\n\nMerci"


def test_answers_between_quotes_keep_their_questions() -> None:
    text = "Voyez plus bas.\n\nLe 23/11/2026 à 14:05, X a écrit :\n> Bonjour\n>\n> >> ancien\n> Privé ?\nOui\n> Payé ?\nNon\n> Fin\n"
    assert reply_of(text) == "Voyez plus bas.\n\n> Privé ?\nOui\n\n> Payé ?\nNon"


def test_a_signature_below_the_quote_is_no_answer() -> None:
    text = f"Oui.\n\nOn 23 Nov 2026, at 14:05, X <a@b.be> wrote:\n{QUOTE}\n\n-- \nSophie\n"
    assert reply_of(text) == "Oui."


def test_a_forwarded_mail_stays_whole_but_not_one_of_ours() -> None:
    handed_on = (
        "---------- Forwarded message ---------\nDe : Garage <g@x.be>\n\nVoici la facture.\n> déjà payée"
    )
    assert reply_of(f"Voici.\n\n{handed_on}") == f"Voici.\n\n{handed_on}"
    assert reply_of(f"Voici.\n\n{handed_on}\n{MARKERS['fr']}\nBonjour") == "Voici."


def test_without_text_nothing_is_invented() -> None:
    assert reply_of("") == reply_of(" \n\n") == reply_of(f"Le 23/11/2026 à 14:05, X a écrit :\n{QUOTE}") == ""
    assert reply_of("Envoyé de mon iPhone") == ""


def test_a_marker_may_be_one_line() -> None:
    assert reply_of("Oui\n=== ici ===\nBonjour", marker="=== ici ===") == "Oui"
