"""The structure of a mail, read by the standard library within limits that it does not have by itself. Pure."""

from __future__ import annotations

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from typing import Any, cast

from comptoir.mailbox.headers import HEADER_LENGTH, parameters, unfolded

DEPTH = 20
PARTS = 500


def read(raw: bytes) -> Part:
    """Never fails. What lies deeper than DEPTH is one file, what comes after PARTS others is left out."""
    parsed: Any = BytesParser(_class=Part, policy=_Reading()).parsebytes(raw)  # type: ignore[arg-type] # typeshed knows no policy but its own
    return cast("Part", parsed)


class _Reading(EmailPolicy):
    """`policy.default` that leaves a header as text, and of bounded length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:HEADER_LENGTH]

    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ARG002 -- the name belongs to the interface
        return unfolded(value)


class Part(EmailMessage):
    """A part that knows how deep it lies. Below the limits the parser sees no more structure in it."""

    def __init__(self, policy: EmailPolicy) -> None:
        super().__init__(policy)
        self.depth = 0
        self.parts = 0
        self.root: Part = self

    def attach(self, payload: Any) -> None:
        payload.depth, payload.root = self.depth + 1, self.root
        self.root.parts += 1
        if self.root.parts <= PARTS:
            super().attach(payload)

    def get_content_maintype(self) -> str:
        """The parser asks this before it descends. A mail within a mail stays one file, with its bytes as they are."""
        kind = super().get_content_maintype()
        return "application" if kind == "message" or self.depth >= DEPTH else kind

    def get_boundary(self, failobj: Any = None) -> Any:
        return self.parameter("boundary") or failobj

    def parameter(self, name: str, *, header: str = "content-type") -> str:
        return parameters(str(self.get(header, "")))[1].get(name, "")

    @property
    def disposition(self) -> str:
        return parameters(str(self.get("content-disposition", "")))[0]

    @property
    def file_name(self) -> str:
        return self.parameter("filename", header="content-disposition") or self.parameter("name")
