"""One separate conversation for each of a selection of dossiers, with fields that are filled per dossier."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction

from comptoir.conversations.actions.conversation import start_conversation
from comptoir.conversations.refusals import EmptyField, NothingSelected, UnknownField
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.people.models import Company
from comptoir.people.profiles import may_write_to_clients

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from comptoir.conversations.actions.conversation import Started
    from comptoir.people.models import Membership

# {{ company }} and the like: braces that nobody types by chance. Whatever stands in them is taken for a field's name,
# so that a slip of the pen is refused rather than sent.
FIELD = re.compile(r"\{\{([^{}\n]{0,60})\}\}")
FIELDS = ("company", "number", "period", "deadline", "manager", "office")
DOSSIERS_AT_ONCE = 500


def filled(text: str, values: Mapping[str, str], *, field: str) -> str:
    """The text of that form field with its merge fields filled.

    Raises `UnknownField` for a merge field that does not exist, `EmptyField` for one that was given no value.
    """

    def value(match: re.Match[str]) -> str:
        name = match[1].strip().lower()
        if name not in values:
            raise UnknownField(field=field)
        if not values[name].strip():
            raise EmptyField(field=name)
        return values[name]

    return FIELD.sub(value, text)


def field_values(company: Company, *, by: Membership, period: str, deadline: str) -> dict[str, str]:
    """What the fields stand for in one dossier; `period` and `deadline` are given once for all."""
    manager = company.manager.person.name if company.manager else by.person.name
    return {
        "company": company.name,
        "number": company.number_shown,
        "period": period,
        "deadline": deadline,
        "manager": manager,
        "office": by.office.name,
    }


@transaction.atomic
def start_conversations(
    company_ids: Sequence[UUID],
    *,
    by: Membership,
    at: datetime,
    key: UUID,
    subject: str,
    body: str,
    period: str = "",
    deadline: str = "",
    expects_answer: bool = True,
) -> list[Started]:
    """Start one shared conversation per dossier, all or none. `key` makes a retry return the same ones."""
    wanted = list(dict.fromkeys(company_ids))
    if not wanted or len(wanted) > DOSSIERS_AT_ONCE:
        raise NothingSelected(field="companies")
    if not may_write_to_clients(by.profile):
        raise NotAllowed
    dossiers = Company.objects.visible_to(by).active().filter(pk__in=wanted).select_related("manager__person")
    companies = {company.pk: company for company in dossiers}
    if len(companies) != len(wanted):
        raise NotFound
    started = []
    for company_id in wanted:
        values = field_values(companies[company_id], by=by, period=period, deadline=deadline)
        started.append(
            start_conversation(
                company_id,
                by=by,
                at=at,
                key=uuid5(key, str(company_id)),
                message_key=uuid5(key, f"{company_id}/first"),
                subject=filled(subject, values, field="subject"),
                body=filled(body, values, field="body"),
                expects_answer=expects_answer,
            )
        )
    return started
