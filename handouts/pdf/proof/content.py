"""The content streams of a finished file: what stands under which mark.

Reads what `pdf/` writes, an operator a line, and says so where it is anything else. A
file that another program has written anew cannot be proved; it is not what was made.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple

import pikepdf

from handouts.diagnostics import printable
from handouts.pdf.proof.compare import is_turned

__all__ = ["Mark", "PageContent", "ShownText", "font_maps", "read_content"]

_STRING: Final = re.compile(rb"\(((?:[^\\()]++|\\.)*+)\)", re.DOTALL)
_SHIFTED: Final = re.compile(_STRING.pattern + rb"|([-.\d]+)", re.DOTALL)
"""A string of a line, or how far the next one is shifted."""
_ESCAPED: Final = re.compile(rb"\\(.)", re.DOTALL)
_CONTROLS: Final = {b"n": b"\n", b"r": b"\r"}
"""Escapes that stand for another character than themselves (ISO 32000-1 7.3.4.2)."""
_UNKNOWN: Final = "\ufffd"
_MARKED: Final = re.compile(
    rb"/\w+ <</MCID (\d+)(?: /ActualText <([0-9A-F]*)>)?>> BDC"
    rb"|(?:.*?/MCID\s+(\d+))?(?:.*?/ActualText\s*<([0-9A-Fa-f\s]*)>)?"
)
"""The number of a mark, and what it tells, which stands behind it; or one of them.

First as nearly all are written, which is found several times faster.
"""
_SEQUENCE: Final = re.compile(
    rb"((?:(?!/\w+ <<(?:/MCID |/ActualText )|/Artifact BMC\n)[^\n]*+\n)*+)"
    rb"(/\w+ <<(?:/MCID (\d+) ?)?(?:/ActualText (<[0-9A-F]*>))?>> BDC|/Artifact BMC)\n"
    rb"((?:/Span /T\d+ BDC\n(?:(?!EMC\n)[^\n]*+\n)*+EMC\n|(?!EMC\n)[^\n]*+\n)*+)EMC\n"
    rb"|(.+)",
    re.DOTALL,
)
"""What stands before a mark; its first line, with number and text; what is in it; or all
that is left. Nothing of a page is between two of them.
"""
_BETWEEN: Final = re.compile(
    rb"(?:(BT|ET)\n|/(\w+) \d+(?:\.\d+)? Tf\n|[-\d. ]+ (?:Td|rg|RG|w|J)\n"
    rb"|\[[\d. ]*\] 0 d\n)*"
)
"""What stands between marks as a rule: the last edge of a text object, the last font.

Not possessive: Python 3.11 loses what groups in such a repetition have matched.
"""
_FONT_SET: Final = re.compile(rb"/\w+ \d+(?:\.\d+)? Tf")
_PART: Final = re.compile(rb"/Span /T\d+ BDC")
"""What PDFium is told of a part of a mark, which says to others what it says already."""
_LONG: Final = 1 << 10
"""Bytes of a drawing, or of long text: less of it comes back than of clusters."""
_ENTRY: Final = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]*)>")
_PAINTED: Final = frozenset({b"f", b"S", b"B", b"Do"})
_SHOWING: Final = frozenset({b"Tj", b"TJ"})
_UNSEEN: Final = frozenset(
    {
        b"m", b"l", b"c", b"h", b"re", b"n",
        b"rg", b"RG", b"w", b"d", b"J", b"j", b"M", b"q", b"Q", b"cm", b"Ts",
    }
)  # fmt: skip
"""Operators that paint nothing by themselves: paths, state."""


class _Found(NamedTuple):
    """What stands in a mark, and whether a part of it is told PDFium otherwise.

    `shown` are (the name of a font that is set, or none; codes).
    """

    shown: tuple[tuple[str | None, tuple[int, ...]], ...]
    has_shapes: bool
    has_parts: bool


class ShownText(NamedTuple):
    """A text-showing operator: baseline (y up, rise left out), size, end.

    `glyphs` are where each begins and its text.
    """

    y_pt: float
    size_pt: float
    right_pt: float
    glyphs: tuple[tuple[float, str], ...]


class Mark:
    """What stands under one mark, or in the furniture; `told` is its ActualText."""

    __slots__ = ("glyphs", "has_shapes", "number", "shown", "told")

    def __init__(
        self,
        number: int | None,
        told: str | None = None,
        glyphs: list[str] | None = None,
        has_shapes: bool = False,
    ) -> None:
        # By hand: a page has hundreds, and a dataclass with lists takes twice as long.
        self.number = number
        self.told = told
        self.glyphs = [] if glyphs is None else glyphs
        self.shown: list[ShownText] | None = None
        self.has_shapes = has_shapes

    def text(self) -> str:
        """Return the text in reading order."""
        if self.told is not None:
            return self.told
        text = "".join(self.glyphs)
        return "".join(reversed(self.glyphs)) if is_turned(text) else text


@lru_cache(maxsize=4096)
def _digits(text: str) -> str:
    return "".join([char for char in text if char.isdigit()])


@dataclass(slots=True)
class PageContent:
    """A page by mark; `faults` are (what is wrong, with which mark).

    `painted` are both in the order in which they begin.
    """

    marks: dict[int, Mark] = field(default_factory=dict)
    furniture: list[Mark] = field(default_factory=list)
    painted: list[Mark] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def untrue(self) -> Iterator[str]:
        """Yield where the digits that are told are not those that are drawn."""
        for mark in self.painted:
            if mark.told is None:
                continue
            drawn = "".join(mark.glyphs)
            if _digits(mark.told) != _digits(drawn):
                told = printable(mark.told)
                yield f"`{told}` is told where `{printable(drawn)}` is drawn"


class _Texts(dict[int, str]):
    """What glyph codes stand for, as the font's ToUnicode map has it."""

    def __missing__(self, code: int) -> str:
        return _UNKNOWN


