"""`locales/glossary.csv`: words that keep their shape, and words that are agreed on.

A cell may hold several ways to say a term, the preferred one first: `kroplówka|wlew`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from handouts.checks import Term, Terms
from handouts.diagnostics import Diagnostic, Sink
from handouts.languages import Language

__all__ = ["GLOSSARY_NAME", "Glossary", "read_glossaries"]

GLOSSARY_NAME: Final = "glossary.csv"
MAX_BYTES: Final = 2_000_000
"""The shipped glossary has 20 kB."""
_NO_NAMES: Final = frozenset({"kind", "definition", "confidence"})

_Row = Mapping[str, str]

_WHOLE: Final = ("drug", "whole-word")
"""The kinds of a row whose words are never cut."""
_AGREED: Final = ("term", "reading-exempt")
"""The kinds of a row whose translation is held against the catalogs."""
_OR: Final = "|"


@dataclass(frozen=True, slots=True)
class Glossary:
    """The rows of all glossaries by kind, those of the project first."""

    rows: Mapping[str, Sequence[_Row]] = field(default_factory=dict)

    def whole_words(self) -> tuple[str, ...]:
        """Return what no line may cut, in every language that the glossary gives.

        Medicines, and other words that the dictionaries of unspaced scripts lack.
        """
        rows = (row for kind in _WHOLE for row in self.rows.get(kind, ()))
        return tuple(sorted({name for row in rows for name in _names(row)}))

    def terms(self, language: Language) -> Terms:
        """Return the terms whose translation into `language` is agreed on."""
        columns = (language.locale, language.language)
        rows = (row for kind in _AGREED for row in self.rows.get(kind, ()))
        found: dict[str, Term] = {}
        for row in rows:
            cell = next((row[name] for name in columns if row.get(name)), "")
            if variants := tuple(_variants(cell)):
                found.setdefault(row["term"], Term(row["term"], variants))
        return Terms(found.values())

    def kept(self) -> frozenset[str]:
        """Return the terms that stay as they are in every language."""
        return frozenset(row["term"] for row in self.rows.get("do-not-translate", ()))


def read_glossaries(folders: Iterable[Path], sink: Sink) -> Glossary:
    """Return what the folders' glossaries hold; one that is no CSV goes to `sink`."""
    rows: dict[str, list[_Row]] = {}
    for folder in folders:
        path = folder / GLOSSARY_NAME
        if not path.exists():
            continue
        for row in _read(path, sink):
            if row.get("term"):
                rows.setdefault(row.get("kind", ""), []).append(row)
    return Glossary(rows)


def _read(path: Path, sink: Sink) -> list[_Row]:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise ValueError("it has more than 2 MB")  # noqa: TRY301  # told like the rest
        lines = data.decode("utf-8-sig").splitlines(keepends=True)
        return [
            {key: value for key, value in row.items() if isinstance(value, str) and key}
            for row in csv.DictReader(lines, strict=True)
        ]
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        sink.report(_unusable("it is not UTF-8", "save the file as UTF-8", line))
    except (OSError, ValueError, csv.Error) as error:
        fact = getattr(error, "strerror", None) or str(error)
        sink.report(_unusable(fact, "mend it, or delete it", None))
    return []


def _unusable(fact: str, hint: str, line: int | None) -> Diagnostic:
    return Diagnostic(
        code="invalid-glossary",
        message=f"the glossary cannot be used: {fact}",
        hint=hint,
        file=f"locales/{GLOSSARY_NAME}",
        line=line,
    )


def _names(row: _Row) -> Iterable[str]:
    cells = (value for name, value in row.items() if name not in _NO_NAMES)
    return (variant for cell in cells for variant in _variants(cell))


def _variants(cell: str) -> Iterator[str]:
    return (variant.strip() for variant in cell.split(_OR) if variant.strip())
