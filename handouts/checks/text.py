"""One message text → its parts: placeholders, tags, entities and plain characters.

A msgstr is data: what is not one of the few tags and placeholders stays text, and
`fragment` escapes it so that neither Jinja nor the markup parser sees more in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from html.entities import html5
from typing import Final, NamedTuple

__all__ = ["FILLER", "INLINE_TAGS", "Fault", "Kind", "Parsed", "Tag", "Token", "parse"]

INLINE_TAGS: Final = frozenset({"strong", "em", "span", "bdi", "br", "sup", "sub"})
"""The tags that may stand in a message."""

FILLER: Final = "\ufffc"
"""Stands in `Parsed.visible` for each character that is not text."""

_VOID: Final = "br"
_TOKEN: Final = re.compile(
    r"""
    (?P<TAG></?[A-Za-z][A-Za-z0-9-]*
        (?:\s+[A-Za-z_][\w:.-]*\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*/?>)
  | (?P<MARKUP><[A-Za-z/!?])
  | (?P<ENTITY>&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});)
  | (?P<PLACEHOLDER>%\([^\W\d]\w*\)s)
  | (?P<PERCENT>%%)
  | (?P<JINJA>\{\{|\}\}|\{%|%\}|\{\#|\#\})
  | (?P<PRINTF>%\([A-Za-z_][A-Za-z0-9_]*\)[-+#0-9.]*[A-Za-z]?
        |%[-+#0]?[0-9]{0,9}(?:\.[0-9]{1,9})?[sdifrxuc](?![^\W\d_]))
  | (?P<BRACE>\{[A-Za-z_][A-Za-z0-9_]*\})
    """,
    re.VERBOSE,
)
_ATTRIBUTE: Final = re.compile(r"""([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TAG_NAME: Final = re.compile(r"</?([A-Za-z0-9-]+)")
_ENTITY_OR_AMP: Final = re.compile(r"&(?!(?:amp|lt|gt|quot);)")
_SPECIAL: Final = re.compile(r"[<&%{}#]")


class Kind(Enum):
    """What a token is."""

    TAG = auto()
    MARKUP = auto()
    """The start of what looks like a tag, but is none."""
    ENTITY = auto()
    PLACEHOLDER = auto()
    """`%(name)s`, which Jinja fills in."""
    PERCENT = auto()
    """`%%`: one percent sign."""
    JINJA = auto()
    PRINTF = auto()
    """A printf conversion that nothing fills in."""
    BRACE = auto()
    """`{name}`: text to Jinja, but surely a placeholder to whoever wrote it."""


class Token(NamedTuple):
    """A part that is not plain text: `text[start:end]`."""

    kind: Kind
    start: int
    end: int
    text: str


class Tag(NamedTuple):
    """A start or end tag, in lower case; `canonical` is how it is written out."""

    name: str
    closing: bool
    canonical: str
    token: Token


class Fault(NamedTuple):
    """Why the tags do not nest, and where."""

    start: int
    end: int
    what: str
    hint: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A message text taken apart.

    `visible` is as long as `raw`: what is no text is `FILLER`, and entities are the
    characters they mean, so that an offset in one is an offset in the other.
    """

    raw: str
    visible: str
    tokens: tuple[Token, ...]
    tags: tuple[Tag, ...]
    faults: tuple[Fault, ...]

    def __hash__(self) -> int:
        """The hash of the text, of which all the rest is made."""
        return hash(self.raw)

    def of(self, *kinds: Kind) -> tuple[Token, ...]:
        """The tokens of these kinds."""
        return tuple(token for token in self.tokens if token.kind in kinds)

    @property
    def placeholders(self) -> tuple[Token, ...]:
        """What a value should come in for."""
        return self.of(Kind.PLACEHOLDER, Kind.BRACE)

    @property
    def fragment(self) -> str:
        """The text as safe markup: well-formed inline tags, `%(name)s`, else text.

        Every `%` that is not a placeholder's is doubled, so that filling in the
        placeholders with Python's `%` gives the text and never fails.
        """
        if not self.tokens:
            return _escaped(self.raw)
        tags = {} if self.faults else {tag.token: tag for tag in self.tags}
        parts: list[str] = []
        at = 0
        for token in self.tokens:
            parts += (_escaped(self.raw[at : token.start]), _written(token, tags))
            at = token.end
        return "".join((*parts, _escaped(self.raw[at:])))


@lru_cache(maxsize=1024)
def parse(raw: str) -> Parsed:
    """Return `raw` taken apart; any string at all can be."""
    if not _SPECIAL.search(raw):
        return Parsed(raw, raw, (), (), ())
    tokens = tuple(
        Token(Kind[match.lastgroup or ""], match.start(), match.end(), match[0])
        for match in _TOKEN.finditer(raw)
    )
    tags = tuple(_tag(token) for token in tokens if token.kind is Kind.TAG)
    faults = tuple(_markup_faults(tokens)) + tuple(_nesting_faults(tags))
    return Parsed(raw, _visible(raw, tokens), tokens, tags, faults)


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("%", "%%")


def _written(token: Token, tags: dict[Token, Tag]) -> str:
    match token.kind:
        case Kind.PLACEHOLDER | Kind.PERCENT:
            return token.text
        case Kind.ENTITY:
            return _escaped(_meaning(token.text))
        case Kind.TAG if token in tags and tags[token].name in INLINE_TAGS:
            return tags[token].canonical
        case _:
            return _escaped(token.text)


def _visible(raw: str, tokens: tuple[Token, ...]) -> str:
    parts: list[str] = []
    at = 0
    for token in tokens:
        length = token.end - token.start
        shown = ""
        if token.kind is Kind.ENTITY:
            shown = _meaning(token.text)[:length]
        elif token.kind is Kind.PERCENT:
            shown = "%"
        elif token.kind in {Kind.MARKUP, Kind.JINJA, Kind.PRINTF}:
            shown = token.text
        parts += (raw[at : token.start], shown, FILLER * (length - len(shown)))
        at = token.end
    return "".join((*parts, raw[at:]))


def _meaning(entity: str) -> str:
    """Return the characters of `&name;`, or `entity` itself if it names none."""
    if not entity.startswith("&#"):
        return html5.get(entity[1:], entity)
    digits = entity[2:-1]
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else entity


def _tag(token: Token) -> Tag:
    match = _TAG_NAME.match(token.text)
    name = match[1].lower() if match else ""
    closing = token.text.startswith("</")
    if closing:
        return Tag(name, True, f"</{name}>", token)
    attributes = sorted(
        (found[1].lower(), found[2] if found[2] is not None else found[3])
        for found in _ATTRIBUTE.finditer(token.text)
    )
    written = "".join(f' {key}="{_attribute(value)}"' for key, value in attributes)
    return Tag(name, False, f"<{name}{written}>", token)


def _attribute(value: str) -> str:
    """Return an attribute's value as it is written; nothing is filled in there."""
    return _ENTITY_OR_AMP.sub("&amp;", value).replace('"', "&quot;").replace("%", "%%")


def _markup_faults(tokens: tuple[Token, ...]) -> list[Fault]:
    return [
        Fault(token.start, token.end, f"`{token.text}` begins a tag that is not finished",
              "finish the tag; a sign for less-than is `&lt;`")
        for token in tokens
        if token.kind is Kind.MARKUP
    ]  # fmt: skip


def _nesting_faults(tags: tuple[Tag, ...]) -> list[Fault]:
    faults: list[Fault] = []
    stack: list[Tag] = []
    for tag in tags:
        token = tag.token
        if tag.name == _VOID:
            if tag.closing:
                faults.append(Fault(token.start, token.end, "`</br>` closes nothing",
                                    "write `<br>` alone"))  # fmt: skip
        elif not tag.closing:
            if token.text.endswith("/>"):
                faults.append(Fault(token.start, token.end, f"`<{tag.name}/>` holds no "
                              "text", f"write `<{tag.name}>…</{tag.name}>`"))  # fmt: skip
            else:
                stack.append(tag)
        elif stack and stack[-1].name == tag.name:
            stack.pop()
        else:
            hint = f"close `{stack[-1].canonical}` first" if stack else "delete it"
            faults.append(Fault(token.start, token.end, f"`{tag.canonical}` closes a tag "
                          "that is not open", hint))  # fmt: skip
    faults += [
        Fault(tag.token.start, tag.token.end, f"`{tag.canonical}` is not closed",
              f"add `</{tag.name}>` where it ends")
        for tag in stack
    ]  # fmt: skip
    return faults
