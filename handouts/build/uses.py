"""What a parsed handout tells of its messages: where each stands and what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from handouts.catalog.model import Key
from handouts.document import (
    Aside,
    Blank,
    Block,
    Document,
    Field,
    Figure,
    Group,
    Heading,
    Inline,
    Item,
    ListBlock,
    MessageSpan,
    Paragraph,
    Section,
    Table,
    Value,
    plain_text,
)

__all__ = ["Place", "Use", "uses_in"]

_PLACEHOLDER: Final = re.compile(r"%\((\w+)\)s")
_PARTS: Final = {
    "clinic": "head of the page",
    "band": "title and readers",
    "draft": "notice until a reviewer has signed",
    "provenance": "end of the leaflet",
    "footer": "foot of every page",
}
_PICTURES: Final = {
    "people": "100 people, some of them filled in",
    "phones": "boxes with telephone numbers",
    "lines": "empty lines to write on",
    "scale": "a scale to mark",
    "timeline": "a timeline",
    "symbol": "a symbol",
}
_FROM_SETTINGS: Final = {
    "phone": "a telephone number, or a line to write it on",
    "name": "a name, or a line to write it on",
    "hours": "days and times",
}
_FIELDS: Final = {
    "page": "the number of this page, such as 1",
    "pages": "the number of pages, such as 2",
    "code": "the edition code, such as 1A2B3C4D",
    "emergency": "the number of the page with the emergency box, such as 2",
}
_KINDS: Final = {
    "number": "a number", "percent": "a percentage", "date": "a date",
    "url": "a web address", "text": "a text",
}  # fmt: skip


class Place(NamedTuple):
    """Where a message stands; what is not known is empty."""

    part: str = ""
    heading: str = ""
    role: str = ""
    picture: str = ""
    is_safety: bool = False


class Use(NamedTuple):
    """One use of a message. `values` are (placeholder, what it holds)."""

    key: Key
    handout: str
    place: Place
    values: tuple[tuple[str, str], ...]


def uses_in(document: Document, handout: str) -> Iterator[Use]:
    """Yield every use of a message, in reading order."""
    for part in document.parts:
        at = Place(part=_PARTS.get(part.part or "", ""))
        for span, place in _spans_in(part.blocks, at):
            lookup = document.lookups[span.lookup]
            safety = span.lookup in document.safety_lookups
            yield Use(
                key=lookup.key,
                handout=handout,
                place=place._replace(is_safety=safety),
                values=tuple(_values(lookup.text, lookup.arguments, span)),
            )


def _spans_in(blocks: Iterable[Block], at: Place) -> Iterator[tuple[MessageSpan, Place]]:
    """Yield the messages of blocks, each with its place."""
    for block in blocks:
        match block:
            case Heading():
                at = at._replace(heading=plain_text(block.children))
                yield from _of(block.children, at._replace(heading="", role="heading"))
            case Paragraph():
                is_alt = block.css_class == "alt"
                role = "read aloud in place of the picture" if is_alt else at.role
                yield from _of(block.children, at._replace(role=role or "paragraph"))
            case Section() | Aside():
                inside = at
                if isinstance(block, Aside):
                    inside = at._replace(heading="", role=f"{block.kind} box")
                yield from _spans_in(block.blocks, inside)
            case Figure():
                inside = at._replace(picture=_PICTURES.get(block.draw, ""), role="label")
                alt = () if block.alt is None else (block.alt,)
                yield from _spans_in((*block.blocks, *block.caption, *alt), inside)
            case ListBlock():
                for item in block.items:
                    yield from _spans_in(item.blocks, _item_place(block, item, at))
            case Table():
                yield from _spans_in_table(block, at)
            case _:  # a rule
                pass


def _item_place(block: ListBlock, item: Item, at: Place) -> Place:
    if item.count is not None:
        return at._replace(picture=f"100 people, {item.count} of them filled in")
    if at.picture:
        return at
    role = "line with a box to tick" if block.kind == "check" else "list item"
    return at._replace(role=role)


def _spans_in_table(table: Table, at: Place) -> Iterator[tuple[MessageSpan, Place]]:
    yield from _of(table.caption or (), at._replace(role="caption of a table"))
    for row in (*table.head, *table.body):
        for cell in row.cells:
            role = "heading in a table" if cell.header else "cell of a table"
            yield from _spans_in(cell.blocks, at._replace(role=role))


def _of(inlines: Iterable[Inline], at: Place) -> Iterator[tuple[MessageSpan, Place]]:
    for inline in inlines:
        if isinstance(inline, MessageSpan):
            yield inline, at
        elif isinstance(inline, Group):
            yield from _of(inline.children, at)


def _values(
    text: str, arguments: tuple[tuple[str, str], ...], span: MessageSpan
) -> Iterator[tuple[str, str]]:
    """Yield (placeholder, what it holds) in the order in which the English has them."""
    shown = dict(arguments)
    nodes = list(_filled(span.children))
    names = _PLACEHOLDER.findall(text)
    kinds = dict(zip(names, nodes, strict=True)) if len(names) == len(nodes) else {}
    for name in dict.fromkeys(names):
        yield name, _holds(kinds.get(name), shown.get(name, ""))


def _filled(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Yield what stands for the placeholders of a message."""
    for inline in inlines:
        if isinstance(inline, Group) and inline.href is None:
            yield from _filled(inline.children)
        elif isinstance(inline, (Value, Field, Blank, Group)):
            yield inline


def _holds(node: Inline | None, shown: str) -> str:
    match node:
        case Value() if node.kind in _FROM_SETTINGS:
            return _FROM_SETTINGS[node.kind]
        case Value():
            return f"{_KINDS.get(node.kind, 'a text')}, such as {shown}"
        case Field():
            return _FIELDS[node.name]
        case Group():
            return f"a web address, such as {shown}"
        case Blank():
            return "a line to write on"
        case _:
            return f"a value, such as {shown}" if shown else "a value"
