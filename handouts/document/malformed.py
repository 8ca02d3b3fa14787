"""Markup that is no XML → what is wrong, at the template's file and line.

The XML parser stops at its first trouble and names a place in the expanded text. This
scan, made only then, goes on to the end and finds the tags' own places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from handouts.diagnostics import Diagnostic
from handouts.document.schema import VOID_TAGS

__all__ = ["malformed"]

_MARKED_IN_ATTRIBUTE: Final = re.compile(r"=\s*([\"'])[^\"'<>]*<([mv]) ")
_SOURCE: Final = re.compile(r"data-src=\"([^\"]*):(\d+)\"")
_ATTRIBUTES: Final = r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*\s*"
_TOKEN: Final = re.compile(
    rf"<!--.*?-->|</(?P<close>[\w:-]+)\s*>|<(?P<open>[\w:-]+){_ATTRIBUTES}(?P<void>/?)>"
    r"|(?P<less><)|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\dA-Fa-f]+);)(?P<entity>\w*)",
    re.DOTALL,
)
_SHOWN: Final = 30


@dataclass(slots=True)
class _Scan:
    """The open tags, innermost last, each with where it stands in the text."""

    markup: str
    open: list[tuple[str, int]] = field(default_factory=list)

    def report(self, code: str, at: int, message: str, hint: str) -> Diagnostic:
        """Return a finding at the tag that is the last to know its place."""
        end = self.markup.find(">", at)
        sources = list(_SOURCE.finditer(self.markup, 0, end if end >= 0 else at))
        source = sources[-1] if sources else None
        return Diagnostic(
            code=code,
            message=message,
            hint=hint,
            file=source[1] if source else None,
            line=int(source[2]) if source else None,
        )


def malformed(markup: str, reason: str, offset: int) -> tuple[Diagnostic, ...]:
    """Return what keeps `markup` from being parsed; at least one finding.

    `reason` is the parser's own, used if nothing better is found; `offset` its place.
    """
    scan = _Scan(markup)
    found = tuple(_marked_in_attributes(scan)) or tuple(_unbalanced(scan))
    if found:
        return found
    lowered = reason[:1].lower() + reason[1:].partition(", line ")[0]
    hint = "see the tags round this line"
    return (scan.report("malformed-markup", offset, f"invalid markup: {lowered}", hint),)


def _marked_in_attributes(scan: _Scan) -> Iterator[Diagnostic]:
    for found in _MARKED_IN_ATTRIBUTE.finditer(scan.markup):
        at = found.start()
        if found[2] == "m":
            yield scan.report(
                "message-in-attribute",
                at,
                "a message stands in an attribute",
                'put it into an element, such as `<p class="alt">…</p>`',
            )
        else:
            yield scan.report(
                "value-in-attribute",
                at,
                "a formatted value stands in an attribute",
                "leave its filter out: attributes take the bare value",
            )


def _unbalanced(scan: _Scan) -> Iterator[Diagnostic]:
    for token in _TOKEN.finditer(scan.markup):
        if name := token["open"]:
            if not token["void"] and name not in VOID_TAGS:
                scan.open.append((name, token.start()))
        elif name := token["close"]:
            yield from _closed(scan, name, token.start())
        elif token["less"]:
            yield _bare_less(scan, token.start())
        elif token["entity"] is not None:
            yield _bare_ampersand(scan, token.start(), token["entity"])
    for name, at in scan.open:
        yield _unclosed(scan, name, at, "the end")


def _closed(scan: _Scan, name: str, at: int) -> Iterator[Diagnostic]:
    """Match an end tag with its start; what it leaves open, or itself, is wrong."""
    if name not in [tag for tag, _ in scan.open]:
        yield scan.report(
            "stray-end-tag", at, f"`</{name}>` closes nothing", "take it out"
        )
        return
    while scan.open:
        tag, start = scan.open.pop()
        if tag == name:
            return
        yield _unclosed(scan, tag, start, f"`</{name}>`")


def _unclosed(scan: _Scan, name: str, at: int, before: str) -> Diagnostic:
    return scan.report(
        "unclosed-tag",
        at,
        f"`<{name}>` is not closed before {before}",
        f"add `</{name}>`",
    )


def _bare_less(scan: _Scan, at: int) -> Diagnostic:
    excerpt = " ".join(scan.markup[at : at + _SHOWN].split())
    return scan.report(
        "malformed-markup",
        at,
        f"`{excerpt}` is not a tag",
        "write `&lt;` for the sign, or mend the tag: attributes need quotes",
    )


def _bare_ampersand(scan: _Scan, at: int, name: str) -> Diagnostic:
    return scan.report(
        "malformed-markup",
        at,
        f"`&{name}` is not a character's name",
        "write `&amp;` for the sign itself",
    )
