"""The description as a page for people: plain HTML made here, so that it needs no script and no other site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from ninja.openapi.docs import DocsBase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse
    from ninja import NinjaAPI

REF = "#/components/schemas/"
CODE = re.compile(r"`([^`]+)`")
REFUSED_FROM = 400


@dataclass(frozen=True)
class Field:
    name: str
    kind: SafeString
    is_required: bool
    description: SafeString


@dataclass(frozen=True)
class Response:
    status: int
    description: str
    kind: SafeString


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    anchor: str
    summary: str
    description: SafeString
    security: str
    parameters: list[Field]
    media_type: str
    body: list[Field]
    responses: list[Response]
    refusals: str


class Pages(DocsBase):
    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Two pages at one address, so that neither is heavy: the operations, and with `?schemas` what they speak of."""
        schema = api.get_openapi_schema()
        has_schemas = "schemas" in request.GET
        context = {
            "title": api.title,
            "description": paragraphs(api.description),
            "openapi_url": self.get_openapi_url(api, kwargs),
            "operations": [] if has_schemas else list(operations(schema)),
            "schemas": described(schema) if has_schemas else [],
        }
        return render(request, "api/docs.html", context)


def described(schema: Any) -> list[tuple[str, list[Field]]]:
    return [(name, fields(schema, one)) for name, one in sorted(all_schemas(schema).items())]


def all_schemas(schema: Any) -> dict[str, Any]:
    found: dict[str, Any] = schema["components"]["schemas"]
    return found


def operations(schema: Any) -> Iterator[Operation]:
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            media_type, body = body_of(schema, said)
            answers = [response(int(status), one) for status, one in said["responses"].items()]
            yield Operation(
                method=method.upper(),
                path=path,
                anchor=said["operationId"],
                summary=said["summary"],
                description=paragraphs(said.get("description", "")),
                security=", ".join(name for one in said.get("security", []) for name in one),
                parameters=[
                    field(one["name"], one["schema"], is_required=one["required"])
                    for one in said["parameters"]
                ],
                media_type=media_type,
                body=body,
                responses=[one for one in answers if one.status < REFUSED_FROM],
                refusals=", ".join(str(one.status) for one in answers if one.status >= REFUSED_FROM),
            )


def body_of(schema: Any, said: Any) -> tuple[str, list[Field]]:
    for media_type, content in said.get("requestBody", {}).get("content", {}).items():
        return media_type, fields(schema, content["schema"])
    return "", []


def response(status: int, said: Any) -> Response:
    kinds = [kind_of(content["schema"]) for content in said.get("content", {}).values()]
    return Response(status, said["description"], mark_safe(" or ".join(kinds)))  # noqa: S308 -- each is safe


def paragraphs(text: str) -> SafeString:
    """Our own docstrings and descriptions: blank lines part paragraphs, backticks mark code."""
    return mark_safe(linebreaks(with_code(text)))  # noqa: S308 -- escaped by with_code


def with_code(text: str) -> SafeString:
    return mark_safe(CODE.sub(r"<code>\1</code>", escape(text)))  # noqa: S308 -- escaped first


def fields(schema: Any, of: Any) -> list[Field]:
    if "$ref" in of:
        of = all_schemas(schema)[of["$ref"].removeprefix(REF)]
    required = of.get("required", [])
    return [field(name, one, is_required=name in required) for name, one in of.get("properties", {}).items()]


def field(name: str, of: Any, *, is_required: bool) -> Field:
    kind = mark_safe(kind_of(of))  # noqa: S308 -- made of escaped parts
    return Field(name, kind, is_required, with_code(of.get("description", "")))


def kind_of(of: Any) -> str:
    """A type in words, as HTML: `list of uuid`, `"open" or "closed"`, a link to `Member`."""
    if "$ref" in of:
        name = escape(str(of["$ref"]).removeprefix(REF))
        return f'<a href="?schemas#schema-{name}">{name}</a>'
    for several in ("anyOf", "allOf", "oneOf"):
        if several in of:
            return " or ".join(kind_of(one) for one in of[several])
    if of.get("type") == "array":
        return f"list of {kind_of(of['items'])}"
    values = of.get("enum", [of["const"]] if "const" in of else [])
    return escape(" or ".join(f'"{one}"' for one in values) or of.get("format") or of.get("type", ""))
