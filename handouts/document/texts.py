"""What a document says, as plain text: of each message, and where it lacks safety."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from handouts.diagnostics import Diagnostic, Severity
from handouts.document.tree import (
    Aside,
    Block,
    Break,
    Document,
    Figure,
    Group,
    Heading,
    Inline,
    ListBlock,
    MessageSpan,
    Origin,
    Paragraph,
    Section,
    Table,
    Text,
    Value,
)

__all__ = ["message_texts", "plain_text", "unmarked_safety"]

_SAFETY_WORDS: Final = re.compile(
    r"\b(?:not|never|until|unless|at least|at most|no more than|call|stop|avoid|urgent"
    r"|immediately|emergency)\b|n['\u2019]t\b",
    re.IGNORECASE,
)


def plain_text(inlines: Iterable[Inline]) -> str:
    """Return the text of inline content; a forced break is a line feed."""
    parts: list[str] = []
    _collect(inlines, parts)
    return "".join(parts)


def message_texts(document: Document) -> dict[int, str]:
    """Return each message's text as the tree holds it: lookup → text, values included.

    Proofs compare it with the msgstr and with the finished page.
    """
    return {
        node.lookup: plain_text(node.children)
        for node in document.nodes
        if isinstance(node, MessageSpan)
    }


def unmarked_safety(document: Document) -> tuple[Diagnostic, ...]:
    """Return a warning for each warning-like message outside safety content.

    Meant for the source edition: the words looked for are English.
    """
    body = document.part("body")
    if body is None:
        return ()
    marked = document.safety_lookups
    findings: dict[Diagnostic, None] = {}
    for message, origin in _messages(body.blocks, body.origin):
        found = _SAFETY_WORDS.search(plain_text(message.children))
        if found and message.lookup not in marked:
            findings.setdefault(_unmarked(document, message, found[0], origin))
    return tuple(findings)


def _unmarked(
    document: Document, message: MessageSpan, word: str, origin: Origin | None
) -> Diagnostic:
    return Diagnostic(
        code="unmarked-safety",
        severity=Severity.WARNING,
        message=f"message with `{word}` is not marked as safety",
        hint='add `data-risk="safety"` to its block, so that it can never be lost',
        file=origin.file if origin else None,
        line=origin.line if origin else None,
        msgid=document.lookups[message.lookup].key.msgid,
    )


def _collect(inlines: Iterable[Inline], into: list[str]) -> None:
    for inline in inlines:
        match inline:
            case Text() | Value():
                into.append(inline.text)
            case Break():
                into.append("\n")
            case Group() | MessageSpan():
                _collect(inline.children, into)
            case _:  # blanks and fields have no text
                pass


def _messages(
    blocks: Iterable[Block], origin: Origin | None
) -> Iterator[tuple[MessageSpan, Origin | None]]:
    """Yield the messages of blocks, each with the place of its block."""
    for block in blocks:
        here = block.origin or origin
        match block:
            case Heading() | Paragraph():
                yield from ((message, here) for message in _spans(block.children))
            case Section() | Aside():
                yield from _messages(block.blocks, here)
            case Figure():
                alt = () if block.alt is None else (block.alt,)
                yield from _messages((*block.blocks, *block.caption, *alt), here)
            case ListBlock():
                for item in block.items:
                    yield from _messages(item.blocks, item.origin or here)
            case Table():
                yield from ((message, here) for message in _spans(block.caption or ()))
                for row in (*block.head, *block.body):
                    for cell in row.cells:
                        yield from _messages(cell.blocks, cell.origin or here)
            case _:  # a rule
                pass


def _spans(inlines: Iterable[Inline]) -> Iterator[MessageSpan]:
    for inline in inlines:
        if isinstance(inline, MessageSpan):
            yield inline
        if isinstance(inline, (MessageSpan, Group)):
            yield from _spans(inline.children)
