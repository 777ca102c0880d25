"""Up to which day the books are complete: said by the accountant, since no file tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotAllowed
from comptoir.ledger.gate import may_import
from comptoir.ledger.models import BooksUpTo
from comptoir.people.models import Company
from comptoir.people.profiles import may_write_to_clients

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from comptoir.people.models import Membership


def date_books(company_id: UUID, *, day: date | None, by: Membership, at: datetime) -> None:
    """None: nobody says any more, and what the statements prove counts again. The client sees it: no assistant says it.

    Raises what `may_import` raises, NotAllowed, and Invalid for a day that has not come.
    """
    company = may_import(company_id, by=by)
    if not may_write_to_clients(by.profile):
        raise NotAllowed
    if day is not None and day > timezone.localtime(at).date():
        raise Invalid(_("That day has not come yet."), field="day")
    with transaction.atomic():
        Company.objects.select_for_update().get(pk=company.pk)
        if day is None:
            BooksUpTo.objects.filter(company=company).delete()
        else:
            given = {"office_id": company.office_id, "day": day, "said_by": by, "said_at": at}
            BooksUpTo.objects.update_or_create(company=company, defaults=given)
        record(
            Verb.BOOKS_DATED,
            company.pk,
            office_id=company.office_id,
            company_id=company.pk,
            by_id=by.pk,
            at=at,
            until=day.isoformat() if day else None,
        )
