"""Marked content: the one place that writes what a stretch of a page stands for.

ISO 32000-1 14.6 and 14.9.4. Content of elements is flat, never one in another: a span
inside another marked sequence makes poppler's structure text lose the rest of the
element. One thing stands inside a span: what PDFium must be told so that it reads what
the span says (docs/decisions/0007).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from handouts.pdf.tags import Tagger
from handouts.text.model import GlyphRun

__all__ = ["PageMarks", "Shown", "Stretch", "text_string", "utf16_hex"]


class Stretch(NamedTuple):
    """A part of a run: its operators, and its text where that must be told.

    Where PDFium must be told something else, `parts` have the operators instead:
    (operators, text; empty for that of the glyphs).
    """

    operators: str
    text: str | None = None
    parts: tuple[tuple[str, str], ...] = ()


Shown: TypeAlias = tuple[Stretch, ...]
"""Operators that show a run, from left to right."""

_END: Final = "EMC"
_ARTIFACTS: Final = {
    None: "/Artifact BMC",
    "footer": "/Artifact <</Type /Pagination /Subtype /Footer>> BDC",
    "draft": "/Artifact <</Type /Pagination /Subtype /Header>> BDC",
    "number": "/Artifact <</Type /Layout>> BDC",
    "head": "/Artifact <</Type /Pagination>> BDC",
}


class PageMarks:
    """Opens and closes the marked sequences of one page.

    A sequence stays open while what follows belongs to it; text objects and sequences
    nest properly because the painter calls `close` where one of them begins or ends.
    """

    def __init__(self, write: Callable[[str], None], tagger: Tagger) -> None:
        self._write = write
        self._tagger = tagger
        self._open: tuple[str, object] | None = None
        self._last: GlyphRun | None = None
        self._names: dict[tuple[str, bool], str] = {}
        self._last_turned: tuple[str, bool] | None = None

    @property
    def turned(self) -> dict[str, str]:
        """The property lists that the page uses: name, text that PDFium is told."""
        return {name: text for (text, _), name in self._names.items()}

    def close(self) -> None:
        """End the open sequence, if there is one."""
        if self._open is not None:
            self._write(_END)
            self._open = self._last = None

    def artifact(self, kind: str | None = None) -> None:
        """Begin what belongs to no element: decoration, page furniture."""
        if self._open != ("artifact", kind):
            self.close()
            self._write(_ARTIFACTS.get(kind, _ARTIFACTS[None]))
            self._open = ("artifact", kind)

    def drawing(self, owner: int) -> None:
        """Begin shapes of an element."""
        if self._open != ("drawing", owner):
            self.close()
            self._begin(owner, self._tagger.mark_drawing(owner))
            self._open = ("drawing", owner)

    def text(self, run: GlyphRun, shown: Shown, owner: int) -> None:
        """Write a run of an element's text.

        Plain stretches that follow each other share a sequence; those whose text must
        be told have one of their own. Inside a run from right to left the stretches
        are read from the last to the first.
        """
        step = -1 if run.is_rtl else 1
        for order, stretch in enumerate(shown):
            if stretch.text is not None:
                self.close()
                number = self._tagger.mark(owner, run.start, order * step)
                self._write(_span(stretch.text, number))
                self._write_told(stretch)
                continue
            if not self._continues(run, owner, is_first=not order):
                self.close()
                self._begin(owner, self._tagger.mark(owner, run.start, order * step))
                self._open = ("text", owner)
            self._write(stretch.operators)
            self._last = run

    def furniture(self, shown: Shown, kind: str | None) -> None:
        """Write a run that belongs to no element; its text can be read all the same."""
        self.artifact(kind)
        for stretch in shown:
            if stretch.text is None:
                self._write(stretch.operators)
            else:
                self._write(f"/Span <</ActualText <FEFF{utf16_hex(stretch.text)}>>> BDC")
                self._write_told(stretch)

    def _write_told(self, stretch: Stretch) -> None:
        """Write the content of a span and its end.

        Whoever reads the span takes its text for all that is in it; poppler does not
        look at property lists; PDFium takes the innermost, and if that is empty what
        the glyphs stand for.
        """
        if not stretch.parts:
            self._write(stretch.operators)
        for operators, turned in stretch.parts:
            self._write(f"/Span /{self._name(turned)} BDC")
            self._write(operators)
            self._write(_END)
        self._write(_END)

    def _name(self, turned: str) -> str:
        """Return the property list that tells a text; never the same twice running.

        PDFium takes neighbours with the same list for one stretch.
        """
        is_other = self._last_turned == (turned, False)
        self._last_turned = turned, is_other
        return self._names.setdefault(self._last_turned, f"T{len(self._names)}")

    def _continues(self, run: GlyphRun, owner: int, *, is_first: bool) -> bool:
        """Return True if a run's stretch goes on where the open sequence ends."""
        last = self._last
        if self._open != ("text", owner) or last is None or not is_first:
            return False
        if run.is_rtl != last.is_rtl:
            return False
        gap = last.start - run.end if run.is_rtl else run.start - last.end
        return gap in (0, 1)

    def _begin(self, owner: int, number: int) -> None:
        self._write(f"/{self._tagger.role(owner)} <</MCID {number}>> BDC")


def _span(text: str, number: int) -> str:
    return f"/Span <</MCID {number} /ActualText <FEFF{utf16_hex(text)}>>> BDC"


@lru_cache(maxsize=16384)
def utf16_hex(text: str) -> str:
    """Return `text` in UTF-16BE as hexadecimal digits, surrogate pairs included."""
    return text.encode("utf-16-be").hex().upper()


def text_string(text: str) -> str:
    """Return `text` as a PDF text string (ISO 32000-1 7.9.2.2), for people to read."""
    if text.isascii() and text.isprintable() and not set(text) & set("()\\"):
        return f"({text})"
    return f"<FEFF{utf16_hex(text)}>"
