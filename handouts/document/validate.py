"""One element against the table of tags: its name, its place, its attributes."""

from __future__ import annotations

from typing import Any

from handouts.document.findings import Findings, nearest
from handouts.document.schema import RULES, Rule, tags_of

__all__ = ["is_allowed", "listed"]

_RESERVED = frozenset({"m", "v"})


def is_allowed(element: Any, parent: str, findings: Findings) -> bool:  # noqa: ANN401  # lxml has no types
    """Return True if `element` may stand inside `parent`; report why not.

    Attributes are checked on the way; a wrong one is reported and does not bar the
    element.
    """
    tag = str(element.tag)
    rule = RULES[parent]
    if tag not in rule.children and not (rule.inline and tag in tags_of(rule)):
        _report_misplaced(element, tag, parent, findings)
        return False
    check_attributes(element, RULES[tag], findings)
    return True


def check_attributes(element: Any, rule: Rule, findings: Findings) -> None:  # noqa: ANN401  # the same
    """Report unknown, wrong and missing attributes."""
    tag = element.tag
    attributes = element.items()
    if len(attributes) == 1 and not rule.required and attributes[0][0] == "data-src":
        return  # the usual case
    for name, value in attributes:
        pattern = rule.attributes.get(name)
        if pattern is None:
            findings.error(
                "unknown-attribute",
                element,
                f"`<{tag}>` has no attribute `{name}`",
                nearest(name, rule.attributes.keys() - {"data-src"})
                or f"`<{tag}>` may have {listed(rule.attributes.keys() - {'data-src'})}",
            )
        elif not pattern.fullmatch(value):
            findings.error(
                "invalid-attribute",
                element,
                f"`{name}` of `<{tag}>` is `{value}`",
                f"write one that matches `{pattern.pattern}`",
            )
    for name in rule.required:
        if element.get(name) is None:
            findings.error(
                "missing-attribute",
                element,
                f"`<{tag}>` lacks `{name}`",
                f"write `{name}` as one that matches `{rule.attributes[name].pattern}`",
            )


def listed(names: Any) -> str:  # noqa: ANN401  # any iterable of names
    """Return names in backticks, sorted, for a message."""
    return ", ".join(f"`{name}`" for name in sorted(names))


def _report_misplaced(element: Any, tag: str, parent: str, findings: Findings) -> None:  # noqa: ANN401  # lxml has no types
    shown = "section data-part" if parent == "part" else parent
    if tag not in RULES or tag == "part":
        known = RULES.keys() - _RESERVED - {"part"}
        hint = nearest(tag, known) or f"the tags are {listed(known)}"
        findings.error("unknown-tag", element, f"unknown tag `<{tag}>`", hint)
        return
    if tag in _RESERVED:
        findings.error(
            "stray-text",
            element,
            f"a message or value stands directly in `<{shown}>`",
            "put it into `<p>…</p>`",
        )
        return
    allowed = listed(tags_of(RULES[parent]) - _RESERVED)
    findings.error(
        "wrong-nesting",
        element,
        f"`<{tag}>` cannot stand inside `<{shown}>`",
        f"inside `<{shown}>` may stand {allowed}"
        if allowed
        else f"close `<{shown}>` first",
    )
