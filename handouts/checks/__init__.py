"""Checks: messages → diagnostics, and the fragments that may be printed.

`vet` judges a catalog against the templates' messages, `vet_source` the English. One
check is one class; `CHECKS` lists them.
"""

from handouts.checks.check import (
    Check,
    Finding,
    Form,
    SelectiveCheck,
    Subject,
    applies,
)
from handouts.checks.fixes import Fix, fixed, fixes
from handouts.checks.registry import CHECKS, CHECKS_BY_CODE
from handouts.checks.severities import WARNS_IN, severity_in
from handouts.checks.source import SOURCE_CODES
from handouts.checks.terms import Term, Terms
from handouts.checks.text import INLINE_TAGS, Parsed, parse
from handouts.checks.vet import (
    Vetted,
    VettedMessage,
    vet,
    vet_source,
    vet_source_when_asked,
    vet_when_asked,
)

__all__ = [
    "CHECKS",
    "CHECKS_BY_CODE",
    "INLINE_TAGS",
    "SOURCE_CODES",
    "WARNS_IN",
    "Check",
    "Finding",
    "Fix",
    "Form",
    "Parsed",
    "SelectiveCheck",
    "Subject",
    "Term",
    "Terms",
    "Vetted",
    "VettedMessage",
    "applies",
    "fixed",
    "fixes",
    "parse",
    "severity_in",
    "vet",
    "vet_source",
    "vet_source_when_asked",
    "vet_when_asked",
]
