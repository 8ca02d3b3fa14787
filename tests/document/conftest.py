"""Markup as templating writes it, and what parsing it finds."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from handouts.catalog import Key, Lookup, State
from handouts.diagnostics import Sink
from handouts.document import Document, parse

_MESSAGE = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


class Reader:
    """Parses a body in which `[[text]]` is a message and `{kind:text}` a value."""

    def __init__(self) -> None:
        self.sink = Sink()

    def parse(
        self, markup: str, *, lang: str = "en", direction: str = "ltr"
    ) -> Document | None:
        lookups: list[Lookup] = []

        def mark(found: re.Match[str]) -> str:
            lookups.append(_lookup(found[1], lang))
            return f'<m n="{len(lookups) - 1}" t="N">{found[1]}</m>'

        markup = re.sub(r"\{(\w+):([^}]*)\}", r'<v k="\1" t="N">\2</v>', markup)
        markup = _MESSAGE.sub(mark, markup)
        return parse(
            markup,
            lookups,
            nonce="N",
            lang=lang,
            direction=direction,  # type: ignore[arg-type]  # one of the two
            sink=self.sink,
        )

    def body(self, body: str, **options: Any) -> Document:
        document = self.parse(f'<section data-part="body">{body}</section>', **options)
        assert document is not None, self.sink.diagnostics
        return document

    def errors(self, body: str) -> list[tuple[str, int | None]]:
        document = self.parse(f'<section data-part="body">{body}</section>')
        assert (document is None) is self.sink.has_errors
        return [(d.code, d.line) for d in self.sink]


def _lookup(text: str, lang: str) -> Lookup:
    return Lookup(
        key=Key(None, text), plural=None, text=text, arguments=(), state=State.SOURCE,
        lang=lang, furniture=True,
    )  # fmt: skip


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def new_reader() -> Callable[[], Reader]:
    return Reader
