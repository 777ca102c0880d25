"""Files: handed in first, named by a message then, and given through the gate each time."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import File, Router, UploadedFile

from comptoir.api import schemas
from comptoir.api.answers import answer
from comptoir.api.auth import READ, UPLOAD, ApiRequest
from comptoir.api.errors import refusals
from comptoir.api.rows import attachment_item
from comptoir.conversations.queries import attachment_for
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.files.actions import store_attachment
from comptoir.files.models import Attachment
from comptoir.files.serving import file_response
from comptoir.people.models import Membership
from comptoir.people.profiles import may_attach
from comptoir.questions.queries import answer_file_for

router = Router(tags=["attachments"])
THE_FILE = {
    "responses": {
        200: {
            "description": "The file as it was handed in.",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@router.post(
    "/attachments",
    auth=UPLOAD,
    response={201: schemas.Attachment, **refusals(507)},
    summary="Hand in a file",
)
def upload(request: ApiRequest, file: File[UploadedFile]) -> HttpResponse:
    """It is checked and kept, seen by nobody else until a message of mine names its id."""
    member = request.auth.member
    if not may_attach(member.profile):
        raise NotAllowed
    stored = store_attachment(file, name=file.name or "", by=member, at=timezone.now())
    return answer(attachment_item(stored), status=201)


@router.get(
    "/attachments/{attachment_id}",
    auth=READ,
    response=refusals(404),
    summary="A file",
    openapi_extra=THE_FILE,
)
def download(request: ApiRequest, attachment_id: UUID) -> HttpResponseBase:
    """Of a message or an answer that I see, or my own upload that none has taken yet. `Range` is understood."""
    member = request.auth.member
    for found in (attachment_for, answer_file_for, unsent):
        if file := found(member, attachment_id):
            return file_response(request, file)
    raise NotFound


def unsent(member: Membership, attachment_id: UUID) -> Attachment | None:
    return Attachment.objects.unclaimed_by(member).filter(pk=attachment_id).first()
