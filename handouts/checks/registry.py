"""All checks of a translation, in the order in which they report."""

from __future__ import annotations

from typing import Final

from handouts.checks.balance import (
    AddedPossibility,
    DroppedPossibility,
    FewerNegations,
    StrongOffNegation,
)
from handouts.checks.characters import (
    BidiOverride,
    ControlCharacter,
    ReplacementCharacter,
    UnbalancedIsolate,
)
from handouts.checks.check import Check
from handouts.checks.claims import PromotionalClaim
from handouts.checks.completeness import (
    DroppedSentence,
    EnglishLeft,
    ShortTranslation,
)
from handouts.checks.contacts import AlteredContact
from handouts.checks.glossary import GlossaryTerm
from handouts.checks.limits import ReversedLimit
from handouts.checks.meaning import (
    AddedNegation,
    DroppedAction,
    DroppedCondition,
    DroppedLimit,
    DroppedNegation,
    DroppedObligation,
    DroppedRestriction,
    DroppedUrgency,
    MovedNegation,
    OppositeWord,
)
from handouts.checks.medicines import AlteredMedicine, DroppedName
from handouts.checks.numbers import AddedNumber, AlteredNumber, DroppedNumber
from handouts.checks.order import SwappedNumbers
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
from handouts.checks.units import AlteredUnit, DroppedUnit
from handouts.checks.worded import AlteredNumberWord
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
    AlteredNumberWord(),
    SwappedNumbers(),
    AlteredUnit(),
    DroppedUnit(),
    AlteredContact(),
    AlteredMedicine(),
    DroppedName(),
    GlossaryTerm(),
    DroppedNegation(),
    FewerNegations(),
    MovedNegation(),
    AddedNegation(),
    StrongOffNegation(),
    DroppedObligation(),
    AddedPossibility(),
    DroppedPossibility(),
    DroppedLimit(),
    ReversedLimit(),
    DroppedCondition(),
    DroppedRestriction(),
    DroppedUrgency(),
    DroppedAction(),
    OppositeWord(),
    PromotionalClaim(),
    DroppedSentence(),
    ShortTranslation(),
    EnglishLeft(),
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
