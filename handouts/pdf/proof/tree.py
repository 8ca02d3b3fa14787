"""PROVE: does the tag tree of a finished file hold together, and what does it read?

Every mark has one owner, which the parent tree names too; every element stands where its
role may (ISO 32000-1 14.7.4.4 and 14.8.4).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

import pikepdf

from handouts.pdf.proof.content import PageContent

__all__ = ["TaggedText", "Tree", "read_tree"]

_MAX_DEPTH: Final = 64
_UNREAD: Final = frozenset({"Figure", "Lbl"})
"""What is drawn there is told otherwise, or is a number of layout's own."""
_PARENTS: Final[Mapping[str, frozenset[str]]] = {
    "LI": frozenset({"L"}),
    "Lbl": frozenset({"LI"}),
    "LBody": frozenset({"LI"}),
    "THead": frozenset({"Table"}),
    "TBody": frozenset({"Table"}),
    "TR": frozenset({"Table", "THead", "TBody"}),
    "TH": frozenset({"TR"}),
    "TD": frozenset({"TR"}),
}
_CHILDREN: Final[Mapping[str, frozenset[str]]] = {
    "L": frozenset({"LI", "Caption"}),
    "LI": frozenset({"Lbl", "LBody"}),
    "Table": frozenset({"TR", "THead", "TBody", "Caption"}),
    "TR": frozenset({"TH", "TD"}),
}
_ROLES: Final = frozenset(
    {
        "Document", "Sect", "Div", "P", "H1", "H2", "H3", "L", "LI", "Lbl", "LBody",
        "Table", "THead", "TBody", "TR", "TH", "TD", "Caption", "Figure", "Link", "Span",
        "Note",
    }
)  # fmt: skip

_DIRECT: Final = (0, 0)
"""What pikepdf calls an object that has no number of its own."""

_MANY: Final = 4
_MARKS: Final = re.compile(rb"\[(?: \d+)+ \]")
"""An array of nothing but numbers: of so many, pikepdf need not make objects."""
_REFERENCE: Final = re.compile(rb"(\d+) (\d+) R|null")

_Place: TypeAlias = tuple[int, int]
"""Page from 0, number of a mark."""


class _Element(NamedTuple):
    """What a mark needs to know of its element; `own` counts them, from 1."""

    owner: tuple[int, int]
    reference: bytes
    role: str
    is_read: bool
    own: int


class TaggedText(NamedTuple):
    """The text of one mark in the order of the tree; `role` is its element's.

    `element` counts elements in the order of the tree, from 1.
    """

    role: str
    text: str
    is_read: bool
    place: _Place
    element: int


@dataclass(slots=True)
class Tree:
    """What a file's tree says; `faults` are facts, ready for a finding."""

    texts: list[TaggedText] = field(default_factory=list)
    elements: int = 0
    faults: list[str] = field(default_factory=list)


def read_tree(document: Any, pages: Sequence[PageContent]) -> Tree:  # noqa: ANN401  # pikepdf
    """Return the tree of an open file whose pages were read."""
    reader = _Reader(document, pages)
    root = document.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary):
        reader.found.faults.append("there is no tag tree")
        return reader.found
    reader.root(root)
    return reader.found


