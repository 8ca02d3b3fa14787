"""What the manifest says of an edition's proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from handouts.pdf import FileProof, PagesProof

__all__ = ["proof_record"]

_PASSED: Final = (
    "glyphs", "frames", "completeness", "reading-order", "overlap", "contrast",
    "tags", "fonts", "identity", "text", "figures", "colours",
)  # fmt: skip
"""Every edition that is written has passed all of them."""


def proof_record(pages: PagesProof, file: FileProof) -> dict[str, object]:
    """Return what was looked at, and how near to a fault the worst of it came."""
    return {
        "passed": list(_PASSED),
        "glyphs": pages.glyphs,
        "messages": file.messages,
        "marks": file.marks,
        "figures": file.figures,
        "phones": file.phones,
        "recall_min": file.recall_min,
        "recall_mean": file.recall_mean,
        "contrast_min": pages.contrast,
    }
