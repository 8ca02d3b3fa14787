"""The structure tree: document → the elements a reader meets, in logical order.

The tree comes from the document alone; where an element was drawn is added while the
pages are written (`tags.py`). Roles are the standard structure types of ISO 32000-1
14.8.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from handouts.document import (
    Aside,
    Blank,
    Block,
    Cell,
    Document,
    Figure,
    Group,
    Heading,
    Inline,
    Item,
    ListBlock,
    MessageSpan,
    Paragraph,
    Row,
    Rule,
    Section,
    Table,
    plain_text,
)

__all__ = ["Element", "elements_of"]

_TRANSPARENT_PARTS: Final = frozenset({"band", "body"})
_FURNITURE: Final = "footer"
_NUMBERINGS: Final = {"number": "Decimal", "bullet": "Disc", "check": "None"}
_LABELS: Final = {"bullet": "\u2022", "check": "\u2610"}
"""How the labels that are drawn read; a number is text of its own."""
_SPANS: Final = (MessageSpan, Group)
_WRITE_IN: Final = "____"
"""How a line to write on reads: a word would need a language."""


class Element(NamedTuple):
    """A structure element; `parent` is the index of its parent, -1 for the root.

    `texts` are the document's nodes whose text it holds, `drawings` those whose shapes
    and marks it holds. `alt` and `actual_text` stand for what is drawn; `attributes` is
    an attribute dictionary's content. `title` is a heading's text, for the bookmarks.
    """

    role: str
    parent: int
    lang: str | None = None
    alt: str | None = None
    actual_text: str | None = None
    attributes: str = ""
    texts: tuple[int, ...] = ()
    drawings: tuple[int, ...] = ()
    title: str | None = None


def elements_of(document: Document) -> tuple[Element, ...]:
    """Return the structure of a document; the first element is its root.

    What is never drawn (alternative texts, the footer's furniture) has no element; an
    element without content is left out of the file.
    """
    builder = _Builder()
    root = builder.add("Document", -1, document.lang)
    builder.blocks(document.parts, _At(root, document.lang))
    return tuple([draft.element() for draft in builder.made])


class _At(NamedTuple):
    """Where in the tree: the element, and the language that holds there."""

    element: int
    lang: str
    draw: str | None = None
    """What the figure draws whose list this is."""


@dataclass(slots=True)
class _Draft:
    """An element that is not known whole yet."""

    role: str
    parent: int
    lang: str | None
    alt: str | None = None
    actual_text: str | None = None
    attributes: str = ""
    texts: list[int] = field(default_factory=list)
    drawings: tuple[int, ...] = ()
    title: str | None = None

    def element(self) -> Element:
        return Element(
            self.role,
            self.parent,
            self.lang,
            self.alt,
            self.actual_text,
            self.attributes,
            tuple(self.texts),
            self.drawings,
            self.title,
        )


@dataclass(slots=True)
class _Builder:
    """Makes the elements in pre-order."""

    made: list[_Draft] = field(default_factory=list)
    level: int = 0
    """Of the last heading: levels never skip one (ISO 14289-1 7.4.2)."""

    def add(self, role: str, parent: int, lang: str | None = None) -> int:
        self.made.append(_Draft(role, parent, lang))
        return len(self.made) - 1

    def under(self, at: _At, role: str, lang: str | None = None) -> _At:
        """Add an element below another; its language is told where it differs."""
        own = lang or at.lang
        index = self.add(role, at.element, own if own != at.lang else None)
        return _At(index, own, at.draw)

    def at(self, at: _At) -> _Draft:
        return self.made[at.element]

    def blocks(self, blocks: Iterable[Block], at: _At) -> None:
        for block in blocks:
            self.block(block, at)

    def block(self, block: Block, at: _At) -> None:
        match block:
            case Section():
                self.section(block, at)
            case Paragraph() if block.css_class != "alt":
                self.text(block, self.under(at, "P", block.lang))
            case Heading():
                self.heading(block, at)
            case ListBlock():
                self.list(block, at)
            case Table():
                self.table(block, at)
            case Aside():
                self.blocks(block.blocks, self.under(at, "Sect", block.lang))
            case Figure():
                self.figure(block, at)
            case Rule() | Paragraph():
                pass  # a line between blocks; alternative text

    def section(self, section: Section, at: _At) -> None:
        if section.part == _FURNITURE:
            return
        if section.part not in _TRANSPARENT_PARTS or section.lang is not None:
            at = self.under(at, "Sect", section.lang)
        self.blocks(section.blocks, at)

    def text(self, block: Paragraph | Heading, at: _At) -> None:
        """Give a block's text to an element, which may stand for more than the block."""
        self.at(at).texts.append(block.element)
        self.inlines(block.children, at)

    def heading(self, heading: Heading, at: _At) -> None:
        self.level = min(heading.level, self.level + 1)
        own = self.under(at, f"H{self.level}", heading.lang)
        self.at(own).title = " ".join(plain_text(heading.children).split())
        self.text(heading, own)

    def inlines(self, children: Iterable[Inline], at: _At) -> None:
        for child in children:
            if isinstance(child, _SPANS):
                own = at
                if isinstance(child, Group) and child.kind == "a" and child.href:
                    own = self.under(at, "Link", child.lang)
                elif child.lang is not None and child.lang != at.lang:
                    own = self.under(at, "Span", child.lang)
                self.at(own).texts.append(child.element)
                self.inlines(child.children, own)
            elif isinstance(child, Blank):
                self.write_in(child.element, at)

    def write_in(self, element: int, at: _At) -> None:
        own = self.at(self.under(at, "Span"))
        own.actual_text, own.drawings = _WRITE_IN, (element,)

    def list(self, block: ListBlock, at: _At) -> None:
        own = self.under(at, "L", block.lang)
        numbering = _NUMBERINGS[block.kind]
        self.at(own).attributes = f"/O /List /ListNumbering /{numbering}"
        for item in block.items:
            entry = self.under(own, "LI", item.lang)
            if block.kind != "bullet" or at.draw is None:  # a figure draws no bullets
                label = self.at(self.under(entry, "Lbl"))
                label.drawings = (item.element,)
                label.actual_text = _LABELS.get(block.kind)
            self.item(item, self.under(entry, "LBody"))

    def item(self, item: Item, at: _At) -> None:
        if at.draw is None:
            self.content(item.blocks, at)
            return
        first = len(self.made)
        self.blocks(item.blocks, at)
        if at.draw == "people":
            alts = [b for b in item.blocks if isinstance(b, Paragraph)]
            self.drawing(item.element, _alternative(alts), at)
        elif at.draw == "phones":
            # The line of an empty field is drawn for the item, not for its blank.
            for made in self.made[first:]:
                if made.actual_text == _WRITE_IN:
                    made.drawings = (*made.drawings, item.element)

    def content(self, blocks: Sequence[Block], at: _At) -> None:
        """Add the content of an item or a cell: one paragraph needs no P of its own."""
        only = blocks[0] if len(blocks) == 1 else None
        if isinstance(only, Figure) and only.draw == "certainty":
            self.content(only.blocks, at)  # its boxes only repeat its words
            return
        same = only is not None and only.lang in (None, at.lang)
        if isinstance(only, Paragraph) and only.css_class != "alt" and same:
            self.text(only, at)
        else:
            self.blocks(blocks, at)

    def table(self, table: Table, at: _At) -> None:
        own = self.under(at, "Table", table.lang)
        if table.caption is not None:
            caption = self.under(own, "Caption")
            self.at(caption).texts.append(table.element)
            self.inlines(table.caption, caption)
        for role, scope, rows in (
            ("THead", "Column", table.head),
            ("TBody", "Row", table.body),
        ):
            if rows:
                part = self.under(own, role)
                for row in rows:
                    self.row(row, part, scope)

    def row(self, row: Row, at: _At, scope: str) -> None:
        own = self.under(at, "TR", row.lang)
        for cell in row.cells:
            entry = self.under(own, "TH" if cell.header else "TD", cell.lang)
            self.at(entry).attributes = _cell_attributes(cell, scope)
            self.content(cell.blocks, entry)

    def figure(self, figure: Figure, at: _At) -> None:
        own = self.under(at, "Div", figure.lang)
        alts = [figure.alt] if figure.alt is not None else []
        self.drawing(figure.element, _alternative(alts), own)
        own = own._replace(draw=figure.draw)
        self.blocks(figure.blocks, own)
        self.blocks(figure.caption, own._replace(draw=None))

    def drawing(self, element: int, alt: tuple[str, str | None] | None, at: _At) -> None:
        """Add the Figure of a node's shapes; without a text for it they are artifacts."""
        if alt is not None:
            own = self.at(self.under(at, "Figure", alt[1]))
            own.alt, own.drawings = alt[0], (element,)


def _alternative(blocks: Iterable[Paragraph]) -> tuple[str, str | None] | None:
    """Return the alternative text among blocks, and its language where it has one."""
    for block in blocks:
        if block.css_class == "alt":
            text = " ".join(plain_text(block.children).split())
            langs = {getattr(child, "lang", None) for child in block.children}
            return text, block.lang or (langs.pop() if len(langs) == 1 else None)
    return None


def _cell_attributes(cell: Cell, scope: str) -> str:
    parts: list[str] = []
    if cell.header:
        own = {"col": "Column", "row": "Row"}.get(cell.scope or "", scope)
        parts.append(f"/Scope /{own}")
    if cell.colspan != 1:
        parts.append(f"/ColSpan {cell.colspan}")
    if cell.rowspan != 1:
        parts.append(f"/RowSpan {cell.rowspan}")
    return f"/O /Table {' '.join(parts)}" if parts else ""
