"""*Questions to send* of all dossiers: each with its drafts by party, sent at once or at a moment, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone
from django.views.decorators.http import require_safe

from comptoir.core.ids import new_id
from comptoir.ledger.queries import last_statements
from comptoir.people.profiles import may_write_to_clients
from comptoir.questions.actions.asking import TAKEN_BACK_WITHIN
from comptoir.questions.to_send import drafts_in, just_asked, scheduled, to_send
from comptoir.web.desk.question_forms import next_morning
from comptoir.web.desk.question_rows import by_party, ticked_at_first
from comptoir.web.desk.sending import counted
from comptoir.web.members import for_office
from comptoir.web.pages import page

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Company, Membership
    from comptoir.questions.models import Question
    from comptoir.questions.to_send import ToSend
    from comptoir.web.desk.question_rows import Party

SHOWN = 200  # drafts on the page; dossiers beyond are a line that leads to their own page


class Dossier(NamedTuple):
    company: Company
    parties: list[Party]
    number: int
    statement_on: date | None

    @property
    def is_whole(self) -> bool:
        return self.number == sum(len(party.rows) for party in self.parties)


@for_office
@require_safe
def questions_to_send(request: HttpRequest, member: Membership) -> HttpResponseBase:
    at, rows = timezone.now(), to_send(member)
    first = _first(rows)
    drafts = list(drafts_in([one.company.pk for one in first], member=member)[:SHOWN])
    ticked = ticked_at_first(drafts)
    companies = {one.company_id for one in drafts if str(one.pk) in ticked}
    return page(
        request,
        member,
        "desk/questions_to_send.html",
        active="questions",
        dossiers=_dossiers(first, drafts, member),
        others=rows[len(first) :],
        ticked=ticked,
        counted=counted(len(ticked), len(companies)),
        may_send=may_write_to_clients(member.profile),
        just_asked=just_asked(member, since=at - TAKEN_BACK_WITHIN),
        scheduled=scheduled(member),
        next_morning=next_morning(at),
        key=new_id(),
    )


def _first(rows: list[ToSend]) -> list[ToSend]:
    """As many dossiers as the page has room for; one at least."""
    room = SHOWN
    found: list[ToSend] = []
    for row in rows:
        room -= row.number
        if found and room < 0:
            break
        found.append(row)
    return found


def _dossiers(rows: list[ToSend], drafts: list[Question], member: Membership) -> list[Dossier]:
    statements = last_statements(member, [row.company.pk for row in rows])
    return [
        Dossier(
            row.company,
            by_party(one for one in drafts if one.company_id == row.company.pk),
            row.number,
            statements.get(row.company.pk),
        )
        for row in rows
    ]
