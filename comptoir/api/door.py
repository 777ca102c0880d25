"""ninja's API object with what it leaves open: whatever happens under our addresses is answered as an answer of ours."""

from __future__ import annotations

from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponseNotAllowed
from django.urls import URLPattern, re_path
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from comptoir.api.docs import Pages
from comptoir.api.errors import MethodNotAllowed, answer_refusals_of, refused
from comptoir.api.parser import StrictParser
from comptoir.core.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django.urls import URLResolver
    from ninja.openapi.schema import OpenAPISchema
    from ninja.operation import Operation

DESCRIPTION = """\
The same actions and the same gate as the pages: a program with a token sees and does what its member sees and does.

Make a token in your profile and send it as `Authorization: Bearer cpt_…`. A program makes the ids of what it creates
(UUIDs), so that a request whose answer was lost can be sent again: the same again is answered with what is stored.
What you may not see is answered as what does not exist, 404. After 503 the same may be sent again in a moment.
Live changes: server-sent events at `/live`.
"""


class Api(NinjaAPI):
    def __init__(self) -> None:
        super().__init__(
            title="Comptoir",
            version="1",
            description=DESCRIPTION,
            docs=Pages(),
            parser=StrictParser(),
            urls_namespace="api",
            openapi_extra={
                "info": {"license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}}
            },
        )
        answer_refusals_of(self)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **_where: Any) -> OpenAPISchema:
        return self._description

    @cached_property
    def _description(self) -> OpenAPISchema:
        return super().get_openapi_schema()

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        patterns = [*super()._get_urls(), re_path("", csrf_exempt(missing))]
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = answered(pattern.callback)
        return patterns


def missing(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 -- a view
    raise NotFound


def answered(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """In the caller's language until the token says whose it is; what ninja answers by itself becomes JSON."""

    @wraps(view)
    def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        with translation.override(translation.get_language_from_request(request)):
            try:
                response = view(request, **kwargs)
            except (NotFound, Http404):
                return refused(NotFound())
            if isinstance(response, HttpResponseNotAllowed):
                allowed, response = response.headers["Allow"], refused(MethodNotAllowed())
                response.headers["Allow"] = allowed
            return response

    return wrapper
