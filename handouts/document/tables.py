"""A table's shape: rows of equal width, a head, nothing that overlaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from handouts.document.findings import Findings
from handouts.document.tree import Paragraph, Row, Table

__all__ = ["check_table"]


_MOST_DIARY_ROWS: Final = 8
"""Of a diary, which is never divided: with its heads a third of a page and more."""


def check_table(table: Table, element: Any, findings: Findings) -> None:  # noqa: ANN401  # lxml has no types
    """Report a table without a head or body, or with rows of unequal width."""
    if not table.head:
        findings.error(
            "missing-table-head",
            element,
            "table has no head",
            'write `<thead><tr><th scope="col">…</th></tr></thead>` first',
        )
    if not table.body:
        findings.error(
            "empty-block", element, "table has no body", "write `<tbody>…</tbody>`"
        )
    if table.diary:
        _check_diary(table, element, findings)
    rows = [*_widths(table.head), *_widths(table.body)]
    for row, width in zip((*table.head, *table.body), rows, strict=True):
        if width != rows[0]:
            findings.error(
                "ragged-table",
                _place_of(row, element),
                f"row has {width} columns, the table {rows[0]}",
                "give every row the same number of cells, `colspan` counted",
            )


def _check_diary(table: Table, element: Any, findings: Findings) -> None:  # noqa: ANN401  # lxml has no types
    """A diary stays on one page, and its cells stand in a plain grid."""
    if len(table.body) > _MOST_DIARY_ROWS:
        findings.error(
            "long-diary",
            element,
            f"diary has {len(table.body)} rows, room is for {_MOST_DIARY_ROWS}",
            "make it two tables",
        )
    cells = [cell for row in (*table.head, *table.body) for cell in row.cells]
    if any(cell.colspan != 1 or cell.rowspan != 1 for cell in cells):
        findings.error(
            "ragged-table",
            element,
            "a cell of the diary spans others",
            "give every row the same number of cells, without `colspan` and `rowspan`",
        )
    if any(not isinstance(block, Paragraph) for cell in cells for block in cell.blocks):
        findings.error(
            "list-in-diary",
            element,
            "a cell of the diary holds a list or a figure",
            "write its words as text, or take it out of the table",
        )


def _widths(rows: Sequence[Row]) -> list[int]:
    """Return each row's columns; a cell that spans rows counts in all of them."""
    widths = [0] * len(rows)
    for number, row in enumerate(rows):
        for cell in row.cells:
            for covered in range(number, min(number + cell.rowspan, len(rows))):
                widths[covered] += cell.colspan
    return widths


class _Place:
    """Stands for the row's element, which is no longer at hand."""

    def __init__(self, source: str) -> None:
        self._source = source

    def get(self, name: str) -> str | None:
        return self._source if name == "data-src" else None


def _place_of(row: Row, table: Any) -> Any:  # noqa: ANN401  # lxml has no types
    return _Place(f"{row.origin.file}:{row.origin.line}") if row.origin else table
