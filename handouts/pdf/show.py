"""A glyph run → text-showing operators (ISO 32000-1 9.4.3).

Positions come from the fonts' nominal widths; only what shaping changed is written: a
number in a TJ array for a different advance or a sideways offset, Ts for an offset up
or down. Clusters whose text the font's ToUnicode map does not give stand in a span.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from handouts.fonts import Face
from handouts.pdf.embedded import EmbeddedFont
from handouts.pdf.marked import Shown
from handouts.pdf.numbers import coordinate, from_steps
from handouts.pdf.unicode_map import KEPT_RUNS, cluster_text, run_texts
from handouts.text.model import GlyphRun
from handouts.text.subset import is_blank

__all__ = ["show_run"]

_ADJUST_STEPS: Final = 10
"""TJ numbers are whole tenths of a thousandth of an em: 0.0012 pt at 12 pt."""
_SLACK_PT: Final = 0.001
"""An advance nearer than this to the nominal one is the nominal one."""
_CODE_LENGTH: Final = 2
# A code is two characters that stand for its bytes: as hexadecimal digits they would be
# twice as many, which takes twice as long to compress. A line end is escaped, so that
# lines of a page stay lines (and because a bare CR reads as LF, ISO 32000-1 7.3.4.2).
_ESCAPES: Final = str.maketrans(
    {"(": "\\(", ")": "\\)", "\\": "\\\\", "\r": "\\r", "\n": "\\n"}
)
_NO_OFFSET: Final = (0.0, 0.0)

Unclear = frozenset[tuple[int, str]]
"""The (glyph, text) of a run that its font's ToUnicode map does not give."""


def show_run(run: GlyphRun, font: EmbeddedFont) -> Shown:
    """Return the operators that show `run` from the current text position.

    The font is set already; the rise is 0 before and after. Stretches whose text must
    be told are apart.
    """
    return _shown(run, run_texts(run).distinct - font.plain)


@lru_cache(maxsize=KEPT_RUNS)
def _shown(run: GlyphRun, unclear: Unclear) -> Shown:
    """Show a run in a document: all that it is to it is which texts it maps."""
    changes = _changes(run)
    found = run_texts(run).pieces
    if found is None:
        if run.offsets is None and not unclear:
            return ((_show_plain(run, changes), None),)
        found = tuple((index, index + 1, text) for index, text in enumerate(run.texts))
    writer = _Writer(run, unclear, changes)
    for start, end, text in found:
        writer.piece(start, end, text)
    return writer.finish()


def _show_plain(run: GlyphRun, changes: Sequence[float]) -> str:
    code = "".join([_code(gid) for gid in run.gids])
    if max(changes) < _SLACK_PT and min(changes) > -_SLACK_PT:
        return f"{_string(code)}Tj"
    return f"[{_adjusted(code, changes, run.size_pt)}]TJ"


def _changes(run: GlyphRun) -> list[float]:
    """Return by how many points each shaped advance exceeds the nominal one."""
    face, scale = run.face, run.size_pt / run.face.upem
    return [
        advance - _nominal(face, gid) * scale
        for gid, advance in zip(run.gids, run.advances, strict=True)
    ]


@lru_cache(maxsize=1 << 16)
def _nominal(face: Face, gid: int) -> int:
    return face.advance(gid)


@lru_cache(maxsize=1 << 16)
def _code(gid: int) -> str:
    return chr(gid >> 8) + chr(gid & 0xFF)


def _string(codes: str) -> str:
    """Return codes as a literal string."""
    return f"({codes.translate(_ESCAPES)})"


def _adjusted(code: str, changes: Sequence[float], size_pt: float) -> str:
    """Return a TJ array's content for glyphs on the baseline with changed advances."""
    per_step_pt = size_pt / (1000 * _ADJUST_STEPS)
    parts: list[str] = []
    owed_pt = 0.0  # what is not written yet: rounding never adds up along a line
    first = 0
    for index, change in enumerate(changes[:-1], 1):
        owed_pt += change
        if abs(owed_pt) < _SLACK_PT:
            continue
        steps = round(-owed_pt / per_step_pt)
        if steps:
            parts.append(_string(code[first : index * _CODE_LENGTH]))
            parts.append(from_steps(steps, _ADJUST_STEPS))
            owed_pt += steps * per_step_pt
            first = index * _CODE_LENGTH
    parts.append(_string(code[first:]))
    return "".join(parts)


class _Writer:
    """Writes the pieces of a run that needs spans or offsets."""

    def __init__(self, run: GlyphRun, unclear: Unclear, changes: Sequence[float]) -> None:
        self._run = run
        self._unclear = unclear
        self._changes = changes
        self._offsets = run.offsets or (_NO_OFFSET,) * len(run.gids)
        self._per_step_pt = run.size_pt / (1000 * _ADJUST_STEPS)
        self._stretches: list[tuple[str, str | None]] = []
        self._operators: list[str] = []
        self._array: list[str] = []
        self._codes: list[str] = []
        self._owed_pt = 0.0
        self._rise = "0"

    def piece(self, start: int, end: int, text: str) -> None:
        """Write glyphs that read as one, in a span of their own if they need one."""
        run = self._run
        if start == end:
            return
        if end - start == 1 and (run.gids[start], text) not in self._unclear:
            self._glyph(start)
            return
        gids = run.gids[start:end]
        shown = cluster_text(run.face, gids, text, run.is_rtl)
        if not shown and all(is_blank(run.face, gid) for gid in gids):
            # A joiner or a directional mark: nothing to see, nothing to read.
            self._owed_pt += sum(run.advances[start:end])
            return
        self._end_stretch(None)
        for index in range(start, end):
            self._glyph(index)
        self._end_stretch(shown)

    def finish(self) -> Shown:
        """Return the stretches; the rise is 0 again."""
        self._end_stretch(None)
        if self._rise != "0":
            operators, told = self._stretches[-1]
            self._stretches[-1] = (f"{operators}\n0 Ts", told)
        return tuple(self._stretches)

    def _end_stretch(self, told: str | None) -> None:
        self._end_array()
        if self._operators:
            self._stretches.append(("\n".join(self._operators), told))
            self._operators.clear()

    def _glyph(self, index: int) -> None:
        gid = self._run.gids[index]
        offset = self._offsets[index]
        rise = coordinate(offset[1]) if offset[1] else "0"
        if rise != self._rise:
            self._end_array()
            self._set_rise(rise)
        self._owed_pt += offset[0]
        if abs(self._owed_pt) >= _SLACK_PT:
            self._adjust()
        self._codes.append(_code(gid))
        self._owed_pt += self._changes[index] - offset[0]

    def _adjust(self) -> None:
        steps = round(-self._owed_pt / self._per_step_pt)
        if steps:
            self._end_string()
            self._array.append(from_steps(steps, _ADJUST_STEPS))
            self._owed_pt += steps * self._per_step_pt

    def _set_rise(self, rise: str) -> None:
        if rise != self._rise:
            self._operators.append(f"{rise} Ts")
            self._rise = rise

    def _end_string(self) -> None:
        if self._codes:
            self._array.append(_string("".join(self._codes)))
            self._codes.clear()

    def _end_array(self) -> None:
        self._end_string()
        if len(self._array) == 1 and self._array[0].startswith("("):
            self._operators.append(f"{self._array[0]}Tj")
        elif self._array:
            self._operators.append(f"[{''.join(self._array)}]TJ")
        self._array.clear()
