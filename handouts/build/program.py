"""Which program this is: its own text and the versions of what it works with."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

from handouts import __version__

__all__ = ["program_digest"]

_NAME: Final = re.compile(r"[A-Za-z0-9._-]+")


@cache
def program_digest() -> str:
    """Return a digest of the program: a changed program makes every edition anew."""
    whole = hashlib.sha256(__version__.encode())
    package = Path(__file__).resolve().parent.parent
    for path in sorted(package.rglob("*.py")):
        # A checkout on Windows may have other line ends; the program is the same.
        whole.update(path.read_bytes().replace(b"\r\n", b"\n"))
    for line in _libraries():
        whole.update(line.encode())
    return whole.hexdigest()


def _libraries() -> list[str]:
    """Return the run-time libraries that are installed, with their versions."""
    try:
        wanted = metadata.requires("handouts") or []
    except metadata.PackageNotFoundError:  # a checkout that is run without installing
        return []
    names = {
        found[0].lower()
        for line in wanted
        if "extra ==" not in line and (found := _NAME.match(line))
    }
    return [f"{name} {_version(name)}" for name in sorted(names)]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"
