"""The API at /api/v1/: every resource in a module of its own, the description as OpenAPI 3.1, and pages that show it."""

from __future__ import annotations

from comptoir.api import (
    attachments,
    columns,
    conversations,
    ledger,
    me,
    messages,
    notes,
    questions,
    search,
    sync,
)
from comptoir.api.door import Api

api = Api()
api.add_router("", me.router)
api.add_router("", conversations.router)
api.add_router("", messages.router)
api.add_router("", notes.router)
api.add_router("", attachments.router)
api.add_router("", ledger.router)
api.add_router("", columns.router)
api.add_router("", questions.router)
api.add_router("", search.router)
api.add_router("", sync.router)
