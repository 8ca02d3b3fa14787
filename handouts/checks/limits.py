"""Which side of a number is meant: no more than 4 must not become no fewer than 4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from handouts.checks.check import Finding, Form, Subject
from handouts.checks.folding import english_words
from handouts.checks.lexicon import ENGLISH, Lexicon, lexicon
from handouts.checks.signs import SIDE_WORDS, WORDS
from handouts.diagnostics import Severity

__all__ = ["ReversedLimit"]

_MOST: Final = "at most"
_LEAST: Final = "at least"
_OVER: Final = "more than"
_UNDER: Final = "less than"
_SENSES: Final = {"at-most": _MOST, "at-least": _LEAST}
_DENIED: Final = r"(?<!\bno )(?<!\bnot )(?<!\bor )"
_OVER_WORDS: Final = re.compile(
    rf"{_DENIED}\b(?:(?:more|longer|higher|greater|larger|older) than|"
    "(?:above|over)(?= ?[\\d\ufffc]))\\b"
)
_UNDER_WORDS: Final = re.compile(
    rf"{_DENIED}\b(?:(?:less|shorter|lower|fewer|younger|smaller) than|"
    "(?:below|under)(?= ?[\\d\ufffc]))\\b"
)


_WORDS: Final = WORDS[SIDE_WORDS]


class _Sides(NamedTuple):
    """What a translation says of a number's sides; `denies`: there is a negation."""

    most: bool
    least: bool
    over: bool
    under: bool
    denies: bool


class ReversedLimit:
    """The source says "no more than 4", the translation "no fewer than 4"."""

    code: Final = "reversed-limit"
    severity: Final = Severity.ERROR
    statement: Final = "a limit has turned round: at most for at least, above for below"
    exemptable: Final = True
    signs: Final = frozenset({*_SENSES, SIDE_WORDS})

    def applies(self, subject: Subject) -> bool:
        """True if the English sets a limit and the language has the lists."""
        return _lists(subject) is not None and any(
            _limit(form.sources[0].plain) for form in subject.forms
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form in which a limit is the opposite one."""
        own = _lists(subject)
        if own is None:
            return
        for form in subject.forms:
            for limit in _reversed(form, own):
                yield Finding(
                    form.index, 0, 0,
                    f"translation says the opposite of `{limit}`",
                    f"say `{limit}` in the {form.name}",
                )  # fmt: skip


def _lists(subject: Subject) -> Lexicon | None:
    own = lexicon(subject.language.language)
    return own if own is not None and own.has_list("ceiling") else None


def _reversed(form: Form, own: Lexicon) -> Iterator[str]:
    source = form.sources[0].plain
    if not _limit(source):
        return
    text = form.text.plain
    ours, theirs = form.sources[0].sentences, form.text.sentences
    pairs = zip(ours, theirs, strict=True)
    for a, b in pairs if len(ours) == len(theirs) else ((source, text),):
        for limit in _limit(a):
            if _is_opposite(limit, _sides(b, own)):
                yield limit


@lru_cache(maxsize=4096)
def _limit(text: str) -> tuple[str, ...]:
    """Return the limit that the English sets; none where it sets two of them."""
    found = [name for sense, name in _SENSES.items() if ENGLISH.says(text, sense)]
    if not found and not _WORDS.isdisjoint(english_words(text)):
        denied = ENGLISH.says(text, "negation")  # "do not take more than" is "at most"
        if _OVER_WORDS.search(text):
            found.append(_MOST if denied else _OVER)
        if _UNDER_WORDS.search(text):
            found.append(_LEAST if denied else _UNDER)
    return tuple(found) if len(found) == 1 else ()


def _sides(text: str, own: Lexicon) -> _Sides:
    rest = own.without(text, "ceiling", "floor")
    return _Sides(
        most=own.says(text, "ceiling"),
        least=own.says(own.without(text, "ceiling"), "floor"),
        over=own.says(rest, "over"),
        under=own.says(rest, "under"),
        denies=own.says(text, "negation", "forbidden"),
    )


def _is_opposite(limit: str, there: _Sides) -> bool:
    if limit == _MOST:
        if there.least:
            return True
        kept = there.most or (there.denies and there.over)
        return not kept and (there.over or there.under)
    if limit == _LEAST:
        # "Above" answers "at least"; "not above" is the other side.
        kept = there.least or (there.under if there.denies else there.over)
        return not kept and (there.most or there.under or there.over)
    if limit == _OVER:
        return not (there.over or there.least) and (there.under or there.most)
    return not (there.under or there.most) and (there.over or there.least)
