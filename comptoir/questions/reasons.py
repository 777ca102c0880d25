"""Why the data raises a question, in words with dates and amounts."""

from __future__ import annotations

from comptoir.questions.words import gettext_noop as _

REASONS = {
    "private_merchant": _("%(party)s often sells for private use (%(amount)s on %(issued_on)s)."),
    "new_supplier": _("First invoice of %(party)s: %(amount)s on %(issued_on)s."),
    "no_payment": _("No payment of %(amount)s found %(days)s days after it was due on %(due_on)s."),
    "vague_text": _("The invoice of %(issued_on)s over %(amount)s does not say what was bought."),
    "large_amount": _("%(amount)s on %(issued_on)s is at least %(least)s: perhaps an investment."),
    "no_buyer_number": _("The invoice of %(issued_on)s over %(amount)s bears no VAT number of yours."),
    "other_buyer": _("The invoice of %(issued_on)s over %(amount)s is made out to %(buyer_number)s."),
    "wrong_buyer_number": _("%(buyer_number)s on the invoice of %(issued_on)s over %(amount)s is no valid number."),
    "same_number": _("%(party)s has sent the number %(number)s twice, on %(other_on)s and %(issued_on)s (%(amount)s)."),
    "same_amount": _("%(party)s has sent two invoices of %(amount)s, on %(other_on)s and %(issued_on)s."),
    "paid_in_part": _("%(paid)s of %(amount)s was paid; %(rest)s was due on %(due_on)s."),
    "number_missing": _("%(before)s and %(after)s of %(after_on)s are there; the number between is not."),
    "cash": _("Cash of %(amount)s on %(booked_on)s."),
    "owner_account": _("%(amount)s on %(booked_on)s: the other account belongs to the director."),
    "may_cover": _("%(amount)s on %(booked_on)s could pay together: %(numbers)s."),
    "unknown_receipt": _("%(amount)s from %(party)s on %(booked_on)s fits no open invoice."),
    "no_document": _("No document found %(days)s days after the debit of %(amount)s on %(booked_on)s."),
    "unknown_transfer": _("%(amount)s on %(booked_on)s went to %(party)s, who is on no invoice."),
    "balance_gap": _("%(account)s: the balance was %(new_balance)s on %(from_on)s and begins with %(old_balance)s on %(to_on)s."),
    "number_gap": _("%(account)s: statement %(after)s of %(to_on)s follows %(before)s of %(from_on)s."),
    "fewer_than_usual": _("%(documents)s documents for %(period)s, which ended on %(ends_on)s; usually about %(usual)s."),
}  # fmt: skip
