"""A template's text → the engine's tokens, with each simple message as one.

The engine takes a message apart into a dozen tokens or two, one pattern after the other,
and most of a handout is messages. Here those are found first, and the engine's lexer
sees what stands between them. Where a template is not as simple as that (a dash strips
space, there is a raw block or a mistake), the engine sees all of it, and says what is
wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple, cast

from jinja2 import Environment, TemplateSyntaxError
from jinja2.lexer import Lexer

__all__ = ["FIELD", "FILLED", "WORDS", "Filled", "QuickLexer"]

WORDS: Final = "words"
"""Type of the token that is a message of nothing but words, which are its value."""
FILLED: Final = "filled"
"""Type of the token that is a message with values; its value is a `Filled`."""

_Lexed = tuple[int, str, str]

_NAME: Final = "[A-Za-z_][A-Za-z0-9_]*"
_OPERATORS: Final = r"(?!(?:and|else|if|in|is|not|or)\b)"
_VALUE: Final = rf"{_OPERATORS}(?:{_NAME}(?:\.{_NAME})*|0|[1-9][0-9]*)(?:\|{_NAME})*"
_VALUES: Final = rf"{_NAME}={_VALUE}(?:,[ ]*{_NAME}={_VALUE})*"
_BODY: Final = rf"[^{{]*(?:\{{\{{[ ]*{_NAME}[ ]*\}}\}}[^{{]*)*"
# What stands in a tag whose end cannot be mistaken: strings and brackets in pairs.
_STRING: Final = r"""\"(?:[^"\\{}%]|\\[^{}%])*\"|'(?:[^'\\{}%]|\\[^{}%])*'"""
_IN_BRACKETS: Final = rf"""(?:[^"'{{}}%()\[\]]|{_STRING})*"""
_IN_TAG: Final = (
    rf"""(?:[^"'{{}}%()\[\]]|{_STRING}|\({_IN_BRACKETS}\)|\[{_IN_BRACKETS}\])*"""
)
_PART: Final = re.compile(
    rf"""
    (?P<data> [^{{]+ )
  | \{{%[ ]*trans[ ]*%\}} (?P<words> [^{{]+ ) \{{%[ ]*endtrans[ ]*%\}}
  | \{{%[ ]*trans[ ]+ (?P<values> {_VALUES} ) [ ]*%\}}
    (?P<singular> {_BODY} ) (?: \{{%[ ]*pluralize[ ]*%\}} (?P<plural> {_BODY} ) )?
    (?P<filled> \{{%[ ]*endtrans[ ]*%\}} )
  | (?P<tag> \{{%(?![-+]|\s*raw\b) \s* (?P<name> \w* ) {_IN_TAG} (?<![-+])%\}} )
  | (?P<variable> \{{\{{(?![-+]) {_IN_TAG} (?<![-+])\}}\}} )
  | (?P<comment> \{{\#(?![-+]) (?: [^\#] | \#(?!\}}) )* (?<![-+])\#\}} )
    """,
    re.VERBOSE,
)
FIELD: Final = re.compile(rf"\{{\{{[ ]*({_NAME})[ ]*\}}\}}")
"""A value's place in a message."""


class Filled(NamedTuple):
    """A message with values: their tokens (type and value), its text, where it ends."""

    values: tuple[tuple[str, object], ...]
    singular: str
    plural: str | None
    last_line: int


class _NotSimpleError(Exception):
    """A template that the engine must see as a whole."""


class QuickLexer(Lexer):
    """The engine's lexer, which finds simple messages at once."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        assert not environment.trim_blocks
        assert not environment.lstrip_blocks
        assert not environment.keep_trailing_newline

    def tokeniter(
        self,
        source: str,
        name: str | None,
        filename: str | None = None,
        state: str | None = None,
    ) -> Iterator[_Lexed]:
        """Yield (line, type, text) of each token; of a message, see `WORDS`, `FILLED`."""
        if state is None and "\r" not in source:
            try:
                return iter(list(self._quickly(source.removesuffix("\n"))))
            except (_NotSimpleError, TemplateSyntaxError):
                pass  # the engine finds it as well, or finds none
        return super().tokeniter(source, name, filename, state)

    def _quickly(self, source: str) -> Iterator[_Lexed]:
        line, at = 1, 0
        while at < len(source):
            part = _part(source, at)
            end = part.end()
            match part.lastgroup:
                case "data":
                    yield line, "data", part[0]
                case "words":
                    yield line, WORDS, part["words"]
                case "filled":
                    yield line, FILLED, cast("str", self._filled(part, line))
                case _:
                    end = _end(source, part)
                    yield from self._by_engine(source[at:end], line)
            line += source.count("\n", at, end)
            at = end

    def _by_engine(self, source: str, line: int) -> Iterator[_Lexed]:
        """Yield the engine's tokens of whole tags, the first of which is on `line`."""
        for at, kind, text in super().tokeniter(source, None):
            yield at + line - 1, kind, text

    def _filled(self, part: re.Match[str], line: int) -> Filled:
        return Filled(
            self._values(part["values"]),
            part["singular"],
            part["plural"],
            line + part[0].count("\n"),
        )

    @lru_cache(maxsize=1024)  # noqa: B019  # there is one lexer for all templates
    def _values(self, source: str) -> tuple[tuple[str, object], ...]:
        """Return the engine's tokens of a message's values, which many have alike."""
        lexed = super().tokeniter(source, None, None, "block")
        tokens = tuple((token.type, token.value) for token in self.wrap(lexed))
        names = [a for (_, a), (b, _) in pairwise(tokens) if b == "assign"]
        if len({*names}) < len(names):
            raise _NotSimpleError
        return tokens


def _part(source: str, at: int) -> re.Match[str]:
    found = _PART.match(source, at)
    if found is None:
        raise _NotSimpleError
    return found


def _end(source: str, tag: re.Match[str]) -> int:
    """Return where a tag ends; that of a message ends with the message.

    What looks like a message within another is none: the engine refuses it.
    """
    part, is_over = tag, tag["name"] != "trans"
    while not is_over:
        part = _part(source, part.end())
        is_over = part.lastgroup in {WORDS, FILLED} or part["name"] == "endtrans"
    return part.end()
