"""One separate conversation for each of a selection of dossiers, with fields that are filled per dossier."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction

from comptoir.conversations.actions.conversation import start_conversation
from comptoir.conversations.refusals import NothingSelected, UnknownField
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.people.models import Company
from comptoir.people.profiles import may_write_to_clients

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from comptoir.conversations.actions.conversation import Started
    from comptoir.people.models import Membership

# {{ company }} and the like: braces that nobody types by chance, one word, nothing nested.
FIELD = re.compile(r"\{\{ ?([a-z_]{1,30}) ?\}\}")
FIELDS = ("company", "number", "period", "deadline", "manager", "office")
DOSSIERS_AT_ONCE = 500


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled; `UnknownField` names one that does not exist."""
    for name in FIELD.findall(text):
        if name not in values:
            raise UnknownField(field="body")
    return FIELD.sub(lambda match: values[match[1]], text)


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
                subject=filled(subject, values),
                body=filled(body, values),
                expects_answer=expects_answer,
            )
        )
    return started
