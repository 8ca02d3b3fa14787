"""What weighs a sentence: how often it denies, what it stresses, how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from handouts.checks.check import Finding, Form, Subject
from handouts.checks.instructions import commands, is_hardly
from handouts.checks.lexicon import ENGLISH, Lexicon, lexicon
from handouts.checks.signs import TAGS
from handouts.checks.text import Kind, Parsed, parse
from handouts.diagnostics import Severity

__all__ = [
    "AddedPossibility",
    "DroppedPossibility",
    "FewerNegations",
    "StrongOffNegation",
]

_DENIALS: Final = ("negation", "negative", "forbidden", "without", "unless", "avoid")
_AND_NO: Final = re.compile(r"(?<!\w)(no [a-z]+),? (?:and |or )?no(?!\w)")
_STRESSING: Final = "stressing"
"""Words that are no denial alone but weigh one: "under no circumstances", 절대로."""
_STRONG: Final = "strong"


class FewerNegations:
    """The source says "do not … without", the translation "do … without"."""

    code: Final = "fewer-negations"
    severity: Final = Severity.ERROR
    statement: Final = "the translation denies less often than the source"
    exemptable: Final = True
    signs: Final = frozenset({"denial"})

    def applies(self, subject: Subject) -> bool:
        """True if a sentence of the English denies twice, or by other words than not."""
        return _lists(subject) is not None and any(
            _denials(sentence)
            for form in subject.forms
            for sentence in form.sources[0].sentences
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form that denies less often."""
        own = _lists(subject)
        if own is None:
            return
        for form in subject.forms:
            for wanted, found in _fewer(form, own):
                yield Finding(
                    form.index, 0, 0,
                    f"translation denies {found} times, the source {wanted} times",
                    f"say each `not`, `without`, `unless` and `un-` in the {form.name}",
                )  # fmt: skip
                break