class _Font(NamedTuple):
    texts: _Texts
    widths: Mapping[int, float]


def font_maps(
    page: Any,  # noqa: ANN401  # PDF
    known: dict[Any, _Font],
    *,
    places: bool,
) -> dict[str, _Font]:
    """Return a page's fonts by name; fonts that pages share are read once.

    Widths are read only for `places`.
    """
    found = {}
    resources = page.obj.get("/Resources", {})
    for name, font in resources.get("/Font", {}).items():
        key = font.objgen
        if key not in known or key == (0, 0):
            known[key] = _Font(_unicode(font), _widths(font) if places else {})
        found[str(name).removeprefix("/")] = known[key]
    return found


def _unicode(font: Any) -> _Texts:  # noqa: ANN401  # a PDF dictionary
    stream = font.get("/ToUnicode")
    return _texts_of(stream.read_bytes() if isinstance(stream, pikepdf.Stream) else b"")


@lru_cache(maxsize=256)
def _texts_of(cmap: bytes) -> _Texts:
    """Return what a ToUnicode map says; a face has the same one in many editions."""
    return _Texts((int(code, 16), _utf16(text)) for code, text in _ENTRY.findall(cmap))


def _widths(font: Any) -> dict[int, float]:  # noqa: ANN401  # a PDF dictionary
    """Return the /W array's widths in em (ISO 32000-1 9.7.4.3)."""
    found: dict[int, float] = {}
    descendants = font.get("/DescendantFonts", [])
    entries = list(descendants[0].get("/W", [])) if len(descendants) else []
    at = 0
    while at + 1 < len(entries):
        first, more = int(entries[at]), entries[at + 1]
        if isinstance(more, pikepdf.Array):
            for index, width in enumerate(more):
                found[first + index] = float(width) / 1000
            at += 2
        else:
            same = float(entries[at + 2]) / 1000
            found.update(dict.fromkeys(range(first, int(more) + 1), same))
            at += 3
    return found


_NO_FONT: Final = _Font(_Texts(), {})


def read_content(
    content: bytes, fonts: Mapping[str, _Font], *, places: bool
) -> PageContent:
    """Return a page's content by mark; `places`: with the place of each glyph, too."""
    reader = _Reader(fonts, places=places)
    if places:
        reader.lines(content)
    else:
        reader.sequences(content)
    return reader.finish()


