"""Views that only the tests' product has. Those that change something use the product's own actions."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.core.files import File
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from comptoir.conversations.models import Conversation
from comptoir.core.http import Seekable, send_file
from comptoir.live import hints
from comptoir.live.broker import publish
from comptoir.people.actions.memberships import end_membership
from comptoir.people.models import Company
from tests import world
from tests.world import fresh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership


@csrf_exempt
def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{len(request.body)} {hashlib.sha256(request.body).hexdigest()}")


@csrf_exempt
def upload(request: HttpRequest) -> HttpResponse:
    file = request.FILES["file"]
    return HttpResponse(f"{file.name} {file.size}")


def slow(request: HttpRequest) -> HttpResponse:
    time.sleep(float(request.GET["seconds"]))
    return HttpResponse("at last")


def file(request: HttpRequest) -> HttpResponseBase:
    path = Path(os.environ["COMPTOIR_DATA"]) / "probe.bin"
    opened = cast("Seekable", File(path.open("rb")))
    return send_file(request, opened, name="probe.bin", media_type="application/octet-stream")


def rows(request: HttpRequest) -> StreamingHttpResponse:
    def made() -> Iterator[bytes]:
        for _ in range(int(request.GET["count"])):
            yield b"x" * 1000

    return StreamingHttpResponse(made(), content_type="text/csv")


def count(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Company.objects.count()))


def boom(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("as asked")


def _by(request: HttpRequest) -> Membership:
    return fresh(world.Membership.objects.get(pk=request.GET["by"]))


def begin(request: HttpRequest) -> HttpResponse:
    by = _by(request)
    to = fresh(world.Membership.objects.get(pk=request.GET["to"])) if "to" in request.GET else None
    company = Company.objects.get(pk=request.GET["company"])
    return HttpResponse(str(world.begin(by, company, at=timezone.now(), to=to).conversation.pk))


def say(request: HttpRequest) -> HttpResponse:
    conversation = Conversation.objects.get(pk=request.GET["conversation"])
    world.say(conversation, _by(request), "Et voilà.", at=timezone.now())
    return HttpResponse(str(Conversation.objects.get(pk=conversation.pk).revision))


def end(request: HttpRequest) -> HttpResponse:
    end_membership(
        fresh(world.Membership.objects.get(pk=request.GET["member"])).pk, by=_by(request), at=timezone.now()
    )
    return HttpResponse("ended")


def typing(request: HttpRequest) -> HttpResponse:
    by = _by(request)
    conversation = Conversation.objects.get(pk=request.GET["conversation"])
    about = {
        "company": conversation.company_id,
        "conversation": conversation.pk,
        "by": by.pk,
        "name": by.person.name,
    }
    publish(hints.typing(office=by.office_id, **about))
    return HttpResponse("told")
