"""The document as it must be read: its texts in order, each with what it belongs to.

Every proof asks the same of a node: which text is it part of, what comes before, which
message does it show. That is found out once for an edition.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from handouts.diagnostics import Diagnostic
from handouts.document import (
    Aside,
    Block,
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
from handouts.pdf.unicode_map import visible

__all__ = ["Leaf", "Reading", "reading_of", "squeezed"]

_FURNITURE: Final = "footer"


class Leaf(NamedTuple):
    """A text of the document: a paragraph, a heading, a caption.

    `text` is what is drawn of it, without white space; `size` counts its characters.
    `message` is the first lookup in it, `asides` the boxes round it. `is_head` holds in
    a table's head rows, which are drawn again on every page.
    """

    text: str
    size: int
    is_heading: bool = False
    is_head: bool = False
    message: int | None = None
    asides: tuple[int, ...] = ()


class _At(NamedTuple):
    asides: tuple[int, ...] = ()
    is_head: bool = False


_SPANS: Final = (MessageSpan, Group)


@dataclass(slots=True)
class Reading:
    """The leaves of a document in reading order, and which leaf each node is part of."""

    document: Document
    leaves: list[Leaf] = field(default_factory=list)
    leaf_of: dict[int, int] = field(default_factory=dict)
    aside_elements: set[int] = field(default_factory=set)

    def msgid(self, message: int | None) -> str | None:
        """Return what a message is called in its catalog."""
        lookups = self.document.lookups
        known = message is not None and 0 <= message < len(lookups)
        return lookups[message].key.msgid if known and message is not None else None

    def fault(
        self, code: str, message: str, hint: str, *, lookup: int | None = None
    ) -> Diagnostic:
        """Return a finding that names its message."""
        return Diagnostic(code=code, message=message, hint=hint, msgid=self.msgid(lookup))

    def _blocks(self, blocks: Iterable[Block], at: _At) -> None:
        for block in blocks:
            self._block(block, at)

    def _block(self, block: Block, at: _At) -> None:
        match block:
            case Section():
                if block.part != _FURNITURE:
                    self._blocks(block.blocks, at)
            case Paragraph() | Heading():
                if not isinstance(block, Paragraph) or block.css_class != "alt":
                    is_heading = isinstance(block, Heading)
                    self._leaf(block.element, block.children, at, is_heading=is_heading)
            case ListBlock():
                self._items(block.items, at)
            case Table():
                self._table(block, at)
            case Aside():
                self.aside_elements.add(block.element)
                self._blocks(
                    block.blocks, at._replace(asides=(*at.asides, block.element))
                )
            case Figure():
                self._blocks((*block.blocks, *block.caption), at)
            case Rule():
                pass  # a line between blocks

    def _items(self, items: Iterable[Item], at: _At) -> None:
        for item in items:
            self._blocks(item.blocks, at)

    def _table(self, table: Table, at: _At) -> None:
        if table.caption is not None:
            self._leaf(table.element, table.caption, at, is_heading=True)
        self._rows(table.head, at._replace(is_head=True))
        self._rows(table.body, at)

    def _rows(self, rows: Iterable[Row], at: _At) -> None:
        for row in rows:
            for cell in row.cells:
                self._blocks(cell.blocks, at)

    def _leaf(
        self, element: int, children: tuple[Inline, ...], at: _At, *, is_heading: bool
    ) -> None:
        number, text = len(self.leaves), plain_text(children)
        self.leaf_of[element] = number
        message: int | None = None
        for child in _spans(children):
            self.leaf_of[child.element] = number
            if message is None and isinstance(child, MessageSpan):
                message = child.lookup
        self.leaves.append(
            Leaf(squeezed(text), len(text), is_heading, at.is_head, message, at.asides)
        )


def reading_of(document: Document) -> Reading:
    """Return the texts of a document in reading order, furniture left out."""
    found = Reading(document)
    found._blocks(document.parts, _At())
    return found


@lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """Return `text` without white space and default-ignorable characters."""
    return "".join(visible(text).split())


def _spans(children: Iterable[Inline]) -> list[MessageSpan | Group]:
    found: list[MessageSpan | Group] = []
    for child in children:
        if isinstance(child, _SPANS):
            found.append(child)
            found += _spans(child.children)
    return found
