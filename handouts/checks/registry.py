"""All checks of a translation, in the order in which they report."""

from __future__ import annotations

from typing import Final

from handouts.checks.characters import (
    BidiOverride,
    ControlCharacter,
    ReplacementCharacter,
    UnbalancedIsolate,
)
from handouts.checks.check import Check
from handouts.checks.numbers import AddedNumber, AlteredNumber, DroppedNumber
from handouts.checks.placeholders import (
    DroppedPlaceholder,
    InvalidPlaceholder,
    RepeatedPlaceholder,
    TemplateSyntax,
    UnknownPlaceholder,
)
from handouts.checks.plurals import EmptyPluralForm, PluralFormCount
from handouts.checks.scripts import WrongScript
from handouts.checks.tags import BrokenMarkup, DroppedTag, UnknownTag
from handouts.checks.wording import IdenticalToSource, OuterSpace, UnpairedBracket

__all__ = ["CHECKS", "CHECKS_BY_CODE"]

CHECKS: Final[tuple[Check, ...]] = (
    DroppedPlaceholder(),
    UnknownPlaceholder(),
    RepeatedPlaceholder(),
    InvalidPlaceholder(),
    TemplateSyntax(),
    DroppedTag(),
    UnknownTag(),
    BrokenMarkup(),
    PluralFormCount(),
    EmptyPluralForm(),
    AlteredNumber(),
    DroppedNumber(),
    AddedNumber(),
    ControlCharacter(),
    BidiOverride(),
    UnbalancedIsolate(),
    ReplacementCharacter(),
    OuterSpace(),
    UnpairedBracket(),
    IdenticalToSource(),
    WrongScript(),
)
"""Each check once."""

CHECKS_BY_CODE: Final = {check.code: check for check in CHECKS}
