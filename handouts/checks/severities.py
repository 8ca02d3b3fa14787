"""Where a check only warns: languages in which its list raises too many false alarms.

Measured by `tests/checks/test_false_alarms.py`; `docs/checks.md` has the figures. A
check weighs what its class says, unless its code and the language stand here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from handouts.checks.check import Check, SignedCheck
from handouts.checks.registry import CHECKS
from handouts.diagnostics import Severity

__all__ = ["WARNS_IN", "called_for", "severity_in", "weighed"]

_KEPT: Final = 4096  # combinations of signs

WARNS_IN: Final[Mapping[str, frozenset[str]]] = {
    code: frozenset(languages.split()) for code, languages in {
        "added-possibility": "km th",
        "dropped-restriction": "ja ru",
        "fewer-negations": "bn de ja km",
        "moved-negation": "bn fa",
    }.items()
}  # fmt: skip
"""Code of a check → ISO 639 codes of the languages in which it only warns."""


def severity_in(check: Check, language: str) -> Severity:
    """Return how much a finding of `check` weighs in `language`, an ISO 639 code."""
    if language in WARNS_IN.get(check.code, ()):
        return Severity.WARNING
    return check.severity


@cache
def weighed(language: str) -> tuple[tuple[Check, Severity], ...]:
    """Return all checks, with what their findings weigh in `language`."""
    return tuple((check, severity_in(check, language)) for check in CHECKS)


def called_for(
    signs: frozenset[str], language: str
) -> tuple[tuple[Check, Severity], ...]:
    """Return those of `weighed` that may find something in a message with `signs`."""
    return _called_for(signs & _all_signs(), language)


@lru_cache(maxsize=_KEPT)
def _called_for(
    signs: frozenset[str], language: str
) -> tuple[tuple[Check, Severity], ...]:
    return tuple(
        (check, severity)
        for check, severity in weighed(language)
        if (own := _signs_of().get(check.code)) is None or not own.isdisjoint(signs)
    )


@cache
def _all_signs() -> frozenset[str]:
    return frozenset().union(*_signs_of().values())


@cache
def _signs_of() -> Mapping[str, frozenset[str]]:
    """Return code of a check → its signs, where it is not asked for every message."""
    return {one.code: one.signs for one in CHECKS if isinstance(one, SignedCheck)}
