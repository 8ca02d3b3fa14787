"""The look of a translation as a whole: space round it, brackets, left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from handouts.checks.check import Finding, Subject, fewest
from handouts.checks.signs import OUTER_SPACE, UNUSUAL
from handouts.checks.text import FILLER, Parsed
from handouts.diagnostics import Severity

__all__ = ["IdenticalToSource", "OuterSpace", "UnpairedBracket"]

_WORD: Final = re.compile(r"[^\W\d_]+")
_INITIALS_MAX: Final = 6  # `NMDA`, `CYP`, `WHO`: no language translates them
_PAIRS: Final = {
    ")": "(", "]": "[", "}": "{", "\uff09": "\uff08", "\uff3d": "\uff3b",
    "\u300d": "\u300c", "\u300f": "\u300e", "\u3011": "\u3010", "\u300b": "\u300a",
    "\u3009": "\u3008",
}  # fmt: skip
_BRACKETS: Final = re.compile(f"[{re.escape(''.join((*_PAIRS, *_PAIRS.values())))}]")
_WIDE: Final = str.maketrans("\uff08\uff09\uff3b\uff3d", "()[]")


class OuterSpace:
    """Space before or after the text, where the source has none, or the reverse."""

    code: Final = "outer-space"
    severity: Final = Severity.WARNING
    statement: Final = "the space before or after the text differs from the source's"
    exemptable: Final = True
    signs: Final = frozenset({OUTER_SPACE})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield one finding for each end that differs."""
        for form in subject.forms:
            if not form.text.bare:
                continue
            for end, offset, length in fewest(form, _ends_that_differ):
                yield Finding(
                    form.index, offset, length,
                    f"the space at the {end} of the translation differs from the source",
                    f"make the {end} of the {form.name} like that of the msgid",
                )  # fmt: skip


class UnpairedBracket:
    """A bracket without its pair."""

    code: Final = "unpaired-bracket"
    severity: Final = Severity.WARNING
    statement: Final = "a bracket of the translation has no pair"
    exemptable: Final = True
    signs: Final = frozenset({UNUSUAL})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each bracket that has no pair, if all of the source's have."""
        for form in subject.forms:
            alone = _unpaired(form.text.visible)
            if alone and any(not _unpaired(s.visible) for s in form.sources):
                for match in alone:
                    yield Finding(
                        form.index, match.start(), 1,
                        f"`{match[0]}` has no pair", "add the other one, or delete it",
                    )  # fmt: skip


class IdenticalToSource:
    """The English text, word for word."""

    code: Final = "identical-to-source"
    severity: Final = Severity.WARNING
    statement: Final = "the translation is the English text"
    exemptable: Final = True

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield one finding for each form that is English with words in it."""
        if subject.language.language == "en":
            return
        for form in subject.forms:
            if form.is_english and _has_words(form.text.visible, subject.keep):
                yield Finding(
                    form.index, 0, 0, "translation is the same as the English",
                    "translate it, or write `# handouts: allow identical-to-source: "
                    "the reason` above it",
                )  # fmt: skip


def _ends_that_differ(source: Parsed, text: Parsed) -> list[tuple[str, int, int]]:
    found = []
    theirs, ours = source.raw, text.raw
    start, end = (len(ours) - len(cut) for cut in (ours.lstrip(), ours.rstrip()))
    if bool(start) != (theirs != theirs.lstrip()):
        found.append(("start", 0, max(start, 1)))
    if bool(end) != (theirs != theirs.rstrip()):
        length = max(end, 1)
        found.append(("end", len(ours) - length, length))
    return found


def _unpaired(text: str) -> list[re.Match[str]]:
    alone: list[re.Match[str]] = []
    opened: list[re.Match[str]] = []
    for match in _BRACKETS.finditer(text.translate(_WIDE)):
        if match[0] not in _PAIRS:
            opened.append(match)
        elif opened and opened[-1][0] == _PAIRS[match[0]]:
            opened.pop()
        else:
            alone.append(match)
    return sorted(alone + opened, key=lambda match: match.start())


def _has_words(visible: str, keep: frozenset[str]) -> bool:
    text = visible.replace(FILLER, " ")
    for term in sorted(keep, key=len, reverse=True):
        text = text.replace(term, " ")
    return any(
        not (word.isupper() and len(word) <= _INITIALS_MAX) and len(word) > 1
        for word in _WORD.findall(text)
    )
