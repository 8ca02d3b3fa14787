"""Where in its file a part of a msgstr stands: offset → line, column, width."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from handouts.catalog.model import Message, Piece
from handouts.catalog.po import unescape

__all__ = ["Place", "locate"]

_CHARACTER: Final = re.compile(r"\\?.", re.DOTALL)


class Place(NamedTuple):
    """A place in a PO file: `width` characters of the line `quote` from `column` on."""

    line: int
    column: int
    width: int
    quote: str


def locate(message: Message, form: int, offset: int = 0, length: int = 0) -> Place:
    """Return where `length` code points of `msgstr[form]` from `offset` on stand.

    A length of 0 means the whole msgstr: its first quoted string that has text, with
    the quotes. What goes over several lines ends with the first of them.
    """
    if not message.pieces:
        return Place(message.line, 1, 1, "")
    pieces = message.pieces[min(form, len(message.pieces) - 1)]
    if not length:
        return _whole(next((piece for piece in pieces if _raw(piece)), pieces[0]))
    for piece in pieces:
        raw = _raw(piece)
        size = len(unescape(raw))
        if offset < size:
            return _part(piece, raw, offset, offset + length)
        offset -= size
    return _whole(pieces[-1])


def _raw(piece: Piece) -> str:
    return piece.quote[piece.column - 1 : piece.quote.rindex('"')]


def _whole(piece: Piece) -> Place:
    return Place(piece.line, piece.column - 1, len(_raw(piece)) + 2, piece.quote)


def _part(piece: Piece, raw: str, start: int, end: int) -> Place:
    ends = [0, *(match.end() for match in _CHARACTER.finditer(raw))]
    first, last = ends[start], ends[min(end, len(ends) - 1)]
    return Place(piece.line, piece.column + first, max(last - first, 1), piece.quote)
