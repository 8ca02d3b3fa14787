"""Small words that carry a warning: not, must, at least, until, only, at once, call.

A word of the English's class asks for a word of the same class in the translation,
sentence by sentence where both have as many sentences. Which words those are stands in
`handouts/languages/words/`; how far a language's list can be trusted, in
`severities.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from handouts.checks.check import Finding, Form, Subject
from handouts.checks.folding import sentences
from handouts.checks.instructions import asks_despite_not, instructs, is_hardly
from handouts.checks.lexicon import ENGLISH, Lexicon, lexicon
from handouts.checks.text import Parsed
from handouts.diagnostics import Severity

__all__ = [
    "AddedNegation",
    "DroppedAction",
    "DroppedCondition",
    "DroppedLimit",
    "DroppedNegation",
    "DroppedObligation",
    "DroppedRestriction",
    "DroppedUrgency",
    "MovedNegation",
    "OppositeWord",
]

_LOUD: Final[dict[str, str]] = {
    "negation": "not", "must": "must", "always": "always", "at-least": "at least",
    "at-most": "at most", "until": "until", "unless": "unless", "only": "only",
    "urgent": "at once", "stop": "stop", "call": "call", "avoid": "avoid",
}  # fmt: skip
# What also answers a class: "avoid" a "do not", "only if" an "unless".
_ANSWERS: Final[dict[str, tuple[str, ...]]] = {
    "negation": ("negation", "negative", "forbidden"),
    "must": ("must", "always", "only"),
    "always": ("always",),
    "unless": ("unless",),
    "avoid": ("avoid", "negation", "without"),
}
# Of these a translation must say more than "do not forget", "do not avoid".
_OUTRIGHT: Final = frozenset({"negation", "stop", "avoid"})
# "Not" asks for a verb denied; "no" may also be "without", "cannot" be "hardly".
_FIRM: Final = re.compile(r"(?<!\w)(?:not(?! yet)|never|nobody|no one|cannot)(?!\w)|n't")

_DENYING: Final = ("negation", "forbidden")
# "not more than" is as good as "at most".
_DENIED: Final = {"at-most": "more", "at-least": "less"}
# In brackets a translation explains: "hearing voices (that nobody else hears)".
_GLOSS: Final = re.compile(r"\([^()]*\)")
_DROPPED: Final = "dropped"
_MOVED: Final = "moved"
_OPPOSITES: Final = (("before", "after"), ("more", "less"), ("start", "cease"),
                     ("rise", "fall"))  # fmt: skip

_EMPTY: Final = "empty stomach"
_WAIT: Final = re.compile(r"\b(?:wait|leave|keep|at least)\b[^.]*\bbefore\b")


class DroppedNegation:
    """The English says "do not", the translation "do"."""

    code: Final = "dropped-negation"
    severity: Final = Severity.ERROR
    statement: Final = "the translation lacks a negation that the source has"
    exemptable: Final = True
    signs: Final = frozenset(("negation",))
    _senses: Final = ("negation",)

    def applies(self, subject: Subject) -> bool:
        """True if the English negates and the language has a list."""
        return _applies(subject, self._senses)

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form that negates less than the English."""
        yield from _dropped(subject, self._senses, moved=False)


