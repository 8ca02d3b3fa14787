"""Which text a glyph stands for: the runs of a document → ToUnicode, and who needs more.

A glyph drawn alone for one cluster carries its text in its font's ToUnicode map. Where
that cannot be (several glyphs, or a glyph that also stands for something else) the
cluster is wrapped in an ActualText span of its own. Both give back what search finds:
texts that NFKC makes equal count as the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple, TypeAlias

from handouts.fonts import Face
from handouts.text.model import GlyphRun
from handouts.text.subset import is_blank, nominal_glyph

__all__ = [
    "KEPT_RUNS", "GlyphTexts", "Piece", "RunTexts", "anchor_glyph", "cluster_text",
    "glyph_texts", "has_anchors", "parted", "pieces", "run_texts", "visible",
]  # fmt: skip

KEPT_RUNS: Final = 1024
"""Of how many runs what was found is kept: half a dozen editions, a few megabytes."""

Piece: TypeAlias = tuple[int, int, str]
"""(first glyph, glyph after the last, text) of glyphs that read as one."""


# Default_Ignorable_Code_Point: joiners, directional marks, soft hyphen, variation
# selectors. They steer shaping and have no place in text that is read back.
_IGNORABLE: Final = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Hebrew and Arabic presentation forms: characters that stand for several letters.
_PRESENTATION_BLOCKS: Final = ((0xFB1D, 0xFDFF), (0xFE70, 0xFEFC))
_BLIND: Final = "-\u2010 "
"""What is drawn where the text has nothing to see: the hyphen of a divided word."""
_FORMS: Final = ("<isolated>", "<final>", "<initial>", "<medial>")


_ANCHOR: Final = "\u200d"
"""ZERO WIDTH JOINER, between letters that join or cannot: who reads it sees nothing."""


def visible(text: str) -> str:
    """Return `text` without default-ignorable characters."""
    return text if text.isascii() else _IGNORABLE.sub("", text)


def pieces(run: GlyphRun) -> list[Piece]:
    """Return the pieces of a run that each read as one, from left to right.

    A piece is a cluster; in text from left to right several, where they interlock:
    marks and stacked consonants have no advance of their own and are drawn over what
    stands before them; a mark may begin before its own cluster; and a raised mark may
    begin past its end. Viewers sort glyphs by place (poppler by character, PDFium by
    text object, which a rise ends) and would read these elsewhere.
    """
    found: list[Piece] = []
    first, text, end, is_overhung = 0, "", 0, False
    for count, more in zip(run.counts or (1,) * len(run.texts), run.texts, strict=True):
        start, end = end, end + count
        has_mark = not all(run.advances[start:end])
        joins = is_overhung or (has_mark and _leans_back(run, start, end))
        if start and (run.is_rtl or not joins):
            found.append((first, start, text))
            first, text = start, ""
        text += more
        if has_mark:
            still = is_overhung and not any(run.advances[start:end])
            is_overhung = still or _hangs_over(run, start, end)
        else:
            is_overhung = False
    found.append((first, end, text))
    return found


class RunTexts(NamedTuple):
    """What the glyphs of a run stand for.

    `pieces` is None where each glyph is a piece of its own. `alone` are the (glyph,
    text) of all pieces of one glyph and of the bases of those that part, `distinct` the
    same, each once; `gids` are all glyphs.
    """

    gids: frozenset[int]
    pieces: tuple[Piece, ...] | None
    alone: tuple[tuple[int, str], ...]
    distinct: frozenset[tuple[int, str]]


@lru_cache(maxsize=1 << 16)
def _pair(gid: int, text: str) -> tuple[int, str]:
    """Return the pair, the same object for every run: sets compare it at a glance."""
    return gid, text


@lru_cache(maxsize=KEPT_RUNS)
def run_texts(run: GlyphRun) -> RunTexts:
    """Return what the glyphs of a run stand for, whatever document it is in."""
    if run.counts is None and (run.is_rtl or all(run.advances)):
        alone = tuple(map(_pair, run.gids, run.texts))
        return RunTexts(frozenset(run.gids), None, alone, frozenset(alone))
    found = tuple(pieces(run))
    alone = tuple(
        [_pair(run.gids[start], text) for start, end, text in found if end - start == 1]
    ) + tuple(
        [_pair(run.gids[base[0]], base[1]) for one in found if (base := parted(run, one))]
    )
    return RunTexts(frozenset(run.gids), found, alone, frozenset(alone))


@lru_cache(maxsize=KEPT_RUNS)
def has_anchors(run: GlyphRun) -> bool:
    """Return True if the raised marks of a run are anchored on its baseline (`show`).

    That is: in text from right to left that has marks off its baseline, and letters on
    it, unlike Nastaliq.
    """
    if not run.is_rtl or run.offsets is None or not anchor_glyph(run.face):
        return False
    off = {not adv for adv, (_, y) in zip(run.advances, run.offsets, strict=True) if y}
    return off == {True}


@cache
def anchor_glyph(face: Face) -> int:
    """Return a glyph of a face that has neither ink nor width, 0 if it has none."""
    gid = nominal_glyph(face, ord(_ANCHOR))
    return gid if gid and is_blank(face, gid) and not face.advance(gid) else 0


def parted(run: GlyphRun, piece: Piece) -> tuple[int, str, str] | None:
    """Return how a right-to-left cluster parts: its base's glyph, letters, marks.

    That is a cluster of marks that are drawn before their one base, as lam-alef with
    tanwin, whose text has the mark between the letters. None for others.
    """
    start, end, text = piece
    if not run.is_rtl or end - start < 2 or not run.advances[end - 1]:
        return None
    if any(run.advances[start : end - 1]):
        return None
    shown = visible(text)
    marks = "".join([char for char in shown if unicodedata.category(char) == "Mn"])
    letters = "".join([char for char in shown if char not in marks])
    return (end - 1, letters, marks) if letters and marks else None


def _leans_back(run: GlyphRun, start: int, end: int) -> bool:
    """Return True if a mark of the cluster stands over what is before the cluster."""
    if not any(run.advances[start:end]):
        return True
    return any(
        not run.advances[index]
        and sum(run.advances[start:index]) + _offset(run, index)[0] < 0
        for index in range(start, end)
    )


def _hangs_over(run: GlyphRun, start: int, end: int) -> bool:
    """Return True if a raised mark of the cluster begins past what it stands over."""
    return any(
        not run.advances[index]
        and _offset(run, index)[0] >= sum(run.advances[index:end])
        and bool(_offset(run, index)[1])
        for index in range(start, end)
    )


def _offset(run: GlyphRun, index: int) -> tuple[float, float]:
    return run.offsets[index] if run.offsets else (0.0, 0.0)


@lru_cache(maxsize=65536)
def cluster_text(face: Face, gids: tuple[int, ...], text: str, is_rtl: bool) -> str:
    """Return the characters that stand for a cluster in the file.

    Several letters of a right-to-left script become their presentation form where there
    is one: viewers turn multi-character texts round in such runs, and a single
    character cannot be turned. NFKC, which every search applies, gives the letters back.
    """
    shown = visible(text)
    if not is_rtl or len(shown) < 2:
        return shown
    forms = _presentation_forms().get(unicodedata.normalize("NFKC", shown), ())
    same = (form for form in forms if nominal_glyph(face, ord(form)) in gids)
    return next(same, forms[0] if forms else shown)


@cache
def _presentation_forms() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for first, last in _PRESENTATION_BLOCKS:
        for char in map(chr, range(first, last + 1)):
            letters = unicodedata.normalize("NFKC", char)
            if len(letters) > 1 and " " not in letters:
                found.setdefault(letters, []).append(char)
    return {letters: tuple(sorted(chars, key=_form)) for letters, chars in found.items()}


def _form(char: str) -> tuple[int, str]:
    tag = unicodedata.decomposition(char).split(" ")[0]
    return (_FORMS.index(tag) if tag in _FORMS else len(_FORMS), char)


class GlyphTexts(NamedTuple):
    """The texts of one face's glyphs in one document.

    `gids` are the glyphs used, `unicode` is the ToUnicode map, and `plain` holds the
    (glyph, text as it stands in `GlyphRun.texts`) that need no span.
    """

    gids: frozenset[int]
    unicode: Mapping[int, str]
    plain: frozenset[tuple[int, str]]


def glyph_texts(face: Face, runs: Sequence[GlyphRun]) -> GlyphTexts:
    """Return the text each glyph of a face's runs stands for most often.

    Ties go by code point.
    """
    texts = [run_texts(run) for run in runs]
    gids = frozenset().union(*[one.gids for one in texts])
    if any(map(has_anchors, runs)):
        gids |= {anchor_glyph(face)}
    ltr, rtl = (
        frozenset().union(*[
            one.distinct
            for run, one in zip(runs, texts, strict=True)
            if run.is_rtl is is_rtl
        ])
        for is_rtl in (False, True)
    )  # fmt: skip
    found = _claims(face, ltr, rtl)
    best = _most_frequent(_counted(face, runs, found.disputed))
    known = found.clear | best
    told = _told(face, runs, gids - known.keys())
    plain = [
        (gid, text)
        for (gid, text), shown in found.texts.items()
        if gid not in best or _is_same(shown, best[gid])
    ]
    return GlyphTexts(gids, dict(sorted((told | known).items())), frozenset(plain))


def _told(
    face: Face, runs: Sequence[GlyphRun], missing: frozenset[int]
) -> dict[int, str]:
    """Return a character for each glyph that is drawn in spans only.

    The span says what is read; PDF/A asks for the glyph's own text beside it.
    """
    found = dict.fromkeys(missing & {anchor_glyph(face)}, _ANCHOR)
    missing -= found.keys()
    for run in runs if missing else ():
        if missing.isdisjoint(run_texts(run).gids):
            continue
        for gid, char in _characters(run):
            if gid in missing:
                found.setdefault(gid, char)
    return found


def _counted(
    face: Face, runs: Sequence[GlyphRun], disputed: frozenset[int]
) -> Counter[tuple[int, str]]:
    """Count how often each glyph that stands for several texts shows each."""
    counts: Counter[tuple[int, str]] = Counter()
    for run in runs if disputed else ():
        found = run_texts(run)
        if disputed.isdisjoint(found.gids):
            continue
        for gid, text in found.alone:
            if gid in disputed:
                counts[gid, cluster_text(face, (gid,), text, run.is_rtl)] += 1
    return counts


@lru_cache(maxsize=KEPT_RUNS)
def _characters(run: GlyphRun) -> tuple[tuple[int, str], ...]:
    """Return the character that each glyph of a run comes nearest to."""
    parts = run_texts(run).pieces
    if parts is None:
        parts = tuple((index, index + 1, text) for index, text in enumerate(run.texts))
    found: dict[int, str] = {}
    for start, end, text in parts:
        gids, shown = run.gids[start:end], visible(text)
        nominal = {nominal_glyph(run.face, ord(char)): char for char in (*shown, *_BLIND)}
        rest = [char for char in shown if nominal_glyph(run.face, ord(char)) not in gids]
        other = (rest or [*shown, " "])[0]
        for gid in gids:
            found.setdefault(gid, nominal.get(gid, other))
    return tuple(found.items())


class _Claims(NamedTuple):
    """What glyphs stand for, unless it is nothing.

    `texts` gives the text shown for each (glyph, text), `clear` that of each glyph that
    has but one; `disputed` are the others.
    """

    texts: dict[tuple[int, str], str]
    clear: dict[int, str]
    disputed: frozenset[int]


@lru_cache(maxsize=64)
def _claims(
    face: Face, ltr: frozenset[tuple[int, str]], rtl: frozenset[tuple[int, str]]
) -> _Claims:
    """Return what the (glyph, text) of each direction come to; the result is shared."""
    texts: dict[tuple[int, str], str] = {}
    shown_as: dict[int, set[str]] = {}
    for is_rtl, pairs in enumerate((ltr, rtl)):
        for gid, text in pairs:
            if shown := cluster_text(face, (gid,), text, bool(is_rtl)):
                texts[gid, text] = shown
                shown_as.setdefault(gid, set()).add(shown)
            else:
                texts.pop((gid, text), None)
    clear = {gid: next(iter(one)) for gid, one in shown_as.items() if len(one) == 1}
    return _Claims(texts, clear, frozenset(shown_as.keys() - clear.keys()))


def _most_frequent(counts: Counter[tuple[int, str]]) -> dict[int, str]:
    best: dict[int, str] = {}
    for (gid, text), _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if text:
            best.setdefault(gid, text)
    return best


def _is_same(one: str, other: str) -> bool:
    return one == other or (
        unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other)
    )
