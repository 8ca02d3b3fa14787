"""A pointer: the line on page 1 that says on which page the emergency box stands."""

from __future__ import annotations

from typing import Any, Final

from handouts.document.findings import Findings

__all__ = ["check_pointers"]

_FIELD: Final = "emergency"
_HINT: Final = (
    'write `<p class="pointer">` directly in the body, with the field `emergency` in it'
)


def check_pointers(root: Any, findings: Findings) -> None:  # noqa: ANN401  # lxml has no types
    """Report pointers without a page, pages without a pointer, and both without a box."""
    pointers = [one for one in root.iter("p") if one.get("class") == "pointer"]
    fields = [one for one in root.iter("span") if one.get("data-field") == _FIELD]
    held = [span for one in pointers for span in one.iter("span") if span in fields]
    for span in fields:
        if span not in held:
            findings.error(
                "lost-page",
                span,
                "the page of the emergency box is asked outside a pointer",
                _HINT,
            )
    for one in pointers:
        parent = one.getparent()
        if parent is None or parent.get("data-part") != "body":
            fact = "a pointer stands elsewhere than directly in the body"
            findings.error("misplaced-pointer", one, fact, _HINT)
        if not any(span in held for span in one.iter("span")):
            findings.error(
                "misplaced-pointer", one, "a pointer does not name the page", _HINT
            )
    boxes = [one for one in root.iter("aside") if one.get("class") == "emergency"]
    if pointers and not boxes:
        findings.error(
            "misplaced-pointer",
            pointers[0],
            "a pointer has no emergency box to point to",
            'add `<aside class="emergency">…</aside>`, or take the pointer out',
        )
