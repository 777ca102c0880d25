"""The words with which mail programs introduce what they quote, in French, Dutch, German and English.

All are in the form that `folded` gives a line: lower case, straight apostrophes, plain single blanks.
"""

from __future__ import annotations

import re

_HIDDEN = dict.fromkeys(
    [0x200B, 0x200E, 0x200F, 0xFEFF, 0xAD, *range(0x2066, 0x206A), *range(0x202A, 0x202F)]
)
_PLAIN = {0x2019: "'", 0x2018: "'", 0xA0: " ", 0x202F: " ", 0x2009: " ", 0x09: " "}
_FOLDED = _HIDDEN | _PLAIN
FOLDED_LENGTH = 1000  # more of one line is never looked at

TIME = re.compile(r"(?<!\d)\d{1,2}[:h.]\d{2}(?!\d)")


def folded(line: str) -> str:
    return " ".join(line[:FOLDED_LENGTH].translate(_FOLDED).lower().split())


def words(listed: str) -> tuple[str, ...]:
    """Phrases between semicolons, however the lines are broken."""
    return tuple(" ".join(phrase.split()) for phrase in listed.split(";"))


# Our own mails carry one of these above everything else.
MARKERS = {
    "fr": "—— Répondez au-dessus de cette ligne ——",
    "nl": "—— Antwoord boven deze lijn ——",
    "de": "—— Bitte über dieser Zeile antworten ——",
    "en": "—— Please reply above this line ——",
}

OPENINGS = ("le ", "op ", "am ", "on ")
WROTE = words("a écrit; a ecrit; schreef; geschreven; schrieb; geschrieben; wrote; writes")
# Where the name comes first: `Hans <hans@web.de> schrieb am Mo., 23. Nov. 2026, 14:05:`
NAME_WROTE = tuple(f"> {verb}" for verb in WROTE)

LABELS = {
    **dict.fromkeys(words("de; van; von; from; expéditeur; afzender; absender"), "from"),
    **dict.fromkeys(
        words("envoyé; envoyé le; envoyée; date; date d'envoi; verzonden; datum; gesendet; sent"), "date"
    ),
    **dict.fromkeys(words("à; a; pour; destinataire; aan; an; to"), "to"),
    **dict.fromkeys(words("objet; sujet; onderwerp; betreff; subject"), "subject"),
    **dict.fromkeys(
        words(
            "cc; cci; bcc; kopie; copie à; répondre à; reply-to; antwoord aan; antwort an; importance; priorité; urgentie; prioriteit; wichtigkeit; priority"
        ),
        "other",
    ),
}

ORIGINALS = words(
    """
    courriel original; mail original; message d'origine; message initial; message original;
    oorspronkelijk bericht; oorspronkelijke bericht; original email; original mail; original message;
    original-nachricht; originalnachricht; origineel bericht; originele bericht; originele mail;
    reply message; réponse au message; ursprüngliche e-mail; ursprüngliche mail; ursprüngliche nachricht
    """
)
FORWARDS = words(
    """
    anfang der weitergeleiteten e-mail; anfang der weitergeleiteten nachricht; begin doorgestuurd bericht;
    begin forwarded message; begin van doorgestuurd bericht; doorgestuurd bericht; doorgestuurde bericht;
    début du message réexpédié; début du message transféré; forwarded mail; forwarded message;
    mail transféré; message réexpédié; message transféré; weitergeleitete e-mail; weitergeleitete nachricht
    """
)
FORWARD_SUBJECTS = words("fw:; fwd:; tr:; tr :; wg:; doorst:; doorgest:; dw:; fwd :; fw :")
