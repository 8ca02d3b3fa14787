"""The markup that templates may write: one table of tags, children and attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

__all__ = ["INLINE_TAGS", "PARTS", "RULES", "SYMBOLS", "VOID_TAGS", "Rule", "tags_of"]

PARTS: Final = ("clinic", "band", "draft", "body", "provenance", "footer")
"""The page skeleton's parts in the order in which a layout writes them."""

SYMBOLS: Final = frozenset({
    "ambulance", "clock", "drop", "info", "list", "nocar", "nodrink", "pencil", "people",
    "person", "phone", "pill", "pulse", "shield", "speech", "tickbox", "warning",
})  # fmt: skip

INLINE_TAGS: Final = frozenset({
    "a", "bdi", "br", "em", "m", "span", "strong", "sub", "sup", "v",
})  # fmt: skip
VOID_TAGS: Final = frozenset({"br", "hr"})

_LANG: Final = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"
_COUNT: Final = r"\d|[1-9]\d|100"
_SPAN: Final = r"[1-9]\d?"
_LINES: Final = r"[1-9]|[1-3]\d"
_SYMBOL: Final = "|".join(sorted(SYMBOLS))
_LENGTH: Final = r"field|\d{1,5}(\.\d{1,4})?\s*(mm|cm|pt|in)"

_ANYWHERE: Final = {"lang": _LANG, "dir": "ltr|rtl", "data-src": ".*"}
_BLOCK: Final = _ANYWHERE | {"data-risk": "safety"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a tag may hold; attributes are name → pattern of the whole value."""

    children: frozenset[str] = frozenset()
    inline: bool = False
    attributes: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    required: tuple[str, ...] = ()


def tags_of(rule: Rule) -> frozenset[str]:
    """Return every tag that may stand directly inside."""
    return rule.children | INLINE_TAGS if rule.inline else rule.children


def _block(
    children: str = "",
    *,
    inline: bool = False,
    required: tuple[str, ...] = (),
    **attributes: str,
) -> Rule:
    return _rule(
        _BLOCK, children, inline=inline, required=required, attributes=attributes
    )


def _inline(
    *, inline: bool = True, required: tuple[str, ...] = (), **attributes: str
) -> Rule:
    return _rule(_ANYWHERE, "", inline=inline, required=required, attributes=attributes)


def _rule(
    shared: Mapping[str, str],
    children: str,
    *,
    inline: bool,
    required: tuple[str, ...],
    attributes: Mapping[str, str],
) -> Rule:
    # Keyword names cannot hold `-` or be `class`: `data_count`, `class_`.
    named = {name.rstrip("_").replace("_", "-"): p for name, p in attributes.items()}
    patterns = {
        name: re.compile(pattern) for name, pattern in ({**shared, **named}).items()
    }
    return Rule(
        children=frozenset(children.split()),
        inline=inline,
        attributes=MappingProxyType(patterns),
        required=required,
    )


RULES: Final[Mapping[str, Rule]] = MappingProxyType({
    # A part is a `section` at the top; a section inside one has another rule.
    "part": _block(
        "section aside figure p h1 ul ol table hr",
        required=("data-part",),
        data_part="|".join(PARTS),
        data_symbol=_SYMBOL,
    ),
    "section": _block("h2 h3 p ul ol table aside figure hr", id=r"[A-Za-z][\w-]*"),
    "aside": _block(
        "h3 p ul ol table figure hr",
        required=("class",),
        class_="key-message|warning|emergency|note",
        data_symbol=_SYMBOL,
    ),
    "h1": _block(inline=True),
    "h2": _block(inline=True),
    "h3": _block(inline=True),
    "p": _block(inline=True, class_="lead|alt|pointer", data_key="counted|other"),
    "ul": _block("li", class_="checklist"),
    "ol": _block("li"),
    "li": _block("p ul ol", inline=True, data_count=_COUNT),
    "table": _block("caption thead tbody", class_="diary"),
    "caption": _block(inline=True),
    "thead": _block("tr"),
    "tbody": _block("tr"),
    "tr": _block("th td"),
    "th": _block(inline=True, scope="col|row", colspan=_SPAN, rowspan=_SPAN),
    "td": _block("p ul ol figure", inline=True, colspan=_SPAN, rowspan=_SPAN),
    "figure": _block(
        "ul ol p figcaption",
        required=("data-draw",),
        data_draw="alarm|certainty|lines|people|phones|receptor|scale|symbol|timeline",
        data_bar=r"[1-4]-[1-4]",
        data_level="[1-4]",
        data_min=_LINES,
        data_max=_LINES,
        data_symbol=_SYMBOL,
    ),
    "figcaption": _block("p"),
    "hr": _block(),
    "strong": _inline(),
    "em": _inline(),
    "sup": _inline(),
    "sub": _inline(),
    "bdi": _inline(),
    "br": _inline(inline=False),
    "a": _inline(required=("href",), href=r"https://\S+"),
    "span": _inline(data_blank=_LENGTH, data_field="page|pages|code|emergency"),
    "m": _inline(n=r"\d+", t=".*"),
    "v": _inline(inline=False, k=r"[a-z]+", t=".*"),
})  # fmt: skip
"""Every tag; what is not here is an error."""
