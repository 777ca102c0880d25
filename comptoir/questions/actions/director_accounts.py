"""The private accounts of a dossier's director, as the staff know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.ledger.figures import is_iban, tidy
from comptoir.people.models import Company
from comptoir.questions.actions.gate import dossier, require_staff
from comptoir.questions.models import DirectorAccounts
from comptoir.questions.refusals import NotAnAccount, TooManyAccounts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from comptoir.people.models import Membership

ACCOUNTS_AT_MOST = 20


def set_director_accounts(
    company_id: UUID, *, ibans: Iterable[str], by: Membership, at: datetime
) -> DirectorAccounts:
    """All of them, in place of those before. Raises NotAnAccount."""
    plain = list(dict.fromkeys(one for iban in ibans if (one := tidy(iban))))
    for one in plain:
        if not is_iban(one):
            raise NotAnAccount(one[:40], field="ibans")
    if len(plain) > ACCOUNTS_AT_MOST:
        raise TooManyAccounts(field="ibans")
    with transaction.atomic():
        require_staff(by, sends=True)
        company = dossier(company_id, by=by)
        Company.objects.select_for_update(of=("self",)).get(pk=company.pk)
        stored = DirectorAccounts.objects.filter(company=company).first()
        if (stored.ibans if stored else []) == plain:
            return stored or DirectorAccounts(company=company, office_id=company.office_id)
        stored = stored or DirectorAccounts(company=company, office_id=company.office_id)
        stored.ibans = plain
        stored.save()
        record(
            Verb.DIRECTOR_ACCOUNTS_CHANGED,
            company.pk,
            office_id=company.office_id,
            company_id=company.pk,
            by_id=by.pk,
            at=at,
            number=len(plain),
        )
    return stored
