"""Runs a WSGI application to its end and keeps the answer, on the thread of the pages."""

from __future__ import annotations

import os
import tempfile
from io import FileIO
from typing import TYPE_CHECKING, Any

from comptoir.serving.answer import Answer, OpenFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

IN_MEMORY = 1024 * 1024  # a longer answer waits in a temporary file for its receiver


class FileToSend:
    """`wsgi.file_wrapper` of PEP 3333: Django gives it the file of a FileResponse, instead of reading it out.
    The event loop then sends the file, from a descriptor of its own, while Django serves others.
    """

    def __init__(self, file: Any, block: int = 65536) -> None:
        self.file = file
        self.block = block

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.file.read(self.block), b"")

    def close(self) -> None:
        self.file.close()

    def opened(self, length: int | None) -> OpenFile | None:
        """None for what is no plain file (memory, an object store)."""
        try:
            start = self.file.tell()
            file = own_copy(self.file)
        except (AttributeError, OSError):
            return None
        size = os.fstat(file.fileno()).st_size - start
        return OpenFile(file, start, size if length is None else min(length, size))


def run(application: Callable[..., Any], environ: dict[str, Any]) -> Answer:
    """The whole answer, with Django's own end of the request done."""
    answer = Answer(500)

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:  # noqa: ARG001
        answer.status = int(status[:3])
        answer.headers = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers]

    environ["wsgi.file_wrapper"] = FileToSend
    result = application(environ, start_response)
    try:
        answer.body = body_of(result, answer, environ["REQUEST_METHOD"])
    finally:
        if hasattr(result, "close"):
            result.close()
        environ["wsgi.input"].close()
    return answer


def body_of(result: Any, answer: Answer, method: str) -> bytes | OpenFile:
    if method == "HEAD":
        return b""
    length = next((int(value) for name, value in answer.headers if name == b"content-length"), None)
    opened = result.opened(length) if isinstance(result, FileToSend) else None
    body = collected(result) if opened is None else opened
    if length is None and answer.status not in (204, 304):
        size = body.length if isinstance(body, OpenFile) else len(body)
        answer.headers.append((b"content-length", str(size).encode()))
    return body


def collected(parts: Iterable[bytes]) -> bytes | OpenFile:
    kept: list[bytes] = []
    size = 0
    remaining = iter(parts)
    for part in remaining:
        kept.append(part)
        size += len(part)
        if size > IN_MEMORY:
            return spooled(kept, remaining)
    return b"".join(kept)


def spooled(kept: list[bytes], remaining: Iterable[bytes]) -> OpenFile:
    with tempfile.TemporaryFile() as file:
        file.writelines(kept)
        file.writelines(remaining)
        file.flush()
        return OpenFile(own_copy(file), 0, file.tell())


def own_copy(file: Any) -> FileIO:
    """The same open file under another descriptor, so that Django can close its own at once."""
    return FileIO(os.dup(file.fileno()), "rb")
