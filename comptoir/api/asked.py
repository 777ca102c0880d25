"""What may be asked: bodies are strict, without unknown fields; queries are text and read leniently."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from comptoir.conversations.actions.bulk import DOSSIERS_AT_ONCE
from comptoir.conversations.actions.content import BODY_CHARACTERS, FILES_A_MESSAGE, SUBJECT_CHARACTERS

LARGEST = 2**63 - 1
PAGE = 50
PAGE_AT_MOST = 200
CONVERSATIONS_A_SYNC = 500

Id = Annotated[UUID, Field(strict=False)]  # JSON has no UUIDs: a text that is one
Upto = Annotated[int, Field(ge=0, le=LARGEST)]
# Twice the limit, as a text loses invisible characters before it is measured; the action says which limit it is.
Body = Annotated[
    str, Field(max_length=2 * BODY_CHARACTERS, description=f"At most {BODY_CHARACTERS} characters.")
]
Subject = Annotated[str, Field(max_length=SUBJECT_CHARACTERS)]
Files = Annotated[list[Id], Field(max_length=FILES_A_MESSAGE, description="Uploads of mine, each used once.")]
Limit = Annotated[int, Field(ge=1, le=PAGE_AT_MOST)]
Page = Annotated[int, Field(ge=1, le=10_000)]


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class WithPerson(Asked):
    person: Id = Field(description="The membership of the one person who reads along.")


class StartConversation(Asked):
    id: Id = Field(description="Made by you: the same again is answered with what is stored.")
    company: Id
    # Never by default: what is forgotten in a private conversation must not become a shared one.
    audience: Literal["shared"] | WithPerson
    subject: Subject
    body: Body = ""
    message_id: Id = Field(description="The first message's, made by you as well.")
    attachments: Files = []
    expects_answer: bool = True


class StartConversations(Asked):
    id: Id = Field(description="Made by you: the same again is answered with what is stored.")
    companies: Annotated[list[Id], Field(min_length=1, max_length=DOSSIERS_AT_ONCE)]
    subject: Subject
    body: Body = Field(
        description="May hold `{{ company }}`, `{{ number }}`, `{{ period }}`, `{{ deadline }}`, …"
    )
    period: Annotated[str, Field(max_length=80)] = ""
    deadline: Annotated[str, Field(max_length=80)] = ""
    expects_answer: bool = True


class PostMessage(Asked):
    id: Id = Field(description="Made by you: the same again is answered with what is stored.")
    body: Body = ""
    attachments: Files = []
    expects_answer: bool = False
    reopen: bool = Field(default=False, description="An answer to a closed conversation: open it again.")


class EditMessage(Asked):
    body: Body


class SeenUpto(Asked):
    revision: Upto


class Assign(Asked):
    person: Id | None = Field(description="A membership of the staff with access to the dossier, or null.")


class WriteNote(Asked):
    id: Id
    body: Body


class EditNote(Asked):
    body: Body


class ConversationsAsked(BaseModel):
    state: Literal["open", "closed", "all"] = "open"
    company: UUID | None = None
    to_handle: bool = Field(default=False, description="Only those in which an action of mine is due.")
    page: Page = 1
    limit: Limit = PAGE


class CompaniesAsked(BaseModel):
    page: Page = 1
    limit: Limit = PAGE


class MessagesAsked(BaseModel):
    before: Upto | UUID | None = Field(default=None, description="The position of a message, or its id.")
    since_revision: Upto | None = Field(
        default=None, description="What is new or changed after a revision, in the order of change."
    )
    limit: Limit = PAGE


class SearchAsked(BaseModel):
    q: Annotated[str, Field(min_length=1, max_length=200)]


class SyncAsked(BaseModel):
    conversations: list[str] = Field(
        default=[],
        description="What you have: `<id>:<revision>`, several with commas between or by repeating the parameter;"
        f" at most {CONVERSATIONS_A_SYNC}.",
    )
    limit: Annotated[int, Field(ge=0, le=PAGE_AT_MOST)] = Field(
        default=PAGE, description="How many new ones at most."
    )
