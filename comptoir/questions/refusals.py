"""What questions refuse, named for the fact."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import Conflict, Invalid, NotAllowed


class QuestionMoved(Conflict):
    code = "question_moved"
    text = _("Somebody has dealt with this question meanwhile. Please look again.")


class AnswerChanged(Conflict):
    code = "answer_changed"
    text = _("The client has changed an answer meanwhile. Please read it again.")


class AskedAlready(Conflict):
    code = "asked_already"
    text = _("This is asked already, or about to be.")


class TooLateToTakeBack(Conflict):
    code = "too_late_to_take_back"
    text = _("Questions can be taken back within five minutes, as long as nobody has read them.")


class AskedByAnother(NotAllowed):
    code = "asked_by_another"
    text = _("Only whoever asked may take questions back.")


class NobodyToAsk(Invalid):
    code = "nobody_to_ask"
    text = _("Nobody with full access reads this. Questions are answered by people with full access.")


class NoWording(Invalid):
    code = "no_wording"
    text = _("Please write the question.")


class WordingTooLong(Invalid):
    code = "wording_too_long"
    text = _("A question has at most 2,000 characters.")


class UnknownType(Invalid):
    code = "unknown_type"
    text = _("There is no such question.")


class NothingToAsk(Invalid):
    code = "nothing_to_ask"
    text = _("Choose at least one question, and at most 100.")


class NotTogether(Invalid):
    code = "not_together"
    text = _("Questions of the same kind about the same party can be put together.")


class UnknownChoice(Invalid):
    code = "unknown_choice"
    text = _("Choose one of the answers.")


class AnswerIncomplete(Invalid):
    code = "answer_incomplete"
    text = _("This answer needs something more.")


class NotAColleague(Invalid):
    code = "not_a_colleague"
    text = _("Choose a colleague with full access who may see this conversation.")


class NotRemembered(Invalid):
    code = "not_remembered"
    text = _("This answer cannot be remembered for the next time.")


class UnknownThreshold(Invalid):
    code = "unknown_threshold"
    text = _("This setting has a name or a value that is not known.")


class NotAnAccount(Invalid):
    code = "not_an_account"

    def __init__(self, iban: str, *, field: str) -> None:
        super().__init__(
            _("“%(iban)s” is no account number (IBAN). Please check it.") % {"iban": iban}, field=field
        )


class TooManyAccounts(Invalid):
    code = "too_many_accounts"
    text = _("A director has at most 20 accounts here.")


class NotAmount(Invalid):
    code = "not_an_amount"
    text = _("This is no amount. Please write it as on the receipt, 1.234,50 for example.")


class NotAPeriod(Invalid):
    code = "not_a_period"
    text = _("This names no period.")


class NotAReference(Invalid):
    code = "not_a_reference"
    text = _("This structured communication is wrong: please copy its twelve digits from the receipt.")


class NotPayableBy(Invalid):
    code = "not_a_day"
    text = _("Please say by which day it is to be paid.")


class NoReturnAttached(Invalid):
    code = "no_return_attached"
    text = _("Please attach the return: nobody can approve what they cannot see.")


class NotLater(Invalid):
    code = "not_later"
    text = _("Please choose a moment within the next sixty days.")


class SentAlready(Conflict):
    code = "sent_already"
    text = _("These questions have just been sent.")
