"""Items → glyphs, in font units and thus the same at every size (HarfBuzz).

Direction, script and language are always given, never guessed. Shaped items are kept:
boilerplate, a second paper size and the next leaflet set the same words again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import uharfbuzz as hb

from handouts.fonts import Face

__all__ = ["Shaped", "shape"]

_FLAGS: Final = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
_LEVEL: Final = hb.BufferClusterLevel.MONOTONE_CHARACTERS
_CONTEXT: Final = 5
"""Characters either side that HarfBuzz sees, so that letters join across items."""
_JOINING: Final = frozenset({"Arab", "Syrc", "Mand", "Nkoo", "Mong", "Adlm", "Rohg"})
_CJK: Final = frozenset({"Hani", "Hira", "Kana", "Hang", "Bopo"})
_OT_LANGUAGE_SCRIPT: Final = {"Hira": "Kana"}


@dataclass(frozen=True, slots=True)
class Shaped:
    """Glyphs from left to right as drawn, in font units.

    `starts` are the code-point offsets (from the item's start) at which clusters begin,
    ascending, closed by the item's length. `bounds[i]:bounds[i+1]` are the glyphs of
    the i-th cluster in *logical* order; for right-to-left text the slices run from the
    end. `positions[k]` is the advance of all that stands before code point k in reading
    order. `plain` means: one glyph a character and no offsets.
    """

    gids: tuple[int, ...]
    advances: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...] | None
    starts: tuple[int, ...]
    bounds: tuple[tuple[int, int], ...]
    positions: tuple[int, ...]
    plain: bool
    notdef: tuple[int, ...]


def shape(
    text: str, start: int, end: int, *, face: Face, script: str, tag: str, rtl: bool
) -> Shaped:
    """Shape `text[start:end]` with the paragraph as context."""
    if script in _JOINING:
        before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    else:
        before = after = ""
    return _shape(text[start:end], before, after, face, script, tag, rtl)


@lru_cache(maxsize=16384)
def _shape(
    text: str, before: str, after: str, face: Face, script: str, tag: str, rtl: bool
) -> Shaped:
    buffer = hb.Buffer()
    buffer.add_str(before + text + after, len(before), len(text))
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = _OT_LANGUAGE_SCRIPT.get(script, script)
    buffer.language = tag
    buffer.cluster_level = _LEVEL
    buffer.flags = _FLAGS
    hb.shape(face.hb_font, buffer, {"chws": True} if script in _CJK else None)
    return _read(buffer, len(before), len(text), rtl=rtl)


def _read(buffer: hb.Buffer, skip: int, length: int, *, rtl: bool) -> Shaped:
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    gids = tuple([info.codepoint for info in infos])
    clusters = [info.cluster - skip for info in infos]
    raw = [one.position for one in positions]
    advances = tuple([one[2] for one in raw])
    moved = any(one[0] or one[1] for one in raw)
    offsets = tuple([(one[0], one[1]) for one in raw]) if moved else None
    starts, bounds = _clusters(clusters, length, rtl=rtl)
    plain = not moved and len(gids) == length and len(starts) == length + 1
    return Shaped(
        gids=gids,
        advances=advances,
        offsets=offsets,
        starts=starts,
        bounds=bounds,
        positions=_positions(starts, bounds, advances, length),
        plain=plain,
        notdef=tuple(c for c, gid in zip(clusters, gids, strict=True) if gid == 0),
    )


def _clusters(
    clusters: list[int], length: int, *, rtl: bool
) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Return the clusters' starts and glyph slices in logical order.

    Characters before the first cluster (all ignorable) count with the first.
    """
    order = range(len(clusters) - 1, -1, -1) if rtl else range(len(clusters))
    starts: list[int] = []
    bounds: list[tuple[int, int]] = []
    for glyph in order:
        if starts and clusters[glyph] == starts[-1]:
            first, last = bounds[-1]
            bounds[-1] = (min(first, glyph), max(last, glyph + 1))
        else:
            starts.append(clusters[glyph])
            bounds.append((glyph, glyph + 1))
    if not starts:
        starts.append(0)
        bounds.append((0, 0))
    starts[0] = 0
    return (*starts, length), tuple(bounds)


def _positions(
    starts: tuple[int, ...],
    bounds: tuple[tuple[int, int], ...],
    advances: tuple[int, ...],
    length: int,
) -> tuple[int, ...]:
    found = [0] * (length + 1)
    at = 0
    for index, (first, last) in enumerate(bounds):
        found[starts[index]] = at
        at += sum(advances[first:last])
        # Inside a cluster no line ends; its later characters stand at its end.
        for inner in range(starts[index] + 1, starts[index + 1] + 1):
            found[inner] = at
    return tuple(found)
