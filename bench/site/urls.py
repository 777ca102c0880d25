"""The bare views that the product is measured against: in the same process, behind the same middleware."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from comptoir.urls import handler400, handler404
from comptoir.urls import urlpatterns as products

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["handler400", "handler404", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    """What every page of a signed-in reader costs at least: the session and the user."""
    return HttpResponse(str(request.user.is_authenticated))


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    """What every write costs at least: one row, committed to the disk. Nobody is asked who they are."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row (body) VALUES (%s)", [request.body.decode()])
    return HttpResponse(status=201)


def nothing(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view
    return HttpResponse(status=204)


urlpatterns = [
    path("bare/empty", empty),
    path("bare/insert", insert),
    path("bare/nothing", nothing),
    *products,
]
