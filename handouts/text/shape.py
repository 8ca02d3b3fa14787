"""Items → glyphs, in font units and thus the same at every size (HarfBuzz).

Direction, script and language are always given, never guessed. Shaped items are kept:
boilerplate, a second paper size and the next leaflet set the same words again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any, Final

import uharfbuzz as hb

from handouts.fonts import Face
from handouts.text.cjk import halved
from handouts.text.faces import IDEOGRAPHIC
from handouts.text.unicode import is_ignorable

__all__ = ["Shaped", "shape"]

_FLAGS: Final = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
# Marks keep their own clusters, so that they can be mapped one to one.
_LEVEL: Final = hb.BufferClusterLevel.MONOTONE_CHARACTERS
_CONTEXT: Final = 5
"""Characters either side that HarfBuzz sees, so that letters join across items."""
_JOINING: Final = frozenset({"Arab", "Syrc", "Mand", "Nkoo", "Mong", "Adlm", "Rohg"})
_KEPT_ITEMS: Final = 8192
_DOTTED_CIRCLE: Final = "\u25cc"
_SHOWN: Final = {ord(char): " " for char in "\t\u00a0\u202f"}
# Default_Ignorable_Code_Point (or nearly) and what is shown as a space.
_UNSHOWN: Final = re.compile(
    "[\t\u00a0\u202f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


@dataclass(frozen=True, slots=True)
class Shaped:
    """Glyphs from left to right as drawn, in font units.

    `starts` are the code-point offsets (from the item's start) at which clusters begin,
    ascending, closed by the item's length. `bounds[i]` are the glyphs of the i-th
    cluster in *logical* order; for right-to-left text the slices run from the end. A
    cluster never begins with a character that has no glyph (unless it is the item's
    first): a line may end after a soft hyphen. `positions[k]` is the advance of all
    that stands before code point k in reading order. `texts` and `counts` are those of
    `GlyphRun`. `plain` means: one glyph a character and no offsets; then `starts` and
    `bounds` are empty. `notdef` and `stray` are offsets:
    of characters without a glyph, and of marks that got a dotted circle.
    """

    gids: tuple[int, ...]
    advances: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...] | None
    starts: tuple[int, ...]
    bounds: tuple[tuple[int, int], ...]
    positions: tuple[int, ...]
    plain: bool
    texts: Sequence[str]
    counts: tuple[int, ...] | None
    notdef: tuple[int, ...]
    stray: tuple[int, ...] = ()

    def is_edge(self, offset: int) -> bool:
        """Return True if a cluster begins or the item ends at `offset`."""
        if self.plain:
            return True
        index = bisect_left(self.starts, offset)
        return index < len(self.starts) and self.starts[index] == offset

    def slice_of(self, first: int, last: int, *, rtl: bool) -> slice:
        """Return the glyphs of the code points `first` to `last`, both cluster edges."""
        if self.plain:
            length = len(self.gids)
            return slice(length - last, length - first) if rtl else slice(first, last)
        low, high = self.clusters_of(first, last)
        if low >= high:
            return slice(0, 0)
        one, other = self.bounds[low], self.bounds[high - 1]
        return slice(other[0], one[1]) if rtl else slice(one[0], other[1])

    def clusters_of(self, first: int, last: int) -> tuple[int, int]:
        """Return the range of the clusters of the code points `first` to `last`."""
        if self.plain:
            return first, last
        return bisect_left(self.starts, first), bisect_left(self.starts, last)

    def texts_of(
        self, first: int, last: int, *, rtl: bool
    ) -> tuple[Sequence[str], tuple[int, ...] | None]:
        """Return the texts and glyph counts of the clusters of `first` to `last`."""
        low, high = self.clusters_of(first, last)
        if rtl:
            low, high = len(self.texts) - high, len(self.texts) - low
        return self.texts[low:high], self.counts and self.counts[low:high]


def shape(
    text: str, start: int, end: int, *, face: Face, script: str, tag: str, rtl: bool
) -> Shaped:
    """Shape `text[start:end]` with the paragraph as context."""
    before = after = ""
    if script in _JOINING:
        before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    return _shape(text[start:end], (before, after), face, script, tag, rtl=rtl)


@lru_cache(maxsize=_KEPT_ITEMS)
def _shape(
    text: str, context: tuple[str, str], face: Face, script: str, tag: str, *, rtl: bool
) -> Shaped:
    before, after = context
    buffer = hb.Buffer()
    drawn = text.replace("\t", " ")
    buffer.add_str(before + drawn + after, len(before), len(text))
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = script
    buffer.language = tag
    buffer.cluster_level = _LEVEL
    buffer.flags = _FLAGS
    features = None
    if script in IDEOGRAPHIC and (ranges := halved(text, face)):
        features = {"halt": [(at, at + 1, True) for at in ranges]}
    hb.shape(face.hb_font, buffer, features)
    return _read(buffer, len(before), text, face, rtl=rtl)


def _read(
    buffer: Any,  # noqa: ANN401  # HarfBuzz has no types
    skip: int,
    text: str,
    face: Face,
    *,
    rtl: bool,
) -> Shaped:
    infos, length = buffer.glyph_infos, len(text)
    gids = tuple([info.codepoint for info in infos])
    if text.isascii() and len(gids) == length and not rtl:
        # One glyph a letter, and no marks to place: the usual English.
        advances = tuple([one.x_advance for one in buffer.glyph_positions])
        return _plain(gids, advances, text, rtl=False)
    clusters = [info.cluster - skip for info in infos]
    raw = [one.position for one in buffer.glyph_positions]
    advances = tuple([one[2] for one in raw])
    moved = any(one[0] or one[1] for one in raw)
    every = range(length - 1, -1, -1) if rtl else range(length)
    if not moved and len(gids) == length and clusters == list(every):
        return _plain(gids, advances, text, rtl=rtl)
    starts, bounds = _clusters(clusters, text, rtl=rtl)
    texts, counts = _texts(text, starts, bounds, rtl=rtl)
    return Shaped(
        gids=gids,
        advances=advances,
        offsets=tuple([(one[0], one[1]) for one in raw]) if moved else None,
        starts=starts,
        bounds=bounds,
        positions=_positions(starts, bounds, advances, length),
        plain=False,
        texts=texts,
        counts=counts,
        notdef=_where(gids, clusters, 0),
        stray=_stray(text, face, gids, clusters),
    )


def _plain(
    gids: tuple[int, ...], advances: tuple[int, ...], text: str, *, rtl: bool
) -> Shaped:
    shown = text.translate(_SHOWN)
    reading = range(len(text) - 1, -1, -1) if rtl else range(len(text))
    return Shaped(
        gids=gids,
        advances=advances,
        offsets=None,
        starts=(),
        bounds=(),
        positions=tuple(accumulate(advances[::-1] if rtl else advances, initial=0)),
        plain=True,
        texts=shown[::-1] if rtl else shown,
        counts=None,
        notdef=_where(gids, reading, 0),
    )


def _where(gids: tuple[int, ...], clusters: Sequence[int], gid: int) -> tuple[int, ...]:
    if gid not in gids:
        return ()
    pairs = zip(clusters, gids, strict=True)
    return tuple(sorted({cluster for cluster, one in pairs if one == gid}))


def _stray(
    text: str, face: Face, gids: tuple[int, ...], clusters: Sequence[int]
) -> tuple[int, ...]:
    """Return where HarfBuzz put a dotted circle that the text does not have."""
    circle = face.hb_font.get_nominal_glyph(ord(_DOTTED_CIRCLE))
    if not circle or _DOTTED_CIRCLE in text:
        return ()
    return _where(gids, clusters, circle)


def _clusters(
    clusters: Sequence[int], text: str, *, rtl: bool
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
    # HarfBuzz gives a character that it takes out to the cluster after it.
    for index in range(1, len(starts)):
        end = starts[index + 1] if index + 1 < len(starts) else len(text)
        while starts[index] + 1 < end and is_ignorable(text[starts[index]]):
            starts[index] += 1
    if not starts:
        starts.append(0)
        bounds.append((0, 0))
    starts[0] = 0
    return (*starts, len(text)), tuple(bounds)


def _texts(
    text: str,
    starts: tuple[int, ...],
    bounds: tuple[tuple[int, int], ...],
    *,
    rtl: bool,
) -> tuple[Sequence[str], tuple[int, ...] | None]:
    """Return the clusters' texts and glyph counts from left to right."""
    texts = [text[start:end] for start, end in pairwise(starts)]
    if _UNSHOWN.search(text):
        texts = [_visible(one) for one in texts]
    counts = [end - start for start, end in bounds]
    if rtl:
        texts.reverse()
        counts.reverse()
    return tuple(texts), None if set(counts) == {1} else tuple(counts)


def _visible(text: str) -> str:
    return "".join([one for one in text if not is_ignorable(one)]).translate(_SHOWN)


def _positions(
    starts: tuple[int, ...],
    bounds: tuple[tuple[int, int], ...],
    advances: tuple[int, ...],
    length: int,
) -> tuple[int, ...]:
    found = [0] * (length + 1)
    at = 0
    for (first, last), (start, end) in zip(bounds, pairwise(starts), strict=True):
        found[start] = at
        at += sum(advances[first:last])
        # Inside a cluster no line ends; its later characters stand at its end.
        found[start + 1 : end + 1] = [at] * (end - start)
    return tuple(found)
