from django.urls import path

from comptoir.urls import handler400, handler404, urlpatterns
from tests.serving import probes

__all__ = ["handler400", "handler404", "urlpatterns"]

handler500 = "comptoir.ops.faults.server_error"

urlpatterns = [
    *urlpatterns,
    path("probe/echo", probes.echo),
    path("probe/upload", probes.upload),
    path("probe/slow", probes.slow),
    path("probe/file", probes.file),
    path("probe/rows", probes.rows),
    path("probe/boom", probes.boom),
    path("probe/count", probes.count),
    path("probe/begin", probes.begin),
    path("probe/say", probes.say),
    path("probe/end", probes.end),
    path("probe/typing", probes.typing),
]
