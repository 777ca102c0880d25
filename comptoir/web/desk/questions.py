"""Questions to send of one dossier: its drafts, with what the client will receive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.views.decorators.http import require_safe

from comptoir.core.ids import new_id
from comptoir.ledger.queries import up_to
from comptoir.people.models import Language
from comptoir.people.profiles import Profile, may_write_to_clients
from comptoir.people.queries import addressees
from comptoir.questions.actions.asking import ASKING_FIELDS, QUESTIONS_AT_ONCE, TAKEN_BACK_WITHIN
from comptoir.questions.to_send import drafts_in, just_asked, scheduled
from comptoir.web.desk.asking_by_hand import by_hand
from comptoir.web.desk.asking_texts import introduction
from comptoir.web.desk.companies import seen_company
from comptoir.web.desk.question_forms import next_morning
from comptoir.web.desk.question_rows import by_party, ticked_at_first
from comptoir.web.members import for_office
from comptoir.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.core.errors import Refused
    from comptoir.people.models import Company, Membership


@for_office
@require_safe
def company_questions(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    """`?language=` and `?template=` choose another introduction."""
    return drafts_page(request, member, seen_company(member, company_id))


def drafts_page(
    request: HttpRequest, member: Membership, dossier: Company, *, refusal: Refused | None = None
) -> HttpResponseBase:
    """Also after what was refused: nothing typed or ticked is lost."""
    at, typed = timezone.now(), request.POST if request.method == "POST" else None
    drafts = list(drafts_in([dossier.pk], member=member)[:QUESTIONS_AT_ONCE])
    language = request.GET.get("language", "")
    language = language if language in Language.values else dossier.language
    text = introduction(request.GET.get("template", ""), language=language)
    return page(
        request,
        member,
        "desk/questions.html",
        status=refusal.status if refusal else 200,
        active="questions",
        company=dossier,
        up_to=up_to(member, dossier.pk),
        parties=by_party(drafts),
        count=len(drafts),
        ticked=set(typed.getlist("question")) if typed else ticked_at_first(drafts),
        people=[one for one in addressees(member, dossier) if one.profile == Profile.FULL_ACCESS],
        may_send=may_write_to_clients(member.profile) and dossier.archived_at is None,
        just_asked=just_asked(member, since=at - TAKEN_BACK_WITHIN, company_id=dossier.pk),
        scheduled=scheduled(member, company_id=dossier.pk),
        next_morning=next_morning(at),
        languages=Language.choices,
        fields=ASKING_FIELDS,
        language=language,
        chosen=request.GET.get("template", "plain"),
        refusal=refusal,
        by_hand=by_hand(request, member, dossier),
        **_typed(typed, text.subject, text.body),
    )


def _typed(typed: Any, subject: str, body: str) -> dict[str, Any]:
    if typed is None:
        return {"subject": subject, "body": body, "key": new_id(), "message_key": new_id()}
    named = {name: typed.get(name, "") for name in ("subject", "body", "due_on", "person", "send_at")}
    keys = {name: typed.get(name) or new_id() for name in ("key", "message_key")}
    return {**named, **keys}
