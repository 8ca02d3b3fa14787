"""English sentences that tell a reader what to do, or what she may do."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from handouts.checks.folding import english_words

__all__ = ["asks_despite_not", "commands", "instructs", "is_hardly"]

_VERBS: Final = (
    "take|keep|continue|drink|eat|swallow|bring|tell|wash|call|phone|ring|ask|stop|use|"
    "wait|rest|read|remove|store|apply|put|come|go|sit|lie|stay|see|talk|check|write|"
    "get|give|let|carry|hold|shake|press|place|measure|note|show|dial|inject|rub|clean"
)
_WORDS: Final = frozenset(_VERBS.split("|"))
_COMMAND: Final = re.compile(
    rf"(?:^|[,:;] )\W*(?:(?:please|always|then|so|and) )*(?:{_VERBS})\b"
)
# What is hardly put the other way round, as "leave it on" may be "do not take it off".
_ACTS: Final = (
    "ask|bring|call|come|dial|drink|eat|give|phone|press|read|ring|see|show|take|talk|"
    "tell|use|wash|write"
)
_ACT: Final = re.compile(rf"\W*(?:please )?(?:{_ACTS})\b")
# "Did not", "is not": only a clause with a subject of its own denies so.
_CLAUSE: Final = re.compile(
    r"\b(?:does|did|is|are|was|were|has|have|had|can|could|will|would)(?: not|n['’]t)\b|"
    r"\bcannot\b|\b(?:you|they|we) (?:do not|don['’]t)\b"
)
_PERMISSION: Final = re.compile(
    r"\b(?:you|they|he|she|patients?|people|person|child|children) "
    r"(?:may|can|must|should|have to|has to)\b(?! not)"
)
_JUDGEMENT: Final = re.compile(
    r"\b(?:it|this|that) (?:is|can be) (?:quite |very |also )?"
    r"(?:normal|common|usual|fine|all right|ok|good|important|useful|helpful)\b|"
    r"\b(?:is|are) (?:allowed|permitted)\b"
)

_HARDLY: Final = re.compile(
    r"\b(?:cannot|can't|can not) (?:breathe|sleep|walk|stand|pass|swallow|speak|move|see|"
    r"hear|think|cope|stay awake|wake|do)\b|\bunsafe\b"
)


@lru_cache(maxsize=2048)
def commands(sentence: str) -> bool:
    """True if a plain sentence tells its reader to do something."""
    if _WORDS.isdisjoint(english_words(sentence)):
        return False
    return _COMMAND.search(sentence) is not None


@lru_cache(maxsize=2048)
def asks_despite_not(sentence: str) -> bool:
    """True for "ask about what you did not hear": an act, and a "not" of another."""
    return _ACT.match(sentence) is not None and _CLAUSE.search(sentence) is not None


@lru_cache(maxsize=2048)
def instructs(sentence: str) -> bool:
    """True if a plain sentence says that something is to be done, may be, or is usual."""
    return (
        commands(sentence)
        or _PERMISSION.search(sentence) is not None
        or _JUDGEMENT.search(sentence) is not None
    )


@lru_cache(maxsize=2048)
def is_hardly(sentence: str) -> bool:
    """True for "cannot breathe" and "unsafe", which may be "hard" and "dangerous"."""
    return _HARDLY.search(sentence) is not None
