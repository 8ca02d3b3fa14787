"""The closed classes of words that checks look for, per language, as plain data.

Each language has a file in `words/`: its negators, modal words, limits, units, numbers
in words, and claims that a leaflet must not make. `sources` names the grammars whose
closed classes the lists follow. Nothing is read before a check asks for it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

__all__ = ["WordLists", "medicine_names", "word_list_languages", "word_lists"]

_FOLDER: Final = "words"
_MEDICINES: Final = "medicines.toml"
_Lists = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WordLists:
    """One language's lists; an entry is a word or phrase in the notation below.

    `*` at an end stands for any letters (`conduc*`), a space for any white space, `…`
    for a few words between, or none; `re:` begins a regular expression. Entries match
    whole words, unless `spaced` is False.

    Attributes:
        language: ISO 639 code.
        sources: Titles of the grammars and dictionaries behind the lists.
        spaced: False where words are not set apart, and an entry may stand anywhere.
        stops: False where no full stops tell sentences apart.
        prefixes: Particles that are written onto the word that follows.
        length: How long a translation usually is, as a part of the English: the median
            of messages of 40 characters and more in catalogs of the language.
        senses: What a word does: `negation`, `must`, `at-least` …
        exceptions: Phrases in which a word of the sense means something else.
        units: Kind of unit → its words and abbreviations.
        numbers: Value (`2`, `1/2`) → its words.
        claims: What a leaflet must not promise.
    """

    language: str
    sources: tuple[str, ...]
    spaced: bool
    stops: bool
    prefixes: tuple[str, ...]
    length: float
    senses: _Lists
    exceptions: _Lists
    units: _Lists
    numbers: _Lists
    claims: tuple[str, ...]


@cache
def word_list_languages() -> tuple[str, ...]:
    """Return the languages that have word lists, sorted."""
    folder = resources.files(__package__).joinpath(_FOLDER)
    names = (item.name for item in folder.iterdir())
    return tuple(sorted(n[:-5] for n in names if n.endswith(".toml") and n != _MEDICINES))


@cache
def word_lists(language: str) -> WordLists | None:
    """Return the lists of `language` (`es`), or None if there are none."""
    if language not in word_list_languages():
        return None
    data = _read(f"{language}.toml")
    claims = data.get("claims", {})
    return WordLists(
        language=language,
        sources=tuple(data["sources"]),
        spaced=data.get("spaced", True),
        stops=data.get("stops", True),
        prefixes=_entries(data.get("prefixes", "")),
        length=data.get("length", 1.0),
        senses=_lists(data.get("senses", {})),
        exceptions=_lists(data.get("exceptions", {})),
        units=_lists(data.get("units", {})),
        numbers=_lists(data.get("numbers", {})),
        claims=_entries(claims.get("phrases", "")),
    )


@cache
def medicine_names() -> _Lists:
    """Return medicine → its names in all scripts: those that are easily mixed up."""
    return _lists(_read(_MEDICINES)["names"])


def _read(name: str) -> dict[str, Any]:
    path = resources.files(__package__).joinpath(_FOLDER, name)
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _lists(table: Mapping[str, str]) -> _Lists:
    return MappingProxyType({name: _entries(text) for name, text in table.items()})


def _entries(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (entry.strip() for entry in text.split(", "))))
