"""The catalog of a pseudo-locale, made from the templates' messages; there is no file.

What checks and proofs look for stays as it is: placeholders, tags, numbers with what
follows them (it may be their unit), abbreviations, and the glossary's own words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from handouts.catalog.model import Catalog, Key, Message, SourceMessage
from handouts.catalog.plurals import parse_plural_forms
from handouts.languages import Language

__all__ = ["LONGER", "pseudo_catalog", "pseudo_text"]

LONGER: Final = 0.4
"""How much longer `en_XA` is than English, as a share of its letters."""

_PLACEHOLDER: Final = r"%\(\w+\)s|%%"
_KEPT: Final = (
    r"</?[A-Za-z][^<>]*>",
    r"&#?\w+;",
    rf"(?:(?:{_PLACEHOLDER})|\d[\d.,:/\u2013-]*\d|\d)(?:[ \u00a0]?[^\W\d_]+)?",
    r"[^\W\d_]*[a-z]?[A-Z]{2,}\w*|[a-z]+[A-Z]\w*",  # NMDA, mmHg
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_EDGES: Final = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_PLAIN: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED: Final = "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻḾÑÖÞǪŔŠŢÛṼŴẊÝŽ"
_ACCENTS: Final = str.maketrans(_PLAIN, _ACCENTED)
_VOWEL: Final = re.compile("[aeiouyAEIOUY]")
_RIGHT_TO_LEFT_MARK: Final = "\u200f"


def pseudo_catalog(
    sources: Iterable[SourceMessage],
    language: Language,
    *,
    keep: frozenset[str] = frozenset(),
) -> Catalog:
    """Return a whole catalog of `language`, a pseudo-locale; `keep` are words to keep."""
    write = _writer(language, keep)
    return Catalog(
        locale=language.locale,
        file=f"{language.locale} (made up)",
        headers={},
        plural_rule=parse_plural_forms(language.plural_rule),
        messages={source.key: _message(source, write) for source in sources},
    )


def pseudo_text(
    text: str, language: Language, *, keep: frozenset[str] = frozenset()
) -> str:
    """Return an English text as a pseudo-locale has it, in brackets."""
    return _writer(language, keep)(text)


def _writer(language: Language, keep: frozenset[str]) -> Callable[[str], str]:
    terms = sorted(map(re.escape, keep), key=len, reverse=True)
    words = [rf"(?<!\w)(?i:{'|'.join(terms)})(?!\w)"] if terms else []
    kept = re.compile("|".join((*words, *_KEPT)))
    change = _turned if language.direction == "rtl" else _lengthened
    return partial(_bracketed, kept=kept, change=change)


def _bracketed(text: str, *, kept: re.Pattern[str], change: Callable[[str], str]) -> str:
    """Return `text` changed but for what is kept; brackets show if an end is cut off."""
    edges = _EDGES.fullmatch(text)
    assert edges is not None
    before, inside, after = edges.groups()
    if not inside:
        return text
    parts: list[str] = []
    at = 0
    for found in kept.finditer(inside):
        parts += (change(inside[at : found.start()]), found[0])
        at = found.end()
    parts.append(change(inside[at:]))
    return f"{before}[{''.join(parts)}]{after}"


def _lengthened(text: str) -> str:
    """Return `text` with accents, and vowels repeated as often as it takes."""
    letters = sum(map(len, _WORD.findall(text)))
    vowels = len(_VOWEL.findall(text))
    wanted = math.ceil(letters * LONGER) if vowels else 0
    done = seen = 0

    def repeated(found: re.Match[str]) -> str:
        nonlocal done, seen
        seen += 1
        more = wanted * seen // vowels - done
        done += more
        return found[0] + found[0].lower() * more

    return _VOWEL.sub(repeated, text).translate(_ACCENTS)


def _turned(text: str) -> str:
    """Return `text` with its words, each readable, running from right to left."""
    return _WORD.sub(lambda found: found[0] + _RIGHT_TO_LEFT_MARK, text)


def _message(source: SourceMessage, write: Callable[[str], str]) -> Message:
    texts = (source.key.msgid, *((source.plural,) if source.plural is not None else ()))
    return Message(
        key=Key(source.key.context, source.key.msgid),
        plural=source.plural,
        msgstrs=tuple(map(write, texts)),
        fuzzy=False,
        line=1,
        msgstr_lines=(1,) * len(texts),
    )
