"""Adds to every start tag in a template where it stands: ` data-src="file:line"`.

So an error found in the expanded markup names the template's line. The text inside
`{% trans %}` is left alone: it is the msgid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import escape

__all__ = ["SourceLines"]

_OPENING: Final = re.compile(r"<!--|<[A-Za-z][A-Za-z0-9:-]*")
_IN_TAG: Final = re.compile(r"[\"'>]")
_COMMENT_END: Final = "-->"


class SourceLines(Extension):
    """Numbers the start tags as the template's tokens go by."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens, template text with numbered tags."""
        marker = _Marker(stream.filename or stream.name or "")
        in_trans = after_block_begin = False
        for token in stream:
            if token.type == "data" and not in_trans:
                yield Token(token.lineno, "data", marker.mark(token.value, token.lineno))
                continue
            if after_block_begin and token.type == "name":
                in_trans = token.value in {"trans", "pluralize"}
            after_block_begin = token.type == "block_begin"
            yield token


class _Marker:
    """Follows markup over pieces of text that template code stands between."""

    def __init__(self, file: str) -> None:
        self._file = escape(file)
        # What ends the state we are in: None in text, else what closes the comment
        # or the attribute's value, or ">" inside a tag.
        self._until: str | None = None

    def mark(self, text: str, line: int) -> str:
        """Return `text` with its start tags numbered; it begins on `line`."""
        pieces: list[str] = []
        done = 0
        for position in self._tag_name_ends(text):
            at = line + text.count("\n", 0, position)
            pieces += [text[done:position], f' data-src="{self._file}:{at}"']
            done = position
        return "".join((*pieces, text[done:]))

    def _tag_name_ends(self, text: str) -> Iterator[int]:
        position = 0
        while position < len(text):
            if self._until is None:
                found = _OPENING.search(text, position)
                if found is None:
                    return
                position = found.end()
                if found[0] == "<!--":
                    self._until = _COMMENT_END
                else:
                    self._until = ">"
                    yield position
            else:
                position = self._leave(text, position)

    def _leave(self, text: str, position: int) -> int:
        """Go on to the end of the comment, value or tag; return where that is."""
        if self._until == ">":
            found = _IN_TAG.search(text, position)
            if found is None:
                return len(text)
            self._until = None if found[0] == ">" else found[0]
            return found.end()
        assert self._until is not None
        end = text.find(self._until, position)
        if end < 0:
            return len(text)
        end += len(self._until)
        self._until = None if self._until == _COMMENT_END else ">"
        return end