class MovedNegation:
    """The English says "do not stop; call", the translation "stop; do not call"."""

    code: Final = "moved-negation"
    severity: Final = Severity.ERROR
    statement: Final = "the negation stands in another sentence than in the source"
    exemptable: Final = True
    signs: Final = frozenset({"negation"})

    def applies(self, subject: Subject) -> bool:
        """True if the English negates in one of several sentences."""
        return _applies(subject, ("negation",)) and any(
            len(form.sources[0].sentences) > 1 for form in subject.forms
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form that negates as often, and elsewhere."""
        own = lexicon(subject.language.language)
        for form in subject.forms if own and self.applies(subject) else ():
            losses = {_loss(s, form.text, "negation", own) for s in form.sources if own}
            if _MOVED in losses and losses <= {_MOVED, _DROPPED}:
                yield Finding(
                    form.index, 0, 0,
                    "translation says `not` in another sentence than the source",
                    f"negate the same thing in the {form.name} as in the msgid; keep "
                    "the order of its sentences",
                )  # fmt: skip


class AddedNegation:
    """The English says "do", the translation "do not"."""

    code: Final = "added-negation"
    severity: Final = Severity.ERROR
    statement: Final = "the translation has a negation that the source lacks"
    exemptable: Final = True

    def applies(self, subject: Subject) -> bool:
        """True if the English denies nothing, or not the act that it asks for."""
        own = lexicon(subject.language.language)
        sources = [source for form in subject.forms for source in form.sources]
        return own is not None and (
            all(_is_positive(s.raw, s.plain) for s in sources)
            or any(map(_asks, sources[0].sentences))
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form that negates."""
        own = lexicon(subject.language.language)
        if own is None:
            return
        for form in subject.forms:
            if form.count == 0 or not own.may_say(form.text.plain, *_DENYING):
                continue
            text = _GLOSS.sub(" ", form.text.plain)
            if not own.says(text, *_DENYING):
                continue
            # "Do not forget to call" and "do not stop taking it" deny nothing.
            if not own.says(own.without(text, "affirming"), *_DENYING):
                continue
            if all(_is_positive(s.raw, s.plain) for s in form.sources):
                yield Finding(
                    form.index, 0, 0,
                    "translation says `not`, which the source does not",
                    "say what the msgid says; if the words only look like a negation, "
                    "write `# handouts: allow added-negation: the reason` above it",
                )  # fmt: skip
            elif _forbids(form, own):
                yield Finding(
                    form.index, 0, 0,
                    "translation forbids what the source asks for",
                    f"ask for it in the {form.name}; say `not` only of what the msgid "
                    "says it of",
                )  # fmt: skip


class DroppedObligation:
    """The English says "must" or "always", the translation leaves it open."""

    code: Final = "dropped-obligation"
    severity: Final = Severity.ERROR
    statement: Final = "the translation lacks a `must` or `always` that the source has"
    exemptable: Final = True
    signs: Final = frozenset(("must", "always"))
    _senses: Final = ("must", "always")

    def applies(self, subject: Subject) -> bool:
        """True if the English obliges and the language has a list."""
        return _applies(subject, self._senses)

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form that does not oblige."""
        yield from _dropped(subject, self._senses)


class DroppedLimit:
    """The English says "at least", the translation "at most", or neither."""

    code: Final = "dropped-limit"
    severity: Final = Severity.ERROR
    statement: Final = "the translation lacks an `at least` or `at most` of the source"
    exemptable: Final = True
    signs: Final = frozenset(("at-least", "at-most"))
    _senses: Final = ("at-least", "at-most")

    def applies(self, subject: Subject) -> bool:
        """True if the English sets a limit and the language has a list."""
        return _applies(subject, self._senses)

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form without that limit."""
        yield from _dropped(subject, self._senses)


class DroppedCondition:
    """The English says "until" or "unless", the translation does not."""

    code: Final = "dropped-condition"
    severity: Final = Severity.ERROR
    statement: Final = "the translation lacks an `until` or `unless` of the source"
    exemptable: Final = True
    signs: Final = frozenset(("until", "unless"))
    _senses: Final = ("until", "unless")

    def applies(self, subject: Subject) -> bool:
        """True if the English sets a condition and the language has a list."""
        return _applies(subject, self._senses)

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form without that condition."""
        yield from _dropped(subject, self._senses)


class DroppedRestriction:
    """The English says "only", the translation allows more."""

    code: Final = "dropped-restriction"
    severity: Final = Severity.ERROR
    statement: Final = "the translation lacks an `only` that the source has"
    exemptable: Final = True
    signs: Final = frozenset(("only",))
    _senses: Final = ("only",)

    def applies(self, subject: Subject) -> bool:
        """True if the English restricts and the language has a list."""
        return _applies(subject, self._senses)

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form that does not restrict."""
        yield from _dropped(subject, self._senses)


class DroppedUrgency:
    """The English says "at once", the translation gives time."""

    code: Final = "dropped-urgency"
    severity: Final = Severity.ERROR
    statement: Final = "the translation lacks an `at once` that the source has"
    exemptable: Final = True
    signs: Final = frozenset(("urgent",))
    _senses: Final = ("urgent",)

    def applies(self, subject: Subject) -> bool:
        """True if the English is urgent and the language has a list."""
        return _applies(subject, self._senses)

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form that is not urgent."""
        yield from _dropped(subject, self._senses)


class DroppedAction:
    """The English says "call us" or "stop", the translation something else."""

    code: Final = "dropped-action"
    severity: Final = Severity.ERROR
    statement: Final = "the translation does not say `call`, `stop` or `avoid`"
    exemptable: Final = True
    signs: Final = frozenset(("call", "stop", "avoid"))
    _senses: Final = ("call", "stop", "avoid")

    def applies(self, subject: Subject) -> bool:
        """True if the English says one of them and the language has a list."""
        return _applies(subject, self._senses)

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form that does not ask for it."""
        yield from _dropped(subject, self._senses)


class OppositeWord:
    """The English says "before", the translation "after"."""

    code: Final = "opposite-word"
    severity: Final = Severity.ERROR
    statement: Final = (
        "the translation says the opposite: after for before, less for more"
    )
    exemptable: Final = True
    signs: Final = frozenset({word for pair in _OPPOSITES for word in pair})

    def applies(self, subject: Subject) -> bool:
        """True if the English has one word of a pair alone."""
        own = lexicon(subject.language.language)
        texts = (s.plain for form in subject.forms for s in form.sources)
        return own is not None and any(_directions(t) or _no_sooner(t) for t in texts)

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form that has the other word of the pair, and not the same."""
        own = lexicon(subject.language.language)
        if own is None:
            return
        for form in subject.forms:
            for same, other in _turned(form, own):
                yield Finding(
                    form.index, 0, 0,
                    f"translation says `{other}` where the source says `{same}`",
                    f"write the word for `{same}` in the {form.name}",
                )  # fmt: skip


def _applies(subject: Subject, senses: tuple[str, ...]) -> bool:
    own = lexicon(subject.language.language)
    return own is not None and any(
        sense in _senses_of(source.plain) and own.has_list(sense)
        for form in subject.forms
        for source in form.sources[:1]
        for sense in senses
    )


def _dropped(
    subject: Subject, senses: tuple[str, ...], *, moved: bool = True
) -> Iterator[Finding]:
    """Yield what is dropped; `moved`: what only moved counts as well."""
    own = lexicon(subject.language.language)
    if own is None:
        return
    for form in subject.forms:
        wanted = _senses_of(form.sources[0].plain)
        if wanted.isdisjoint(senses) or not form.text.bare or form.is_english:
            continue
        for sense in senses:
            if sense in wanted and _lacks(form, sense, own, moved=moved):
                word = _LOUD[sense]
                yield Finding(
                    form.index, 0, 0,
                    f"translation lacks the `{word}` of the source",
                    f"say `{word}` in the {form.name}, where the msgid does",
                )  # fmt: skip


@lru_cache(maxsize=4096)
def _senses_of(text: str) -> frozenset[str]:
    """Return the classes of which the English `text` has a word."""
    likely = ENGLISH.senses_of_words(text) & _LOUD.keys()
    return frozenset(sense for sense in likely if ENGLISH.says(text, sense))


def _lacks(form: Form, sense: str, own: Lexicon, *, moved: bool) -> bool:
    """True if every English text says `sense`, and the form does not."""
    wrong = (_DROPPED, _MOVED) if moved else (_DROPPED,)
    return all(_loss(source, form.text, sense, own) in wrong for source in form.sources)


def _loss(source: Parsed, text: Parsed, sense: str, own: Lexicon) -> str | None:
    """Return whether `sense` is dropped, has moved to another sentence, or neither."""
    outright = sense in _OUTRIGHT and not ENGLISH.says(source.plain, "affirming")
    ours, theirs = source.sentences, text.sentences
    plain = text.plain
    if outright and own.may_say(plain, "affirming"):
        theirs = tuple(own.without(sentence, "affirming") for sentence in theirs)
        plain = own.without(plain, "affirming")
    saying = [ENGLISH.says(sentence, sense) for sentence in ours]
    if len(ours) == len(theirs):
        pairs = zip(ours, theirs, strict=True)
        answers = [_answers(b, sense, own, _ways(a, sense)) for a, b in pairs]
        if sum(answers) < sum(saying):
            return _DROPPED
        lost = any(a and not b for a, b in zip(saying, answers, strict=True))
        return _MOVED if lost else None
    ways = _ways(source.plain, sense)
    if sum(saying) == 1:
        kept = _answers(plain, sense, own, ways)
    else:
        kept = own.count(plain, *ways) >= sum(saying)
    return None if kept else _DROPPED


def _ways(sentence: str, sense: str) -> tuple[str, ...]:
    """Return the classes that answer `sense` in a translation of `sentence`."""
    if sense == "negation" and (ENGLISH.says(sentence, "cease") or _EMPTY in sentence):
        # "Do not stop" is not answered by "stop", "not on an empty stomach" by "empty".
        return (sense, "forbidden")
    if sense == "negation" and is_hardly(sentence):
        return ("negation", "negative", "forbidden", "hard")
    if sense == "negation" and not _FIRM.search(sentence):
        return ("negation", "negative", "forbidden", "without")
    return _ANSWERS.get(sense, (sense,))


def _answers(text: str, sense: str, own: Lexicon, ways: tuple[str, ...]) -> bool:
    """True if `text` says `sense`, in whatever way the language puts it."""
    if own.says(text, *ways):
        return True
    denied = _DENIED.get(sense)
    return denied is not None and own.says(text, "negation") and own.says(text, denied)


@lru_cache(maxsize=4096)
def _is_positive(raw: str, text: str) -> bool:
    """True if the English says nothing that may be put as a negation.

    A plain instruction ("keep taking it", "you may drink") is not put so, whatever
    small words stand in it.
    """
    if "?" in raw or ENGLISH.says(text, "negation", "at-most"):
        return False
    if not ENGLISH.says(text, "negative"):
        return True
    loose = ENGLISH.says(text, "firm", "unless", "without", "at-least", "at-most")
    return not loose and all(instructs(sentence) for sentence in sentences(text))


@lru_cache(maxsize=4096)
def _asks(sentence: str) -> bool:
    """True if an English sentence asks for an act, and denies something else."""
    return asks_despite_not(sentence) and not ENGLISH.says(
        sentence, "only", "unless", "without", "before", "until", "at-most", "cease"
    )


def _forbids(form: Form, own: Lexicon) -> bool:
    """True if "ask about what you did not hear" begins with "do not", and denies twice.

    Only languages that put a "do not" first have a list of such words: elsewhere a
    sentence may begin with a condition that denies.
    """
    ours, theirs = form.sources[0].sentences, form.text.sentences
    if len(ours) != len(theirs) or not any(map(_asks, ours)):
        return False
    return any(
        _asks(a)
        and own.begins(b, "prohibiting")
        and not own.begins(b, "affirming")
        and own.count(b, *_DENYING) > ENGLISH.count(a, "negation")
        for a, b in zip(ours, theirs, strict=True)
    )


def _turned(form: Form, own: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield (word, its opposite) where the form has the opposite alone."""
    source, text = form.sources[0].plain, form.text.plain
    for same, other in _directions(source):
        if own.says(text, other) and not own.says(text, same):
            yield same, other
    # "Not before" may be "only after" or "not until", but not "not after".
    if (
        _no_sooner(source)
        and own.says(text, "after")
        and own.says(text, "negation")
        and not own.says(text, "before", "only", "until", "unless", "at-least")
    ):
        yield "before", "after"


@lru_cache(maxsize=4096)
def _no_sooner(text: str) -> bool:
    """True for one English sentence that says "not … before" of something."""
    return (
        "before" in text
        and len(sentences(text)) == 1
        and not ENGLISH.says(text, "after", "until", "unless", "only")
        and ENGLISH.says(text, "negation")
        and ENGLISH.says(text, "before")
    )


@lru_cache(maxsize=4096)
def _directions(text: str) -> tuple[tuple[str, str], ...]:
    """Return (word, its opposite) where the English has the one and not the other.

    A sentence with a negation does not count: "not above" may be put as "or less", and
    "not before" as "only after".
    """
    if ENGLISH.says(text, "negation"):
        kept = [one for one in sentences(text) if not ENGLISH.says(one, "negation")]
        pairs = dict.fromkeys(pair for one in kept for pair in _directions(one))
        # The opposite word may be that of another sentence, which goes unlooked at.
        return tuple(pair for pair in pairs if not ENGLISH.says(text, pair[1]))
    found = []
    likely = ENGLISH.senses_of_words(text)
    for pair in _OPPOSITES:
        if likely.isdisjoint(pair):
            continue
        if pair[0] == "before" and "before" in text and _WAIT.search(text):
            continue  # "wait 8 hours before" is "after 8 hours"
        has = [ENGLISH.says(text, word) for word in pair]
        if has == [True, False]:
            found.append(pair)
        elif has == [False, True]:
            found.append(pair[::-1])
    return tuple(found)
