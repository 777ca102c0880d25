"""Events in words: who did what to what, without a query per row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from comptoir.activity.verbs import Verb
from comptoir.people.models import Company, Group, Membership
from comptoir.web.desk.audit_words import called, meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comptoir.activity.models import Event

HEADINGS = (
    _("Moment"),
    _("What happened"),
    _("By"),
    _("E-mail address"),
    _("Dossier"),
    _("Details"),
    _("Number"),
)
WRITTEN_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Facts that only programs read.
NOT_SHOWN = {"revision", "desk_revision", "upto", "members", "invoices", "open_questions", "answer"}
CHANGED_TEXT = {Verb.MESSAGE_EDITED, Verb.MESSAGE_DELETED}


@dataclass(frozen=True)
class Names:
    people: dict[UUID, tuple[str, str]]  # name and e-mail address, by membership
    companies: dict[UUID, str]
    others: dict[str, str]  # what facts point at, by id in text

    @classmethod
    def of(cls, events: Sequence[Event], member: Membership) -> Names:
        """Those that these events name."""
        pointed = {str(value) for event in events for value in _values(event.facts)}
        by_ids = {event.by_id for event in events if event.by_id}
        return cls._among(
            Membership.objects.visible_to(member).filter(pk__in=by_ids | _uuids(pointed)),
            Company.objects.visible_to(member).filter(pk__in={e.company_id for e in events if e.company_id}),
            Group.objects.visible_to(member),
        )

    @classmethod
    def of_all(cls, member: Membership) -> Names:
        """Those of the whole office, for an export."""
        return cls._among(
            Membership.objects.visible_to(member),
            Company.objects.visible_to(member),
            Group.objects.visible_to(member),
        )

    @classmethod
    def _among(cls, members: Any, companies: Any, groups: Any) -> Names:
        people = {
            pk: (name, email)
            for pk, name, email in members.values_list("pk", "person__name", "person__email")
        }
        others = {str(pk): name for pk, (name, _email) in people.items()}
        others |= {str(pk): name for pk, name in groups.values_list("pk", "name")}
        return cls(people=people, companies=dict(companies.values_list("pk", "name")), others=others)


@dataclass(frozen=True)
class AuditRow:
    event: Event
    what: str
    by: str
    company: str
    details: str
    has_earlier_text: bool


def shown(events: Iterable[Event], names: Names) -> list[AuditRow]:
    return [
        AuditRow(
            event=event,
            what=what(event),
            by=names.people.get(event.by_id, ("", ""))[0] if event.by_id else "",
            company=names.companies.get(event.company_id, "") if event.company_id else "",
            details=details(event, names),
            has_earlier_text=event.verb in CHANGED_TEXT,
        )
        for event in events
    ]


def cells_of(event: Event, names: Names) -> list[str]:
    """One row of the export, under HEADINGS."""
    name, email = names.people.get(event.by_id, ("", "")) if event.by_id else ("", "")
    company = names.companies.get(event.company_id, "") if event.company_id else ""
    at = timezone.localtime(event.at).isoformat(sep=" ", timespec="seconds")
    return [at, what(event), name, email, company, details(event, names), str(event.pk)]


def what(event: Event) -> str:
    """The verb in the reader's language; a verb that is no more stays as it was written."""
    return str(Verb(event.verb).label) if event.verb in Verb.values else event.verb


def details(event: Event, names: Names) -> str:
    """`Name: Moulin; Managed by: Nathalie Verhulst → Julien Moreau`, in the reader's language."""
    facts = {name: value for name, value in event.facts.items() if name not in NOT_SHOWN}
    facts |= facts.pop("changes", {})
    colon = pgettext("before what somebody said", ": ")
    return "; ".join(f"{called(name)}{colon}{_said(name, value, names)}" for name, value in facts.items())


def _said(name: str, value: Any, names: Names) -> str:
    if isinstance(value, list):
        sign = " → " if len(value) == 2 else ", "  # noqa: PLR2004 -- before and after
        return sign.join(_said(name, one, names) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{called(part)} {_said(part, one, names)}" for part, one in value.items())
    return names.others.get(str(value)) or meant(name, value)


def _values(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _values(one)
    else:
        yield value


def _uuids(texts: Iterable[str]) -> set[UUID]:
    return {UUID(text) for text in texts if WRITTEN_UUID.fullmatch(text)}
