"""Plain messages and the markup between them, as one constant of a template's tree.

Most messages of a handout are `{% trans %}` blocks with nothing but words in them. The
engine makes some ten nodes of each and walks over all of them several times; here a
stretch of such messages is one call, whatever their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final, cast

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.parser import Parser
from markupsafe import Markup

from handouts.catalog.model import Key
from handouts.templating.lexing import FIELD, FILLED, WORDS, Filled
from handouts.templating.run import Place, current_run

__all__ = [
    "Piece",
    "Question",
    "Texts",
    "ask_text",
    "pieces_of",
    "print_texts",
    "question_of",
]

Piece = tuple[int, str, bool]
"""A line, and what stands there: the msgid of a message (True), or markup."""

Question = tuple[int, str, str | None, str | None]
"""A line, the msgid and msgid_plural that stand there, and the value that counts."""

_TAG: Final = "plain texts"  # with a space: no template can say it
_FILLED_TAG: Final = "filled text"
_PRINTER: Final = "print_texts"
_ASKER: Final = "ask_text"
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
_NO_ARGUMENTS: Final = MappingProxyType[str, object]({})


class Texts(Extension):
    """Gathers plain messages as the template's tokens go by, and makes nodes of them."""

    tags = {_TAG, _FILLED_TAG}  # noqa: RUF012  # the engine's seam
    priority = 200  # after whatever changes the markup

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens; each stretch of markup and plain messages is a tag."""
        return _gathered(iter(stream))

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the call that prints a stretch, or that asks for a message."""
        line, _, tag = next(parser.stream)
        if tag == _FILLED_TAG:
            return self._asking(parser, line)
        pieces = nodes.Const(next(parser.stream).value)
        printer = nodes.EnvironmentAttribute(_PRINTER)
        call = nodes.Call(printer, [pieces], [], None, None)
        return nodes.Output([call]).set_lineno(line)

    def _asking(self, parser: Parser, line: int) -> nodes.Node:
        """Return the call that asks for a message with values."""
        message = cast("Filled", next(parser.stream).value)
        values: dict[str, nodes.Expr] = {}
        while parser.stream.current.type != "block_end":
            if values:
                parser.stream.expect("comma")
            name = parser.stream.expect("name").value
            parser.stream.expect("assign")
            values[name] = parser.parse_expression()
        count = None if message.plural is None else next(iter(values))
        bodies = (message.singular, message.plural or "")
        for name in (name for body in bodies for name in FIELD.findall(body)):
            values.setdefault(name, nodes.Name(name, "load"))
        singular, plural = (FIELD.sub(r"%(\1)s", _msgid(body)) for body in bodies)
        question = nodes.Const((line, singular, plural if count else None, count))
        filled = [nodes.Keyword(name, value) for name, value in values.items()]
        asker = nodes.EnvironmentAttribute(_ASKER)
        call = nodes.Call(asker, [question], filled, None, None)
        return nodes.Output([call]).set_lineno(line)


def _gathered(tokens: Iterator[Token]) -> Iterator[Token]:
    stretch: list[Token] = []
    last_line = 1
    for token, end_line in _joined(tokens):
        if token.type in {"data", "message"}:
            stretch.append(token)
            last_line = end_line
            continue
        yield from _as_tag(stretch, last_line)
        stretch = []
        if token.type == FILLED:
            yield from _filled_tag(token)
        else:
            yield token
    yield from _as_tag(stretch, last_line)


def _joined(tokens: Iterator[Token]) -> Iterator[tuple[Token, int]]:
    """Yield the tokens, those of each plain message as one, and the line each ends on."""
    for token in tokens:
        if token.type == WORDS:
            end_line = token.lineno + token.value.count("\n")
            yield Token(token.lineno, "message", _msgid(token.value)), end_line
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
            yield Token(taken[_NAME].lineno, "message", msgid), taken[-1].lineno
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


def _filled_tag(token: Token) -> Iterator[Token]:
    """Yield a message with values as a tag, which ends where the message does."""
    message = cast("Filled", token.value)
    yield Token(token.lineno, "block_begin", "")
    yield Token(token.lineno, "name", _FILLED_TAG)
    yield token
    for kind, value in message.values:
        yield Token(token.lineno, kind, cast("str", value))
    yield Token(message.last_line, "block_end", "")


def _msgid(words: str) -> str:
    """Return the words as the engine would: trimmed, each `%` doubled."""
    return _LINE_BREAK.sub(" ", words.strip()).replace("%", "%%")


def _as_tag(stretch: Iterable[Token], last_line: int) -> Iterable[Token]:
    """Return a stretch as a tag, which ends where its last message did.

    The engine takes the line of the last token for the line where a template ends.
    """
    pieces = tuple((line, text, kind == "message") for line, kind, text in stretch)
    if not any(is_message for _, _, is_message in pieces):
        return stretch
    line = pieces[0][0]
    return (
        Token(line, "block_begin", ""),
        Token(line, "name", _TAG),
        Token(line, "texts", cast("str", pieces)),  # only `parse` looks at it
        Token(last_line, "block_end", ""),
    )


def pieces_of(node: nodes.Node) -> tuple[Piece, ...]:
    """Return what a node prints of plain messages and the markup between them."""
    return cast("tuple[Piece, ...]", _told(node, _PRINTER) or ())


def question_of(node: nodes.Node) -> Question | None:
    """Return what a node asks for, if it is a message with values."""
    return cast("Question | None", _told(node, _ASKER))


def _told(node: nodes.Node, function: str) -> object:
    """Return the constant that a call tells a function of ours; None: it is no such."""
    if (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.EnvironmentAttribute)
        and node.node.name == function
    ):
        told = node.args[0]
        assert isinstance(told, nodes.Const)
        return told.value
    return None


def print_texts(
    pieces: Iterable[Piece],
    file: str,
    is_furniture: bool,
    /,
    **engine: object,
) -> Markup:
    """Return a stretch as it is printed: markup, and its messages marked."""
    del engine  # the variables of loop and block, which the engine hands on
    message = current_run().message
    printed = (
        message(
            Key(None, text), None, None, _NO_ARGUMENTS, Place(file, line, is_furniture)
        )
        if is_message
        else text
        for line, text, is_message in pieces
    )
    return Markup("".join(printed))  # noqa: S704  # the template's markup, vetted messages


def ask_text(
    question: Question,
    file: str,
    is_furniture: bool,
    /,
    **values: object,
) -> Markup:
    """Return a message with values, marked; what else the engine hands on fills none."""
    line, singular, plural, counted = question
    count = None
    if counted is not None:
        count = values[counted]
        values.setdefault("num", count)
    place = Place(file, line, is_furniture)
    return current_run().message(Key(None, singular), plural, count, values, place)
