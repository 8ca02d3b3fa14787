"""The structure tree and the bookmarks as they are written (ISO 32000-1 14.7, 12.3.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from handouts.pdf.file import FileObjects
from handouts.pdf.marked import text_string
from handouts.pdf.numbers import coordinate
from handouts.pdf.structure import Element
from handouts.pdf.tags import Kid, Tagger, TagNode

__all__ = ["FIRST_LINK", "Drawn", "add_bookmarks", "add_tags"]

FIRST_LINK: Final = 1 << 16
"""The parent tree's key of the first link: pages have the keys from 0."""


class Drawn(NamedTuple):
    """What elements point at: references to pages and links, and heights of pages."""

    pages: Sequence[str]
    links: Sequence[str]
    heights: Sequence[float]


def add_tags(
    objects: FileObjects, tagger: Tagger, nodes: Mapping[int, TagNode], drawn: Drawn
) -> str:
    """Add the tree, each element an object of its own; return its root's reference."""
    numbers = objects.numbers(len(nodes) + 1)
    names = {index: f"{n} 0 R" for index, n in zip(nodes, numbers[1:], strict=True)}
    root = names[-1] = f"{numbers[0]} 0 R"
    for number, node in zip(numbers[1:], nodes.values(), strict=True):
        objects.put(number, _element(node, names, drawn))
    parents = [
        f"{number} [{' '.join([names[owner] for owner in owners])}]"
        for number, owners in enumerate(tagger.pages)
    ]
    parents += [
        f"{FIRST_LINK + number} {names[owner]}"
        for number, owner in enumerate(tagger.links)
    ]
    objects.put(
        numbers[0],
        f"<</Type /StructTreeRoot /K [{names[0]}] /ParentTree "
        f"<</Nums [{' '.join(parents)}]>> /ParentTreeNextKey "
        f"{FIRST_LINK + len(tagger.links)}>>",
    )
    return root


def _element(node: TagNode, names: Mapping[int, str], drawn: Drawn) -> str:
    """Return a structure element as it is written (ISO 32000-1 table 323)."""
    element = node.element
    pages = [kid.page for kid in node.kids if isinstance(kid, Kid)]
    page = pages[0] if pages else None
    parts = [f"<</Type /StructElem /S /{element.role} /P {names[element.parent]}"]
    if page is not None:
        parts.append(f"/Pg {drawn.pages[page]}")
    if element.lang is not None:
        parts.append(f"/Lang ({element.lang})")
    if element.alt is not None:
        parts.append(f"/Alt {text_string(element.alt)}")
    if element.actual_text is not None:
        parts.append(f"/ActualText {text_string(element.actual_text)}")
    attributes = element.attributes
    if element.role == "Figure" and node.box is not None and page is not None:
        left, top, right, foot = node.box
        height = drawn.heights[page]
        box = " ".join(map(coordinate, (left, height - foot, right, height - top)))
        attributes = f"/O /Layout /Placement /Block /BBox [{box}]"
    if attributes:
        parts.append(f"/A <<{attributes}>>")
    kids = [
        _leaf(kid, page, drawn) if isinstance(kid, Kid) else names[kid]
        for kid in node.kids
    ]
    if kids:
        parts.append(f"/K {kids[0]}" if len(kids) == 1 else f"/K [{' '.join(kids)}]")
    return f"{' '.join(parts)}>>"


def _leaf(kid: Kid, own_page: int | None, drawn: Drawn) -> str:
    page = drawn.pages[kid.page]
    if kid.is_annotation:
        return f"<</Type /OBJR /Obj {drawn.links[kid.number]} /Pg {page}>>"
    if kid.page == own_page:
        return str(kid.number)
    return f"<</Type /MCR /Pg {page} /MCID {kid.number}>>"


def add_bookmarks(
    objects: FileObjects, tagger: Tagger, nodes: Mapping[int, TagNode], drawn: Drawn
) -> str | None:
    """Add a bookmark for each heading, nested by level; return their root's reference."""
    found = [
        (nodes[index].element, *tagger.places[index]) for index in sorted(tagger.places)
    ]
    if not found:
        return None
    numbers = objects.numbers(len(found) + 1)
    names = [f"{number} 0 R" for number in numbers]
    parents, below = _nested([element for element, _, _ in found])
    for number, (element, page, top) in enumerate(found, 1):
        up = parents[number]
        siblings = below[up]
        at = siblings.index(number)
        y = coordinate(drawn.heights[page] - top)
        parts = [
            f"<</Title {text_string(element.title or '')} /Parent {names[up]}",
            f"/Dest [{drawn.pages[page]} /XYZ null {y} null]",
        ]
        if at:
            parts.append(f"/Prev {names[siblings[at - 1]]}")
        if at + 1 < len(siblings):
            parts.append(f"/Next {names[siblings[at + 1]]}")
        parts += _ends(below[number], names)
        objects.put(numbers[number], f"{' '.join(parts)}>>")
    root = " ".join(["<</Type /Outlines", *_ends(below[0], names)])
    objects.put(numbers[0], f"{root}>>")
    return names[0]


def _nested(headings: Sequence[Element]) -> tuple[list[int], list[list[int]]]:
    """Return each heading's parent and children; number 0 is the root."""
    parents = [0]
    below: list[list[int]] = [[] for _ in range(len(headings) + 1)]
    open_ones = [(0, 0)]  # (level, number)
    for number, element in enumerate(headings, 1):
        level = int(element.role.removeprefix("H"))
        while open_ones[-1][0] >= level:
            open_ones.pop()
        parents.append(open_ones[-1][1])
        below[open_ones[-1][1]].append(number)
        open_ones.append((level, number))
    return parents, below


def _ends(children: Sequence[int], names: Sequence[str]) -> list[str]:
    if not children:
        return []
    ends = f"/First {names[children[0]]} /Last {names[children[-1]]}"
    return [ends, f"/Count {len(children)}"]
