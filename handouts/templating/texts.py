"""Plain messages and the markup between them, as leaves of a template's tree.

Most messages of a handout are `{% trans %}` blocks with nothing but words in them. The
engine makes some ten nodes of each and walks over all of them several times; here a
stretch of such messages is one node, whatever their number. What the node prints is no
part of the code that the engine makes: the environment keeps it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from types import MappingProxyType
from typing import Final, NamedTuple, cast

from jinja2 import Environment, nodes
from jinja2.lexer import Token, TokenStream
from jinja2.parser import Parser
from markupsafe import Markup

from handouts.catalog.model import Key
from handouts.templating.lexing import FIELD, FILLED, WORDS, Filled
from handouts.templating.run import Place, current_run

__all__ = [
    "Piece",
    "Question",
    "Stretch",
    "TextsParser",
    "Where",
    "question_of",
    "stretch_of",
]

Piece = tuple[int, str, bool]
"""A line, and what stands there: the msgid of a message (True), or markup."""

_TAG: Final = "texts"
"""Type of the token that a tag of ours begins with; the engine has none of that name."""
_STRETCH: Final = "stretch"
_AFTER_BEGIN: Final = (
    ("name", "trans"),
    ("block_end", ""),
    ("data", ""),
    ("block_begin", ""),
    ("name", "endtrans"),
    ("block_end", ""),
)
"""What follows the beginning of a plain message: types of tokens, names of tags."""
_NAME, _WORDS = 1, 3  # their places in the whole
_LINE_BREAK: Final = re.compile(r"\s*\n\s*")
_NO_VALUES: Final = MappingProxyType[str, object]({})


class Where(NamedTuple):
    """The template that a text stands in."""

    file: str
    is_furniture: bool


class Stretch(NamedTuple):
    """Markup and plain messages, one behind the other."""

    pieces: tuple[Piece, ...]
    where: Where

    def __html__(self) -> Markup:
        """Return the stretch as it is printed: markup, and its messages marked."""
        ask, (file, is_furniture) = current_run().message, self.where
        printed = (
            ask(Key(None, text), None, None, _NO_VALUES, Place(file, line, is_furniture))
            if is_message
            else text
            for line, text, is_message in self.pieces
        )
        return Markup("".join(printed))  # noqa: S704  # the template's markup, vetted messages


class Question(NamedTuple):
    """A message with values; `counted` is the name of the value that counts."""

    line: int
    singular: str
    plural: str | None
    counted: str | None
    where: Where

    def __call__(self, /, **values: object) -> Markup:
        """Return the message, marked; what else the engine hands on fills none."""
        count = None
        if self.counted is not None:
            count = values[self.counted]
            values.setdefault("num", count)
        place = Place(self.where.file, self.line, self.where.is_furniture)
        key = Key(None, self.singular)
        return current_run().message(key, self.plural, count, values, place)


class TextsParser(Parser):
    """The engine's parser, which takes a stretch of messages at once.

    `texts` are what the nodes print; the code looks for them in `environment.texts`.
    """

    def __init__(
        self,
        environment: Environment,
        source: str,
        name: str | None,
        filename: str | None,
    ) -> None:
        super().__init__(environment, source, name, filename)
        self.stream = TokenStream(_gathered(iter(self.stream)), name, filename)
        self.digest: Final = hashlib.blake2s(source.encode(), digest_size=6).hexdigest()
        self.texts: Final[list[Stretch | Question]] = []
        self.where: Final = Where(
            filename or name or "<template>",
            (name or "").startswith(("layouts/", "parts/")),
        )

    def parse_statement(self) -> nodes.Node | list[nodes.Node]:
        """Parse a tag: one of ours, or the engine's."""
        if self.stream.current.type != _TAG:
            return super().parse_statement()
        line = next(self.stream).lineno
        printed: list[nodes.Expr] = []
        while self.stream.current.type != "block_end":
            printed.append(self._printed(next(self.stream)))
        return nodes.Output(printed, lineno=line)

    def _printed(self, token: Token) -> nodes.Expr:
        line, kind, value = token
        if kind == FILLED:
            return self._asking(line, cast("Filled", value))
        if kind == _STRETCH:
            pieces = cast("tuple[Piece, ...]", value)
            return self._kept(line, Stretch(pieces, self.where))
        return nodes.TemplateData(value, lineno=line)

    def _kept(self, line: int, text: Stretch | Question) -> nodes.Expr:
        """Return what gives a text to the code."""
        number = len(self.texts)
        self.texts.append(text)
        name = _Name(f"texts[{self.where.file!r}, {self.digest!r}][{number}]")
        name.told = text
        return nodes.EnvironmentAttribute(name, lineno=line)

    def _asking(self, line: int, message: Filled) -> nodes.Expr:
        """Return the call that asks for a message with values."""
        values: dict[str, nodes.Expr] = {}
        while self.stream.current.type in {"name", "comma"}:
            if values:
                self.stream.expect("comma")
            name = self.stream.expect("name").value
            self.stream.expect("assign")
            values[name] = self.parse_expression()
        count = None if message.plural is None else next(iter(values))
        bodies = (message.singular, message.plural or "")
        for name in (name for body in bodies for name in FIELD.findall(body)):
            if name not in values:
                values[name] = nodes.Name(name, "load", lineno=line)
        singular, plural = (FIELD.sub(r"%(\1)s", _msgid(body)) for body in bodies)
        question = Question(line, singular, plural if count else None, count, self.where)
        filled = [nodes.Keyword(*value, lineno=line) for value in values.items()]
        return nodes.Call(self._kept(line, question), [], filled, None, None, lineno=line)