class _Reader:
    """Goes through one page's operators."""

    def __init__(self, fonts: Mapping[str, _Font], *, places: bool) -> None:
        self._fonts = fonts
        self._places = places
        self._page = PageContent()
        self._open: list[tuple[Mark, bool]] = []
        self._in_text = False
        self._font, self._size = _NO_FONT, 0.0
        self._line = (0.0, 0.0)
        self._x = 0.0

    def lines(self, content: bytes) -> None:
        """Go through operators one by one."""
        for line in content.split(b"\n"):
            # The last word is the operator; a string ends with it where it has no space.
            operator = line[line.rfind(b" ") + 1 :]
            if operator in _UNSEEN:
                continue
            if (read := _READ.get(operator)) is not None:
                read(self, line)
            elif operator[-2:] in _SHOWING:
                self.show(line)
            else:
                self.take(operator)

    def sequences(self, content: bytes) -> None:
        """Go through marks, each at once if it is as plain as most; else by its lines."""
        marks, furniture = self._page.marks, self._page.furniture
        painted = self._page.painted
        for before, head, number, told, inside, rest in _SEQUENCE.findall(content):
            if before:
                self._pass(before)
            if rest:
                self.lines(rest)
            if not head:
                continue
            key = int(number) if number else None
            found = (_kept_long if len(inside) > _LONG else _kept)(inside)
            if found is not None and found.has_parts and key is None:
                found = None
            is_apart = not self._open or (not number and told and self._in_furniture())
            if found is None or not is_apart or key in marks:
                self.lines(head + b"\n" + inside + b"EMC")
                continue
            glyphs: list[str] = []
            for name, codes in found.shown:
                if name is not None:
                    self._font = self._fonts.get(name, _NO_FONT)
                glyphs += map(self._font.texts.__getitem__, codes)
            mark = Mark(key, _told(told) if told else None, glyphs, found.has_shapes)
            painted.append(mark)
            if key is None:
                furniture.append(mark)
            else:
                marks[key] = mark

    def _pass(self, between: bytes) -> None:
        """Go through what stands between two marks."""
        found = _BETWEEN.fullmatch(between)
        if found is None:
            self.lines(between)
            return
        edge, font = found.groups()
        if edge is not None:
            self._in_text = edge == b"BT"
        if font is not None:
            self._font = self._fonts.get(font.decode("latin-1"), _NO_FONT)

    def _in_furniture(self) -> bool:
        """Return True if what is told now is told of furniture, and of nothing else."""
        mark, _ = self._open[0]
        return len(self._open) == 1 and mark.number is None and mark.told is None

    def take(self, operator: bytes) -> None:
        """Take an operator that neither shows text nor changes how."""
        if operator in _PAINTED:
            self._owner("a drawing").has_shapes = True
        elif operator:
            shown = operator.decode("latin-1")[:20]
            self._page.faults.append(f"operator `{shown}` is none that is written here")

    def _move(self, line: bytes) -> None:
        if not self._places:
            return
        x, y, _ = line.split()
        self._line = (self._line[0] + float(x), self._line[1] + float(y))
        self._x = self._line[0]

    def _set_font(self, line: bytes) -> None:
        if _FONT_SET.fullmatch(line) is None:
            self._page.faults.append("a font is set without its name or its size")
            return
        self._font = self._fonts.get(_font_name(line), _NO_FONT)
        self._size = float(line.split()[1])

    def _text_object(self, line: bytes) -> None:
        self._in_text = line == b"BT"
        self._line, self._x = (0.0, 0.0), 0.0

    def finish(self) -> PageContent:
        if self._open:
            self._page.faults.append("a mark is left open")
        return self._page

    def _begin(self, line: bytes) -> None:
        found = _MARKED.match(line)
        number, told, *rare = found.groups() if found else (None, None)
        if number is None and rare:
            number, told = rare
        text = _told(told) if told is not None else None
        if number is None:
            mark = Mark(None, text)
            inside = any(one.number is not None for one, _ in self._open)
            if not inside:
                self._page.furniture.append(mark)
                self._page.painted.append(mark)
            elif line.startswith(b"/Artifact"):
                self._page.faults.append("furniture stands inside a mark")
        else:
            mark = Mark(int(number), text)
            if self._open or mark.number in self._page.marks:
                fact = f"mark {mark.number} stands inside another one, or twice"
                self._page.faults.append(fact)
            self._page.marks[int(number)] = mark
            self._page.painted.append(mark)
        self._open.append((mark, self._in_text))

    def _end(self, _: bytes) -> None:
        if not self._open:
            self._page.faults.append("a mark ends that never began")
        elif self._open.pop()[1] != self._in_text:
            self._page.faults.append("a mark crosses the edge of a text object")

    def _owner(self, what: str) -> Mark:
        if len(self._open) == 1:
            return self._open[0][0]
        for mark, _ in self._open:
            # What is in a mark that tells its text adds nothing to it.
            if mark.number is not None or mark.told is not None:
                return mark
        if self._open:
            return self._open[-1][0]
        self._page.faults.append(f"{what} stands under no mark")
        return Mark(None)

    def show(self, line: bytes) -> None:
        """Take the text that a line shows."""
        mark = self._owner("text")
        texts = self._font.texts
        if not self._places:
            mark.glyphs += map(texts.__getitem__, _shown_codes(line))
            return
        widths, size, glyphs = self._font.widths, self._size, []
        for string, shift in _SHIFTED.findall(line):
            if shift:
                self._x -= float(shift) / 1000 * size
                continue
            for code in _codes(string):
                glyphs.append((self._x, texts[code]))
                self._x += widths.get(code, 1.0) * size
        mark.glyphs += [text for _, text in glyphs]
        one = ShownText(self._line[1], self._size, self._x, tuple(glyphs))
        mark.shown = [*(mark.shown or ()), one]


