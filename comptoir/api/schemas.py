"""What is answered. Read by the documentation and by the tests, which hold every answer against it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

Side = Literal["office", "client"]
Revision = Annotated[int, Field(ge=0, le=2**63 - 1)]


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Named(Answer):
    id: UUID
    name: str


class Member(Named):
    """A person in one role: `id` is the membership's, and what `person` means wherever it is asked for."""

    side: Side


class Person(Answer):
    id: UUID
    name: str
    email: str
    language: Literal["fr", "nl", "en", "de"]
    time_zone: str


class Membership(Answer):
    id: UUID
    office: Named
    company: Named | None = Field(description="None for the staff of the office.")
    profile: str
    side: Side


class Me(Answer):
    person: Person
    member: Membership = Field(description="The membership that this token acts as.")
    memberships: list[Membership] = Field(description="All of the person's; each needs a token of its own.")
    scopes: list[Literal["read", "write"]]


class Counters(Answer):
    to_handle: int = Field(description="Open conversations in which an action of mine is due.")
    unread: int = Field(description="Open conversations whose newest message I have not seen.")


class Company(Answer):
    id: UUID
    name: str
    enterprise_number: str = Field(description="Ten digits.", examples=["0712458367"])
    vat_regime: Literal["monthly", "quarterly", "exempt"]
    language: Literal["fr", "nl", "en", "de"]
    manager: Named | None = Field(description="Who of the staff holds the dossier.")


class Companies(Answer):
    items: list[Company]
    page: int
    has_more: bool


class Addressable(Member):
    profile: str
    is_addressable: bool = Field(description="Whether I may name them in a private conversation.")


class People(Answer):
    items: list[Addressable]


class PrivateWith(Answer):
    person: UUID
    name: str


class Conversation(Answer):
    id: UUID
    subject: str
    company: Named
    state: Literal["open", "closed"]
    audience: Literal["shared"] | PrivateWith
    started_by: Member
    awaiting: Side | None = Field(description="Which side has something to do.")
    awaiting_since: datetime | None
    to_handle: bool = Field(description="Whether an action of mine is due; the counter counts these.")
    unread: bool
    revision: Revision = Field(description="Rises with every change that both sides may see.")
    last_message_at: datetime
    last_line: str
    created_at: datetime
    closed_at: datetime | None
    assignee: Named | None = Field(default=None, description="Only the staff see it.")
    desk_revision: Revision = Field(default=0, description="Rises with notes and assignment; staff only.")


class ConversationInFull(Conversation):
    may: list[str] = Field(description="What I may do in it now.", examples=[["post", "attach", "close"]])


class Conversations(Answer):
    items: list[Conversation]
    page: int
    has_more: bool


class Attachment(Answer):
    id: UUID
    name: str
    media_type: str
    size: int = Field(description="Bytes.")


class Message(Answer):
    id: UUID
    conversation: UUID
    kind: Literal["text", "started", "closed", "reopened", "passed_on"] = Field(
        description="All but `text` are lines that the product writes for both sides."
    )
    author: Member
    body: str
    sent_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    state: Literal["sent", "delivered", "seen"]
    expects_answer: bool
    attachments: list[Attachment]
    position: Revision = Field(description="Its place: the conversation's revision when it was sent.")
    revision: Revision = Field(description="The conversation's revision at its last change.")


class Started(ConversationInFull):
    message: Message = Field(description="The first one.")


class Messages(Answer):
    items: list[Message]
    revision: Revision = Field(description="The conversation's, to ask with `since_revision` later.")
    has_more: bool
    before: Revision | None = Field(description="Ask with it for the ones before, where there are more.")


class StartedOne(Answer):
    company: UUID
    conversation: UUID


class StartedMany(Answer):
    items: list[StartedOne]


class Receipt(Answer):
    member: Member
    kind: Literal["delivered", "seen"]
    at: datetime
    how: str = Field(description="By which way it reached them.", examples=["portal", "api"])


class Receipts(Answer):
    items: list[Receipt]


class Note(Answer):
    id: UUID
    author: Member
    body: str
    written_at: datetime
    edited_at: datetime | None
    position: Revision = Field(description="The conversation's revision when it was written.")
    revision: Revision = Field(description="The desk revision at its last change.")


class Notes(Answer):
    items: list[Note]


class FoundMessage(Answer):
    id: UUID
    author: Member
    body: str
    sent_at: datetime
    position: Revision


class FoundIn(Answer):
    id: UUID
    subject: str
    company: Named
    state: Literal["open", "closed"]


class Hit(Answer):
    conversation: FoundIn
    message: FoundMessage | None = Field(description="None where the subject was hit.")


class Sync(Answer):
    counters: Counters
    changed: list[Conversation] = Field(description="Of those given, those at another revision now.")
    new: list[Conversation] = Field(description="Not given, newest first.")
    gone: list[UUID] = Field(description="Of those given, those that are not there for me any more.")
    has_more: bool = Field(description="Whether there are more new ones than `limit`.")
