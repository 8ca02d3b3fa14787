"""Claims that a leaflet must not make: safe, proven, cures, resets, guaranteed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from handouts.checks.check import Finding, Subject
from handouts.checks.folding import sentences
from handouts.checks.lexicon import ENGLISH, Lexicon, lexicon
from handouts.diagnostics import Severity

__all__ = ["PromotionalClaim", "claims_of"]

_QUESTION: Final = ("?", "\u061f", "\u037e")


class PromotionalClaim:
    """The translation promises what the source does not."""

    code: Final = "promotional-claim"
    severity: Final = Severity.ERROR
    statement: Final = "the translation makes a claim that the source does not make"
    exemptable: Final = True

    def applies(self, subject: Subject) -> bool:
        """True if the English claims nothing and the language has a list."""
        return lexicon(subject.language.language) is not None and not any(
            _speaks_of_it(s.plain) for form in subject.forms for s in form.sources
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each claim; questions and denials are none."""
        own = lexicon(subject.language.language)
        if own is None:
            return
        claiming = [form for form in subject.forms if own.may_claim(form.text.plain)]
        for form in claiming if claiming and self.applies(subject) else ():
            for claim in claims_of(form.text.plain, own):
                yield Finding(
                    form.index, 0, 0,
                    f"translation claims `{claim}`, which the source does not",
                    "say no more than the msgid says",
                )  # fmt: skip


@lru_cache(maxsize=4096)
def claims_of(text: str, own: Lexicon) -> tuple[str, ...]:
    """Return the claims of a plain text, those in questions and denials left out."""
    return tuple(
        match[0]
        for sentence in sentences(text)
        if not _asks(sentence, own)
        for match in own.claims(sentence)
        if not _is_denied(sentence, match.start(), match.end(), own)
    )


@lru_cache(maxsize=4096)
def _speaks_of_it(text: str) -> bool:
    """True if the English claims something, or says plainly that nerves heal."""
    return bool(claims_of(text, ENGLISH)) or any(
        ENGLISH.says(sentence, "claim") and not ENGLISH.says(sentence, "negation")
        for sentence in sentences(text)
        if not _asks(sentence, ENGLISH)
    )


def _asks(sentence: str, own: Lexicon) -> bool:
    marked = any(mark in sentence for mark in _QUESTION)
    return marked or own.says(sentence, "question")


def _is_denied(sentence: str, start: int, end: int, own: Lexicon) -> bool:
    """True if the rest of the sentence negates; "no side effects" denies itself."""
    rest = f"{sentence[:start]} {sentence[end:]}"
    if own is ENGLISH:
        return own.says(rest, "negation")
    return own.says(rest, "negation", "negative", "without")
