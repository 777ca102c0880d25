"""HTML of a mail as tags and text, in one pass. Pure.

Our own scanner: `html.parser` is quadratic on unfinished comments and tags in the Pythons that we run on.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9:-]{0,40}")
_STOP = re.compile(r"[>\"']")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]{1,30})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


class Tag(NamedTuple):
    name: str
    is_end: bool
    attributes: str

    def get(self, *wanted: str) -> str:
        found = {
            match[1].lower(): match[2] or match[3] or match[4]
            for match in _ATTRIBUTE.finditer(self.attributes)
        }
        return " ".join(unescape(found[name] or "") for name in wanted if name in found)


def tokens(html: str) -> Iterator[Tag | str]:
    """Tags and text; comments, doctypes and processing instructions are passed over."""
    at = 0
    while (tag := html.find("<", at)) >= 0:
        if tag > at:
            yield html[at:tag]
        name = _NAME.match(html, tag + 1 + html.startswith("/", tag + 1))
        if name:
            end = _end_of_tag(html, name.end())
            yield Tag(name[0].lower(), html.startswith("/", tag + 1), html[name.end() : end])
            at = end + 1
        elif html.startswith("<!--", tag):
            at = _after(html, "-->", tag + 2)
        elif html.startswith(("<!", "<?", "</"), tag):
            at = _after(html, ">", tag + 2)
        else:
            yield "<"
            at = tag + 1
    yield html[at:]


def _after(html: str, wanted: str, at: int) -> int:
    found = html.find(wanted, at)
    return len(html) if found < 0 else found + len(wanted)


def _end_of_tag(html: str, at: int) -> int:
    """The place of the `>` that ends it; one inside a quoted value does not. The end of all if there is none.

    A search in vain is made once for each kind of quote: where one never closes, there is no other behind it.
    """
    while stop := _STOP.search(html, at):
        if stop[0] == ">":
            return stop.start()
        is_value = html[max(at, stop.start() - 9) : stop.start()].rstrip().endswith("=")
        closing = html.find(stop[0], stop.end()) if is_value else -1
        at = stop.end() if closing < 0 else closing + 1
    return len(html)
