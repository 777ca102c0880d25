"""Full-text search within what the member may see."""

from django.http import HttpResponse
from ninja import Query, Router

from comptoir.api import schemas
from comptoir.api.answers import answer
from comptoir.api.asked import SearchAsked
from comptoir.api.auth import READ, ApiRequest
from comptoir.api.errors import refusals
from comptoir.api.rows import Item, member_item
from comptoir.conversations.search import Found, find

router = Router(auth=READ, tags=["search"])


@router.get(
    "/search", response={200: schemas.Found, **refusals()}, summary="Find subjects, messages and files"
)
def search(request: ApiRequest, asked: Query[SearchAsked]) -> HttpResponse:
    """The fifty newest that hold every word; case and accents do not matter, and the last word may be unfinished."""
    return answer({"items": [hit_item(hit) for hit in find(request.auth.member, asked.q)]})


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
