"""JSON as it is meant: UTF-8, no key twice, no number that is none, not too deep. Anything else is refused with 400."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser

from comptoir.core.errors import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest


class Malformed(Refused):
    code = "malformed"
    status = 400
    text = _("This request cannot be read: it is not valid JSON, or not what its headers say.")


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Two programs that read the same text must not read two things: hence no duplicate keys."""
        try:
            text = request.body.decode("utf-8")
            parsed: dict[str, Any] = json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_number)
        # A number of more than 4,300 digits is a ValueError, as wrong syntax and wrong UTF-8 are.
        except (ValueError, RecursionError) as error:
            raise Malformed from error
        return parsed


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A key stands twice.")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number.")
