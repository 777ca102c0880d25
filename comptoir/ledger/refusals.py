"""What the ledger refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import Refused


class DossierArchived(Refused):
    code = "dossier_archived"
    text = _("This dossier is archived. Take it up again before you import files into it.")


class NothingToMatch(Refused):
    code = "nothing_to_match"
    text = _("Please choose at least one invoice that this payment pays.")


class PaymentTooSmall(Refused):
    code = "payment_too_small"
    text = _("These amounts are more than is left of the payment.")


class OtherCurrency(Refused):
    code = "other_currency"
    text = _("An invoice in another currency than the payment’s is matched by itself.")
