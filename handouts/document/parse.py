"""PARSE: expanded markup → the document, a frozen tree; strict, all mistakes reported."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from handouts.catalog.model import Lookup
from handouts.diagnostics import Diagnostic, Sink
from handouts.document.blocks import BlockReader
from handouts.document.findings import Findings
from handouts.document.inlines import InlineReader, Where
from handouts.document.malformed import malformed
from handouts.document.pointers import check_pointers
from handouts.document.schema import PARTS
from handouts.document.tree import Direction, Document, Node

__all__ = ["parse"]

_KEPT_DOCUMENTS: Final = 4
"""The next edition is often the same document on another paper."""
_ROOT: Final = "page"
_VOID: Final = re.compile(r"<(br|hr)((?:\s[^<>]*?)?)\s*/?>")
_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w*;)")
_PARSER: Final = etree.XMLParser(
    recover=False,
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)


def parse(
    markup: str,
    lookups: Sequence[Lookup],
    *,
    nonce: str,
    lang: str,
    direction: Direction,
    sink: Sink,
) -> Document | None:
    """Return the document, or None if the markup has errors; all go to `sink`.

    Args:
        markup: What `templating.expand` returned, with its lookups and nonce.
        lookups: The messages that the markup's `<m>` name by index.
        nonce: The mark by which `<m>` and `<v>` are known as the program's own.
        lang: BCP 47 tag of the edition.
        direction: Of the edition's language.
        sink: Takes mistakes, each with the template's file and line.
    """
    document, found = _parsed(markup, tuple(lookups), nonce, lang, direction)
    sink.extend(found)
    return document


@lru_cache(maxsize=_KEPT_DOCUMENTS)
def _parsed(
    markup: str, lookups: tuple[Lookup, ...], nonce: str, lang: str, direction: Direction
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Return the document and what is wrong with it."""
    text = _normalised(markup)
    findings = Findings()
    document: Document | None = None
    try:
        root = etree.fromstring(f"<{_ROOT}>{text}</{_ROOT}>", _PARSER)
    except etree.XMLSyntaxError as error:
        offset = _offset(text, error.lineno or 1, error.offset or 0)
        findings.found.extend(malformed(text, error.msg or "", offset))
    else:
        document = _read(root, lookups, nonce, Where(direction), lang, findings)
    return None if findings.has_errors else document, tuple(findings.found)


def _read(  # noqa: PLR0917  # one caller
    root: Any,  # noqa: ANN401  # lxml has no types
    lookups: tuple[Lookup, ...],
    nonce: str,
    where: Where,
    lang: str,
    findings: Findings,
) -> Document:
    check_pointers(root, findings)
    inlines = InlineReader(lookups=len(lookups), nonce=nonce, findings=findings)
    blocks = BlockReader(inlines)
    parts = tuple(blocks.part(element, where) for element in _parts(root, findings))
    nodes: list[Node] = [node for node in inlines.nodes if node is not None]
    assert len(nodes) == len(inlines.nodes), "a node's number was left without a node"
    return Document(
        lang=lang,
        direction=where.direction,
        parts=parts,
        nodes=tuple(nodes),
        lookups=tuple(_unless_safe(lookups, inlines.safety_lookups)),
        safety_lookups=frozenset(inlines.safety_lookups),
    )


def _unless_safe(lookups: Sequence[Lookup], safety: set[int]) -> Iterator[Lookup]:
    """Yield the lookups; one that stands in safety content is no furniture.

    A part's own words may stand in an emergency box: they must not be lost, either.
    """
    for number, lookup in enumerate(lookups):
        is_both = lookup.furniture and number in safety
        yield replace(lookup, furniture=False) if is_both else lookup


def _parts(root: Any, findings: Findings) -> list[Any]:  # noqa: ANN401  # lxml has no types
    """Return the skeleton's parts; report what else stands at the top, and disorder."""
    texts = [root.text, *(child.tail for child in root)]
    elements = [child for child in root if child.tag == "section"]
    for child in root:
        if child.tag != "section":
            _misplaced(child, f"`<{child.tag}>` stands outside all sections", findings)
    if any(text and text.strip() for text in texts):
        _misplaced(root, "text stands outside all sections", findings)
    names = [element.get("data-part") for element in elements]
    known = [name for name in names if name in PARTS]
    if known != sorted(set(known), key=PARTS.index):
        findings.error(
            "part-order",
            elements[0],
            f"the layout's parts are {', '.join(known)}",
            f"write each once, in this order: {', '.join(PARTS)}",
        )
    return elements


def _misplaced(element: Any, message: str, findings: Findings) -> None:  # noqa: ANN401  # lxml has no types
    hint = 'put it into `<section data-part="body">`'
    findings.error("stray-text", element, message, hint)


def _normalised(markup: str) -> str:
    """Return the markup with HTML's own shorthand as XML has it."""
    if "<br" in markup or "<hr" in markup:
        markup = _VOID.sub(r"<\1\2/>", markup)
    if "&" in markup:
        markup = _ENTITY.sub(_character, markup)
    return markup


def _character(found: re.Match[str]) -> str:
    return html.entities.html5.get(found[1], found[0])


def _offset(text: str, line: int, column: int) -> int:
    """Return the offset of the parser's line and column."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    return min(starts[min(line, len(starts)) - 1] + max(column - 1, 0), len(text))
