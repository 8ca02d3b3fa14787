"""A document as indented lines: what golden tests and people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, Final

from handouts.document.tree import Document, Group, MessageSpan, Origin, Text

__all__ = ["dump"]

_INDENT: Final = "  "
_CHILDREN: Final = frozenset({
    "alt", "blocks", "body", "caption", "cells", "children", "head", "items",
})  # fmt: skip
_SPANS: Final = frozenset({"colspan", "rowspan"})
_UNSHOWN: Final = frozenset({"element", "origin"})


def dump(document: Document) -> str:
    """Return the tree, a line for each node: number, kind, what is not its default."""
    head = f"{document.lang} {document.direction}, {len(document.lookups)} lookups"
    return "\n".join((head, *_lines(document.parts, 0))) + "\n"


def _lines(nodes: Iterable[Any], depth: int) -> Iterator[str]:
    for node in nodes:
        yield _INDENT * depth + _line(node)
        if isinstance(node, Text):
            continue
        for name in _names(node):
            value = getattr(node, name)
            if name not in _CHILDREN or not value:
                continue
            inside = value if isinstance(value, tuple) else (value,)
            if name in {"children", "blocks", "items", "cells"}:
                yield from _lines(inside, depth + 1)
            else:
                yield f"{_INDENT * (depth + 1)}{name}:"
                yield from _lines(inside, depth + 2)


def _names(node: Any) -> tuple[str, ...]:  # noqa: ANN401  # any node
    """Return a node's fields; inline nodes are tuples, blocks dataclasses."""
    named: tuple[str, ...] | None = getattr(node, "_fields", None)
    return tuple(field.name for field in fields(node)) if named is None else named


def _is_default(name: str, value: object) -> bool:
    return (
        value is None or value is False or value == () or (name in _SPANS and value == 1)
    )


def _line(node: Any) -> str:  # noqa: ANN401  # any node
    if isinstance(node, Text):
        return repr(node.text)
    words = [f"{node.element} {type(node).__name__}"]
    for name in _names(node):
        value = getattr(node, name)
        if name in _CHILDREN | _UNSHOWN or _is_default(name, value):
            continue
        shown = f"{value:.2f}" if isinstance(value, float) else repr(value)
        words.append(f"{name}={shown}")
    place = getattr(node, "origin", None)
    if isinstance(place, Origin) and not isinstance(node, (Group, MessageSpan)):
        words.append(f"@{place.line}")
    return " ".join(words)
