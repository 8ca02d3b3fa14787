"""What can be mended without asking a translator: `check --fix` writes it.

Only where one answer is right whatever the language says: hidden characters, space
round the text, embeddings that isolates replace, isolates left open, and the space
between a number and its unit, at which no line may break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from handouts.catalog.model import Message
from handouts.checks.characters import CONTROLS, unbalanced
from handouts.checks.text import parse
from handouts.checks.units import unit_spaces
from handouts.languages import Language

__all__ = ["Fix", "fixed", "fixes"]

_NO_BREAK_SPACE: Final = "\u00a0"
_PDI: Final = "\u2069"
# UAX #9: an embedding and its end → the isolate that does the same, and its end.
_ISOLATES: Final = {"\u202a": "\u2066", "\u202b": "\u2067", "\u202c": _PDI}
_EMBEDDING: Final = re.compile("[\u202a-\u202c]")
_MOST_ROUNDS: Final = 9
_OVERRIDES: Final = re.compile("[\u202d\u202e]")


class Fix(NamedTuple):
    """`msgstr[start:end]` becomes `replacement`."""

    start: int
    end: int
    replacement: str


def fixed(message: Message, language: Language) -> tuple[str, ...]:
    """Return the msgstrs of `message` with all that is certain put right."""
    sources = [message.key.msgid, *([message.plural] if message.plural else [])]
    return tuple(
        _mended(text, sources[min(index, len(sources) - 1)], language)
        for index, text in enumerate(message.msgstrs)
    )


def _mended(text: str, msgid: str, language: Language) -> str:
    """Return `text` with all fixes; one may lay another open (space before a control)."""
    for _ in range(_MOST_ROUNDS):
        found = fixes(text, msgid, language)
        if not found:
            break
        text = _applied(text, found)
    return text


def fixes(msgstr: str, msgid: str, language: Language) -> tuple[Fix, ...]:
    """Return the certain fixes of one msgstr, in order; none overlaps another."""
    if not msgstr.strip():
        return ()
    found = (
        *_characters(msgstr),
        *_unit_spaces(msgstr, language),
        *_outer_space(msgstr, msgid),
    )
    kept: list[Fix] = []
    for fix in sorted(found, key=lambda fix: fix[:2]):
        if not kept or fix.start >= kept[-1].end:
            kept.append(fix)
    return tuple(kept)


def _applied(text: str, found: tuple[Fix, ...]) -> str:
    parts: list[str] = []
    at = 0
    for fix in found:
        parts += (text[at : fix.start], fix.replacement)
        at = fix.end
    return "".join((*parts, text[at:]))


def _outer_space(msgstr: str, msgid: str) -> Iterator[Fix]:
    """Yield the space before and after the text, as the msgid has it."""
    bare, wanted = msgstr.strip(), msgid.strip()
    start = msgstr.index(bare)
    before, _, after = msgid.partition(wanted) if wanted else ("", "", "")
    if bool(start) != bool(before):
        yield Fix(0, start, before)
    end = start + len(bare)
    if bool(msgstr[end:]) != bool(after):
        yield Fix(end, len(msgstr), after)


def _characters(msgstr: str) -> Iterator[Fix]:
    text = parse(msgstr)
    for match in CONTROLS.finditer(msgstr):
        yield Fix(match.start(), match.end(), "")
    if not _OVERRIDES.search(msgstr) and not re.search("[\u2066-\u2069]", msgstr):
        embeddings = list(_EMBEDDING.finditer(msgstr))
        if _balanced([match[0] for match in embeddings]):
            for match in embeddings:
                yield Fix(match.start(), match.end(), _ISOLATES[match[0]])
    alone = unbalanced(text.visible)
    end = len(msgstr.rstrip())
    if alone and all(match[0] != _PDI for match in alone):
        yield Fix(end, end, _PDI * len(alone))


def _balanced(signs: list[str]) -> bool:
    depth = 0
    for sign in signs:
        depth += -1 if sign == "\u202c" else 1
        if depth < 0:
            return False
    return depth == 0


def _unit_spaces(msgstr: str, language: Language) -> Iterator[Fix]:
    for start in unit_spaces(msgstr, language.language):
        yield Fix(start, start + 1, _NO_BREAK_SPACE)
