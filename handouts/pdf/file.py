"""The file around the objects: numbers, compression, cross references, an /ID.

Objects that are no streams go together into object streams, and the cross references
are a stream as well (ISO 32000-1 7.5.7, 7.5.8). No clock is asked and the /ID is made
from the content (14.4), so that equal content gives equal files.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import Final

__all__ = ["FileObjects", "deflated"]

_HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_GROUP: Final = 200
"""Objects of one object stream: a reader who wants one unpacks them all."""
_LEVEL: Final = 4
"""Of what is compressed for every file: 6 takes 1.6 times as long and saves 2 %."""
_ENCODING: Final = "latin-1"
_FREE: Final = bytes((0, 0, 0, 0, 0xFF, 0xFF))
_ROW: Final = "[1 3 2]"
"""Bytes of a cross reference: its kind; an offset or a number; a place in a stream."""


def deflated(content: bytes, level: int = 6) -> bytes:
    """Return what /FlateDecode gives back as `content`."""
    return zlib.compress(content, level)


class FileObjects:
    """The objects of one file: numbers are handed out, contents follow in any order."""

    def __init__(self, taken: int = 0) -> None:
        """Make an empty file whose numbers up to `taken` are somebody else's to give."""
        self._last = taken
        self._plain: dict[int, str] = {}
        self._streams: dict[int, bytes] = {}

    @property
    def last(self) -> int:
        """The highest number so far."""
        return self._last

    def numbers(self, count: int) -> range:
        """Return numbers that are still free."""
        first = self._last + 1
        self._last += count
        return range(first, self._last + 1)

    def put(self, number: int, written: str) -> None:
        """Give a number its object, any but a stream; characters stand for bytes."""
        self._plain[number] = written
        self._last = max(self._last, number)

    def put_stream(self, number: int, dictionary: bytes, content: bytes) -> None:
        """Give a number its stream: both parts as they stand in the file."""
        # ISO 19005-2 6.1.7.1 asks for the end of line before `endstream`.
        self._streams[number] = b"%b\nstream\n%b\nendstream" % (dictionary, content)
        self._last = max(self._last, number)

    def add(self, written: str) -> str:
        """Add an object; return the reference to it."""
        (number,) = self.numbers(1)
        self._plain[number] = written
        return f"{number} 0 R"

    def add_stream(self, entries: str, content: bytes) -> str:
        """Add a stream, content as it stands in the file; return its reference."""
        (number,) = self.numbers(1)
        self.put_stream(number, _dictionary(entries, content), content)
        return f"{number} 0 R"

    def add_text(self, content: bytes) -> str:
        """Add a stream that is compressed here; return the reference to it."""
        return self.add_stream("/Filter /FlateDecode", deflated(content, _LEVEL))

    def file(self, *, root: str, info: str) -> bytes:
        """Return the file whose catalog and information are the objects named."""
        where: dict[int, bytes] = {}
        self._group(where)
        parts, offset = [_HEADER], len(_HEADER)
        for number, stream in self._streams.items():
            whole = b"%d 0 obj\n%b\nendobj\n" % (number, stream)
            where[number] = _row(1, offset, 0)
            parts.append(whole)
            offset += len(whole)
        identity = hashlib.sha256(b"".join(parts)).hexdigest()[:32]
        number = self._last + 1
        where[number] = _row(1, offset, 0)
        rows = deflated(
            b"".join([where.get(n, _FREE) for n in range(number + 1)]), _LEVEL
        )
        entries = (
            f"/Type /XRef /Size {number + 1} /W {_ROW} /Root {root} /Info {info} "
            f"/ID [<{identity}> <{identity}>] /Filter /FlateDecode"
        )
        self.put_stream(number, _dictionary(entries, rows), rows)
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, self._streams[number]))
        parts.append(b"startxref\n%d\n%%%%EOF\n" % offset)
        return b"".join(parts)

    def _group(self, where: dict[int, bytes]) -> None:
        """Put the plain objects into object streams; say where each is."""
        numbers = sorted(self._plain)
        for start in range(0, len(numbers), _GROUP):
            group = numbers[start : start + _GROUP]
            heads, bodies, offset = [], [], 0
            for number in group:
                body = self._plain[number]
                heads.append(f"{number} {offset}")
                bodies.append(body)
                offset += len(body) + 1
            first = " ".join(heads) + "\n"
            content = deflated((first + "\n".join(bodies)).encode(_ENCODING), _LEVEL)
            (own,) = self.numbers(1)
            entries = f"/Type /ObjStm /N {len(group)} /First {len(first)}"
            entries = f"{entries} /Filter /FlateDecode"
            self.put_stream(own, _dictionary(entries, content), content)
            where.update((n, _row(2, own, index)) for index, n in enumerate(group))


def _dictionary(entries: str, content: bytes) -> bytes:
    return f"<<{entries} /Length {len(content)}>>".encode(_ENCODING)


def _row(kind: int, place: int, index: int) -> bytes:
    return (kind << 40 | place << 16 | index).to_bytes(6, "big")
