"""Who asks: a program with a token, which acts as one membership. Cookies are not looked at.

A session's cookie is sent along by any page in the reader's browser; a token only by whom it was given to. So the
API needs no protection against forged requests, and our own pages use their own addresses.
"""

import time
from typing import ClassVar, Literal

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer

from comptoir.api.limits import REQUESTS, UPLOADS
from comptoir.core.errors import NotAllowed
from comptoir.people.bearer import Bearer, bearer_of
from comptoir.people.secrets import digest_of


class ScopeMissing(NotAllowed):
    code = "scope_missing"
    text = _("This token may not do that: it lacks the scope.")


class ApiRequest(HttpRequest):
    auth: Bearer


class ReadToken(HttpBearer):
    openapi_description: ClassVar[str] = "A token with the scope `read`, made in the profile of its member."
    scope: ClassVar[Literal["read", "write"]] = "read"

    def authenticate(self, request: HttpRequest, token: str) -> Bearer | None:  # noqa: ARG002 -- ninja's signature
        """The token's member and scopes, within its rate. From here on answers are in the member's language."""
        bearer = bearer_of(token, at=timezone.now())
        if bearer is None:
            return None
        translation.activate(bearer.member.person.language)
        self.count(digest_of(token))
        if self.scope not in bearer.scopes:
            raise ScopeMissing
        return bearer

    def count(self, key: str) -> None:
        REQUESTS.take(key, now=time.monotonic())


class WriteToken(ReadToken):
    openapi_description = "A token with the scope `write`."
    scope = "write"


class UploadToken(WriteToken):
    openapi_description = "A token with the scope `write`; fewer uploads than other requests are taken."

    def count(self, key: str) -> None:
        super().count(key)
        UPLOADS.take(key, now=time.monotonic())


READ, WRITE, UPLOAD = ReadToken(), WriteToken(), UploadToken()
