"""Block markup → block nodes, checked against the table of tags."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar, cast

from handouts.document.figures import check_figure
from handouts.document.findings import origin_of
from handouts.document.inlines import InlineReader, Piece, Where, pieces_of
from handouts.document.schema import INLINE_TAGS, RULES
from handouts.document.tables import check_table
from handouts.document.tree import (
    Aside,
    AsideKind,
    Block,
    Cell,
    Figure,
    Heading,
    Inline,
    Item,
    ListBlock,
    ListKind,
    Paragraph,
    Row,
    Rule,
    Section,
    Table,
)
from handouts.document.validate import check_attributes, is_allowed

__all__ = ["BlockReader"]

_SAFE_ASIDES: Final = frozenset({"warning", "emergency"})
_LIST_KINDS: Final[dict[str, ListKind]] = {"ul": "bullet", "ol": "number"}
_N = TypeVar(
    "_N",
    Aside,
    Cell,
    Figure,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Row,
    Rule,
    Section,
    Table,
)


class _Opened(NamedTuple):
    """A block whose inside is to be read; `shared` are the fields that all have."""

    attributes: Mapping[str, str]
    inside: Where
    shared: dict[str, Any]


class BlockReader:
    """Builds the blocks of one document."""

    def __init__(self, inlines: InlineReader) -> None:
        self._inlines = inlines
        self._findings = inlines.findings
        self._ids: set[str] = set()
        self._has_h2 = False
        self._has_key_message = False
        self._readers: dict[str, Callable[[Any, Where], Block]] = {
            "section": self._section,
            "aside": self._aside,
            "h1": self._heading,
            "h2": self._heading,
            "h3": self._heading,
            "p": self._paragraph,
            "ul": self._list,
            "ol": self._list,
            "table": self._table,
            "figure": self._figure,
            "hr": self._rule,
        }

    def part(self, element: Any, where: Where) -> Section:  # noqa: ANN401  # lxml has no types
        """Return a part of the page skeleton."""
        check_attributes(element, RULES["part"], self._findings)
        self._has_h2 = False
        attributes, inside, shared = self._enter(element, where)
        blocks = self._blocks(element, "part", inside)
        return self._keep(
            Section(
                **shared,
                blocks=blocks,
                part=attributes.get("data-part"),
                symbol=attributes.get("data-symbol"),
            )
        )

    def _enter(self, element: Any, where: Where) -> _Opened:  # noqa: ANN401  # lxml has no types
        """Number the block at hand; return its attributes and what holds inside it."""
        number = self._inlines.number()
        attributes = dict(element.items())
        lang, direction = attributes.get("lang"), attributes.get("dir")
        is_safe = attributes.get("data-risk") == "safety" or (
            element.tag == "aside" and attributes.get("class") in _SAFE_ASIDES
        )
        if lang or direction or is_safe:
            where = Where(
                direction or where.direction,
                where.safety or is_safe,
                where.tagged or bool(lang),
            )
        shared = {
            "element": number,
            "origin": origin_of(element),
            "lang": lang,
            "direction": direction,
            "safety": where.safety,
        }
        return _Opened(attributes, where, shared)

    def _keep(self, node: _N) -> _N:
        self._inlines.nodes[node.element] = node
        return node

    def _children(self, element: Any, rule: str) -> Iterator[Any]:  # noqa: ANN401  # lxml has no types
        """Yield the allowed children of an element that holds blocks only."""
        for piece in pieces_of(element):
            if isinstance(piece, str):
                if piece.strip():
                    self._stray(element, piece)
            elif is_allowed(piece, rule, self._findings):
                yield piece

    def _stray(self, element: Any, text: str) -> None:  # noqa: ANN401  # lxml has no types
        self._findings.error(
            "stray-text",
            element,
            f"`{' '.join(text.split())[:40]}` stands directly in `<{element.tag}>`",
            "put it into `<p>…</p>`",
        )

    def _blocks(self, element: Any, rule: str, where: Where) -> tuple[Block, ...]:  # noqa: ANN401  # lxml has no types
        return tuple(
            self._readers[child.tag](child, where)
            for child in self._children(element, rule)
        )

    def _section(self, element: Any, where: Where) -> Section:  # noqa: ANN401  # lxml has no types
        attributes, inside, shared = self._enter(element, where)
        name = attributes.get("id")
        if name is not None and name in self._ids:
            self._findings.error(
                "duplicate-id", element, f"id `{name}` is given twice", "choose another"
            )
        self._ids.add(name or "")
        blocks = self._blocks(element, "section", inside)
        levels = [block.level for block in blocks if isinstance(block, Heading)]
        first = blocks[0] if blocks else None
        if not isinstance(first, Heading) or first.level != 2:
            self._findings.error(
                "missing-heading",
                element,
                "`<section>` does not begin with `<h2>`",
                "write its heading first: `<h2>…</h2>`",
            )
        if levels.count(2) > 1:
            self._findings.error(
                "heading-order",
                element,
                "`<section>` has more than one `<h2>`",
                "begin another `<section>`, or use `<h3>`",
            )
        return self._keep(Section(**shared, blocks=blocks, id=name))

    def _aside(self, element: Any, where: Where) -> Aside:  # noqa: ANN401  # lxml has no types
        attributes, inside, shared = self._enter(element, where)
        kind = cast("AsideKind", attributes.get("class"))
        if kind == "key-message":
            if self._has_key_message:
                self._findings.error(
                    "second-key-message",
                    element,
                    "handout has more than one key message",
                    "keep one; make the other a `note`",
                )
            self._has_key_message = True
        blocks = self._blocks(element, "aside", inside)
        if kind in _SAFE_ASIDES and not any(isinstance(b, Heading) for b in blocks):
            self._findings.error(
                "missing-heading",
                element,
                f"`{kind}` box has no heading",
                "begin it with `<h3>…</h3>`",
            )
        return self._keep(
            Aside(
                **shared,
                kind=kind,
                blocks=blocks,
                symbol=attributes.get("data-symbol"),
            )
        )

    def _heading(self, element: Any, where: Where) -> Heading:  # noqa: ANN401  # lxml has no types
        _, inside, shared = self._enter(element, where)
        level = int(element.tag[1])
        if level == 3 and not self._has_h2:
            self._findings.error(
                "heading-order",
                element,
                "`<h3>` stands before any `<h2>`",
                "put a section with an `<h2>` first",
            )
        self._has_h2 = self._has_h2 or level == 2
        return self._keep(
            Heading(
                **shared,
                level=level,
                children=self._content(element, inside),
            )
        )

    def _paragraph(self, element: Any, where: Where) -> Paragraph:  # noqa: ANN401  # lxml has no types
        attributes, inside, shared = self._enter(element, where)
        return self._keep(
            Paragraph(
                **shared,
                children=self._content(element, inside),
                css_class=attributes.get("class"),
                symbol_key=attributes.get("data-key"),
            )
        )

    def _content(self, element: Any, where: Where) -> tuple[Inline, ...]:  # noqa: ANN401  # lxml has no types
        """Return the inline content of an element that must have some."""
        children = self._inlines.read(pieces_of(element), element, where)
        if not children:
            self._findings.error(
                "empty-block",
                element,
                f"`<{element.tag}>` is empty",
                "write its text, or take it out",
            )
        return children

    def _mixed(self, element: Any, where: Where) -> tuple[Block, ...]:  # noqa: ANN401  # lxml has no types
        """Return the blocks of an `li`, `th` or `td`: a run of text is one paragraph."""
        blocks: list[Block] = []
        run: list[Piece] = []
        for piece in pieces_of(element):
            if isinstance(piece, str) or piece.tag in INLINE_TAGS:
                run.append(piece)
                continue
            self._end_run(run, element, where, blocks)
            if is_allowed(piece, element.tag, self._findings):
                blocks.append(self._readers[piece.tag](piece, where))
        self._end_run(run, element, where, blocks)
        return tuple(blocks)

    def _end_run(
        self,
        run: list[Piece],
        element: Any,  # noqa: ANN401  # lxml has no types
        where: Where,
        blocks: list[Block],
    ) -> None:
        """Make a paragraph of the text so far, unless it is white space only."""
        if any(not isinstance(piece, str) or piece.strip() for piece in run):
            number = self._inlines.number()
            children = self._inlines.read(run, element, where)
            blocks.append(
                self._keep(
                    Paragraph(
                        element=number,
                        origin=origin_of(element),
                        safety=where.safety,
                        children=children,
                    )
                )
            )
        run.clear()

    def _list(self, element: Any, where: Where) -> ListBlock:  # noqa: ANN401  # lxml has no types
        attributes, inside, shared = self._enter(element, where)
        kind = _LIST_KINDS[element.tag]
        if attributes.get("class") == "checklist":
            kind = "check"
        items = tuple(
            self._item(child, inside) for child in self._children(element, element.tag)
        )
        self._require(items, element, "`<li>`")
        return self._keep(ListBlock(**shared, kind=kind, items=items))

    def _item(self, element: Any, where: Where) -> Item:  # noqa: ANN401  # lxml has no types
        attributes, inside, shared = self._enter(element, where)
        blocks = self._mixed(element, inside)
        self._require(blocks, element, "text")
        count = attributes.get("data-count", "")
        return self._keep(
            Item(
                **shared,
                blocks=blocks,
                count=int(count) if count.isdecimal() else None,
            )
        )

    def _require(self, content: Sequence[object], element: Any, wanted: str) -> None:  # noqa: ANN401  # lxml has no types
        if not content:
            self._findings.error(
                "empty-block",
                element,
                f"`<{element.tag}>` has no {wanted}",
                "fill it, or take it out",
            )

    def _table(self, element: Any, where: Where) -> Table:  # noqa: ANN401  # lxml has no types
        attributes, inside, shared = self._enter(element, where)
        caption: tuple[Inline, ...] | None = None
        head: tuple[Row, ...] = ()
        body: tuple[Row, ...] = ()
        for child in self._children(element, "table"):
            if child.tag == "caption":
                caption = self._content(child, inside)
            elif child.tag == "thead":
                head += self._rows(child, inside)
            else:
                body += self._rows(child, inside)
        table = Table(
            **shared,
            caption=caption,
            head=head,
            body=body,
            diary=attributes.get("class") == "diary",
        )
        check_table(table, element, self._findings)
        return self._keep(table)

    def _rows(self, element: Any, where: Where) -> tuple[Row, ...]:  # noqa: ANN401  # lxml has no types
        if element.get("data-risk") == "safety":
            where = where._replace(safety=True)
        children = self._children(element, element.tag)
        return tuple(self._row(child, where) for child in children)

    def _row(self, element: Any, where: Where) -> Row:  # noqa: ANN401  # lxml has no types
        _, inside, shared = self._enter(element, where)
        cells = tuple(
            self._cell(child, inside) for child in self._children(element, "tr")
        )
        return self._keep(Row(**shared, cells=cells))

    def _cell(self, element: Any, where: Where) -> Cell:  # noqa: ANN401  # lxml has no types
        attributes, inside, shared = self._enter(element, where)
        is_header = element.tag == "th"
        if is_header and "scope" not in attributes:
            self._findings.error(
                "header-without-scope",
                element,
                "`<th>` does not say what it is the head of",
                'write `<th scope="col">` or `<th scope="row">`',
            )
        return self._keep(
            Cell(
                **shared,
                blocks=self._mixed(element, inside),
                header=is_header,
                scope=attributes.get("scope"),
                colspan=_span(attributes, "colspan"),
                rowspan=_span(attributes, "rowspan"),
            )
        )

    def _figure(self, element: Any, where: Where) -> Figure:  # noqa: ANN401  # lxml has no types
        attributes, inside, shared = self._enter(element, where)
        blocks: list[Block] = []
        caption: tuple[Block, ...] = ()
        alt: Paragraph | None = None
        for child in self._children(element, "figure"):
            if child.tag == "figcaption":
                caption += self._blocks(child, "figcaption", inside)
                continue
            block = self._readers[child.tag](child, inside)
            if isinstance(block, Paragraph) and block.css_class == "alt":
                alt = block
            else:
                blocks.append(block)
        figure = Figure(
            **shared,
            draw=attributes.get("data-draw", ""),
            blocks=tuple(blocks),
            caption=caption,
            alt=alt,
            options=_options(attributes),
        )
        check_figure(figure, element, self._findings)
        return self._keep(figure)

    def _rule(self, element: Any, where: Where) -> Rule:  # noqa: ANN401  # lxml has no types
        shared = self._enter(element, where).shared
        if pieces_of(element):
            self._stray(element, "".join(element.itertext()) or "…")
        return self._keep(Rule(**shared))


def _span(attributes: Mapping[str, str], name: str) -> int:
    value = attributes.get(name, "1")
    return int(value) if value.isdecimal() else 1


def _options(attributes: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the figure's own data- attributes, without `data-`."""
    shared = {"data-draw", "data-src", "data-risk"}
    return tuple(
        (name.removeprefix("data-"), value)
        for name, value in sorted(attributes.items())
        if name.startswith("data-") and name not in shared
    )
