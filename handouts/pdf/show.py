"""A glyph run → text-showing operators (ISO 32000-1 9.4.3).

Positions come from the fonts' nominal widths; only what shaping changed is written: a
number in a TJ array for a different advance or a sideways offset, Ts for an offset up
or down. Clusters whose text the font's ToUnicode map does not give stand in a span.

A mark off the baseline of right-to-left text stands in a span that begins and ends with
a glyph without ink or width on the baseline: viewers take what lies higher for another
line, and a span for what lies where it begins (docs/decisions/0007).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final

from handouts.fonts import Face
from handouts.pdf.embedded import Codes, EmbeddedFont
from handouts.pdf.marked import Shown, Stretch
from handouts.pdf.numbers import coordinate, from_steps
from handouts.pdf.turned import Turn, Turns
from handouts.pdf.unicode_map import (
    KEPT_RUNS,
    Piece,
    anchor_glyph,
    cluster_text,
    has_anchors,
    parted,
    run_texts,
    visible,
)
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
_ANCHORED_PT: Final = 0.05
"""How far before its letter and itself a mark's text object begins.
PDFium sorts text objects by place.
"""
_NO_OFFSET: Final = (0.0, 0.0)

Unclear = frozenset[tuple[int, str]]
"""The (glyph, text) of a run that its font's ToUnicode map does not give."""


def show_run(run: GlyphRun, font: EmbeddedFont, turns: Turns = ()) -> Shown:
    """Return the operators that show `run` from the current text position.

    The font is set already; the rise is 0 before and after. Stretches whose text must
    be told are apart; `turns` are those of which PDFium must be told something else.
    """
    unclear = run_texts(run).distinct - font.plain
    return _shown(run, font.program.codes, unclear, turns)


@lru_cache(maxsize=KEPT_RUNS)
def _shown(run: GlyphRun, codes: Codes, unclear: Unclear, turns: Turns) -> Shown:
    """Show a run in a document: that is to it which codes it has and texts it maps."""
    changes = _changes(run)
    found = run_texts(run).pieces
    if found is None:
        if run.offsets is None and not unclear and not turns:
            return (Stretch(_show_plain(run, codes, changes)),)
        found = tuple((index, index + 1, text) for index, text in enumerate(run.texts))
    writer = _Writer(run, codes, unclear, changes)
    for turn, group in groupby(found, lambda piece: _turn_at(turns, piece)):
        if turn is not None:
            writer.turned(turn)
            continue
        for start, end, text in group:
            writer.piece(start, end, text)
    return writer.finish()


def _turn_at(turns: Turns, piece: Piece) -> Turn | None:
    return next((one for one in turns if one.start <= piece[0] < one.end), None)


def _show_plain(run: GlyphRun, codes: Codes, changes: Sequence[float]) -> str:
    code = "".join([codes.of[gid] for gid in run.gids])
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

    def __init__(
        self, run: GlyphRun, codes: Codes, unclear: Unclear, changes: Sequence[float]
    ) -> None:
        self._run = run
        self._code = codes.of
        self._unclear = unclear
        self._changes = changes
        self._offsets = run.offsets or (_NO_OFFSET,) * len(run.gids)
        self._per_step_pt = run.size_pt / (1000 * _ADJUST_STEPS)
        self._anchor = anchor_glyph(run.face) if has_anchors(run) else 0
        self._stretches: list[Stretch] = []
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
        is_alone = end - start == 1
        if is_alone and self._is_raised_mark(start) and visible(text):
            self._told(start, end, visible(text))
            return
        if is_alone and (run.gids[start], text) not in self._unclear:
            self._glyph(start)
            return
        gids = run.gids[start:end]
        shown = cluster_text(run.face, gids, text, run.is_rtl)
        if not shown and all(is_blank(run.face, gid) for gid in gids):
            # A joiner or a directional mark: nothing to see, nothing to read.
            self._owed_pt += sum(run.advances[start:end])
            return
        base = parted(run, (start, end, text))
        if base is None or (run.gids[base[0]], base[1]) in self._unclear:
            self._told(start, end, shown)
        else:
            self._parts(shown, ((start, base[0], base[2]), (base[0], end, "")))

    def turned(self, turn: Turn) -> None:
        """Write a stretch of which PDFium must be told something else."""
        self._parts(turn.text, ((turn.start, turn.end, turn.turned),))

    def _told(self, start: int, end: int, text: str) -> None:
        self._end_stretch()
        self._glyphs(start, end)
        self._stretches.append(Stretch(self._taken(), text))

    def _parts(self, text: str, parts: Iterable[tuple[int, int, str]]) -> None:
        self._end_stretch()
        found: list[tuple[str, str]] = []
        for start, end, turned in parts:
            self._glyphs(start, end)
            found.append((self._taken(), turned))
        self._stretches.append(Stretch("", text, tuple(found)))

    def _glyphs(self, start: int, end: int) -> None:
        for index in range(start, end):
            if self._is_raised_mark(index):
                self._anchored(index)
            else:
                self._glyph(index)

    def finish(self) -> Shown:
        """Return the stretches; the rise is 0 again."""
        self._end_stretch()
        if self._rise != "0":
            last = self._stretches[-1]
            self._stretches[-1] = last._replace(operators=f"{last.operators}\n0 Ts")
        return tuple(self._stretches)

    def _end_stretch(self) -> None:
        if operators := self._taken():
            self._stretches.append(Stretch(operators))

    def _taken(self) -> str:
        """Return the operators written since this was asked last."""
        self._end_array()
        operators = "\n".join(self._operators)
        self._operators.clear()
        return operators

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
        self._codes.append(self._code[gid])
        self._owed_pt += self._changes[index] - offset[0]

    def _is_raised_mark(self, index: int) -> bool:
        is_mark = not self._run.advances[index]
        return bool(self._anchor) and is_mark and bool(self._offsets[index][1])

    def _anchored(self, index: int) -> None:
        """Write a raised mark between anchors.

        The first tells poppler the line and where the cluster begins, the last where it
        ends. The one beside the mark is for PDFium, which sorts text objects by where
        they begin and knows a mark only by what it stands beside.
        """
        aside = min(self._offsets[index][0], 0)
        self._anchor_at(0, "0")
        self._anchor_at(aside - _ANCHORED_PT, coordinate(self._offsets[index][1]))
        self._glyph(index)
        self._anchor_at(0, "0")

    def _anchor_at(self, aside_pt: float, rise: str) -> None:
        if rise != self._rise:
            self._end_array()
            self._set_rise(rise)
        self._owed_pt += aside_pt
        if abs(self._owed_pt) >= _SLACK_PT:
            self._adjust()
        self._codes.append(self._code[self._anchor])
        self._owed_pt -= aside_pt

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
