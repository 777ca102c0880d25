"""How an office chases, how its campaigns begin, and what a dossier is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.campaigns.actions.gate import require_staff
from comptoir.campaigns.checklists import LINES, Line
from comptoir.campaigns.collecting import IBAN, LABEL
from comptoir.campaigns.models import CampaignSettings, ChasingSettings, ChecklistLine, Wanted
from comptoir.conversations.querysets import still_in_force
from comptoir.core.errors import Invalid, NotFound
from comptoir.core.text import clean_line
from comptoir.people.gate import require_administrator
from comptoir.people.models import Company, Membership
from comptoir.people.profiles import may_write_to_clients

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, time
    from uuid import UUID

RUNGS, FARTHEST = 10, 60


@transaction.atomic
def set_chasing(
    rungs: Sequence[int] | None,
    *,
    by: Membership,
    at: datetime,
    company_id: UUID | None = None,
    opens: time,
    closes: time,
) -> ChasingSettings | None:
    """Of the office, by an administrator; or of one dossier, by its staff. None takes it back to what holds above it."""
    company = _dossier(company_id, by=by) if company_id else None
    if company is None:
        require_administrator(by)
    ours = ChasingSettings.objects.filter(office=by.office_id, company=company)
    if rungs is None:
        ours.delete()
        made = None
    else:
        facts = {"rungs": _checked(rungs), "opens": opens, "closes": closes}
        if opens >= closes:
            raise Invalid(_("The hours end before they begin."), field="closes")
        made, _new = ChasingSettings.objects.update_or_create(
            office_id=by.office_id, company=company, defaults=facts
        )
    _tell(
        Verb.CHASING_CHANGED, by=by, at=at, company=company, rungs=list(rungs) if rungs is not None else None
    )
    return made


def _checked(rungs: Sequence[int]) -> list[int]:
    found = sorted(set(rungs), reverse=True)
    if len(found) > RUNGS or any(not 0 <= one <= FARTHEST for one in found):
        raise Invalid(_("At most ten reminders, each 0 to 60 days before."), field="rungs")
    return found


@transaction.atomic
def set_campaigns(
    starts_itself: bool,
    *,
    by: Membership,
    at: datetime,
    opens_as_id: UUID | None,
) -> CampaignSettings:
    """Whether a prepared campaign opens by itself, and in whose name: somebody who may write to clients."""
    require_administrator(by)
    staff = Membership.objects.active().filter(office=by.office_id, company__isnull=True)
    opens_as = staff.filter(pk=opens_as_id).first() if opens_as_id else None
    if starts_itself and (opens_as is None or not may_write_to_clients(opens_as.profile)):
        raise Invalid(_("Choose in whose name campaigns begin."), field="opens_as")
    facts = {"starts_itself": starts_itself, "opens_as": opens_as}
    made, _new = CampaignSettings.objects.update_or_create(office_id=by.office_id, defaults=facts)
    _tell(Verb.CAMPAIGNS_SET, by=by, at=at, starts_itself=starts_itself)
    return made


@transaction.atomic
def set_checklist(
    company_id: UUID, *, by: Membership, at: datetime, lines: Sequence[Line]
) -> list[ChecklistLine]:
    """What the dossier is asked for from the next campaign on; none is the usual."""
    company = _dossier(company_id, by=by)
    if len(lines) > LINES or any(line.kind not in Wanted.values for line in lines):
        raise Invalid(field="lines")
    ChecklistLine.objects.filter(company=company).delete()
    made = ChecklistLine.objects.bulk_create(
        ChecklistLine(
            office_id=company.office_id,
            company=company,
            kind=line.kind,
            label=clean_line(line.label)[:LABEL],
            account=line.account.replace(" ", "")[:IBAN],
            place=place,
        )
        for place, line in enumerate(lines, 1)
    )
    _tell(Verb.CHECKLIST_CHANGED, by=by, at=at, company=company, items=[line.kind for line in lines])
    return made


def _dossier(company_id: UUID, *, by: Membership) -> Company:
    seen = Company.objects.visible_to(by).active().filter(still_in_force(by), pk=company_id)
    company = seen.select_for_update(of=("self",)).first()
    if company is None:
        raise NotFound
    require_staff(by)
    return company


def _tell(verb: Verb, *, by: Membership, at: datetime, company: Company | None = None, **facts: Any) -> None:
    subject = company.pk if company else by.office_id
    company_id = company.pk if company else None
    record(verb, subject, office_id=by.office_id, company_id=company_id, by_id=by.pk, at=at, **facts)
