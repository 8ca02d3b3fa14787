"""Where the keys of a TOML text stand: tomllib reads values but forgets their lines."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

__all__ = ["Place", "Places", "find_places"]

_BLANK: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_HEADER: Final = re.compile(
    r"\[(\[?)((?:\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[^\]\n\"'])*)\]\]?"
)
_KEY: Final = re.compile(r"((?:\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[^=\n\"'])+)=")
# One step through a value: a string, a bracket, a comment or any other character.
_STEP: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|.",
    re.DOTALL,
)
_DEPTH: Final = {"[": 1, "{": 1, "]": -1, "}": -1}


@dataclass(frozen=True, slots=True)
class Place:
    """A key's line and column (from 1), the line's text and how wide the key is."""

    line: int
    column: int
    quote: str
    width: int


@dataclass(slots=True)
class Places:
    """Place of each key by its path: `clinic.phones[0].number`."""

    _known: dict[str, Place] = field(default_factory=dict)

    def add(self, path: str, place: Place) -> None:
        """Note where `path` stands; the first place counts."""
        self._known.setdefault(path, place)

    def of(self, path: str) -> Place | None:
        """Return the place of `path`, or of the nearest key that it lies in."""
        while path:
            if path in self._known:
                return self._known[path]
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return None


def find_places(text: str) -> Places:
    """Return where each key stands in `text`, which tomllib has already accepted.

    Keys inside inline tables and arrays have the place of the key that holds them.
    """
    places = Places()
    lines = text.split("\n")
    counts: Counter[str] = Counter()
    table = ""
    at = 0
    while (at := _skip_blank(text, at)) < len(text):
        header = _HEADER.match(text, at)
        match = header or _KEY.match(text, at)
        if match is None:
            break  # not reached with a text that tomllib accepts
        name = match[2] if header else match[1]
        path = _dotted(name)
        if header:
            path = table = _table(path, counts, is_array=bool(header[1]))
        elif table:
            path = f"{table}.{path}"
        width = len(match[0] if header else name.rstrip())
        places.add(path, _place(text, at, lines, width))
        at = match.end() if header else _skip_value(text, match.end())
    return places


def _skip_blank(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _skip_value(text: str, at: int) -> int:
    """Return the offset behind the value that starts at `at`."""
    depth = 0
    while at < len(text):
        step = _STEP.match(text, at)
        if step is None or (depth == 0 and step[0] == "\n"):
            break
        depth += _DEPTH.get(step[0], 0)
        at = step.end()
    return at


def _dotted(name: str) -> str:
    """Return a key's path: `a . "b c"` is `a.b c`."""
    tree: object = tomllib.loads(f"{name.strip()} = 0")
    parts: list[str] = []
    while isinstance(tree, dict):
        part, tree = next(iter(tree.items()))
        parts.append(part)
    return ".".join(parts)


def _table(path: str, counts: Counter[str], *, is_array: bool) -> str:
    """Return the path of a table's header with the numbers of the arrays it lies in."""
    done = ""
    for part in path.split("."):
        done = f"{done}.{part}" if done else part
        if counts[done] and not (is_array and done == path):
            done = f"{done}[{counts[done] - 1}]"
    if is_array:
        counts[done] += 1
        done = f"{done}[{counts[done] - 1}]"
    return done


def _place(text: str, at: int, lines: list[str], width: int) -> Place:
    line = text.count("\n", 0, at)
    column = at - (text.rfind("\n", 0, at) + 1)
    quote = lines[line].rstrip("\r")
    return Place(line + 1, column + 1, quote, max(1, min(width, len(quote) - column)))
