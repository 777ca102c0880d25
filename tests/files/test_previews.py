"""comptoir.files.previews: what the child process makes of honest and hostile files. No database."""

from __future__ import annotations

import io
import tempfile
import time
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from comptoir.files import previews
from comptoir.files.previews import Drawn, NotDrawn, draw
from tests.files import corpus

if TYPE_CHECKING:
    from pathlib import Path


def drawn(data: bytes) -> tuple[Drawn, Image.Image]:
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        source.write(data)
        source.flush()
        facts = draw(source, target)
        target.seek(0)
        image = Image.open(io.BytesIO(target.read()), formats=["JPEG"])
        image.load()
        return facts, image


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_becomes_a_small_jpeg(form: str) -> None:
    facts, image = drawn(corpus.picture(form, (2600, 1300)))
    assert facts == Drawn(1280, 640, None)
    assert image.size == (1280, 640)
    assert image.getpixel((5, 5))[0] > 240


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_is_shown(mode: str) -> None:
    assert drawn(corpus.picture("PNG", mode=mode))[0] == Drawn(60, 40, None)


def test_what_is_see_through_lies_on_white_paper() -> None:
    assert drawn(corpus.picture("PNG", mode="RGBA"))[1].getpixel((5, 5)) == (255, 255, 255)


def test_a_picture_stands_upright_and_tells_nothing_of_its_maker() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "TestPhone", 6
    facts, image = drawn(corpus.picture("JPEG", exif=exif))
    assert facts == Drawn(40, 60, None)
    assert not image.getexif()
    assert set(image.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }


def test_a_phone_s_heic_becomes_a_jpeg_without_its_place() -> None:
    assert b"TestPhone" in corpus.HEIC
    facts, image = drawn(corpus.HEIC)
    assert facts == Drawn(400, 300, None)
    assert image.getpixel((60, 60)) == pytest.approx((200, 30, 30), abs=15)
    assert not image.getexif()


def test_a_pdf_shows_its_first_page_and_counts_them() -> None:
    facts, image = drawn(corpus.pdf())
    assert facts == Drawn(1280, 1280, 1)
    assert image.getpixel((600, 600)) == pytest.approx((255, 0, 0), abs=5)


def test_a_pdf_s_script_is_not_run() -> None:
    action = b"/OpenAction<</S/JavaScript/JS(while(true){})>>"
    assert drawn(corpus.pdf(catalog=action))[0].pages == 1


HOSTILE = {
    "png bomb": lambda: corpus.png_of(60_000, 60_000),
    "gif bomb": lambda: corpus.gif_of(65_535, 65_535),
    "truncated heic": lambda: corpus.HEIC[:900],
    "truncated png": lambda: corpus.picture("PNG", (900, 900))[:60],
    "truncated jpeg": lambda: corpus.picture("JPEG", (900, 900))[:300],
    "broken pdf": lambda: b"%PDF-1.7\n" + b"1 0 obj<<" * 2000,
    "pdf without pages": lambda: (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>"
    ),
    "tiff": lambda: corpus.picture("TIFF"),
    "bmp": lambda: corpus.picture("BMP"),
    "svg": lambda: corpus.SVG,
    "html": lambda: corpus.HTML,
    "eps": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    "nothing": lambda: b"",
    "noise": lambda: bytes(range(256)) * 100,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_drawn_is_told_soon(name: str) -> None:
    data = HOSTILE[name]()
    start = time.monotonic()
    with pytest.raises(NotDrawn):
        drawn(data)
    assert time.monotonic() - start < 5


def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """A child as it would be if what it read had taken it over."""
    path = tmp_path / "child.py"
    path.write_text(f"import sys, time, os\nsys.stdout.buffer.write(b'\\xff\\xd8\\xff')\n{code}\n")
    monkeypatch.setattr(previews, "CHILD", path)


@pytest.mark.parametrize(
    "code",
    [
        "sys.exit(0)",
        "sys.stderr.write('not json'); sys.exit(0)",
        "sys.stderr.write('[1]'); sys.exit(0)",
        'sys.stderr.write(\'{"width": 1e999, "height": 2, "pages": null}\')',
        'sys.stderr.write(\'{"width": true, "height": 2, "pages": null}\')',
        'sys.stderr.write(\'{"width": 99999999, "height": 2, "pages": null}\')',
        'sys.stderr.write(\'{"width": 1, "height": 2, "pages": 3}\'); sys.exit(3)',
        "os.kill(os.getpid(), 11)",
        "sys.stderr.write('x' * 10_000_000)",
        'sys.stdout.seek(0); sys.stdout.truncate(0); sys.stderr.write(\'{"width": 1, "height": 2, "pages": 3}\')',
    ],
)
def test_a_child_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    child(tmp_path, monkeypatch, code)
    with pytest.raises(NotDrawn):
        drawn(b"x")


def test_a_child_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child(tmp_path, monkeypatch, "time.sleep(60)")
    monkeypatch.setattr(previews, "SECONDS", 0.5)
    with pytest.raises(NotDrawn, match="not done"):
        drawn(b"x")


LIMITED = """
import importlib.util, json, socket
spec = importlib.util.spec_from_file_location("preview_child", {path!r})
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
module.limit_itself()
{code}
"""


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("open('/etc/passwd')", "OSError"),
        ("socket.socket()", "OSError"),
        ("os.pipe()", "OSError"),
        ("bytearray(2 * 1024**3)", "MemoryError"),
        ("sys.stdout.buffer.write(b'x' * 9 * 1024**2)", "OSError"),
    ],
)
def test_the_child_can_open_nothing_and_eat_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, error: str
) -> None:
    body = f"try:\n    {code}\nexcept {error} as e:\n    sys.stderr.write(json.dumps({{'failed': type(e).__name__}}))\n    sys.exit(1)"
    child(tmp_path, monkeypatch, LIMITED.format(path=str(previews.CHILD), code=body))
    with pytest.raises(NotDrawn, match=f"^{error}$"):
        drawn(b"x")


def test_the_child_knows_nothing_of_us() -> None:
    source = previews.CHILD.read_text()
    assert "comptoir" not in source.partition('"""\n')[2]
    assert "django" not in source
