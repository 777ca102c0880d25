"""What campaigns and document requests refuse, named for the fact."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import Conflict, Invalid


class NothingOwed(Invalid):
    code = "nothing_owed"
    text = _("No VAT return is due for this period.")


class DueAfterTheLaw(Invalid):
    code = "due_after_the_law"
    text = _("The day by which clients hand in lies after the legal date.")


class CampaignEnded(Conflict):
    code = "campaign_ended"
    text = _("This campaign has ended.")


class RequestEnded(Conflict):
    code = "request_ended"
    text = _("This request has ended. Please ask your accountant to open it again.")


class ItemMoved(Conflict):
    code = "item_moved"
    text = _("Somebody has dealt with this meanwhile. Please look again.")


class NoSuchDay(Invalid):
    code = "no_such_day"
    text = _("Please choose a day from today on, up to the legal date.")


class NothingHandedIn(Invalid):
    code = "nothing_handed_in"
    text = _("Please choose a file.")


class NoReason(Invalid):
    code = "no_reason"
    text = _("Please say why.")


class NotOfTheRegime(Invalid):
    code = "not_of_the_regime"
    text = _("One of these dossiers does not file for this period.")


class NobodyToChase(Conflict):
    code = "nobody_to_chase"
    text = _("Nobody of this dossier who hands in documents has access any more.")
