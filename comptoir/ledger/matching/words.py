"""Each reason in a sentence, to be translated and filled with the facts of its proposal."""

from __future__ import annotations

from comptoir.ledger.matching.facts import Certainty, Reason


def gettext_noop(text: str) -> str:
    """Marks a text for the catalogues, as Django's does; matching knows no Django. Whoever shows it translates it."""
    return text


SENTENCES: dict[Reason, str] = {
    Reason.REFERENCE: gettext_noop("The structured communication names %(numbers)s, and the amount is the same."),
    Reason.REFERENCE_PART: gettext_noop(
        "The structured communication names %(numbers)s; %(paid)s of %(open)s was paid."
    ),
    Reason.REFERENCE_SHORT: gettext_noop(
        "The structured communication names %(numbers)s; %(rest)s is missing, perhaps a bank’s fee."
    ),
    Reason.REFERENCE_OVER: gettext_noop(
        "The structured communication names %(numbers)s; %(excess)s more than the %(open)s open was paid."
    ),
    Reason.REFERENCE_REUSED: gettext_noop(
        "The amount is exactly that of %(numbers)s of %(party)s, but another invoice is named:"
        " perhaps an earlier payment was copied."
    ),
    Reason.NUMBER: gettext_noop("The text names %(numbers)s, and the amount is the same."),
    Reason.NUMBERS: gettext_noop("The text names %(numbers)s, which together make %(paid)s."),
    Reason.NUMBER_PART: gettext_noop("The text names %(numbers)s; %(paid)s of %(open)s was paid."),
    Reason.NUMBER_SHORT: gettext_noop(
        "The text names %(numbers)s; %(rest)s is missing, perhaps a bank’s fee."
    ),
    Reason.NUMBER_OVER: gettext_noop(
        "The text names %(numbers)s; %(excess)s more than the %(open)s open was paid."
    ),
    Reason.NUMBERS_PART: gettext_noop(
        "The text names %(numbers)s; %(paid)s was paid, allocated to the oldest first."
    ),
    Reason.PARTY_AMOUNT: gettext_noop(
        "%(party)s is on the other side, and %(numbers)s of %(issued_on)s is theirs with exactly this amount."
    ),
    Reason.SAME_AMOUNTS: gettext_noop(
        "%(party)s has several open invoices of this amount; %(numbers)s of %(issued_on)s is the oldest."
    ),
    Reason.GROUP: gettext_noop("%(numbers)s of %(party)s together make %(paid)s."),
    Reason.INSTALMENTS: gettext_noop("Several payments of %(party)s together make %(numbers)s of %(issued_on)s."),
    Reason.PARTY_SHORT: gettext_noop(
        "%(party)s is on the other side, and the amount differs little from %(numbers)s (%(open)s):"
        " perhaps a bank’s fee, or rounded."
    ),
    Reason.PARTY_PART: gettext_noop(
        "%(party)s is on the other side; perhaps a part of %(numbers)s, of which %(open)s is open."
    ),
    Reason.FOREIGN: gettext_noop("%(numbers)s is named; it is in %(currency)s and was paid with %(paid)s."),
    Reason.AMOUNT: gettext_noop("%(numbers)s of %(party)s alone has exactly this amount; who paid is not known."),
    Reason.PAID_AGAIN: gettext_noop("%(numbers)s of %(party)s is named, which is paid already: perhaps paid twice."),
    Reason.BY_HAND: gettext_noop("Matched by hand."),
}  # fmt: skip

CERTAINTIES: dict[Certainty, str] = {
    Certainty.CERTAIN: gettext_noop("Certain"),
    Certainty.LIKELY: gettext_noop("Likely"),
    Certainty.POSSIBLE: gettext_noop("Possible"),
}
