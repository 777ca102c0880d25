"""The product's command line: `bin/comptoir COMMAND …`, Django's with our own commands in front."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import override

from comptoir.core.errors import Refused

COMMANDS = Path(__file__).parent / "ops" / "management"
# Django has a `check` of its own, of code rather than of an installation; the operator means ours. And no module of
# Python's can be called `import`.
CALLED = {"check": "inspect", "import": "import_files"}


def overview() -> str:
    """Our own commands, one line each; Django's many others work, but an operator needs none of them."""
    import django  # noqa: PLC0415 -- only this answer needs the whole product loaded
    from django.core.management import find_commands, load_command_class  # noqa: PLC0415 -- as above

    django.setup()
    words = {name: word for word, name in CALLED.items()}
    told = {
        words.get(name, name): str(load_command_class("comptoir.ops", name).help)
        for name in find_commands(str(COMMANDS))
    }
    width = max(map(len, told), default=0)
    lines = [
        f"  {name.replace('_', '-'):{width}}  {about.strip().partition(chr(10))[0]}"
        for name, about in told.items()
    ]
    return "\n".join(
        [
            "Usage: bin/comptoir COMMAND …",
            "",
            *lines,
            "",
            "More about one of them: bin/comptoir COMMAND --help",
        ]
    )


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.settings")
    if not arguments or arguments in (["--help"], ["-h"], ["help"]):
        sys.stdout.write(f"{overview()}\n")
        return
    os.umask(0o077)  # the database and the files are nobody else's to read
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- wants the variable above

    # `create-office` is Django's `create_office`; "help create-office" names one as well.
    names = 2 if arguments[0] == "help" else 1
    plain = [
        name if name.startswith("-") else CALLED.get(name, name).replace("-", "_")
        for name in arguments[:names]
    ]
    try:
        import_module(os.environ["DJANGO_SETTINGS_MODULE"])
        execute_from_command_line(["comptoir", *plain, *arguments[names:]])
    except ImproperlyConfigured as wrong:
        sys.exit(str(wrong))
    except Refused as refused:
        # The command line is a door like pages and API, and speaks English: here too a refusal is an answer, not
        # a traceback.
        with override("en"):
            sys.exit(str(refused))


if __name__ == "__main__":
    main(sys.argv[1:])
