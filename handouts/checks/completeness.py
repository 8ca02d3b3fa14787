"""What is left out, and what is left in English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from handouts.checks.check import Finding, Form, Subject
from handouts.checks.contacts import addresses
from handouts.checks.lexicon import lexicon
from handouts.checks.signs import SENTENCES
from handouts.checks.text import FILLER, Parsed
from handouts.diagnostics import Severity

__all__ = ["DroppedSentence", "EnglishLeft", "ShortTranslation"]

_LONG: Final = 40  # characters of English; the length of less says little
_FEWER: Final = 0.72  # of the usual length: one of two sentences may be missing
_FEWER_OF_MANY: Final = 0.8  # one of three weighs less, and few translators join them
_MANY: Final = 3
_SHORT: Final = 0.42  # of the usual length: half the text may be missing
_LATIN_WORD: Final = re.compile(r"(?<![-\w])[A-Za-z][A-Za-z'’]*(?![-\w])")
_LETTERS: Final = re.compile("[a-z]+")
_RUN: Final = re.compile(
    r"(?<![A-Za-z'’])[A-Za-z][A-Za-z'’]*(?:[ ,]+[A-Za-z][A-Za-z'’]*)+"
)
# English words that no name begins with and no other language's text needs.
_FUNCTION_WORDS: Final = frozenset(
    [
        "the",
        "and",
        "not",
        "with",
        "for",
        "you",
        "your",
        "this",
        "that",
        "have",
        "has",
        "are",
        "was",
        "were",
        "will",
        "would",
        "should",
        "must",
        "from",
        "than",
        "when",
        "what",
        "which",
        "who",
        "how",
        "why",
        "before",
        "after",
        "until",
        "unless",
        "never",
        "always",
        "they",
        "them",
        "their",
        "our",
        "any",
        "some",
        "more",
        "less",
        "only",
        "because",
        "without",
        "within",
    ]
)
_COMMON_WORDS: Final = _FUNCTION_WORDS | frozenset(
    [
        "do",
        "don't",
        "stop",
        "take",
        "call",
        "drive",
        "drink",
        "wait",
        "hours",
        "hour",
        "days",
        "day",
        "weeks",
        "months",
        "medicine",
        "pain",
        "doctor",
        "help",
        "if",
        "or",
        "is",
        "it",
        "in",
        "of",
        "on",
        "to",
        "at",
        "as",
        "by",
        "be",
        "can",
        "may",
        "no",
        "an",
        "us",
        "we",
        "once",
        "twice",
        "least",
        "most",
        "daily",
        "emergency",
        "clinic",
        "hospital",
    ]
)
_RUN_WORDS: Final = 3  # so many English words of the source one after the other


class DroppedSentence:
    """The source has two sentences, the translation one, and is short."""

    code: Final = "dropped-sentence"
    severity: Final = Severity.ERROR
    statement: Final = "the translation has fewer sentences than the source, and is short"
    exemptable: Final = True
    signs: Final = frozenset({SENTENCES})

    def applies(self, subject: Subject) -> bool:
        """True if the English has several sentences."""
        own = lexicon(subject.language.language)
        return (own is not None and own.lists.stops) and any(
            len(form.sources[0].sentences) > 1 for form in subject.forms
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form from which a sentence seems to be missing."""
        if not self.applies(subject):
            return
        for form in subject.forms:
            ours = min(len(source.sentences) for source in form.sources)
            theirs = len(form.text.sentences)
            least = _FEWER_OF_MANY if ours >= _MANY else _FEWER
            if 0 < theirs < ours and _share(form, subject) < least:
                yield Finding(
                    form.index, 0, 0,
                    f"translation has {theirs} sentence{'s' if theirs > 1 else ''}, "
                    f"the source {ours}",
                    f"translate every sentence of the msgid in the {form.name}",
                )  # fmt: skip


