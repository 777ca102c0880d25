"""The one place where XML from outside is parsed: no DOCTYPE, no entity, no network, bounded in size and depth. Pure.

Two passes. Expat looks first, and stops at a DOCTYPE before anything declared in it exists, whatever the encoding; it
counts depth and elements as they come. Only then does lxml build the tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.parsers import expat  # nosec -- looks only, refuses DOCTYPE

from lxml import etree

from comptoir.ledger.records import Code, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

MEGABYTE = 1024 * 1024
BYTES_AT_MOST = 50 * MEGABYTE
DEPTH_AT_MOST = 60
ELEMENTS_AT_MOST = 3_000_000
ATTRIBUTES_AT_MOST = 200
PIECE = 64 * 1024
# Beyond this a line's number is not kept by the XML library.
_LINES_KNOWN = 65_535


@dataclass
class _Look:
    """What the first pass has seen."""

    parser: expat.XMLParserType
    depth: int = 0
    elements: int = 0
    stop: list[Code] = field(default_factory=list)

    def refuse(self, code: Code) -> None:
        raise Unreadable(code, line=self.parser.CurrentLineNumber)

    def doctype(self, *_: object) -> None:
        self.refuse(Code.DOCTYPE)

    def start(self, _name: str, attributes: list[str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > DEPTH_AT_MOST:
            self.refuse(Code.TOO_DEEP)
        if self.elements > ELEMENTS_AT_MOST or len(attributes) > ATTRIBUTES_AT_MOST:
            self.refuse(Code.TOO_MANY)

    def end(self, _name: str) -> None:
        self.depth -= 1


def parsed(data: bytes) -> etree._Element:
    """The root of the tree. Raises Unreadable: too large, a DOCTYPE, too deep, too many elements, or no XML (line)."""
    if len(data) > BYTES_AT_MOST:
        raise Unreadable(Code.TOO_LARGE, limit=BYTES_AT_MOST // MEGABYTE)
    data = data.lstrip()  # a blank line before the declaration is common, and harmless
    _look(data)
    # huge_tree lifts the limit of 10 MB for one text, which an embedded PDF may need; the first pass has its own.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as wrong:
        raise Unreadable(Code.NOT_XML, line=_line_of(wrong), detail=_first(wrong)) from None
    return root


def _look(data: bytes) -> None:
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    look = _Look(parser)
    parser.StartDoctypeDeclHandler = look.doctype
    parser.EntityDeclHandler = look.doctype
    parser.StartElementHandler = look.start
    parser.EndElementHandler = look.end
    try:
        for start in range(0, len(data), PIECE):
            parser.Parse(data[start : start + PIECE], False)
        parser.Parse(b"", True)
    except expat.ExpatError as wrong:
        raise Unreadable(
            Code.NOT_XML, line=wrong.lineno, detail=expat.errors.messages.get(wrong.code, "")
        ) from None
    except (ValueError, LookupError) as wrong:  # an encoding that nobody knows
        raise Unreadable(Code.NOT_XML, line=1, detail=_first(wrong)) from None


def _line_of(wrong: BaseException) -> int | None:
    line = getattr(wrong, "lineno", None)
    return line if isinstance(line, int) else None


def _first(wrong: BaseException) -> str:
    return str(wrong).partition("\n")[0][:150]


# ── Looking into a tree, whatever its namespaces ─────────────────────────


@lru_cache(maxsize=1024)
def _path(names: str) -> str:
    return "/".join(f"{{*}}{name}" for name in names.split("/"))


def find(element: etree._Element | None, *paths: str) -> etree._Element | None:
    """The first element under one of the paths of local names, `Party/PartyName/Name`."""
    if element is None:
        return None
    for names in paths:
        found = element.find(_path(names))
        if found is not None:
            return found
    return None


def every(element: etree._Element | None, names: str) -> Iterator[etree._Element]:
    return iter(()) if element is None else iter(element.iterfind(_path(names)))


def text(element: etree._Element | None, *paths: str) -> str:
    """The text under the first of the paths that has any, blanks round it gone; "" if there is none."""
    for names in paths:
        found = find(element, names)
        if found is not None and (written := own_text(found)):
            return written
    return ""


def own_text(element: etree._Element | None) -> str:
    return "" if element is None else (element.text or "").strip()


def one_line(written: str) -> str:
    return " ".join(written.split())


def local_name(element: etree._Element) -> str:
    return etree.QName(element).localname


def line_of(element: etree._Element | None) -> int | None:
    line: Any = None if element is None else element.sourceline
    return line if line is not None and line < _LINES_KNOWN else None
