"""Questions: the answers that were accepted, for the books."""

from django.http import HttpResponse
from ninja import Query, Router

from comptoir.api import schemas_questions as schemas
from comptoir.api.answers import answer
from comptoir.api.auth import READ, ApiRequest
from comptoir.api.errors import refusals
from comptoir.api.ledger import page_of
from comptoir.api.rows import Item, attachment_item
from comptoir.core.errors import NotAllowed
from comptoir.questions.models import Question
from comptoir.questions.queries import accepted, with_answers
from comptoir.questions.question_words import answer_said, question_said

router = Router(tags=["questions"], auth=READ)


@router.get(
    "/answers",
    response={200: schemas.AcceptedAnswers, **refusals()},
    summary="Answers that were accepted",
)
def list_answers(request: ApiRequest, asked: Query[schemas.AnswersAsked]) -> HttpResponse:
    """Over all dossiers of the token's person, the oldest decision first; for the staff.

    To fetch what is new, ask with the `accepted_at` of the last one received: it comes again, and what was decided in
    the same moment with it. An answer never changes after it was accepted.
    """
    member = request.auth.member
    if not member.is_office:
        raise NotAllowed
    rows = with_answers(accepted(member, since=asked.since)).select_related("company")
    items, has_more = page_of(rows, asked)
    return answer({"items": [_item(one) for one in items], "page": asked.page, "has_more": has_more})


def _item(question: Question) -> Item:
    given = question.known_answers[0]  # type: ignore[attr-defined]  # prefetched
    decided_by = question.decided_by
    return {
        "question": question.pk,
        "company": question.company_id,
        "enterprise_number": question.company.enterprise_number,
        "conversation": question.conversation_id,
        "type": question.type,
        "text": question_said(question),
        "invoice": question.invoice_id,
        "payment": question.payment_id,
        "party": question.party,
        "subject": question.subject_text,
        "facts": question.facts,
        "choice": given.choice,
        "detail": given.detail,
        "body": given.body,
        "message": answer_said(given, type_id=question.type),
        "files": [attachment_item(one.attachment) for one in given.known_files],
        "answered_by": given.answered_by.person.name,
        "answered_at": given.answered_at,
        "accepted_by": decided_by.person.name if decided_by else "",
        "accepted_at": question.decided_at,
    }
