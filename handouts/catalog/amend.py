"""Amend a few msgstrs of a PO file where they stand; every other byte stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import polib

from handouts.atomic import write_atomically
from handouts.catalog.model import Message, Piece

__all__ = ["Amendment", "amend_catalog"]

_LINE: Final = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_PART: Final = re.compile(r"[^\n]*\n|[^\n]+")
_END: Final = re.compile(rb"[\r\n]+\Z")


class Amendment(NamedTuple):
    """What `message` is to say: one text for each of its msgstrs."""

    message: Message
    msgstrs: tuple[str, ...]


def amend_catalog(path: Path, amendments: Iterable[Amendment]) -> bool:
    """Write the amendments into the catalog that their messages were read from.

    A msgstr that changes is laid out as `update` lays it out; lines round it keep even
    their line ends. False, and nothing is written, if the file has changed since it was
    read. The file is replaced in one step.

    Raises:
        OSError: the file cannot be read or written.
    """
    data = path.read_bytes()
    lines = _LINE.findall(data)
    written: dict[int, bytes] = {}
    for message, msgstrs in amendments:
        for before, text, pieces in zip(
            message.msgstrs, msgstrs, message.pieces, strict=True
        ):
            if text != before:
                if not all(_stands(piece, lines) for piece in pieces):
                    return False
                written |= _rewritten(pieces, text, lines)
    write_atomically(path, _joined(lines, written))
    return True


def _stands(piece: Piece, lines: list[bytes]) -> bool:
    """True if the file still has the line that was read."""
    line = lines[piece.line - 1] if piece.line <= len(lines) else b""
    return _END.sub(b"", line).endswith(piece.quote.encode())


def _rewritten(
    pieces: tuple[Piece, ...], text: str, lines: list[bytes]
) -> Mapping[int, bytes]:
    """Return the new bytes of each of the msgstr's lines; what is spare becomes empty."""
    first = pieces[0]
    start = first.column - 2  # before the opening quote
    whole = lines[first.line - 1]
    end = (_END.search(whole) or _END.search(lines[0]) or [b""])[0]
    head = first.quote[:start]
    written = [f'{head}"{one}"'.encode() for one in _strings(text)]
    written[1:] = [line[len(head.encode()) :] for line in written[1:]]
    block = end.join(written) + (_END.search(whole) or [b""])[0]
    return {piece.line: b"" for piece in pieces} | {first.line: block}


def _strings(text: str) -> Iterator[str]:
    """Yield the quoted strings of a msgstr: one, or one for each line after an empty."""
    parts = _PART.findall(text)
    if len(parts) > 1:
        yield ""
    for part in parts or [""]:
        yield polib.escape(part)


def _joined(lines: list[bytes], written: Mapping[int, bytes]) -> bytes:
    return b"".join(written.get(at, line) for at, line in enumerate(lines, 1))
