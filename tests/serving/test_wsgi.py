from __future__ import annotations

import tempfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

from comptoir.serving.answer import Answer, OpenFile
from comptoir.serving.wsgi import FileToSend, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


def answered(
    body: Callable[[dict[str, Any]], Iterable[bytes]], *headers: tuple[str, str], method: str = "GET"
) -> Answer:
    def application(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        start_response("200 OK", list(headers))
        return body(environ)

    return run(application, {"REQUEST_METHOD": method, "wsgi.input": BytesIO()})


def content(answer: Answer) -> bytes:
    if isinstance(answer.body, OpenFile):
        with answer.body.file as file:
            file.seek(answer.body.start)
            return file.read(answer.body.length) or b""
    return answer.body


def test_parts_become_one_body_with_its_length() -> None:
    answer = answered(lambda _: [b"ab", b"c"], ("Content-Type", "text/plain"))
    assert (answer.status, answer.body) == (200, b"abc")
    assert answer.headers == [(b"content-type", b"text/plain"), (b"content-length", b"3")]


def test_a_long_answer_waits_on_the_disk() -> None:
    answer = answered(lambda _: (b"x" * 1000 for _ in range(3000)))
    assert isinstance(answer.body, OpenFile)
    assert content(answer) == b"x" * 3_000_000
    assert dict(answer.headers)[b"content-length"] == b"3000000"


def test_a_file_is_not_read_but_handed_over(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"0123456789")
    file = (tmp_path / "f").open("rb")
    file.seek(2)
    answer = answered(lambda environ: environ["wsgi.file_wrapper"](file), ("Content-Length", "5"))
    assert file.closed  # Django's end of the request is over
    assert isinstance(answer.body, OpenFile)
    assert content(answer) == b"23456"


def test_a_file_in_memory_is_read() -> None:
    answer = answered(lambda environ: environ["wsgi.file_wrapper"](BytesIO(b"0123456789")))
    assert answer.body == b"0123456789"


def test_head_reads_nothing_and_keeps_the_length() -> None:
    def never() -> Iterable[bytes]:
        raise AssertionError
        yield b""

    answer = answered(lambda _: never(), ("Content-Length", "77"), method="HEAD")
    assert answer.body == b""
    assert answer.headers == [(b"content-length", b"77")]


def test_the_application_is_closed_even_when_it_fails() -> None:
    class Failing:
        closed = False

        def __iter__(self) -> Any:
            raise RuntimeError

        def close(self) -> None:
            self.closed = True

    failing = Failing()
    try:
        answered(lambda _: failing)
    except RuntimeError:
        assert failing.closed
    else:
        raise AssertionError


def test_what_is_wrapped_can_still_be_read_in_blocks() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"x" * 100)
        file.seek(0)
        assert list(FileToSend(file, block=60)) == [b"x" * 60, b"x" * 40]
