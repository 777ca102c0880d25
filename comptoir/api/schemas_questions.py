"""What is answered about questions."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from comptoir.api.schemas import Answer, Attachment
from comptoir.api.schemas_ledger import PagesAsked


class AnswersAsked(PagesAsked):
    since: Annotated[
        datetime | None,
        Field(description="Accepted at this moment or later; with its time zone, `2026-11-01T00:00:00Z`."),
    ] = None


class AcceptedAnswer(Answer):
    question: UUID
    company: UUID
    enterprise_number: str
    conversation: UUID
    type: str = Field(description="Of the catalogue, or `free`.", examples=["A1"])
    text: str = Field(description="What was asked, in the language of the token's person.")
    invoice: UUID | None
    payment: UUID | None
    party: str
    subject: str = Field(description="A period or a missing number, where it is about one.")
    facts: dict[str, object] = Field(
        description="What the data said when it was asked: days as `2026-11-12`, amounts as `428.90`."
    )
    choice: str = Field(
        description="Of the type's choices, or `text`, `file`, `dont_know`, `call_me`.", examples=["business"]
    )
    detail: dict[str, object] = Field(description="`percent`, `name`, `day` or `picked`, as the choice asks.")
    body: str
    message: str = Field(description="The answer as people read it.")
    files: list[Attachment]
    answered_by: str
    answered_at: datetime
    accepted_by: str
    accepted_at: datetime


class AcceptedAnswers(Answer):
    items: list[AcceptedAnswer]
    page: int
    has_more: bool
