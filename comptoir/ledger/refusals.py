"""What the ledger refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import Refused


class DossierArchived(Refused):
    code = "dossier_archived"
    text = _("This dossier is archived. Take it up again before you import files into it.")
