"""Inline content of the document → one `StyledText` for the text engine.

Every stretch keeps its message and its element, so that a glyph on the page can name
both. Values stand in bidi isolates and are never divided; a number stays with the
word that follows it, and if it can with "at least" or "about" before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from handouts.document.tree import (
    Blank,
    Break,
    Field,
    Group,
    Inline,
    MessageSpan,
    Paragraph,
    Text,
    Value,
)
from handouts.languages import negation_ranges, qualifier_start
from handouts.text.model import Direction, Isolate, Style, StyledText, StyleRun

__all__ = [
    "BLANK", "LEAST_BLANK_PT", "LINE_SEPARATOR", "Setting", "base_direction",
    "below_label", "headed", "joined", "plain_text", "styled_text",
]  # fmt: skip

BLANK: Final = "\ufffc"
"""Stands in the text for a line to write on."""
LINE_SEPARATOR: Final = "\u2028"
_FIELD_BLANK_PT: Final = 98.0
"""A phone number's blank in the clinic line (PAGE.md, 6)."""
LEAST_BLANK_PT: Final = 45 * 72 / 25.4
"""The least of a line to write on that ends its text: nearly a third of the measure.

Rather shorter than asked than a label broken before its last word.
"""
_BODY_PT: Final = 12.0
"""Blanks are exact at this size and grow with the type above it."""
_SMALL: Final = 0.66
_SUP_RISE: Final = 0.36
_SUB_RISE: Final = -0.14
_KEPT_PARAGRAPHS: Final = 512
"""About 100 make an edition; its other paper and other clinics set the same ones."""
_LTR_KINDS: Final = frozenset({"phone", "url"})
_ISOLATED_GROUPS: Final = frozenset({"bdi"})

# A number and the unit or noun after it ("24 hours", "50 mg", "5 %").
_NUMBER_UNIT: Final = re.compile(r"\d[\d.,:/\u2013-]*[ \u00a0](?:[^\W\d]{1,9}|%)(?!\w)")
# The first letter only: in Thai or Khmer all that follows up to a space is one "word".
_LETTER_AFTER: Final = re.compile(r"[ \u00a0]\S")
_AT_LEAST: Final = re.compile(r"\bat least \S+", re.IGNORECASE)
_LABELLED: Final = re.compile(r"\S?[:\uff1a\u17d6][ \u00a0]?\ufffc")
_HYPHENED: Final = re.compile(r"\w+(?:-\w+)+")
# "appelez-nous", "mostre-nos", "spuneți-ne": what leans on a verb begins no line.
_LEANING: Final = re.compile(r"\w-[^\W\d_]{1,4}(?!\w)")


class Setting(NamedTuple):
    """How a paragraph's inline content is to be taken.

    `first_value` is the scale of its first Value (the big number of a picture);
    `big` that value's colour. `fields` gives what only layout knows: (name, text).
    """

    base: Style
    lang: str
    direction: Direction
    strict: bool = False
    first_value: float = 1.0
    big: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    size: float = 1.0
    """The role's size in B, to turn a blank's points into em."""


@dataclass(slots=True)
class _Builder:
    """Collects one paragraph in logical order."""

    setting: Setting
    parts: list[str] = field(default_factory=list)
    runs: list[StyleRun] = field(default_factory=list)
    isolates: list[Isolate] = field(default_factory=list)
    nobreaks: list[tuple[int, int]] = field(default_factory=list)
    blanks: list[tuple[int, float]] = field(default_factory=list)
    numbers: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0
    seen_value: bool = False

    def add(self, text: str, style: Style) -> None:
        if not text:
            return
        start, self.length = self.length, self.length + len(text)
        self.parts.append(text)
        if self.runs and self.runs[-1].style == style:
            self.runs[-1] = StyleRun(self.runs[-1].start, self.length, style)
        else:
            self.runs.append(StyleRun(start, self.length, style))

    def walk(self, children: Iterable[Inline], style: Style) -> None:
        for child in children:
            self.one(child, style)

    def one(self, child: Inline, style: Style) -> None:
        match child:
            case Text():
                self.add(child.text, style)
            case Value():
                self.value(child, style)
            case MessageSpan():
                inner = style._replace(message=child.lookup, element=child.element)
                self.span(child, inner)
            case Group():
                self.span(child, _group_style(child, style))
            case Break():
                self.add(LINE_SEPARATOR, style)
            case Blank():
                self.blank(child, style)
            case Field():
                self.add(dict(self.setting.fields).get(child.name, ""), style)

    def span(self, child: Group | MessageSpan, style: Style) -> None:
        if child.lang is not None and child.lang != self.setting.lang:
            style = style._replace(lang=child.lang)
        start = self.length
        self.walk(child.children, style)
        other = child.direction is not None and child.direction != self.setting.direction
        is_bdi = isinstance(child, Group) and child.kind in _ISOLATED_GROUPS
        if self.length > start and (other or is_bdi):
            self.isolates.append(Isolate(start, self.length, child.direction))

    def value(self, child: Value, style: Style) -> None:
        if not self.seen_value and self.setting.first_value != 1.0:
            scale, color = self.setting.first_value, self.setting.big
            style = style._replace(scale=scale, color=color)
        self.seen_value = True
        start = self.length
        self.add(child.text, style)
        direction = "ltr" if child.kind in _LTR_KINDS else child.direction
        self.isolates.append(Isolate(start, self.length, direction))
        if child.kind != "url":  # an address longer than its line must break somewhere
            self.nobreaks.append((start, self.length))
        if child.kind in {"number", "percent"}:
            self.numbers.append((start, self.length))

    def blank(self, child: Blank, style: Style) -> None:
        width = child.width_pt if child.width_pt is not None else _FIELD_BLANK_PT
        self.blanks.append((self.length, width / (_BODY_PT * self.setting.size)))
        self.add(BLANK, style)

    def _blanks(self, text: str) -> Iterator[tuple[int, float]]:
        """Yield the lines to write on, the last as narrow as it may be at a text's end.

        It grows again by what its line has left.
        """
        least = LEAST_BLANK_PT / (_BODY_PT * self.setting.size)
        for at, width in self.blanks:
            is_last = not text[at + 1 :].strip()
            yield at, min(width, least) if is_last else width

    def _held(self, text: str, language: str) -> Iterator[int]:
        """Yield the offsets in "at least 24" behind which only a last resort breaks."""
        for at, _ in (*self.numbers, *self.blanks):
            start = qualifier_start(text, at, language)
            if start is not None:
                yield from range(start + 1, at + 1)

    def finish(self) -> StyledText:
        text = "".join(self.parts)
        ends = [end for _, end in self.numbers]
        ranges = self.nobreaks + list(_kept_ranges(text, ends, self.setting))
        language = self.setting.lang.split("-")[0]
        return StyledText(
            text=text,
            runs=tuple(self.runs),
            isolates=tuple(sorted(self.isolates, key=lambda i: (i.start, -i.end))),
            nobreaks=tuple(sorted(set(ranges))),
            blanks=tuple(self._blanks(text)),
            held=tuple(self._held(text, language)),
        )


