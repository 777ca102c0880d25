"""Compiles a translation for bin/setup, and looks over all of them for bin/check. Babel spares us the system's gettext.

`translations.py compile PO MO`  |  `translations.py check PO …`
"""

import os
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def catalogue(po: str) -> Catalog:
    language = Path(po).parts[-3]
    with Path(po).open("rb") as file:
        return read_po(file, locale=language)


def compile_one(po: str, mo: str) -> None:
    """Entries marked fuzzy are left out: somebody still has to look at them."""
    new = Path(f"{mo}.new{os.getpid()}")
    with new.open("wb") as file:
        write_mo(file, catalogue(po))
    new.replace(mo)  # renamed when whole: a running product never reads half a catalogue


def check(pos: list[str]) -> int:
    """A placeholder that the translation lacks, or one too many, would be an error on somebody's page."""
    wrong = [
        f"{po}:{message.lineno}: {error}"
        for po in pos
        for message, errors in catalogue(po).check()
        for error in errors
    ]
    print("\n".join(wrong), end="\n" * bool(wrong))
    return 1 if wrong else 0


if sys.argv[1] == "compile":
    compile_one(*sys.argv[2:])
else:
    sys.exit(check(sys.argv[2:]))
