"""Where the structure's elements were drawn: marked content → a tree with leaves.

The painter asks a `Tagger` for the number of each stretch of content (MCID, ISO 32000-1
14.7.4); when the pages are done it gives the tree as it goes into the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

from handouts.layout import Placed
from handouts.pdf.structure import Element

__all__ = ["Kid", "TagNode", "Tagger", "UntaggedTextError"]

_KEPT_ROLES: Final = frozenset({"TBody", "TR", "TH", "TD"})
"""They stay without content: a table to write in has rows, and all equally long."""
_LABEL: Final = "number"
"""The furniture that is a label's text, where its element has a label."""

_KEY: Final = itemgetter(0)
_Key: TypeAlias = tuple[int, int, int, int]
"""Reading order inside an element: page, offset in the paragraph, in the run, count."""


class UntaggedTextError(ValueError):
    """Text that belongs to no element and is no furniture was about to be drawn."""


class Kid(NamedTuple):
    """A leaf: the `number` of marked content on a page, or of an annotation."""

    key: _Key
    page: int
    number: int
    is_annotation: bool = False


class TagNode(NamedTuple):
    """An element as it is written: kids are leaves and indices of other elements."""

    element: Element
    kids: tuple[Kid | int, ...]
    box: tuple[float, float, float, float] | None
    """What a figure takes up on its page: left, top, right, bottom, y down."""


class Tagger:
    """Hands out the numbers of content, each to one owner."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self._elements = elements
        self._texts: dict[int, int] = {}
        self._drawings: dict[int, int] = {}
        for index, element in enumerate(elements):
            self._texts.update(dict.fromkeys(element.texts, index))
            self._drawings.update(dict.fromkeys(element.drawings, index))
        self._heads = _under_head(elements)
        self._seen: set[tuple[int, int, int]] = set()
        self._kids: dict[int, list[Kid]] = {}
        self._boxes: dict[int, tuple[float, float, float, float]] = {}
        self.pages: list[list[int]] = []
        """The owner of each number, page by page."""
        self.links: list[int] = []
        """The owner of each annotation, in the order of the file."""
        self.places: dict[int, tuple[int, float]] = {}
        """Where headings begin: page, and distance from its top."""

    def begin_page(self) -> None:
        """Count from 0 again."""
        self.pages.append([])

    def owner(self, placed: Placed) -> int | None:
        """Return the element that a text belongs to; None for furniture.

        A table's head that is drawn again is furniture.

        Raises:
            UntaggedTextError: there is no such element.
        """
        run = placed.run
        number = run.style.element
        if placed.artifact is not None:
            is_label = placed.artifact == _LABEL and number is not None
            return self._drawings.get(number) if is_label and number is not None else None
        owner = self._texts.get(number) if number is not None else None
        if owner is None:
            text = "".join(run.texts)
            raise UntaggedTextError(f"`{text}` belongs to no element (node {number})")
        if owner in self._heads:
            mark = (owner, number or 0, run.start)
            if mark in self._seen:
                return None
            self._seen.add(mark)
        if self._elements[owner].title is not None and owner not in self.places:
            top = placed.y_pt - run.size_pt
            self.places[owner] = (len(self.pages) - 1, top)
        return owner

    def drawn(
        self, number: int | None, box: tuple[float, float, float, float]
    ) -> int | None:
        """Return the element that a shape belongs to; None if it only decorates."""
        owner = self._drawings.get(number) if number is not None else None
        if owner is not None:
            old = self._boxes.get(owner, box)
            self._boxes[owner] = (
                min(old[0], box[0]), min(old[1], box[1]),
                max(old[2], box[2]), max(old[3], box[3]),
            )  # fmt: skip
        return owner

    def role(self, owner: int) -> str:
        """Return an element's structure type."""
        return self._elements[owner].role

    def mark(self, owner: int, start: int, order: int) -> int:
        """Return the number of new content of an element on this page."""
        page, owners = len(self.pages) - 1, self.pages[-1]
        number = len(owners)
        owners.append(owner)
        kid = Kid((page, start, order, number), page, number)
        self._kids.setdefault(owner, []).append(kid)
        return number

    def mark_drawing(self, owner: int) -> int:
        """Return the number of new shapes: they stand after what was read before."""
        around = self._kids.get(owner) or self._kids.get(self._elements[owner].parent)
        return self.mark(owner, around[-1].key[1] if around else 0, 1 << 20)

    def link(self, owner: int) -> int:
        """Return the number of a new annotation of the link that `owner` is part of.

        Raises:
            UntaggedTextError: it is part of no link.
        """
        found = owner
        while self._elements[found].role != "Link":
            found = self._elements[found].parent
            if found < 0:
                raise UntaggedTextError("a link's text belongs to no Link element")
        page, number = len(self.pages) - 1, len(self.links)
        self.links.append(found)
        kid = Kid((page, 1 << 30, 0, number), page, number, True)
        self._kids.setdefault(found, []).append(kid)
        return number

    def finish(self) -> dict[int, TagNode]:
        """Return the elements that have content, by index, in document order."""
        elements, first = self._elements, self._first_keys()
        below: dict[int, list[int]] = {}
        kept: set[int] = set()
        for index, element in enumerate(elements):
            is_to_fill_in = element.role in _KEPT_ROLES and element.parent in kept
            if index in first or is_to_fill_in or index == 0:
                kept.add(index)
                below.setdefault(element.parent, []).append(index)
        return {
            index: TagNode(
                elements[index],
                self._ordered(index, below.get(index, []), first),
                self._boxes.get(index),
            )
            for index in sorted(kept)
        }

    def _first_keys(self) -> dict[int, _Key]:
        """Return where each element with content begins, its descendants included."""
        first: dict[int, _Key] = {}
        for index in range(len(self._elements) - 1, -1, -1):
            found = first.get(index)
            own = self._kids.get(index)
            if own is not None:
                key = min(own).key
                found = key if found is None or key < found else found
            if found is None:
                continue
            first[index] = found
            parent = self._elements[index].parent
            if parent not in first or found < first[parent]:
                first[parent] = found
        return first

    def _ordered(
        self, index: int, below: list[int], first: dict[int, _Key]
    ) -> tuple[Kid | int, ...]:
        """Return kids in reading order: blocks as the document has them."""
        own = self._kids.get(index)
        if not own:
            return tuple(below)
        if not below:
            return tuple(sorted(own))  # by their keys, which come first and differ
        keyed: list[tuple[_Key, Kid | int]] = [(kid.key, kid) for kid in own]
        keyed += [(first[child], child) for child in below]
        keyed.sort(key=_KEY)
        return tuple([kid for _, kid in keyed])


def _under_head(elements: Sequence[Element]) -> frozenset[int]:
    found: set[int] = set()
    for index, element in enumerate(elements):
        if element.role == "THead" or element.parent in found:
            found.add(index)
    return frozenset(found)
