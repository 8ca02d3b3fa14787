"""The tag tree of a finished file, read as any reader would: structure → lines of text.

Nothing of the writing side is used: content streams, ToUnicode maps and the structure
tree are enough. For goldens and proofs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final, TypeAlias

import pikepdf

__all__ = ["TagError", "tag_tree", "tagged_text"]

_ENTRY: Final = re.compile(r"<([0-9A-F]{4})> <([0-9A-F]*)>")
_TOLD: Final = ("Title", "Lang", "Alt", "ActualText")
_UNTOLD: Final = frozenset({"/O", "/BBox", "/Placement"})
_PAINTING: Final = frozenset({"f", "S", "B", "Do"})
_SHOWING: Final = frozenset({"Tj", "TJ"})


class TagError(ValueError):
    """The marks of a file do not hold together; the text says where."""


@dataclass(slots=True)
class _Marked:
    """What stands under one mark: its glyphs' texts as drawn, or what is told of them."""

    told: str | None = None
    glyphs: list[str] = field(default_factory=list)
    has_shapes: bool = False

    def text(self) -> str:
        if self.told is not None:
            return self.told
        text = "".join(self.glyphs)
        strong = [c for c in map(unicodedata.bidirectional, text) if c in _STRONG]
        is_turned = bool(strong) and strong[0] != "L"
        return "".join(reversed(self.glyphs)) if is_turned else text


_STRONG: Final = frozenset({"L", "R", "AL"})


def tag_tree(pdf: bytes) -> str:
    """Return the tree as indented lines: role, what is told of it, text.

    Raises:
        TagError: content has no mark or two, or marks are not nested.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        pages = _pages(document)
        (root,) = document.Root.StructTreeRoot.K
        return "\n".join(_lines(root, pages, 0)) + "\n"


def tagged_text(pdf: bytes) -> str:
    """Return the text of all elements in the order of the tree.

    Raises:
        TagError: as `tag_tree`.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        pages = _pages(document)
        (root,) = document.Root.StructTreeRoot.K
        return "".join(_texts(root, pages))


_Pages: TypeAlias = dict[Any, dict[int, _Marked]]
"""Marked content by page (object number) and by number."""


def _pages(document: pikepdf.Pdf) -> _Pages:
    return {page.objgen: _PageReader(page).read() for page in document.pages}


class _PageReader:
    """Reads a page's content by mark."""

    def __init__(self, page: pikepdf.Page) -> None:
        self._page = page
        resources: Any = page.obj.get("/Resources", {})
        fonts = resources.get("/Font", {})
        self._lists: Any = resources.get("/Properties", {})
        self._fonts = {str(name): _unicode(font) for name, font in fonts.items()}
        self._font: dict[int, str] = {}
        self._in_text = False
        self._open: list[tuple[_Marked | None, bool]] = []
        self._found: dict[int, _Marked] = {}

    def read(self) -> dict[int, _Marked]:
        for instruction in pikepdf.parse_content_stream(self._page):
            operands: Any = instruction.operands
            self._one(str(instruction.operator), operands)
        if self._open:
            raise TagError("a mark is left open")
        return self._found

    def _one(self, name: str, operands: Any) -> None:  # noqa: ANN401  # PDF operands
        if name in {"BDC", "BMC"}:
            self._begin(operands[1] if name == "BDC" else {})
        elif name == "EMC":
            if self._open.pop()[1] != self._in_text:
                raise TagError("a mark crosses the edge of a text object")
        elif name in {"BT", "ET"}:
            self._in_text = name == "BT"
        elif name == "Tf":
            self._font = self._fonts[str(operands[0])]
        elif name in _SHOWING:
            parts = operands[0] if name == "TJ" else [operands[0]]
            self._owner(name).glyphs.extend(_decoded(parts, self._font))
        elif name in _PAINTING:
            self._owner(name).has_shapes = True

    def _begin(self, properties: Any) -> None:  # noqa: ANN401  # a PDF dictionary
        """Open a mark. What one inside another says is not read: the outer one counts."""
        if isinstance(properties, pikepdf.Name):
            properties = self._lists[str(properties)]
        marked = None
        if "/MCID" in properties:
            number = int(properties["/MCID"])
            if self._open or number in self._found:
                raise TagError(f"MCID {number} stands in another mark, or twice")
            told = properties.get("/ActualText")
            marked = self._found[number] = _Marked(None if told is None else str(told))
        self._open.append((marked, self._in_text))

    def _owner(self, operator: str) -> _Marked:
        if not self._open:
            raise TagError(f"{operator} stands in no mark")
        return self._open[0][0] or _Marked()


def _decoded(parts: Any, font: dict[int, str]) -> Iterator[str]:  # noqa: ANN401  # PDF
    for part in parts:
        if isinstance(part, pikepdf.String):
            codes = bytes(part)
            for at in range(0, len(codes), 2):
                yield font[int.from_bytes(codes[at : at + 2], "big")]


def _unicode(font: Any) -> dict[int, str]:  # noqa: ANN401  # a PDF dictionary
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    return {
        int(code, 16): bytes.fromhex(text).decode("utf-16-be")
        for code, text in _ENTRY.findall(cmap)
    }


def _lines(node: Any, pages: _Pages, depth: int) -> Iterator[str]:  # noqa: ANN401  # PDF
    words, own, below = [_head(node)], "", list[str]()

    def flush() -> None:
        nonlocal own
        if own:
            below.append("  " * (depth + 1) + repr(unicodedata.normalize("NFKC", own)))
            own = ""

    for kid in _kids(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            flush()
            below += _lines(kid, pages, depth + 1)
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            words.append(f"-> {kid.Obj.A.URI}")
        else:
            marked = _leaf(node, kid, pages)
            own += marked.text() or ("[drawing]" if marked.has_shapes else "")
    flush()
    if len(below) == 1 and below[0].lstrip()[:1] in {"'", '"'}:
        words.append(below.pop().lstrip())
    yield "  " * depth + " ".join(words)
    yield from below


def _head(node: Any) -> str:  # noqa: ANN401  # a PDF dictionary
    """Return an element's role and what is told of it."""
    words = [str(node.S)[1:]]
    words += [f"{n}={str(node[f'/{n}'])!r}" for n in _TOLD if f"/{n}" in node]
    words += [
        f"{name[1:]}={str(value).removeprefix('/')}"
        for name, value in sorted(node.get("/A", {}).items())
        if name not in _UNTOLD
    ]
    return " ".join(words)


def _texts(node: Any, pages: _Pages) -> Iterator[str]:  # noqa: ANN401  # PDF
    for kid in _kids(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _texts(kid, pages)
        elif not (isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"):
            yield _leaf(node, kid, pages).text()


def _leaf(node: Any, kid: Any, pages: _Pages) -> _Marked:  # noqa: ANN401  # PDF
    """Return the marked content that a kid names."""
    is_far = isinstance(kid, pikepdf.Dictionary)
    page = (kid if is_far else node).Pg.objgen
    return pages[page][int(kid.MCID if is_far else kid)]


def _kids(node: Any) -> list[Any]:  # noqa: ANN401  # PDF
    kids = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array | list) else [kids]