@lru_cache(maxsize=_KEPT_PARAGRAPHS)
def styled_text(children: tuple[Inline, ...], setting: Setting) -> StyledText:
    """Return one paragraph's inline content as the text engine takes it."""
    builder = _Builder(setting)
    builder.walk(children, setting.base)
    return builder.finish()


_SPANS: Final = (MessageSpan, Group)


def base_direction(children: Sequence[Inline], direction: Direction) -> Direction:
    """Return the direction a paragraph runs in.

    A paragraph that holds nothing but messages in another language (missing ones,
    shown in English) runs in that language's direction.
    """
    found: set[Direction] = set()
    for child in children:
        if isinstance(child, Text) and not child.text.strip():
            continue
        if not isinstance(child, _SPANS):
            return direction
        inner = child.direction or base_direction(child.children, direction)
        found.add(inner)
    only = found.pop() if len(found) == 1 else None
    return only or direction


def joined(label: Paragraph, text: Paragraph, *, above: bool) -> tuple[Inline, ...]:
    """Return label and text as inline content, the label bold and still its own node.

    The label stands before the text, or above it.

    It gets no colon: the document has none, and nothing is drawn that it does not say.
    """
    bold = Group(
        element=label.element,
        kind="strong",
        children=label.children,
        lang=label.lang,
        direction=label.direction,
    )
    between = Break(element=text.element) if above else Text(text=" ")
    return (bold, between, *text.children)


def headed(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return inline content whose first words, if they are bold, have their own line.

    A space after them stays, at the line's end: who copies or hears the text needs it.
    """
    first = children[0] if children else None
    if isinstance(first, MessageSpan):
        inner = headed(first.children)
        return (first._replace(children=inner), *children[1:])
    rest = children[1:]
    if not (isinstance(first, Group) and first.kind == "strong" and rest):
        return children
    end: Inline = Break(element=first.element)
    if not isinstance(rest[0], Text):
        return (first, end, *rest)
    text = rest[0].text.lstrip()
    space = (Text(text=" "),) if text != rest[0].text else ()
    return (first, *space, end, Text(text=text), *rest[1:])


def below_label(children: Sequence[Inline]) -> tuple[Inline, ...]:
    """Return inline content that ends in a line to write on, which has its own line."""
    *others, last = children
    if isinstance(last, MessageSpan | Group):
        return (*others, last._replace(children=below_label(last.children)))
    if isinstance(last, Blank):
        return (*others, Break(element=last.element), last)
    return tuple(children)


def plain_text(children: Iterable[Inline]) -> str:
    """Return the characters of inline content, without blanks and fields."""
    parts: list[str] = []
    for child in children:
        match child:
            case Text() | Value():
                parts.append(child.text)
            case Group() | MessageSpan():
                parts.append(plain_text(child.children))
            case Break():
                parts.append(" ")
            case Blank() | Field():
                pass
    return "".join(parts)


def _group_style(group: Group, style: Style) -> Style:
    style = style._replace(element=group.element)
    match group.kind:
        case "strong" | "em":  # the page design has no italic: both are bold
            return style._replace(bold=True)
        case "sup":
            return style._replace(scale=style.scale * _SMALL, rise=_SUP_RISE)
        case "sub":
            return style._replace(scale=style.scale * _SMALL, rise=_SUB_RISE)
        case "a":
            return style._replace(href=group.href)
        case "span" | "bdi":
            return style


def _kept_ranges(
    text: str, numbers: Iterable[int], setting: Setting
) -> Iterable[tuple[int, int]]:
    """Yield the ranges inside which no line may end."""
    for match in _NUMBER_UNIT.finditer(text):
        yield match.span()
    # A label stays with its line to write on: "Call: ____".
    for match in _LABELLED.finditer(text):
        yield match.span()
    for end in numbers:
        after = _LETTER_AFTER.match(text, end)
        if after is not None:
            yield (end - 1, after.end())
    yield from negation_ranges(text, setting.lang.split("-")[0])
    yield from (match.span() for match in _LEANING.finditer(text))
    if setting.strict:
        yield from (match.span() for match in _HYPHENED.finditer(text))
        if setting.lang.startswith("en"):
            yield from (match.span() for match in _AT_LEAST.finditer(text))
