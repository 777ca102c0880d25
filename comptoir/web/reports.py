"""What browsers report of pages that broke their own rules: it must stay empty, so it is logged as an error."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

if TYPE_CHECKING:
    from django.http import HttpRequest

log = logging.getLogger(__name__)
LONGEST = 2000


@csrf_exempt  # a browser sends it without cookies or token; nothing is changed by it
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    log.error("Content-Security-Policy report: %s", request.body[:LONGEST].decode("utf-8", "replace"))
    return HttpResponse(status=204)