class ShortTranslation:
    """The translation is less than half as long as translations are."""

    code: Final = "short-translation"
    severity: Final = Severity.ERROR
    statement: Final = "the translation is much shorter than the source"
    exemptable: Final = True

    def applies(self, subject: Subject) -> bool:
        """True if the English is long enough to compare."""
        return lexicon(subject.language.language) is not None and any(
            len(form.sources[0].plain) >= _LONG for form in subject.forms
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form that is far too short."""
        for form in subject.forms:
            source = min(len(source.plain) for source in form.sources)
            if source < _LONG or not form.text.bare:
                continue
            share = _share(form, subject)
            if share < _SHORT:
                yield Finding(
                    form.index, 0, 0,
                    f"translation has {share:.0%} of the length that is usual",
                    f"translate all of the msgid in the {form.name}",
                )  # fmt: skip


class EnglishLeft:
    """Part of the text is still English."""

    code: Final = "english-left"
    severity: Final = Severity.ERROR
    statement: Final = "a part of the translation is English"
    exemptable: Final = True

    def applies(self, subject: Subject) -> bool:
        """True for any translation into another language."""
        return subject.language.language != "en"

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each run of English words of the source, names apart."""
        if not self.applies(subject):
            return
        latin = subject.language.script == "Latn"
        for form in subject.forms:
            if form.is_english:
                continue  # another check's
            text = form.text.visible
            if latin and not _has_small_word(text, form.sources):
                continue
            words = {word for source in form.sources for word in _words(source)}
            for term in (*subject.keep, *addresses(text)):
                text = text.replace(term, FILLER * len(term))
            found = _runs(text, words) if latin else _strays(text, words)
            for start, end in found:
                yield Finding(
                    form.index, start, end - start,
                    f"`{text[start:end]}` is English", "translate it",
                )  # fmt: skip


def _share(form: Form, subject: Subject) -> float:
    """Return the form's length as a part of what is usual in the language."""
    own = lexicon(subject.language.language)
    usual = own.lists.length if own else 1.0
    source = min(len(source.plain) for source in form.sources)
    return len(form.text.plain) / (source * usual) if source else 1.0


@lru_cache(maxsize=4096)
def _words(source: Parsed) -> frozenset[str]:
    """Return the words of the English, in lower case."""
    raw = source.raw
    if source.is_common and raw.isascii() and "'" not in raw and "-" not in raw:
        return source.words  # where nothing but letters makes a word
    return frozenset(match[0].lower() for match in _LATIN_WORD.finditer(source.visible))


def _strays(text: str, source: frozenset[str] | set[str]) -> Iterator[tuple[int, int]]:
    """Yield common English words of the source in a text of another script."""
    for match in _LATIN_WORD.finditer(text):
        word = match[0].lower()
        if word in _COMMON_WORDS and word in source and not match[0].isupper():
            yield match.span()


def _has_small_word(text: str, sources: Iterable[Parsed]) -> bool:
    """True if `text` may have a small word of the English."""
    text = text.lower()
    found = {word for one in sources for word in _small_words(one) if word in text}
    return bool(found) and not found.isdisjoint(_LETTERS.findall(text))


@lru_cache(maxsize=4096)
def _small_words(source: Parsed) -> frozenset[str]:
    """Return the small words that the English has."""
    return _words(source) & _FUNCTION_WORDS


def _runs(text: str, source: frozenset[str] | set[str]) -> Iterator[tuple[int, int]]:
    """Yield runs of the source's words, one of them a small word of English alone."""
    for match in _RUN.finditer(text):
        run: list[re.Match[str]] = []
        for word in _LATIN_WORD.finditer(text, match.start(), match.end()):
            if word[0].lower() in source:
                run.append(word)
                continue
            yield from _english(run)
            run = []
        yield from _english(run)


def _english(run: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    small = any(word[0].lower() in _FUNCTION_WORDS for word in run)
    if len(run) >= _RUN_WORDS and small:
        yield run[0].start(), run[-1].end()
