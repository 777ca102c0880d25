"""The one place where the API turns a refusal into an answer: `{"error": code, "message": text, "field": name}`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel, ConfigDict, Field

from comptoir.api.answers import answer
from comptoir.api.limits import RateExceeded
from comptoir.api.parser import Malformed
from comptoir.core.errors import Invalid, NotFound, NotSignedIn, Refused, TooLarge

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise
    from ninja import NinjaAPI

QUERY_OR_BODY = "asked"  # what every view calls the schema of its query or body: no name that a caller knows

WHAT_IS_WRONG: dict[str, _StrPromise] = {
    "missing": _("This field is missing."),
    "extra_forbidden": _("There is no such field."),
}


class Refusal(BaseModel):
    """Why it was not done. `message` is in the language of the token's person, or else of Accept-Language."""

    model_config = ConfigDict(extra="forbid")

    error: str = Field(description="A code for programs.", examples=["conversation_closed"])
    message: str = Field(description="A sentence for people.")
    field: str = Field(description="The field that caused it, or empty.", examples=["subject"])


class MethodNotAllowed(Refused):
    code = "method_not_allowed"
    status = 405
    text = _("This address does not take that method.")


# What the frameworks raise, and what it means here; the first that fits.
MEANT: dict[type[Exception], type[Refused]] = {
    AuthenticationError: NotSignedIn,
    Http404: NotFound,
    RequestDataTooBig: TooLarge,
    TooManyFieldsSent: TooLarge,
    TooManyFilesSent: TooLarge,
    SuspiciousOperation: Malformed,
    BadRequest: Malformed,
    MultiPartParserError: Malformed,
    UnreadablePostError: Malformed,
}

# Every operation may answer with these; `refusals` adds what else a particular one may say.
ALWAYS = (400, 401, 403, 413, 422, 429)


def refusals(*more: int) -> dict[int, type[Refusal]]:
    return dict.fromkeys(sorted({*ALWAYS, *more}), Refusal)


def refused(refusal: Refused) -> HttpResponse:
    response = answer(
        {"error": refusal.code, "message": str(refusal.text), "field": refusal.field}, status=refusal.status
    )
    response.headers["Content-Language"] = get_language() or "en"
    if isinstance(refusal, NotSignedIn):
        response.headers["WWW-Authenticate"] = 'Bearer realm="Comptoir"'
    if isinstance(refusal, RateExceeded):
        response.headers["Retry-After"] = str(math.ceil(refusal.wait))
    return response


def as_refusal(error: Exception) -> Refused | None:
    """None for what is no refusal but a fault."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, ValidationError):
        return first_wrong(error.errors)
    if isinstance(error, HttpError) and isinstance(error.__cause__, Refused):
        return error.__cause__  # what our parser raised, wrapped by ninja
    for kind, refusal in MEANT.items():
        if isinstance(error, kind):
            return refusal()
    return None


def first_wrong(errors: list[dict[str, Any]]) -> Refused:
    """The first thing that is wrong with the fields, and the name of its field."""
    first = errors[0]
    named = [str(part) for part in first["loc"][1:] if part != QUERY_OR_BODY]
    # Deeper than the field and an index in its list stand the names of our own classes.
    is_item = len(named) > 1 and named[1].isdigit()
    text: _StrPromise | str = WHAT_IS_WRONG.get(
        first["type"], _("This is not a value that the field can take.")
    )
    if first["type"] == "too_long":  # of lists; a text's is another
        text = _("At most %(n)d are possible here.") % {"n": first["ctx"]["max_length"]}
    return Invalid(text, field=".".join(named[: 2 if is_item else 1]))


def answer_refusals_of(api: NinjaAPI) -> None:
    def answered(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ARG001 -- ninja's signature
        refusal = as_refusal(error)
        if refusal is None:
            raise error
        return refused(refusal)

    # ninja looks handlers up along the class's ancestors, and has ones of its own for these.
    for kind in (Exception, Http404, HttpError, ValidationError):
        api.add_exception_handler(kind, answered)
