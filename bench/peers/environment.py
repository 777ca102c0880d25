"""A virtual environment for each peer, kept in var/bench, so that it is installed once."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from bench.measure import tell
from bench.processes import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HOME = ROOT / "var" / "bench"


class NotHere(Exception):  # noqa: N818 -- said in the output, not a failure
    pass


def environment(name: str, packages: list[str]) -> Path:
    """Its python; `NotHere` if it cannot be installed."""
    folder = HOME / name
    python = folder / "bin" / "python"
    if not (folder / "installed").exists():
        tell(f"Installing {' '.join(packages)} …")
        HOME.mkdir(parents=True, exist_ok=True)
        for command in (
            [sys.executable, "-m", "venv", str(folder)],
            [str(python), "-m", "pip", "install", "--quiet", *packages],
        ):
            done = subprocess.run(command, check=False, capture_output=True, text=True)
            if done.returncode:
                raise NotHere(f"{name} could not be installed: {done.stderr.strip().splitlines()[-1]}")
        (folder / "installed").touch()
    return python


def version(python: Path, package: str) -> str:
    code = f"from importlib.metadata import version; print(version({package!r}))"
    done = subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.strip()
