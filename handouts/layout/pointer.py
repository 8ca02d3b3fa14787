"""The pointer: a line on page 1 that names the page of the emergency box.

Only layout knows that page, and the words move what follows them; so a fit begins with
a guess, and the document is settled anew when the box is found elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, TypeGuard

from handouts.document.tree import (
    Aside,
    Block,
    Document,
    Field,
    Group,
    Inline,
    MessageSpan,
    Node,
    Paragraph,
    Section,
    Value,
)
from handouts.layout.flow import Flow

__all__ = ["box_page", "has_pointer", "settled"]

_BODY: Final = "body"


def has_pointer(document: Document) -> bool:
    """Return whether the document points to its emergency box."""
    body = document.part(_BODY)
    return body is not None and any(map(_is_pointer, body.blocks))


def settled(document: Document, page: str | None) -> Document:
    """Return the document as it is printed: pointers with their page written out.

    `page` is its number in the edition's digits; None leaves the pointers out, because
    the box stands on the first page, too. Nodes keep their numbers.
    """
    if not has_pointer(document):
        return document
    nodes: dict[int, Node] = {}
    parts = [
        _settled_body(part, page, nodes) if part.part == _BODY else part
        for part in document.parts
    ]
    return replace(
        document,
        parts=tuple(parts),
        nodes=tuple(nodes.get(at, node) for at, node in enumerate(document.nodes)),
    )


def box_page(document: Document, flow: Flow) -> int | None:
    """Return the page on which the first emergency box begins, from 1 on."""
    boxes = {
        node.element
        for node in document.nodes
        if isinstance(node, Aside) and node.kind == "emergency"
    }
    for number, page in enumerate(flow.pages, 1):
        if any(laid.piece.element in boxes for laid in page):
            return number
    return None


def _is_pointer(block: Block) -> TypeGuard[Paragraph]:
    return isinstance(block, Paragraph) and block.css_class == "pointer"


def _settled_body(body: Section, page: str | None, nodes: dict[int, Node]) -> Section:
    blocks: list[Block] = []
    for block in body.blocks:
        if not _is_pointer(block):
            blocks.append(block)
        elif page is not None:
            children = tuple(_written(block.children, page, nodes))
            written = replace(block, children=children)
            nodes[block.element] = written
            blocks.append(written)
    nodes[body.element] = made = replace(body, blocks=tuple(blocks))
    return made


def _written(
    children: Iterable[Inline], page: str, nodes: dict[int, Node]
) -> Iterator[Inline]:
    """Yield inline content with the page in the place of its field."""
    for child in children:
        made: Inline = child
        if isinstance(child, Field):
            made = Value(element=child.element, kind="number", text=page)
        elif isinstance(child, Group | MessageSpan):
            made = child._replace(children=tuple(_written(child.children, page, nodes)))
        if isinstance(made, Value | Group | MessageSpan):
            nodes[made.element] = made
        yield made
