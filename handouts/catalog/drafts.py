"""Entries on their way into a PO file, and how each is written.

The layout is that of `msgcat --no-wrap`. polib, which would write the same, takes twice
as long, and loses a bare `#`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import polib

__all__ = ["Draft"]

_REFERENCE_WIDTH: Final = 79  # gettext's page width, for references without any wrap too
_CONTEXT, _MSGID, _PLURAL, _MSGSTR = "msgctxt", "msgid", "msgid_plural", "msgstr"


@dataclass(slots=True, kw_only=True)
class Draft:
    """One entry; `msgstrs` has one text, or one for each form if there is a plural.

    `previous` is msgctxt, msgid and msgid_plural of `#|` lines.
    """

    context: str | None = None
    msgid: str
    plural: str | None = None
    msgstrs: tuple[str, ...]
    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[tuple[str, int], ...] = ()
    flags: list[str] = field(default_factory=list)
    previous: tuple[str | None, str | None, str | None] = (None, None, None)
    obsolete: bool = False

    @property
    def translated(self) -> bool:
        """True if any form has text."""
        return any(self.msgstrs)

    @property
    def text(self) -> str:
        """The entry as it stands in the file, with the end of its last line."""
        return "\n".join((*self._notes(), *self._strings(), ""))

    def _notes(self) -> Iterator[str]:
        yield from _comment("#", self.comments)
        if not self.obsolete:
            yield from _comment("#.", self.extracted)
            shown = " ".join(f"{file}:{line}" for file, line in self.references)
            yield from _wrapped(shown.split())
        if self.flags:
            yield f"#, {', '.join(self.flags)}"
        prefix = "#~| " if self.obsolete else "#| "
        names = (_CONTEXT, _MSGID, _PLURAL)
        for name, text in zip(names, self.previous, strict=True):
            if text is not None:
                yield from _string(prefix, name, text)

    def _strings(self) -> Iterator[str]:
        prefix = "#~ " if self.obsolete else ""
        if self.context is not None:
            yield from _string(prefix, _CONTEXT, self.context)
        yield from _string(prefix, _MSGID, self.msgid)
        if self.plural is None:
            yield from _string(prefix, _MSGSTR, self.msgstrs[0])
        else:
            yield from _string(prefix, _PLURAL, self.plural)
            for form, text in enumerate(self.msgstrs):
                yield from _string(prefix, f"{_MSGSTR}[{form}]", text)


def _comment(mark: str, lines: Iterable[str]) -> Iterator[str]:
    return (f"{mark} {line}" if line else mark for line in lines)


def _string(prefix: str, name: str, text: str) -> Iterator[str]:
    """Yield the lines of one string: several lines of text begin below the name."""
    lines = text.splitlines(keepends=True)
    if len(lines) > 1:
        yield f'{prefix}{name} ""'
        for line in lines:
            yield f'{prefix}"{polib.escape(line)}"'
    else:
        yield f'{prefix}{name} "{polib.escape(text)}"'


def _wrapped(references: Iterable[str]) -> Iterator[str]:
    line = ""
    for reference in references:
        if line and len(line) + 1 + len(reference) > _REFERENCE_WIDTH:
            yield line
            line = ""
        line = f"{line or '#:'} {reference}"
    if line:
        yield line