def _read_inside(inside: bytes) -> _Found | None:
    """Return what stands in a mark; None if there is more than text and drawings."""
    font, codes = None, list[int]()
    shown = list[tuple[str | None, tuple[int, ...]]]()
    has_shapes = has_parts = in_part = False
    for line in inside.split(b"\n"):
        operator = line[line.rfind(b" ") + 1 :]
        if operator[-2:] in _SHOWING:
            codes += _shown_codes(line)
        elif operator in _PAINTED:
            has_shapes = True
        elif operator == b"Tf":
            if _FONT_SET.fullmatch(line) is None:
                return None
            shown.append((font, tuple(codes)))
            font, codes = _font_name(line), []
        elif (operator == b"EMC" and in_part) or (not in_part and _PART.fullmatch(line)):
            has_parts, in_part = True, not in_part
        elif operator and operator not in _UNSEEN and operator != b"Td":
            return None
    return (
        None if in_part else _Found((*shown, (font, tuple(codes))), has_shapes, has_parts)
    )


# Kept: clusters of a script come back on every page, and drawings in every leaflet.
_kept: Final = lru_cache(maxsize=1 << 14)(_read_inside)
_kept_long: Final = lru_cache(maxsize=1 << 7)(_read_inside)


def _font_name(line: bytes) -> str:
    """Return the name of the font that a line sets: `/F1 12 Tf`."""
    return line.split(b" ", 1)[0].removeprefix(b"/").decode("latin-1")


def _shown_codes(line: bytes) -> tuple[int, ...]:
    """Return the codes that a line shows: of a string, or of an array of them."""
    if line.count(b"(") == 1:
        return _codes(line[line.find(b"(") + 1 : line.rfind(b")")])
    return _codes(b"".join(_STRING.findall(line)))


def _codes(string: bytes) -> tuple[int, ...]:
    """Return the glyph codes of a literal string, two bytes each."""
    if b"\\" in string:
        string = _ESCAPED.sub(lambda found: _CONTROLS.get(found[1], found[1]), string)
    return struct.unpack(f">{len(string) // 2}H", string[: len(string) & ~1])


_READ: Final[Mapping[bytes, Callable[[_Reader, bytes], None]]] = {
    b"Td": _Reader._move,
    b"Tf": _Reader._set_font,
    b"BT": _Reader._text_object,
    b"ET": _Reader._text_object,
    b"BDC": _Reader._begin,
    b"BMC": _Reader._begin,
    b"EMC": _Reader._end,
}


@lru_cache(maxsize=4096)
def _told(digits: bytes) -> str:
    """Return the text of hexadecimal digits, their brackets included or not."""
    return _utf16(digits.strip(b"<>")).removeprefix("\ufeff")


def _utf16(digits: bytes) -> str:
    written = b"".join(digits.split()).decode()
    # A digit that is lacking at the end is 0 (ISO 32000-1 7.3.4.3).
    return bytes.fromhex(written + "0" * (len(written) % 2)).decode(
        "utf-16-be", "replace"
    )


def content_of(page: Any) -> bytes:  # noqa: ANN401  # a page of pikepdf
    """Return a page's operators, its streams one after the other."""
    content = page.obj.get("/Contents")
    streams = content if isinstance(content, pikepdf.Array) else [content]
    return b"\n".join(
        one.read_bytes() for one in streams if isinstance(one, pikepdf.Stream)
    )
