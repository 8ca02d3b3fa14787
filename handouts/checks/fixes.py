"""What can be mended without asking a translator: `check --fix` writes it.

Only where one answer is right whatever the language says: hidden characters, space
round the text, embeddings that isolates replace, isolates left open, ends that end
nothing, digits of another script, and the space between a number and its unit, at which
no line may break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from handouts.catalog.model import Message
from handouts.checks.characters import CONTROLS, unbalanced
from handouts.checks.digits import foreign_digits
from handouts.checks.text import parse
from handouts.checks.units import unit_spaces
from handouts.languages import Language

__all__ = ["Fix", "fixed", "fixes"]

_NO_BREAK_SPACE: Final = "\u00a0"
_PDF: Final = "\u202c"
_PDI: Final = "\u2069"
# UAX #9: an embedding and its end → the isolate that does the same, and its end.
_ISOLATES: Final = {"\u202a": "\u2066", "\u202b": "\u2067", _PDF: _PDI}
_EMBEDDING: Final = re.compile("[\u202a-\u202c]")
_OVERRIDES: Final = re.compile("[\u202d\u202e]")
_ISOLATE: Final = re.compile("[\u2066-\u2069]")
_NUMERIC: Final = re.compile(r"[\d.,:/+%°-]")


class Fix(NamedTuple):
    """`msgstr[start:end]` becomes `replacement`."""

    start: int
    end: int
    replacement: str


def fixed(message: Message, language: Language) -> tuple[str, ...]:
    """Return the msgstrs of `message` with all that is certain put right."""
    sources = [message.key.msgid, *([message.plural] if message.plural else [])]
    return tuple(
        _applied(text, fixes(text, sources[min(index, len(sources) - 1)], language))
        for index, text in enumerate(message.msgstrs)
    )


def fixes(msgstr: str, msgid: str, language: Language) -> tuple[Fix, ...]:
    """Return the certain fixes of one msgstr, in order; none overlaps another."""
    if not msgstr.strip():
        return ()
    characters = tuple(_characters(msgstr))
    found = (
        *characters,
        *_unit_spaces(msgstr, characters, language),
        *(Fix(*found) for found in foreign_digits(msgstr, msgid, language)),
        *_outer_space(msgstr, msgid, _without(msgstr, characters)),
    )
    kept: list[Fix] = []
    for fix in sorted(found, key=_order):
        if not kept or fix.start >= kept[-1].end:
            kept.append(fix)
    return tuple(kept)


def _order(fix: Fix) -> tuple[int, bool, int]:
    """Insertions first, then the longest: what it covers needs no fix of its own."""
    return fix.start, fix.start != fix.end, -fix.end


def _applied(text: str, found: tuple[Fix, ...]) -> str:
    parts: list[str] = []
    at = 0
    for fix in found:
        parts += (text[at : fix.start], fix.replacement)
        at = fix.end
    return "".join((*parts, text[at:]))


def _without(msgstr: str, found: tuple[Fix, ...]) -> str:
    """Return the text with a space for each character that is deleted."""
    signs = list(msgstr)
    for fix in found:
        if not fix.replacement:
            signs[fix.start : fix.end] = " " * (fix.end - fix.start)
    return "".join(signs)


def _outer_space(msgstr: str, msgid: str, shown: str) -> Iterator[Fix]:
    """Yield the space before and after the text, as the msgid has it."""
    bare, wanted = shown.strip(), msgid.strip()
    if not bare:
        return
    start = shown.index(bare)
    before, _, after = msgid.partition(wanted) if wanted else ("", "", "")
    if bool(start) != bool(before):
        yield Fix(0, start, before)
    end = start + len(bare)
    if bool(msgstr[end:]) != bool(after):
        yield Fix(end, len(msgstr), after)


def _characters(msgstr: str) -> Iterator[Fix]:
    for match in CONTROLS.finditer(msgstr):
        yield Fix(match.start(), match.end(), "")
    if not _OVERRIDES.search(msgstr) and not _ISOLATE.search(msgstr):
        yield from _embeddings(msgstr)
    alone = unbalanced(parse(msgstr).visible)
    if all(match[0] != _PDI for match in alone):
        yield from _closed(msgstr, len(alone))
    elif all(match[0] == _PDI for match in alone) and not _EMBEDDING.search(msgstr):
        for match in alone:
            if not _parts_number(msgstr, match.start()):
                yield Fix(match.start(), match.end(), "")


def _embeddings(msgstr: str) -> Iterator[Fix]:
    """Yield isolates for embeddings; an end that ends none is nothing (UAX #9, X7)."""
    opened: list[re.Match[str]] = []
    strays: list[re.Match[str]] = []
    paired: list[re.Match[str]] = []
    for match in _EMBEDDING.finditer(msgstr):
        if match[0] != _PDF:
            opened.append(match)
        elif opened:
            paired += (opened.pop(), match)
        else:
            strays.append(match)
    if opened and strays:  # who knows which of them is out of its place
        return
    for match in (*paired, *opened):
        yield Fix(match.start(), match.end(), _ISOLATES[match[0]])
    for match in strays:
        yield Fix(match.start(), match.end(), "")
    yield from _closed(msgstr, len(opened))


def _closed(msgstr: str, count: int) -> Iterator[Fix]:
    """Yield the ends that isolates lack, before the space that ends the text."""
    end = len(CONTROLS.sub(lambda match: " " * len(match[0]), msgstr).rstrip())
    if count:
        yield Fix(end, end, _PDI * count)


def _parts_number(msgstr: str, at: int) -> bool:
    """True if a stray end keeps signs apart that would make one number."""
    beside = (msgstr[at - 1 : at], msgstr[at + 1 : at + 2])
    return any(_NUMERIC.match(one) for one in beside)


def _unit_spaces(
    msgstr: str, found: tuple[Fix, ...], language: Language
) -> Iterator[Fix]:
    """Yield the spaces before units, as they stand once `found` has deleted its signs."""
    gone = {at for fix in found if not fix.replacement for at in range(*fix[:2])}
    left = [at for at in range(len(msgstr)) if at not in gone]
    shown = "".join(msgstr[at] for at in left)
    for start in unit_spaces(shown, language.language):
        yield Fix(left[start], left[start] + 1, _NO_BREAK_SPACE)
