"""Full-text search within what the member may see."""

from django.http import HttpResponse
from ninja import Query, Router

from comptoir.api import schemas_ledger as schemas
from comptoir.api.answers import answer
from comptoir.api.asked import SearchAsked
from comptoir.api.auth import READ, ApiRequest
from comptoir.api.errors import refusals
from comptoir.api.ledger_rows import invoice_item, payment_item
from comptoir.api.rows import Item, member_item
from comptoir.conversations.search import Found, find
from comptoir.ledger.queries import found_invoices, found_payments

router = Router(auth=READ, tags=["search"])


@router.get(
    "/search",
    response={200: schemas.Found, **refusals()},
    summary="Find conversations, invoices and payments",
)
def search(request: ApiRequest, asked: Query[SearchAsked]) -> HttpResponse:
    """`items`: the fifty newest subjects, messages and files that hold every word; case and accents do not matter, and the
    last word may be unfinished. Beside them the newest invoices and payments, for whom sees the accounts.
    """
    member = request.auth.member
    return answer(
        {
            "items": [hit_item(hit) for hit in find(member, asked.q)],
            "invoices": [invoice_item(one) for one in found_invoices(member, asked.q)],
            "payments": [payment_item(one) for one in found_payments(member, asked.q)],
        }
    )


def hit_item(hit: Found) -> Item:
    conversation, message = hit.conversation, hit.message
    return {
        "conversation": {
            "id": conversation.pk,
            "subject": conversation.subject,
            "company": {"id": conversation.company_id, "name": conversation.company.name},
            "state": "open" if conversation.is_open else "closed",
        },
        "message": message
        and {
            "id": message.pk,
            "author": member_item(message.author),
            "body": message.body,
            "sent_at": message.sent_at,
            "position": message.position,
        },
    }
