"""Inline markup → inline nodes: text, messages, values, blanks, groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar, cast

from handouts.document.findings import Findings, origin_of
from handouts.document.tree import (
    Blank,
    Break,
    Direction,
    Field,
    Group,
    GroupKind,
    Inline,
    MessageSpan,
    Node,
    Text,
    Value,
)
from handouts.document.validate import is_allowed
from handouts.document.whitespace import BREAK, OBJECT, collapsed
from handouts.units import parse_length

__all__ = ["InlineReader", "Piece", "Where", "pieces_of"]

Piece = Any
"""A str, or an element of lxml, which has no types."""

_Plan: TypeAlias = "list[tuple[Any, _Plan | None]]"
"""Pieces in order; a text has no plan of its own."""
_OBJECT_PLAN: Final[_Plan] = [(OBJECT, None)]
"""Of what has no text of its own, and stands in the line as one sign."""
_N = TypeVar("_N", Group, MessageSpan, Value, Break, Blank, Field)
# Phone numbers and addresses read from left to right in every language; numbers,
# percentages and dates as the text round them; names by their first strong letter.
_LTR_KINDS: Final = frozenset({"phone", "url"})
_AUTO_KINDS: Final = frozenset({"name", "text"})


class Where(NamedTuple):
    """What holds at a place. `tagged`: in a message, or in a language of its own."""

    direction: Direction
    safety: bool = False
    tagged: bool = False


def pieces_of(element: Any) -> list[Piece]:  # noqa: ANN401  # lxml has no types
    """Return what stands directly inside: texts and elements in order, no empty text."""
    pieces: list[Piece] = [element.text] if element.text else []
    for child in element:
        pieces.append(child)
        if child.tail:
            pieces.append(child.tail)
    return pieces


class InlineReader:
    """Builds inline nodes; numbers every node in the order of the markup."""

    def __init__(self, *, lookups: int, nonce: str, findings: Findings) -> None:
        self._lookups = lookups
        self._nonce = nonce
        self.findings = findings
        self.nodes: list[Node | None] = []
        self.safety_lookups: set[int] = set()

    def number(self) -> int:
        """Return the next node's number; `keep` fills its place."""
        self.nodes.append(None)
        return len(self.nodes) - 1

    def read(
        self,
        run: Sequence[Piece],
        holder: Any,  # noqa: ANN401  # lxml has no types
        where: Where,
    ) -> tuple[Inline, ...]:
        """Return the nodes of one paragraph's content, which stands in `holder`."""
        texts: list[str] = []
        plan = _planned(run, texts)
        return self._build(plan, holder, where, iter(collapsed(texts)))

    def _build(
        self,
        plan: _Plan,
        holder: Any,  # noqa: ANN401  # lxml has no types
        where: Where,
        texts: Iterator[str],
    ) -> tuple[Inline, ...]:
        inlines: list[Inline] = []
        for piece, inside in plan:
            if inside is None:
                text = next(texts)
                if text:
                    inlines.append(Text(text=text))
                    if not where.tagged:
                        self._look_for_words(text, holder)
                continue
            node = self._element(piece, inside, holder, where, texts)
            if node is not None:
                inlines.append(node)
        return tuple(inlines)

    def _element(  # hot: no keywords
        self,
        element: Any,  # noqa: ANN401  # lxml has no types
        plan: _Plan,
        holder: Any,  # noqa: ANN401  # the same
        where: Where,
        texts: Iterator[str],
    ) -> Inline | None:
        tag = element.tag
        # Messages and values are most of the tags, and of this program's own making.
        if tag == "m":
            return self._message(element, plan, where, texts)
        if tag == "v":
            return self._value(element, plan, where, texts)
        if not is_allowed(element, holder.tag, self.findings):
            _skip(plan, texts)
            return None
        if tag == "br":
            next(texts)
            return self._keep(Break(element=self.number()))
        if plan is _OBJECT_PLAN:
            return self._object(element, texts)
        return self._group(element, plan, where, texts)

    def _group(
        self,
        element: Any,  # noqa: ANN401  # lxml has no types
        plan: _Plan,
        where: Where,
        texts: Iterator[str],
    ) -> Group:
        number = self.number()
        lang, direction = element.get("lang"), element.get("dir")
        inside = where
        if lang or direction:
            tagged = where.tagged or bool(lang)
            inside = Where(direction or where.direction, where.safety, tagged)
        return self._keep(
            Group(
                element=number,
                kind=cast("GroupKind", element.tag),
                children=self._build(plan, element, inside, texts),
                lang=lang,
                direction=direction,
                href=element.get("href"),
                origin=origin_of(element) if element.get("data-src") else None,
            )
        )

    def _message(
        self,
        element: Any,  # noqa: ANN401  # lxml has no types
        plan: _Plan,
        where: Where,
        texts: Iterator[str],
    ) -> MessageSpan | None:
        attributes = dict(element.items())
        lookup = attributes.get("n", "")
        if not self._is_ours(element, attributes) or not lookup.isdigit():
            _skip(plan, texts)
            return None
        number, index = self.number(), int(lookup)
        if index >= self._lookups:
            raise ValueError(f"markup names lookup {index} of {self._lookups}")
        if where.safety:
            self.safety_lookups.add(index)
        lang, direction = attributes.get("lang"), attributes.get("dir")
        inside = where
        if direction or not where.tagged:
            inside = Where(direction or where.direction, where.safety, tagged=True)
        return self._keep(
            MessageSpan(
                element=number,
                lookup=index,
                children=self._build(plan, element, inside, texts),
                lang=lang,
                direction=direction,
            )
        )

    def _value(
        self,
        element: Any,  # noqa: ANN401  # lxml has no types
        plan: _Plan,
        where: Where,
        texts: Iterator[str],
    ) -> Value | None:
        attributes = dict(element.items())
        if not self._is_ours(element, attributes):
            _skip(plan, texts)
            return None
        kind = attributes.get("k", "text")
        direction: Direction | None = where.direction
        if kind in _LTR_KINDS:
            direction = "ltr"
        elif kind in _AUTO_KINDS:
            direction = None
        text = next(texts) if plan else ""
        return self._keep(
            Value(element=self.number(), kind=kind, text=text, direction=direction)
        )

    def _object(self, element: Any, texts: Iterator[str]) -> Blank | Field:  # noqa: ANN401  # lxml has no types
        """Return the blank or the field that a `span` stands for."""
        next(texts)
        if len(element) or (element.text or "").strip():
            self.findings.error(
                "stray-text",
                element,
                "a blank or a field holds text, which would not be printed",
                "write it as `<span …></span>`",
            )
        name = element.get("data-field")
        if name is not None:
            return self._keep(Field(element=self.number(), name=name))
        try:
            width = parse_length(element.get("data-blank"))
        except ValueError:  # `field`, or reported with the attribute
            width = None
        return self._keep(Blank(element=self.number(), width_pt=width))

    def _is_ours(self, element: Any, attributes: Mapping[str, str]) -> bool:  # noqa: ANN401  # lxml has no types
        if attributes.get("t") == self._nonce:
            return True
        self.findings.error(
            "reserved-tag",
            element,
            f"`<{element.tag}>` is written by an author",
            "write `{% trans %}…{% endtrans %}` for text, `{{ x|name }}` for a value",
        )
        return False

    def _look_for_words(self, text: str, holder: Any) -> None:  # noqa: ANN401  # lxml has no types
        """Warn of words that no translator gets to see."""
        if any(map(str.isalpha, text)):
            self.findings.warning(
                "untranslated-text",
                holder,
                f"`{text.strip()[:40]}` stands outside any message",
                "write `{% trans %}…{% endtrans %}` round it, or tag its language with "
                "`lang`",
            )

    def _keep(self, node: _N) -> _N:
        self.nodes[node.element] = node
        return node


def _planned(run: Sequence[Piece], texts: list[str]) -> _Plan:
    """Return the pieces of a run, each element with its own; their texts to `texts`."""
    plan: _Plan = []
    for piece in run:
        if isinstance(piece, str):
            texts.append(piece)
            plan.append((piece, None))
        elif piece.tag == "br":
            texts.append(BREAK)
            plan.append((piece, _OBJECT_PLAN))
        elif "data-blank" in piece.keys() or "data-field" in piece.keys():  # noqa: SIM118  # an element's own keys
            texts.append(OBJECT)
            plan.append((piece, _OBJECT_PLAN))
        else:
            plan.append((piece, _planned(pieces_of(piece), texts)))
    return plan


def _skip(plan: _Plan, texts: Iterator[str]) -> None:
    """Pass over the texts of an element that is left out."""
    for _, inside in plan:
        if inside is None:
            next(texts)
        else:
            _skip(inside, texts)
