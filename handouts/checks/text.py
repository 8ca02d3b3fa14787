"""One message text → its parts, and the facts about it that several checks ask for.

The parts are placeholders, tags, entities and plain characters. A fact is found when it
is first asked for, and kept with the text: an English text comes back in each language.

A msgstr is data: what is not one of the few tags and placeholders stays text, and
`fragment` escapes it so that neither Jinja nor the markup parser sees more in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from html.entities import html5
from typing import Final, Generic, NamedTuple, TypeVar

from handouts.checks.folding import english_words, folded, sentences

__all__ = ["FILLER", "INLINE_TAGS", "Fault", "Kind", "Parsed", "Tag", "Token", "parse"]

INLINE_TAGS: Final = frozenset({"strong", "em", "span", "bdi", "br", "sup", "sub"})
"""The tags that may stand in a message."""

FILLER: Final = "\ufffc"
"""Stands in `Parsed.visible` for each character that is not text."""

_KEPT: Final = 4096  # texts: a locale's and the English, which the next one needs, too
_VOID: Final = "br"
_T = TypeVar("_T")
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
_SPECIAL: Final = re.compile(r"[<&%{}#]")  # what every token begins with
# What is neither a letter nor a sign that most texts have. Of the letters, those that
# most texts are written in: where a text has others, it is looked at more closely.
_NOT_COMMON: Final = re.compile(
    "[^A-Za-z .,:;!?'\u2019\u00c0-\u024f\u0400-\u045f\u05d0-\u05ea\u0621-\u063a"
    "\u0641-\u064a\u0904-\u0939\u093e-\u094d\u0964\u0985-\u09b9\u09be-\u09cd"
    "\u0e01-\u0e3a\u0e40-\u0e4e\u1780-\u17b3\u17b6-\u17d3\u3001\u3002\u3041-\u3096"
    "\u30a1-\u30fa\u30fc\u4e00-\u9fff-]"
)
_NUMERAL: Final = re.compile(rf"[\d\u00bc-\u00be\u2150-\u215e\u2189{FILLER}]")
# What few texts have: controls and characters that nobody sees, text that was lost,
# brackets of all kinds.
_UNUSUAL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2061-\u206f\ufeff\ufff9-\ufffb\ufffd"
    "\U000e0000-\U000e007f"
    "()\\[\\]{}\u3008-\u3011\uff08\uff09\uff3b\uff3d]"
)


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


_KINDS: Final = {kind.name: kind for kind in Kind}
_FILLED: Final = (Kind.PLACEHOLDER, Kind.BRACE, Kind.PRINTF)


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


class _Fact(Generic[_T]):
    """A fact about a text: found when it is first asked for, then kept as an attribute.

    As `functools.cached_property`, without the lock that it takes each time.
    """

    def __init__(self, find: Callable[[Parsed], _T]) -> None:
        self._find = find
        self._name = find.__name__
        self.__doc__ = find.__doc__

    def __get__(self, text: Parsed, owner: type[Parsed]) -> _T:
        found: _T
        found = text.__dict__[self._name] = self._find(text)
        return found


@dataclass(frozen=True, eq=False)
class Parsed:
    """A message text taken apart, with the facts that follow from its parts.

    `visible` is as long as `raw`: what is no text is `FILLER`, and entities are the
    characters they mean, so that an offset in one is an offset in the other.
    `is_common`: it has nothing but letters and the commonest signs between them.
    """

    raw: str
    visible: str
    tokens: tuple[Token, ...]
    tags: tuple[Tag, ...]
    faults: tuple[Fault, ...]
    is_common: bool = False

    def of(self, *kinds: Kind) -> tuple[Token, ...]:
        """The tokens of these kinds."""
        return tuple(token for token in self.tokens if token.kind in kinds)

    @_Fact
    def bare(self) -> str:
        """The text without the space round it."""
        return self.raw.strip()

    @_Fact
    def placeholders(self) -> tuple[Token, ...]:
        """What a value should come in for."""
        return self.of(Kind.PLACEHOLDER, Kind.BRACE) if self.tokens else ()

    @_Fact
    def filled(self) -> tuple[str, ...]:
        """What stands for a value, as it is written, in order; `%d` as well."""
        return tuple([token.text for token in self.of(*_FILLED)]) if self.tokens else ()

    @_Fact
    def placeholder_names(self) -> tuple[str, ...]:
        """How each placeholder is written, sorted."""
        return tuple(sorted([token.text for token in self.placeholders]))

    @_Fact
    def start_tags(self) -> tuple[str, ...]:
        """How each start tag is written out, sorted."""
        return tuple(sorted([tag.canonical for tag in self.tags if not tag.closing]))

    @_Fact
    def plain(self) -> str:
        """The folded text: tags taken out, each placeholder one `FILLER`."""
        if not self.tokens:
            return folded(self.raw)
        parts: list[str] = []
        at = 0
        for token in self.tokens:
            parts.append(self.raw[at : token.start])
            if token.kind in _FILLED:
                parts.append(FILLER)
            elif token.kind is not Kind.TAG:
                parts.append(self.visible[token.start : token.end].rstrip(FILLER))
            at = token.end
        return folded("".join((*parts, self.raw[at:])))

    @_Fact
    def sentences(self) -> tuple[str, ...]:
        """The sentences of `plain`, as far as its full stops tell."""
        return sentences(self.plain)

    @_Fact
    def words(self) -> frozenset[str]:
        """The words of `plain`, if it is English; `don't` as `do` and `n't`."""
        return english_words(self.plain)

    @_Fact
    def has_numerals(self) -> bool:
        """True if the text may have a number: a digit in any script, or a `FILLER`.

        Digits that only folding makes (`²`) count, and what `%d` stands for.
        """
        if self.is_common:
            return False
        if _NUMERAL.search(self.visible):
            return True
        is_same = not self.tokens and self.raw.isascii()
        return not is_same and _NUMERAL.search(self.plain) is not None

    @_Fact
    def has_unusual(self) -> bool:
        """True if the text has a bracket, or a character that is not for the eye."""
        return not self.is_common and _UNUSUAL.search(self.visible) is not None

    @_Fact
    def may_have_address(self) -> bool:
        """False if no web or mail address stands in the text: a quick look."""
        shown = self.visible
        return "@" in shown or "://" in shown or "www." in shown.lower()

    @_Fact
    def has_outer_space(self) -> bool:
        """True if space stands before or after the text."""
        return self.raw[:1].isspace() or self.raw[-1:].isspace()

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


@lru_cache(maxsize=_KEPT)
def parse(raw: str) -> Parsed:
    """Return `raw` taken apart; any string at all can be."""
    if not _NOT_COMMON.search(raw):
        return Parsed(raw, raw, (), (), (), is_common=True)
    tokens = tuple(_tokens(raw))
    if not tokens:
        return Parsed(raw, raw, (), (), ())
    tags = tuple(_tag(token) for token in tokens if token.kind is Kind.TAG)
    faults = tuple(_markup_faults(tokens)) + tuple(_nesting_faults(tags))
    return Parsed(raw, _visible(raw, tokens), tokens, tags, faults)


def _tokens(raw: str) -> Iterator[Token]:
    """Yield the tokens; only where one can begin is one looked for."""
    found = _SPECIAL.search(raw)
    while found is not None:
        match = _TOKEN.match(raw, found.start())
        if match is not None:
            kind = _KINDS[match.lastgroup or ""]
            yield Token(kind, match.start(), match.end(), match[0])
        found = _SPECIAL.search(raw, (match or found).end())


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
        elif token.kind in (Kind.MARKUP, Kind.JINJA, Kind.PRINTF):  # hashing takes longer
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
