"""The text-layer comparison: what each reader gets back of what each engine set.

Every engine sets the same sentences; every extractor reads every file; a sentence's
recall is the metric of the program's own proof (`message_recalls`: NFKC, no white space
or default-ignorables, longest common subsequence over length).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from benchmarks.extractors import EXTRACTORS, Extractor
from benchmarks.sentences import sheet
from benchmarks.typesetters import TYPESETTERS, Typesetter, missing_library
from handouts.pdf import message_recalls

__all__ = [
    "HELD",
    "TOLERANCE",
    "Comparison",
    "Score",
    "Shortfall",
    "block",
    "compare",
    "markdown_table",
    "score",
    "shortfalls",
]

HELD: Final = ("poppler", "PDFium")
"""The extractors in which this project must be best or nearly so: what people use."""
TOLERANCE: Final = 0.03

Rows = Mapping[str, Mapping[str, "Score"]]
"""Locale → engine → score, for one extractor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Recalls of one file's sentences: their mean and the lowest, 0 to 1."""

    mean: float
    lowest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A row in which another engine is better than ours by more than the tolerance."""

    extractor: str
    locale: str
    ours: float
    best: float
    engine: str

    def __str__(self) -> str:
        """Tell it in a line."""
        return (
            f"{self.extractor}, {self.locale}: {self.ours:.3f}, "
            f"{self.engine} has {self.best:.3f}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`rows` by extractor; `versions` of what took part; `left_out` says who did not.

    `sentences` are how many each locale has.
    """

    sentences: Mapping[str, int]
    versions: Mapping[str, str]
    left_out: tuple[str, ...]
    rows: Mapping[str, Rows]

    def plain(self) -> dict[str, object]:
        """Return it as JSON takes it."""
        return asdict(self)


def score(sentences: Sequence[str], text: str) -> Score:
    """Return how much of the sentences came back in `text`."""
    recalls = message_recalls(sentences, text)
    return Score(mean=sum(recalls) / len(recalls), lowest=min(recalls))


def shortfalls(
    extractor: str, rows: Rows, *, ours: str, tolerance: float = TOLERANCE
) -> tuple[Shortfall, ...]:
    """Return the locales where the best mean is above ours by more than `tolerance`."""
    found = []
    for locale, scores in rows.items():
        engine, best = max(scores.items(), key=lambda pair: pair[1].mean)
        own = scores[ours].mean
        if best.mean - own > tolerance:
            found.append(
                Shortfall(
                    extractor=extractor,
                    locale=locale,
                    ours=own,
                    best=best.mean,
                    engine=engine,
                )
            )
    return tuple(found)


def markdown_table(rows: Rows) -> str:
    """Return one extractor's table: mean and lowest, the best mean of a row in bold.

    Locales of which every engine gives all back share the last row.
    """
    engines = list(dict.fromkeys(name for scores in rows.values() for name in scores))
    lines = [_row("locale", engines), _row("---", ["---"] * len(engines))]
    whole = [locale for locale, scores in rows.items() if _all_whole(scores.values())]
    for locale, scores in rows.items():
        if locale not in whole:
            best = max(round(one.mean, 3) for one in scores.values())
            lines.append(_row(locale, [_cell(scores[name], best) for name in engines]))
    if whole:
        lines.append(_row(" ".join(whole), ["1.000 (1.00)"] * len(engines)))
    return "\n".join(lines)


def block(extractor: str, rows: Rows, *, ours: str) -> str:
    """Return what the page says of one extractor: its table and a verdict."""
    short = "; ".join(
        f"{one.locale} ({one.ours:.3f}, {one.engine} {one.best:.3f})"
        for one in shortfalls(extractor, rows, ours=ours)
    )
    verdict = f"Not within {TOLERANCE}: {short}." if short else (
        f"Within {TOLERANCE} of the best, or the best, in every row."
    )  # fmt: skip
    return f"{markdown_table(rows)}\n\n{verdict}"


def _all_whole(scores: Iterable[Score]) -> bool:
    return all(_cell(one, 2.0) == "1.000 (1.00)" for one in scores)


def _row(first: str, cells: Iterable[str]) -> str:
    return f"| {' | '.join([first, *cells])} |"


def _cell(one: Score, best: float) -> str:
    mean = f"{one.mean:.3f}"
    return f"{f'**{mean}**' if round(one.mean, 3) == best else mean} ({one.lowest:.2f})"


def compare(locales: Sequence[str], *, tell: Callable[[str], None]) -> Comparison:
    """Set, read and score; `tell` hears of each locale as its turn comes."""
    left_out: list[str] = []
    setters = [one for one in TYPESETTERS if _is_there(one, left_out)]
    versions = {one.name: one.version() for one in setters}
    readers = _readers(versions, left_out)
    counts: dict[str, int] = {}
    rows: dict[str, dict[str, dict[str, Score]]] = {one.name: {} for one in readers}
    for locale in locales:
        tell(locale)
        text = sheet(locale)
        counts[locale] = len(text.sentences)
        pdfs = {one.name: one.set_sheet(text) for one in setters}
        for reader in readers:
            rows[reader.name][locale] = {
                name: score(text.sentences, reader.read(pdf))
                for name, pdf in pdfs.items()
            }
    return Comparison(
        sentences=counts,
        versions=versions,
        left_out=tuple(left_out),
        rows=rows,
    )


def _is_there(setter: Typesetter, left_out: list[str]) -> bool:
    why = missing_library(setter.module)
    if why is not None:
        left_out.append(f"{setter.name}: {why}")
    return why is None


def _readers(versions: dict[str, str], left_out: list[str]) -> list[Extractor]:
    """Return the extractors that are there, and note what versions they have."""
    found = []
    for reader in EXTRACTORS:
        try:
            versions[reader.name] = reader.version()
        except LookupError as error:
            left_out.append(f"{reader.name}: {error}")
        else:
            found.append(reader)
    return found