class _Name(str):
    """How the code names a text, with the text itself for whoever reads the tree."""

    __slots__ = ("told",)
    told: Stretch | Question


_MESSAGE: Final = "message"
_OURS: Final = frozenset({"data", _MESSAGE, FILLED})


def _gathered(tokens: Iterator[Token]) -> Iterator[Token]:
    """Yield the tokens; what stands between two tags of the engine is one of ours."""
    run: list[Token] = []
    last_line = 1
    for token, end_line in _joined(tokens):
        if token.type in _OURS:
            run.append(token)
            last_line = end_line
            continue
        yield from _as_tag(run, last_line)
        run = []
        yield token
    yield from _as_tag(run, last_line)


def _joined(tokens: Iterator[Token]) -> Iterator[tuple[Token, int]]:
    """Yield the tokens, those of each plain message as one, and the line each ends on."""
    for token in tokens:
        if token.type == WORDS:
            end_line = token.lineno + token.value.count("\n")
            yield Token(token.lineno, _MESSAGE, _msgid(token.value)), end_line
            continue
        if token.type == FILLED:
            yield token, cast("Filled", token.value).last_line
            continue
        if token.type != "block_begin":
            yield token, token.lineno
            continue
        taken = [token]
        is_plain = True
        for (kind, tag), following in zip(_AFTER_BEGIN, tokens, strict=False):
            taken.append(following)
            is_plain = following.type == kind and tag in {"", following.value}
            if not is_plain:
                break
        if is_plain and len(taken) > len(_AFTER_BEGIN):
            msgid = _msgid(taken[_WORDS].value)
            yield Token(taken[_NAME].lineno, _MESSAGE, msgid), taken[-1].lineno
            continue
        yield from ((one, one.lineno) for one in taken)
        if taken[_NAME:] and taken[_NAME].value == "trans":
            yield from ((one, one.lineno) for one in _to_end(tokens))


def _to_end(tokens: Iterator[Token]) -> Iterator[Token]:
    """Yield the rest of a message that is not plain, as the engine shall see it."""
    for token in tokens:
        yield token
        if token.type == "name" and token.value == "endtrans":
            return


def _msgid(words: str) -> str:
    """Return the words as the engine would: trimmed, each `%` doubled."""
    return _LINE_BREAK.sub(" ", words.strip()).replace("%", "%%")


def _as_tag(run: list[Token], last_line: int) -> Iterable[Token]:
    """Yield what stands between two tags as a tag, which ends where its last text did.

    The engine takes the line of the last token for the line where a template ends.
    """
    if all(token.type == "data" for token in run):
        yield from run
        return
    line = run[0].lineno
    yield Token(line, "block_begin", "")
    yield Token(line, _TAG, "")
    for is_filled, tokens in groupby(run, lambda token: token.type == FILLED):
        if is_filled:
            for token in tokens:
                yield token
                for kind, value in cast("Filled", token.value).values:
                    yield Token(token.lineno, kind, cast("str", value))
        else:
            yield from _as_stretch(tuple(tokens))
    yield Token(last_line, "block_end", "")


def _as_stretch(tokens: tuple[Token, ...]) -> Iterable[Token]:
    """Return markup and plain messages as one token; markup alone remains what it is."""
    if all(token.type == "data" for token in tokens):
        return tokens
    pieces = tuple((line, text, kind == _MESSAGE) for line, kind, text in tokens)
    return (Token(tokens[0].lineno, _STRETCH, cast("str", pieces)),)


def stretch_of(node: nodes.Node) -> Stretch | None:
    """Return the stretch that a node prints, if it is one."""
    told = _told(node)
    return told if isinstance(told, Stretch) else None


def question_of(node: nodes.Node) -> Question | None:
    """Return what a node asks for, if it calls for a message with values."""
    told = _told(node.node) if isinstance(node, nodes.Call) else None
    return told if isinstance(told, Question) else None


def _told(node: nodes.Node) -> Stretch | Question | None:
    if isinstance(node, nodes.EnvironmentAttribute) and isinstance(node.name, _Name):
        return node.name.told
    return None
