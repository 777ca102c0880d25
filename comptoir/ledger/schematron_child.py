"""A program of its own: invoices on standard input, the official rules of EN 16931 that they break on standard output.

Saxon takes seconds and some hundred megabytes to compile the rules, and then hundredths of a second for an invoice: the
program stays for the next one, and ends by itself when none comes. An invoice is its length on a line, and its bytes; the
answer is one line of JSON: pairs of a rule and what it says. It imports nothing of Comptoir.
"""

from __future__ import annotations

import json
import os
import resource
import select
import sys
from functools import lru_cache
from typing import Any

from lxml import etree
from saxonche import PySaxonApiError, PySaxonProcessor

IDLE_SECONDS = 60
AT_MOST = 20
SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def main(ubl: str, cii: str) -> None:
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with PySaxonProcessor(license=False) as saxon:

        @lru_cache
        def rules(path: str) -> Any:
            return saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=path)

        while select.select([sys.stdin.buffer], [], [], IDLE_SECONDS)[0]:
            line = sys.stdin.buffer.readline()
            if not line:
                return
            data = sys.stdin.buffer.read(int(line))
            path = cii if b"CrossIndustryInvoice" in data[:4096] else ubl
            try:
                report = rules(path).transform_to_string(xdm_node=saxon.parse_xml(xml_text=data.decode()))
            except (PySaxonApiError, UnicodeDecodeError):
                report = None
            sys.stdout.write(json.dumps(broken(report) if report else None) + "\n")
            sys.stdout.flush()


def broken(report: str) -> list[tuple[str, str]]:
    """Each rule once. Rules of the profile that have no name in the standard are left out."""
    found: dict[str, str] = {}
    for one in etree.fromstring(report.encode()).iter(f"{SVRL}failed-assert"):
        rule, text = one.get("id", ""), " ".join("".join(map(str, one.itertext())).split())
        if rule.startswith("BR-") and len(found) < AT_MOST:
            found.setdefault(rule, text.removeprefix(f"[{rule}]-"))
    return list(found.items())


if __name__ == "__main__":
    main(*sys.argv[1:])
