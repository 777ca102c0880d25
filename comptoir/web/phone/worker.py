"""The script that stays behind the pages, and the page that it shows when the server cannot be reached."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from comptoir.core.errors import NotFound
from comptoir.web.brand import DEFAULT_CHROMA, DEFAULT_HUE

if TYPE_CHECKING:
    from django.http import HttpRequest

SOURCE = Path(settings.STATICFILES_DIRS[0]) / "js" / "worker.js"
# What the offline page is made of; it holds nothing of anybody.
PARTS = ("css/app.css", "js/again.js", "icons.svg", "img/favicon.svg", "fonts/inter-latin.woff2")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view
    """At the root, because a worker looks after what lies below its own address. A new text is a new worker."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")


@lru_cache(maxsize=1)
def _script() -> bytes:
    """The same for everybody, so that it may be made once."""
    languages = [code for code, _ in settings.LANGUAGES]
    facts: dict[str, Any] = {
        "languages": languages,
        "kept": [static(part) for part in PARTS] + [reverse("offline", args=[code]) for code in languages],
        "icon": reverse("app_icon", args=[DEFAULT_HUE, DEFAULT_CHROMA, "icon", 192]),
        "badge": reverse("app_icon", args=[DEFAULT_HUE, DEFAULT_CHROMA, "badge", 96]),
    }
    source = SOURCE.read_bytes()
    facts["version"] = sha256(source + orjson.dumps(facts) + _texts()).hexdigest()[:12]
    return b"self.comptoir = " + orjson.dumps(facts) + b";\n" + source


def _texts() -> bytes:
    """What the offline pages say: reworded, they are fetched again."""
    return "".join(_page(code) for code, _ in settings.LANGUAGES).encode()


@require_safe
def offline(request: HttpRequest, language: str) -> HttpResponse:  # noqa: ARG001 -- a view
    if language not in dict(settings.LANGUAGES):
        raise NotFound
    return HttpResponse(_page(language))


def _page(language: str) -> str:
    """Without the request: nothing of who asks may stand in it."""
    with translation.override(language):
        return render_to_string("phone/offline.html", {"language": language})
