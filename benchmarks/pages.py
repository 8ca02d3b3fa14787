"""Tables of the documentation that a benchmark writes, between two comments."""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["PEERS_PAGE", "READ_BACK_PAGE", "put"]

_DOCS: Final = Path(__file__).parents[1] / "docs"
PEERS_PAGE: Final = _DOCS / "text-layer-peers.md"
READ_BACK_PAGE: Final = _DOCS / "text-layer.md"
_END: Final = "\n<!-- end of table -->"


def put(page: Path, name: str, table: str) -> None:
    """Put `table` in the place of the one called `name` in a page.

    Raises:
        LookupError: the page has no place with this name.
    """
    text = page.read_text(encoding="utf-8")
    start = f"<!-- table: {name} -->\n"
    before, found, rest = text.partition(start)
    _, end, after = rest.partition(_END)
    if not found or not end:
        raise LookupError(f"{page.name} has no table `{name}`")
    page.write_text(f"{before}{start}{table}{end}{after}", "utf-8", newline="\n")