class StrongOffNegation:
    """The source stresses "not", the translation some other word."""

    code: Final = "strong-off-negation"
    severity: Final = Severity.ERROR
    statement: Final = "the source stresses a negation, the translation another word"
    exemptable: Final = True
    signs: Final = frozenset({TAGS})

    def applies(self, subject: Subject) -> bool:
        """True if the English has a negation in `<strong>`."""
        return _lists(subject) is not None and any(
            _stresses_not(form.sources[0]) for form in subject.forms
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form that stresses other words alone."""
        own = _lists(subject)
        if own is None:
            return
        for form in subject.forms:
            strong = _strong(form.text)
            if strong and _stresses_not(form.sources[0]) and not _denies(form, own):
                yield Finding(
                    form.index, 0, 0,
                    "`<strong>` does not stand round the negation",
                    "put `<strong>` round the word that denies, as the msgid does",
                )  # fmt: skip


class AddedPossibility:
    """The source says "stop", the translation "you can stop"."""

    code: Final = "added-possibility"
    severity: Final = Severity.ERROR
    statement: Final = "the translation leaves open what the source demands"
    exemptable: Final = True

    def applies(self, subject: Subject) -> bool:
        """True if the English demands something and leaves nothing open."""
        return _lists(subject) is not None and any(
            _demands(sentence)
            for form in subject.forms
            for sentence in form.sources[0].sentences
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form that says "can" or "sometimes" there."""
        own = _lists(subject)
        if own is None:
            return
        for form in subject.forms:
            if _leaves_open(form, own):
                yield Finding(
                    form.index, 0, 0,
                    "translation says `can` or `may` where the source demands",
                    f"demand it in the {form.name} as the msgid does",
                )  # fmt: skip


class DroppedPossibility:
    """The source says "you could fall", the translation "you fall", or nothing."""

    code: Final = "dropped-possibility"
    severity: Final = Severity.WARNING
    statement: Final = "the translation lacks a `could` or `might` of the source"
    exemptable: Final = True
    signs: Final = frozenset({"hedge"})

    def applies(self, subject: Subject) -> bool:
        """True if the English says what could happen."""
        return _lists(subject) is not None and any(
            ENGLISH.says(form.sources[0].plain, "hedge") for form in subject.forms
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form that does not."""
        own = _lists(subject)
        if own is None:
            return
        for form in subject.forms:
            lost = ENGLISH.says(form.sources[0].plain, "hedge") and not own.says(
                form.text.plain, "possibility"
            )
            if lost and form.text.bare:
                yield Finding(
                    form.index, 0, 0,
                    "translation lacks the `could` of the source",
                    f"say in the {form.name} that it may happen, as the msgid does",
                )  # fmt: skip


def _lists(subject: Subject) -> Lexicon | None:
    own = lexicon(subject.language.language)
    return own if own is not None and own.has_list("possibility") else None


@lru_cache(maxsize=4096)
def _denials(sentence: str) -> int:
    """Return how often the English denies; 0 where another check sees to it."""
    if not ENGLISH.says(sentence, "denial"):
        return 0
    found = _count(sentence)
    return found if found > 1 or ENGLISH.says(sentence, "unword") else 0


def _count(text: str) -> int:
    """Return how often the English denies; "no food, no drink" is once."""
    return ENGLISH.count(_AND_NO.sub(r"\1", text), "denial")


def _fewer(form: Form, own: Lexicon) -> Iterator[tuple[int, int]]:
    source, text = form.sources[0].plain, form.text.plain
    ours, theirs = form.sources[0].sentences, form.text.sentences
    if not text.strip() or not any(map(_denials, ours)):
        return
    if len(ours) == len(theirs):
        pairs = [(_denials(a), a, b) for a, b in zip(ours, theirs, strict=True)]
    else:
        pairs = [(_count(source), source, text)]
    for wanted, sentence, answer in pairs:
        if not wanted:
            continue
        kept = ENGLISH.says(sentence, "affirming")
        outright = answer if kept else own.without(answer, "affirming")
        found = own.count(outright, *_answers(sentence))
        if found < wanted:
            yield wanted, found


def _answers(sentence: str) -> tuple[str, ...]:
    ways: tuple[str, ...] = _DENIALS
    if ENGLISH.says(sentence, "unless"):
        ways = (*ways, "only")
    return (*ways, "hard") if is_hardly(sentence) else ways


def _strong(text: Parsed) -> tuple[tuple[int, int], ...]:
    """Return where the content of each `<strong>` stands in the raw text."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for token in text.of(Kind.TAG):
        if token.text.lower() == f"<{_STRONG}>":
            opened.append(token.end)
        elif token.text.lower() == f"</{_STRONG}>" and opened:
            found.append((opened.pop(), token.start))
    return tuple(found)


@lru_cache(maxsize=1024)
def _stresses_not(source: Parsed) -> bool:
    return any(
        ENGLISH.says(parse(source.raw[start:end]).plain, "negation")
        for start, end in _strong(source)
    )


def _denies(form: Form, own: Lexicon) -> bool:
    """True if some `<strong>` holds a negation, or the part that makes a verb one."""
    raw = form.text.raw
    ways = (*_DENIALS, _STRESSING) if own.says(form.text.plain, *_DENIALS) else _DENIALS
    whole = own.count(form.text.plain, *_DENIALS)
    for start, end in _strong(form.text):
        if own.says(parse(raw[start:end]).plain, *ways):
            return True
        rest = parse(f"{raw[:start]} {raw[end:]}").plain
        if own.count(rest, *_DENIALS) < whole:
            return True
    return False


@lru_cache(maxsize=4096)
def _demands(sentence: str) -> bool:
    """True for an instruction or duty that leaves nothing open and denies nothing."""
    return (
        (commands(sentence) or ENGLISH.says(sentence, "must", "always"))
        and "?" not in sentence
        and not ENGLISH.says(sentence, "possibility", "denial")
        and " only" not in sentence
    )


def _leaves_open(form: Form, own: Lexicon) -> bool:
    source, text = form.sources[0].plain, form.text.plain
    if not own.may_say(text, "possibility"):
        return False
    ours, theirs = form.sources[0].sentences, form.text.sentences
    if len(ours) == len(theirs):
        pairs = tuple(zip(ours, theirs, strict=True))
    else:
        pairs = ((source, text),) if all(map(_demands, ours)) else ()
    return any(_demands(a) and own.says(b, "possibility") for a, b in pairs)
