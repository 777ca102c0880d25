"""The description as a page for people: plain HTML made here, so that it needs no script and no other site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from ninja.openapi.docs import DocsBase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse
    from ninja import NinjaAPI

REF = "#/components/schemas/"


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    is_required: bool
    description: str


@dataclass(frozen=True)
class Response:
    status: str
    description: str
    schema: str


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    anchor: str
    summary: str
    description: str
    security: str
    parameters: list[Field]
    media_type: str
    body: list[Field]
    responses: list[Response]


class Pages(DocsBase):
    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema()
        context = {
            "api": api,
            "openapi_url": self.get_openapi_url(api, kwargs),
            "operations": list(operations(schema)),
            "schemas": [(name, fields(schema, one)) for name, one in sorted(all_schemas(schema).items())],
        }
        return render(request, "api/docs.html", context)


def all_schemas(schema: Any) -> dict[str, Any]:
    found: dict[str, Any] = schema["components"]["schemas"]
    return found


def operations(schema: Any) -> Iterator[Operation]:
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            media_type, body = body_of(schema, said)
            yield Operation(
                method=method.upper(),
                path=path,
                anchor=said["operationId"],
                summary=said["summary"],
                description=said.get("description", ""),
                security=", ".join(name for one in said.get("security", []) for name in one),
                parameters=[
                    field(one["name"], one["schema"], is_required=one["required"])
                    for one in said["parameters"]
                ],
                media_type=media_type,
                body=body,
                responses=[response(status, one) for status, one in said["responses"].items()],
            )


def body_of(schema: Any, said: Any) -> tuple[str, list[Field]]:
    for media_type, content in said.get("requestBody", {}).get("content", {}).items():
        return media_type, fields(schema, content["schema"])
    return "", []


def response(status: Any, said: Any) -> Response:
    kinds = [kind_of(content["schema"]) for content in said.get("content", {}).values()]
    return Response(str(status), said["description"], " or ".join(kinds))


def fields(schema: Any, of: Any) -> list[Field]:
    if "$ref" in of:
        of = all_schemas(schema)[of["$ref"].removeprefix(REF)]
    required = of.get("required", [])
    return [field(name, one, is_required=name in required) for name, one in of.get("properties", {}).items()]


def field(name: str, of: Any, *, is_required: bool) -> Field:
    return Field(name, kind_of(of), is_required, of.get("description", ""))


def kind_of(of: Any) -> str:
    """A type in words: `list of uuid`, `"open" or "closed"`, `Member or null`."""
    if "$ref" in of:
        return str(of["$ref"]).removeprefix(REF)
    for several in ("anyOf", "allOf", "oneOf"):
        if several in of:
            return " or ".join(kind_of(one) for one in of[several])
    if "const" in of:
        return f'"{of["const"]}"'
    if "enum" in of:
        return " or ".join(f'"{one}"' for one in of["enum"])
    if of.get("type") == "array":
        return f"list of {kind_of(of['items'])}"
    return str(of.get("format") or of.get("type", ""))
