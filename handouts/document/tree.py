"""The document: a frozen tree of blocks and inlines in logical (reading) order.

Every node carries `element`, its number in pre-order, so that a glyph, a proof, a
preview box and a structure element can name it; `Document.nodes[element]` is the node.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from handouts.catalog.model import Lookup

__all__ = [
    "Aside", "AsideKind", "Blank", "Block", "Break", "Cell", "Direction", "Document",
    "Field", "FieldName", "Figure", "Group", "GroupKind", "Heading", "Inline", "Item",
    "ListBlock", "ListKind", "MessageSpan", "Node", "Origin", "Paragraph", "Row", "Rule",
    "Section", "Table", "Text", "Value",
]  # fmt: skip

Direction = Literal["ltr", "rtl"]
GroupKind = Literal["strong", "em", "sup", "sub", "span", "bdi", "a"]
FieldName = Literal["page", "pages", "code", "emergency"]
ListKind = Literal["bullet", "number", "check"]
AsideKind = Literal["key-message", "warning", "emergency", "note"]


class Origin(NamedTuple):
    """Where in a template a node's start tag stands; `line` counts from 1."""

    file: str
    line: int


# Inline nodes are tuples: they are most of a document, and layout looks paragraphs up by
# them; a tuple is made, compared and hashed several times faster than a frozen dataclass.


class Text(NamedTuple):
    """Characters; white space is already collapsed as HTML does it."""

    text: str


class Group(NamedTuple):
    """Inline content with a look, a language, a direction or a link of its own."""

    element: int
    kind: GroupKind
    children: tuple[Inline, ...]
    lang: str | None = None
    direction: Direction | None = None
    href: str | None = None
    origin: Origin | None = None


class MessageSpan(NamedTuple):
    """The text of one message: `Document.lookups[lookup]`.

    `lang` and `direction` are set where they differ from the document's: a missing
    message appears in English and is tagged as English.
    """

    element: int
    lookup: int
    children: tuple[Inline, ...]
    lang: str | None = None
    direction: Direction | None = None


class Value(NamedTuple):
    """A placeholder's value: a number, phone, date, name, percentage or URL.

    It stands in a bidi isolate of its own and no line ends inside it.
    """

    element: int
    kind: str
    text: str
    direction: Direction | None = None


class Break(NamedTuple):
    """A forced end of line."""

    element: int


class Blank(NamedTuple):
    """A line to write on inside text, `width_pt` wide; None: as wide as its field."""

    element: int
    width_pt: float | None


class Field(NamedTuple):
    """A value that only layout knows: page number, page count, edition code.

    `emergency` is the page of the emergency box.
    """

    element: int
    name: FieldName


Inline: TypeAlias = Text | Group | MessageSpan | Value | Break | Blank | Field


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """What all blocks share; `safety` holds for what must not be lost."""

    element: int
    origin: Origin | None = None
    lang: str | None = None
    direction: Direction | None = None
    safety: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(_Block):
    """A paragraph. `css_class` is None, `lead`, `alt` or `pointer`.

    `alt` is alternative text, not drawn; `pointer` says where the emergency box stands.
    """

    children: tuple[Inline, ...]
    css_class: str | None = None
    symbol_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(_Block):
    """h1, h2 or h3."""

    level: int
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(_Block):
    """A list item; inline content stands in one Paragraph. `count`: people of 100."""

    blocks: tuple[Block, ...]
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBlock(_Block):
    """ul, ol or ul.checklist."""

    kind: ListKind
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(_Block):
    """th or td; `scope` is `col` or `row` for a th."""

    blocks: tuple[Block, ...]
    header: bool
    scope: str | None = None
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(_Block):
    """tr."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(_Block):
    """A table: caption or None, head rows, body rows; every row has equal columns.

    A `diary` is there to be written in.
    """

    caption: tuple[Inline, ...] | None
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    diary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside(_Block):
    """One of the four boxes."""

    kind: AsideKind
    blocks: tuple[Block, ...]
    symbol: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(_Block):
    """A drawing: `draw` is its name (`schema.py` has them all).

    `alt` is the paragraph of class `alt`, never drawn. `options` are the other
    data- attributes, without `data-`.
    """

    draw: str
    blocks: tuple[Block, ...]
    caption: tuple[Block, ...] = ()
    alt: Paragraph | None = None
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(_Block):
    """hr."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(_Block):
    """A section; the outermost ones are the page skeleton's parts and have `part`.

    Parts: clinic, band, draft, body, provenance, footer.
    """

    blocks: tuple[Block, ...]
    id: str | None = None
    part: str | None = None
    symbol: str | None = None


Block: TypeAlias = (
    Paragraph | Heading | ListBlock | Table | Aside | Figure | Rule | Section
)
Node: TypeAlias = (
    Block | Item | Row | Cell | Group | MessageSpan | Value | Break | Blank | Field
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One handout in one locale, before layout.

    `safety_lookups` are the lookups (indices) that stand anywhere in safety content.
    """

    lang: str
    direction: Direction
    parts: tuple[Section, ...]
    nodes: tuple[Node, ...]
    lookups: tuple[Lookup, ...]
    safety_lookups: frozenset[int]

    def part(self, name: str) -> Section | None:
        """Return the page skeleton's part of that name, or None."""
        return next((part for part in self.parts if part.part == name), None)

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)
