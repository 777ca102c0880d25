"""One port, one process: the stream raw in the event loop, all other requests by Django on one thread.

`comptoir serve` runs it: the stream writes straight to the connections of that command's own protocol.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.settings")
pages_by_wsgi = get_wsgi_application()

# Models can be imported from here on only.
from comptoir.live.door import serve  # noqa: E402
from comptoir.live.hub import Hub  # noqa: E402
from comptoir.ops import health  # noqa: E402
from comptoir.serving.pages import Pages  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from comptoir.serving.answer import Receive


class Application:
    def __init__(self) -> None:
        self.pages = Pages(pages_by_wsgi)
        self.hub: Hub | None = None

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["path"] == "/live" and self.hub is not None:
            await serve(self.hub, scope, receive, send)
        elif scope["path"] == "/healthz" and self.hub is not None:
            await health.serve(self.hub.gate, self.pages.thread, send)
        else:
            await self.pages(scope, receive, send)

    def end_streams(self) -> None:
        if self.hub is not None:
            self.hub.end_all()

    async def _live(self, receive: Receive, send: Any) -> None:
        await receive()
        self.hub = Hub()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.hub.stop()
        await send({"type": "lifespan.shutdown.complete"})


application = Application()
