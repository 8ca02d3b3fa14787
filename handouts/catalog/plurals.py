"""gettext's Plural-Forms header → a rule that gives the form for a count.

The expression is C without assignment, over the one variable `n`, an unsigned long
(gettext manual, "Plural forms"). It comes from strangers, so it is parsed here, with
bounds on length and depth, and never evaluated as code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from handouts.catalog.model import PluralRule

__all__ = ["GERMANIC", "parse_plural_forms", "single_count"]

GERMANIC: Final = "nplurals=2; plural=(n != 1);"
"""What gettext takes where a catalog has no Plural-Forms; English, too."""

_Count = Callable[[int], int]

_HEADER: Final = re.compile(r"nplurals\s*=\s*([0-9]{1,3})\s*;\s*plural\s*=(.*)")
_TOKEN: Final = re.compile(
    r"\s*([0-9]{1,9}(?!\d)|n(?!\w)|&&|\|\||[=!<>]=|[-+*/%<>!?:()])"
)
_MAX_FORMS: Final = 10  # Arabic and Welsh, the most known, have 6
_MAX_LENGTH: Final = 1000  # Breton's, the longest known, has 250
_MAX_DEPTH: Final = 50
_MAX_TOKENS: Final = 400  # Breton's has 150; each may add a call to the depth
_ULONG: Final = 2**64
_LEVELS: Final = (
    ("||",),
    ("&&",),
    ("==", "!="),
    ("<", ">", "<=", ">="),
    ("+", "-"),
    ("*", "/", "%"),
)
_OPERATORS: Final[dict[str, Callable[[int, int], int]]] = {
    "==": lambda a, b: int(a == b),
    "!=": lambda a, b: int(a != b),
    "<": lambda a, b: int(a < b),
    ">": lambda a, b: int(a > b),
    "<=": lambda a, b: int(a <= b),
    ">=": lambda a, b: int(a >= b),
    "+": lambda a, b: (a + b) % _ULONG,
    "-": lambda a, b: (a - b) % _ULONG,
    "*": lambda a, b: (a * b) % _ULONG,
    "/": lambda a, b: a // b,
    "%": lambda a, b: a % b,
}
_PROBES: Final = (*range(1001), 1_000_000, 1_000_001, 2_000_000, 10**9)
"""Counts that every rule is tried on: gettext's msgfmt tries 0 to 1000."""


@lru_cache(maxsize=256)
def parse_plural_forms(header: str) -> PluralRule:
    """Return the rule that `header`, such as `nplurals=2; plural=(n != 1);`, states.

    Raises:
        ValueError: the header is not of that form, or gives a count no form or a form
            that is not there; the text says which.
    """
    match = _HEADER.fullmatch(header.strip()) if len(header) <= _MAX_LENGTH else None
    expression = match[2].strip().removesuffix(";").rstrip() if match else ""
    if match is None or not expression:
        raise ValueError("it is not of the form `nplurals=N; plural=EXPRESSION;`")
    count = int(match[1])
    if not 1 <= count <= _MAX_FORMS:
        raise ValueError(f"nplurals is {count}, which is not from 1 to {_MAX_FORMS}")
    rule = _Parser(expression).expression()
    _probe(rule, count)
    return PluralRule(count=count, index=_within(rule, count), header=header)


@lru_cache(maxsize=256)
def single_count(header: str, form: int) -> int | None:
    """Return the only count that takes `form`, or None if several do, or none."""
    rule = parse_plural_forms(header)
    found: int | None = None
    for count in _PROBES:
        if rule.index(count) == form:
            if found is not None:
                return None
            found = count
    return found


def _within(rule: _Count, count: int) -> _Count:
    """Return `rule` with gettext's way out, form 0, for counts that were not probed."""

    def index(n: int) -> int:
        try:
            form = rule(abs(n))
        except ZeroDivisionError:
            return 0
        return form if form < count else 0

    return index


def _probe(rule: _Count, count: int) -> None:
    for number in _PROBES:
        try:
            form = rule(number)
        except ZeroDivisionError:
            raise ValueError(f"it divides by zero for n = {number}") from None
        if form >= count:
            raise ValueError(f"n = {number} takes form {form}, but nplurals is {count}")


class _Parser:
    """Recursive descent over one expression; depth and length are bounded."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._next = 0
        self._depth = 0

    def expression(self) -> _Count:
        """Parse all of it."""
        parsed = self._ternary()
        if self._next < len(self._tokens):
            raise ValueError(f"unexpected `{self._tokens[self._next]}`")
        return parsed

    def _peek(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _take(self, *wanted: str) -> str:
        token = self._peek()
        if not token or token not in wanted:
            return ""
        self._next += 1
        return token

    def _need(self, wanted: str) -> None:
        if not self._take(wanted):
            raise ValueError(f"`{wanted}` is missing")

    def _ternary(self) -> _Count:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ValueError(f"it nests deeper than {_MAX_DEPTH} levels")
        test = self._binary(0)
        if self._take("?"):
            yes = self._ternary()
            self._need(":")
            test = _choice(test, yes, self._ternary())
        self._depth -= 1
        return test

    def _binary(self, level: int) -> _Count:
        if level == len(_LEVELS):
            return self._unary()
        left = self._binary(level + 1)
        while operator := self._take(*_LEVELS[level]):
            left = _joined(operator, left, self._binary(level + 1))
        return left

    def _unary(self) -> _Count:
        negations = 0
        while self._take("!"):
            negations += 1
        operand = self._operand()
        for _ in range(min(negations, 2 + negations % 2)):
            operand = _negation(operand)
        return operand

    def _operand(self) -> _Count:
        if self._take("("):
            inner = self._ternary()
            self._need(")")
            return inner
        if self._take("n"):
            return lambda n: n
        found = self._peek()
        if not found.isdecimal():
            raise ValueError(f"unexpected `{found}`" if found else "it ends too early")
        self._next += 1
        number = int(found)
        return lambda _: number


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"unexpected `{text[at:].strip()[:20]}`")
        tokens.append(match[1])
        at = match.end()
    if len(tokens) > _MAX_TOKENS:
        raise ValueError(f"it has more than {_MAX_TOKENS} parts")
    return tokens


def _choice(test: _Count, yes: _Count, no: _Count) -> _Count:
    return lambda n: yes(n) if test(n) else no(n)


def _negation(operand: _Count) -> _Count:
    return lambda n: int(not operand(n))


def _joined(operator: str, left: _Count, right: _Count) -> _Count:
    if operator == "||":
        return lambda n: int(bool(left(n) or right(n)))
    if operator == "&&":
        return lambda n: int(bool(left(n) and right(n)))
    apply = _OPERATORS[operator]
    return lambda n: apply(left(n), right(n))