class _Reader:
    """Walks the tree once, counting the owners of every mark."""

    def __init__(self, document: Any, pages: Sequence[PageContent]) -> None:  # noqa: ANN401
        self.found = Tree()
        self._pages = pages
        self._numbers = {
            page.objgen: number for number, page in enumerate(document.pages)
        }
        self._keys = {
            number: page.obj.get("/StructParents")
            for number, page in enumerate(document.pages)
        }
        self._owners: dict[int, dict[int, _Element]] = {
            number: {} for number in range(len(pages))
        }
        self._shared: Counter[_Place] = Counter()
        self._annotations: Counter[tuple[int, int] | None] = Counter()
        self._seen: set[tuple[int, int]] = set()

    def root(self, root: Any) -> None:  # noqa: ANN401  # a PDF dictionary
        for kid in _kids(root):
            self._element(kid, "", is_read=True, depth=0)
        self._owned_once()
        self._parents(root)

    def _fault(self, fact: str) -> None:
        self.found.faults.append(fact)

    def _element(
        self,
        node: Any,  # noqa: ANN401  # PDF
        parent: str,
        *,
        is_read: bool,
        depth: int,
    ) -> None:
        owner = node.objgen
        if depth > _MAX_DEPTH or owner in self._seen:
            self._fault("the tree goes round in circles")
            return
        if owner != _DIRECT:
            self._seen.add(owner)
        role = str(node.get("/S", "/none"))[1:]
        self.found.elements += 1
        self.found.faults += _role_faults(role, parent)
        is_read = is_read and role not in _UNREAD and "/ActualText" not in node
        reference = b"%d %d R" % owner
        element = _Element(owner, reference, role, is_read, self.found.elements)
        # Asking for what is not there takes longest, and many elements name no page.
        page = self._number(node["/Pg"]) if "/Pg" in node else -1
        for kid in _kids(node):
            if isinstance(kid, int):
                self._leaf(element, page, kid)
            elif not isinstance(kid, pikepdf.Dictionary):
                self._fault(f"an element `{role}` holds what is no element")
            elif "/S" in kid:
                self._element(kid, role, is_read=is_read, depth=depth + 1)
            elif kid.get("/Type") == "/OBJR":
                self._annotations[_objgen(kid.get("/Obj"))] += 1
            else:
                far = self._number(kid["/Pg"]) if "/Pg" in kid else page
                self._leaf(element, far, int(kid.get("/MCID", -1)))

    def _number(self, page: Any) -> int:  # noqa: ANN401  # PDF
        """Return the number of a page, from 0; -1 if it is none of the file's."""
        return self._numbers.get(page.objgen, -1)

    def _leaf(self, element: _Element, page: int, mark: int) -> None:
        found = self._pages[page].marks.get(mark) if page >= 0 else None
        if found is None:
            self._fault(f"`{element.role}` names mark {mark}, which no page has")
            return
        owners = self._owners[page]
        if mark in owners:
            self._shared[page, mark] += 1
        owners[mark] = element
        # As a tuple at once: there are hundreds, and this takes half as long.
        text = (element.role, found.text(), element.is_read, (page, mark), element.own)
        self.found.texts.append(tuple.__new__(TaggedText, text))

    def _count(self, page: int, mark: int) -> int:
        """Return how many elements own a mark."""
        return (mark in self._owners[page]) + self._shared[page, mark]

    def _owned_once(self) -> None:
        for number, page in enumerate(self._pages):
            if not self._shared and page.marks.keys() == self._owners[number].keys():
                continue
            for mark in page.marks:
                if (count := self._count(number, mark)) != 1:
                    self._fault(f"mark {mark} on page {number + 1} has {count} owners")
        for count in self._annotations.values():
            if count != 1:
                self._fault(f"a link has {count} owners")

    def _parents(self, root: Any) -> None:  # noqa: ANN401  # a PDF dictionary
        """Hold the parent tree, which is how a reader finds an element, against it."""
        entries = dict(_numbered(root.get("/ParentTree", pikepdf.Dictionary())))
        for number, key in self._keys.items():
            named = entries.get(int(key)) if key is not None else None
            if not isinstance(named, pikepdf.Array):
                if self._pages[number].marks:
                    self._fault(f"the parent tree lacks page {number + 1}")
                continue
            owners, marks = self._owners[number], self._pages[number].marks
            written = named.unparse(resolved=True)
            if marks.keys() == owners.keys() and written == _array(owners):
                continue
            listed = _listed(written)
            for mark in marks:
                if self._count(number, mark) != 1:
                    continue
                if listed[mark : mark + 1] != [owners[mark].owner]:
                    fact = f"the parent tree gives mark {mark} on page {number + 1}"
                    self._fault(f"{fact} to another element")


@lru_cache(maxsize=1024)
def _role_faults(role: str, parent: str) -> tuple[str, ...]:
    """Return what is wrong with an element of a role within one of another."""
    faults: list[str] = []
    if role not in _ROLES:
        faults.append(f"`{role}` is none of the roles that are written here")
    is_stray = parent not in _PARENTS.get(role, {parent})
    if is_stray or role not in _CHILDREN.get(parent, {role}):
        faults.append(f"`{role}` stands in `{parent or 'the root'}`")
    return tuple(faults)


def _array(owners: Mapping[int, _Element]) -> bytes | None:
    """Return the parent tree's array where marks are counted without a gap."""
    if len(owners) != max(owners, default=-1) + 1:
        return None
    ordered = map(owners.__getitem__, range(len(owners)))
    return b"[ %b ]" % b" ".join([one.reference for one in ordered])


def _listed(written: bytes) -> list[tuple[int, int] | None]:
    """Return which objects an array names."""
    return [
        (int(number), int(generation)) if number else None
        for number, generation in _REFERENCE.findall(written)
    ]


def _objgen(thing: Any) -> tuple[int, int] | None:  # noqa: ANN401  # PDF
    return thing.objgen if isinstance(thing, pikepdf.Dictionary) else None


def _numbered(node: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:  # noqa: ANN401  # PDF
    """Yield the entries of a number tree (ISO 32000-1 7.9.7)."""
    numbers = list(node.get("/Nums", []))
    for at in range(0, len(numbers) - 1, 2):
        yield int(numbers[at]), numbers[at + 1]
    if depth < _MAX_DEPTH:
        for kid in node.get("/Kids", []):
            yield from _numbered(kid, depth + 1)


def _kids(node: Any) -> list[Any]:  # noqa: ANN401  # PDF
    kids = node.get("/K", [])
    if not isinstance(kids, pikepdf.Array | list):
        return [kids]
    if len(kids) >= _MANY and isinstance(kids, pikepdf.Array):
        written = kids.unparse(resolved=True)
        if _MARKS.fullmatch(written):
            return list(map(int, written[1:-1].split()))
    return list(kids)
