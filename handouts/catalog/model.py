"""The values of the catalog room: messages as translators and templates know them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

__all__ = [
    "Catalog", "Key", "Lookup", "Message", "Piece", "PluralRule", "SourceMessage",
    "State",
]  # fmt: skip


class Key(NamedTuple):
    """What identifies a message in gettext: msgctxt (None: none) and msgid."""

    context: str | None
    msgid: str


class Piece(NamedTuple):
    """One quoted string of a msgstr, which may go over several lines of the file.

    `column` is the 1-based place of the first character after the opening quote;
    `quote` is the whole line as it stands in the file.
    """

    line: int
    column: int
    quote: str


class State(Enum):
    """What a translation may be used for."""

    SOURCE = "source"
    """The source language itself: the msgid is the text."""
    TRANSLATED = "translated"
    FUZZY = "fuzzy"
    MISSING = "missing"
    FAILING = "failing"
    """Translated, but a check at error level objects."""


@dataclass(frozen=True, slots=True)
class PluralRule:
    """gettext's Plural-Forms: how many forms, and which one a count takes."""

    count: int
    index: Callable[[int], int]
    header: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One entry of a PO file. `line` is the entry's, `msgstr_lines` each msgstr's.

    `exempt` holds (code, reason) of `# handouts: allow CODE: reason` comments.
    `comments` are all that translators wrote beside it.
    `pieces` are, for each msgstr, the strings it is written in: where its text stands.
    """

    key: Key
    plural: str | None
    msgstrs: tuple[str, ...]
    fuzzy: bool
    line: int
    msgstr_lines: tuple[int, ...]
    flags: tuple[str, ...] = ()
    exempt: tuple[tuple[str, str], ...] = ()
    comments: tuple[str, ...] = ()
    pieces: tuple[tuple[Piece, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """One PO file, obsolete entries left out; `file` as the user would type it."""

    locale: str
    file: str
    headers: Mapping[str, str]
    plural_rule: PluralRule
    messages: Mapping[Key, Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMessage:
    """A message as the templates hold it; `references` are (file, line)."""

    key: Key
    plural: str | None
    references: tuple[tuple[str, int], ...]
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """One use of a message in an expansion: what was asked for and what was given.

    `text` is the msgstr (or msgid) used, before placeholders are filled; `arguments`
    are (name, shown value). `file` and `line` point at the msgstr, or at the template
    where there is none.
    """

    key: Key
    plural: str | None
    text: str
    arguments: tuple[tuple[str, str], ...]
    state: State
    lang: str
    file: str | None = None
    line: int | None = None
    furniture: bool = False
    """True for the layout's own words (footer, draft notice)."""
