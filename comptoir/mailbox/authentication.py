"""What our own mail server found out about a sender: `Authentication-Results` by RFC 8601. Pure, linear.

Anybody can write such a header into a mail. Only those count that carry the name of our server (`authserv_id`), which
must remove foreign ones of that name (RFC 8601, section 5). Should it not, contradicting results still count as failed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from comptoir.mailbox.headers import HEADER_LENGTH, comment_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEADER = "authentication-results"
# Others speak in the same way of what they found; behind them no header of that name is ours.
SAYING_SO = {HEADER, "arc-authentication-results", "x-original-authentication-results"}
DOMAIN_LENGTH = 253

# A run that its own class ends: nothing to go back for. `/` and `@` stand in versions and in values.
_WORD = re.compile(r"[^\s;=\"()]+")
_METHOD = re.compile(r"[a-z0-9][a-z0-9-]{0,40}(?:/[0-9]{1,5})?")


class Dmarc(StrEnum):
    """Whether the domain that the reader sees vouches for the mail."""

    PASS = "pass"  # noqa: S105 -- the word of RFC 7489
    FAIL = "fail"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Result:
    """`dmarc=pass header.from=example.be`; properties as (`header.from`, `example.be`), names in lower case."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...]

    def values(self, name: str) -> list[str]:
        return [value for found, value in self.properties if found == name]


def results_of(headers: Iterable[tuple[str, str]], *, authserv_id: str) -> tuple[Result, ...]:
    """Of all headers by our server, in order. A header that breaks the grammar says nothing at all.
    Without a name for our server nobody is trusted.
    """
    ours = _folded(authserv_id)
    parsed = (_parsed(value) for name, value in headers if name.lower() == HEADER)
    return tuple(
        result for server, results in parsed if ours and _folded(server) == ours for result in results
    )


def dmarc_of(headers: Iterable[tuple[str, str]], *, authserv_id: str, from_domain: str) -> Dmarc:
    """Passed only if our server says so, of exactly the domain in From, and says nothing else beside it.

    `none` (the domain has no policy) and temporary errors are as if nothing were said.
    """
    found = [result for result in results_of(headers, authserv_id=authserv_id) if result.method == "dmarc"]
    said = {result.result for result in found}
    if not found or said <= {"none", "temperror", "permerror"}:
        return Dmarc.ABSENT
    domains = [_folded(domain) for result in found for domain in result.values("header.from") or [""]]
    wanted = _folded(from_domain)
    is_aligned = bool(wanted) and all(domain == wanted for domain in domains)
    return Dmarc.PASS if said == {"pass"} and is_aligned else Dmarc.FAIL


def without_claims(headers: Iterable[tuple[str, str]], *, authserv_id: str) -> tuple[tuple[str, str], ...]:
    """The headers without what others claim about the sender: fit to show, or to hand on."""
    ours = _folded(authserv_id)
    return tuple(
        (name, value)
        for name, value in headers
        if name.lower() not in SAYING_SO
        or (name.lower() == HEADER and ours and _folded(_parsed(value)[0]) == ours)
    )


def _folded(domain: str) -> str:
    """One form for a domain, in letters or in `xn--`."""
    name = domain.strip().rstrip(".").lower()
    if name.isascii() or len(name) > DOMAIN_LENGTH:
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:  # no domain at all: equal only to itself
        return name


# ── The grammar ──────────────────────────────────────────────────────────


class _BrokenError(ValueError):
    """Not the grammar of RFC 8601: an unclosed quote, a value without its name."""


def _parsed(value: str) -> tuple[str, tuple[Result, ...]]:
    """The server's name and its results; no name where the grammar is broken."""
    try:
        sections = _sections(list(_tokens(value[:HEADER_LENGTH])))
        server = sections[0]
        # A name alone, or with the version of the grammar behind it.
        if not server or len(server) > len(["name", "1"]) or (len(server) > 1 and server[1] != "1"):
            return "", ()
        return server[0], tuple(
            _result(section) for section in sections[1:] if section and section != ["none"]
        )
    except _BrokenError:
        return "", ()


def _sections(tokens: list[str]) -> list[list[str]]:
    sections: list[list[str]] = [[]]
    for word in tokens:
        if word == ";":
            sections.append([])
        else:
            sections[-1].append(word)
    return sections


def _tokens(value: str) -> Iterator[str]:
    """Words, `;` and `=`, without blanks and comments. Quoted text is one word, whatever it contains."""
    at = 0
    while at < len(value):
        char = value[at]
        if char.isspace():
            at += 1
        elif char == "(":
            end = comment_end(value, at)
            if end is None:
                raise _BrokenError
            at = end
        elif char == '"':
            text, at = _quoted(value, at + 1)
            yield text
        elif char in ";=":
            yield char
            at += 1
        else:
            word = _WORD.match(value, at)
            if word is None:
                raise _BrokenError
            yield word[0]
            at = word.end()


def _quoted(value: str, at: int) -> tuple[str, int]:
    """A quoted word, marked by a quote in front so that `"dmarc"` or `";"` within quotes are never taken for grammar."""
    chars = ['"']
    while at < len(value):
        if value[at] == '"':
            return "".join(chars), at + 1
        at += value[at] == "\\"
        chars.append(value[at : at + 1])
        at += 1
    raise _BrokenError


def _result(section: list[str]) -> Result:
    """`method = result`, then `name = value` as often as there are. Spaces round `=` do not count."""
    pairs: list[tuple[str, str]] = []
    at = 0
    while at < len(section):
        triple = section[at : at + 3]
        if len(triple) < len(("name", "=", "value")) or triple[1] != "=" or triple[0].startswith('"'):
            raise _BrokenError
        at += 3
        # Base64 in a value (`header.b=abc==`) ends in signs that belong to it.
        while at < len(section) and section[at] == "=":
            at += 1
        pairs.append((triple[0].lower(), triple[2].removeprefix('"')))
    (method, result), *properties = pairs
    if not _METHOD.fullmatch(method):
        raise _BrokenError
    return Result(method.partition("/")[0], result.lower(), tuple(properties))
