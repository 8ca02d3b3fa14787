"""PROVE, the second look: the finished file, reopened by engines that did not write it.

PDFium gives every character with its place, pikepdf the tags, the fonts and what the
file says of itself; all of it is held against the display list and the document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any, Final, NamedTuple, TypeAlias

import pikepdf

from handouts.diagnostics import Diagnostic, printable
from handouts.document import Value
from handouts.languages import negation_ranges
from handouts.layout import DisplayList, Page, Placed
from handouts.pdf.info import PdfInfo
from handouts.pdf.proof.compare import (
    Comparison,
    ExpectedLine,
    Line,
    Stretch,
    compare_page,
    drawn_order,
    expected_lines,
    figures_in,
    plain,
)
from handouts.pdf.proof.content import PageContent, content_of, font_maps, read_content
from handouts.pdf.proof.order import logical_text
from handouts.pdf.proof.reading import Reading
from handouts.pdf.proof.seen import SeenPage, seen_pages
from handouts.pdf.proof.tree import Tree, read_tree
from handouts.pdf.recall import message_recalls
from handouts.pdf.reopen import FontUse, fonts_in
from handouts.pdf.unicode_map import KEPT_RUNS
from handouts.pdf.viewer import ViewerError
from handouts.text.model import GlyphRun

__all__ = ["FileProof", "font_faults", "prove_finished"]

LEAST_RECALL: Final = 0.90
MEAN_RECALL: Final = 0.99
MEAN_RECALL_LOOSE: Final = 0.95
_LOOSE: Final = frozenset({"th", "lo", "km", "my"})
_SHORT: Final = 3
"""A message of so few characters is found by chance, or not."""
_SHOWN: Final = 40
_COLOR_SLACK: Final = 1
_REPORT: Final = "this is a fault of the program: please report it with the edition"
_STANDARD_14: Final = re.compile(
    r"(?:[A-Z]{6}\+)?"
    r"(?:Helvetica|Arial|Times|TimesNewRoman|Courier|CourierNew|Symbol|ZapfDingbats)"
    r"(?:[-,]\w+)?"
)

_PUNCTUATION: Final = {code: None for code in range(0x300) if not chr(code).isalnum()}

_Key: TypeAlias = int | str | None


@dataclass(slots=True)
class FileProof:
    """What was found wrong with a file, and how much was looked at."""

    faults: dict[Diagnostic, None] = field(default_factory=dict)
    messages: int = 0
    marks: int = 0
    figures: int = 0
    phones: int = 0
    recall_min: float = 1.0
    recall_mean: float = 1.0

    def add(self, found: Iterable[Diagnostic]) -> None:
        """Take findings; the same one twice counts once."""
        self.faults.update(dict.fromkeys(found))


def prove_finished(
    pdf: bytes,
    display: DisplayList,
    reading: Reading,
    *,
    info: PdfInfo,
    terms: Sequence[str] = (),
) -> FileProof:
    """Hold the finished file against what it was made of.

    `info` is what it should say of itself, `terms` the medicines' names, which must be
    readable to the letter.
    """
    proof = FileProof()
    try:
        with seen_pages(pdf) as pages:
            with pikepdf.open(BytesIO(pdf)) as document:
                proof.add(_facts(document, display, info))
                proof.add(font_faults(fonts_in(document)))
                proof.add(_tag_faults(document, display, reading, proof))
            # PDFium may still read: what must wait for it comes last.
            expected = [expected_lines(_stretches(page)) for page in display.pages]
            looks = zip(expected, pages(), strict=False)
            proof.add(_page_faults(looks, display, reading, terms, proof))
    except (pikepdf.PdfError, ViewerError) as error:
        fact = f"the finished file cannot be opened again: {error}"
        proof.add([_fault("unreadable-file", fact)])
    return proof


def _fault(code: str, fact: str) -> Diagnostic:
    return Diagnostic(code=code, message=fact, hint=_REPORT)


# --- what the file says of itself -----------------------------------------------------


def _facts(document: Any, display: DisplayList, info: PdfInfo) -> Iterator[Diagnostic]:  # noqa: ANN401  # pikepdf
    pages = len(document.pages)
    if pages != len(display.pages):
        fact = f"the file has {pages} pages, not {len(display.pages)}"
        yield _fault("wrong-pages", fact)
    title = str(document.docinfo.get("/Title", ""))
    if title != info.title:
        fact = f"the file's title is `{printable(title[:_SHOWN])}`"
        yield _fault("wrong-title", fact)
    language = str(document.Root.get("/Lang", ""))
    if language != info.lang:
        fact = f"the file's language is `{printable(language[:_SHOWN])}`"
        yield _fault("wrong-language", fact)


def font_faults(fonts: Iterable[FontUse]) -> Iterator[Diagnostic]:
    """Yield `font-not-embedded` and `standard-font`: fonts that readers replace."""
    for font in fonts:
        name = printable(font.name[:_SHOWN])
        if not font.is_embedded:
            yield _fault("font-not-embedded", f"the font `{name}` is not in the file")
        if not font.has_unicode:
            yield _fault("font-not-embedded", f"the font `{name}` gives no text back")
        if _STANDARD_14.fullmatch(font.name):
            yield _fault("standard-font", f"the file asks for the viewer's own `{name}`")


# --- tags -----------------------------------------------------------------------------


def _tag_faults(
    document: Any,  # noqa: ANN401  # pikepdf
    display: DisplayList,
    reading: Reading,
    proof: FileProof,
) -> Iterator[Diagnostic]:
    known: dict[Any, Any] = {}
    pages = [
        read_content(content_of(page), font_maps(page, known, places=False), places=False)
        for page in document.pages
    ]
    proof.marks = sum(len(page.marks) for page in pages)
    for number, page in enumerate(pages, 1):
        for fact in page.faults:
            yield _fault("broken-mark", f"{fact} on page {number}")
        for fact in page.untrue():
            yield _fault("told-otherwise", f"{fact} on page {number}")
    tree = read_tree(document, pages)
    for fact in tree.faults:
        yield _fault("broken-tags", fact)
    if not tree.faults:
        yield from _told_faults(tree, reading, is_rtl=display.direction == "rtl")
    yield from _letter_faults(pages, display, reading)


def _told_faults(tree: Tree, reading: Reading, *, is_rtl: bool) -> Iterator[Diagnostic]:
    """Yield `tags-read-wrong`: the tree does not say what the document says."""
    told = _bare("".join([one.text for one in tree.texts if one.is_read]), is_rtl=is_rtl)
    leaves = [_bare(leaf.text, is_rtl=is_rtl) for leaf in reading.leaves]
    expected = "".join(leaves)
    if told == expected or (is_rtl and Counter(told) == Counter(expected)):
        return
    same = next(
        (at for at, (a, b) in enumerate(zip(told, expected, strict=False)) if a != b),
        min(len(told), len(expected)),
    )
    at, end = 0, 0
    for at, leaf in enumerate(leaves):  # noqa: B007  # the last one is meant
        end += len(leaf)
        if end > same:
            break
    shown = printable(reading.leaves[at].text[:_SHOWN])
    yield reading.fault(
        "tags-read-wrong",
        f"a screen reader is told `{printable(told[same : same + _SHOWN])}` within or"
        f" after `{shown}`",
        _REPORT,
        lookup=reading.leaves[at].message,
    )


@lru_cache(maxsize=4096)
def _bare(text: str, *, is_rtl: bool) -> str:
    """Return what counts; punctuation alone has no direction to be read in."""
    shown = plain(text)
    return shown.translate(_PUNCTUATION) if is_rtl else shown


def _letter_faults(
    pages: Sequence[PageContent], display: DisplayList, reading: Reading
) -> Iterator[Diagnostic]:
    """Yield `other-text`: a page holds more letters than it should, or fewer.

    Furniture is in no tree, and what is drawn twice in one place is seen once.
    """
    is_rtl = display.direction == "rtl"
    for number, (page, shown) in enumerate(zip(pages, display.pages, strict=False), 1):
        runs = [(p.artifact is None, _shown_by(p.run)) for p in shown.placed()]
        marks = [
            (
                one.number is not None,
                "".join(one.glyphs) if one.told is None else one.told,
            )
            for one in page.painted
        ]
        drawn, marked = _by_owner(runs, is_rtl), _by_owner(marks, is_rtl)
        # Nearly always in the same order; spans of furniture stand in one another.
        if drawn[0] == marked[0] and sorted(drawn[1]) == sorted(marked[1]):
            continue
        wanted, told = Counter("".join(drawn)), Counter("".join(marked))
        # No count is zero: as mappings they compare faster than as counters.
        if dict.__ne__(told, wanted):
            extra, lost = told - wanted, wanted - told
            chars = printable("".join((extra or lost).elements())[:_SHOWN])
            verb = "shows" if extra else "lacks"
            yield reading.fault(
                "other-text", f"page {number} {verb} the letters `{chars}`", _REPORT
            )


def _by_owner(texts: Sequence[tuple[bool, str]], is_rtl: bool) -> tuple[str, str]:
    """Return what counts of elements' texts, and of furniture's."""
    own = "".join([text for is_own, text in texts if is_own])
    other = "".join([text for is_own, text in texts if not is_own])
    return plain(own, is_rtl), plain(other, is_rtl)


@lru_cache(maxsize=KEPT_RUNS)
def _shown_by(run: GlyphRun) -> str:
    """Return the text of a run, the same object again: what is kept of it is found."""
    return "".join(run.texts)


# --- what is seen ---------------------------------------------------------------------


def _page_faults(
    looks: Iterable[tuple[Sequence[ExpectedLine], SeenPage]],
    display: DisplayList,
    reading: Reading,
    terms: Sequence[str],
    proof: FileProof,
) -> Iterator[Diagnostic]:
    totals: dict[_Key, list[int]] = {}
    read: list[float] = []
    is_rtl = display.direction == "rtl"
    for number, (shown, look) in enumerate(zip(display.pages, looks, strict=False), 1):
        lines, seen = look
        found = compare_page(lines, seen.chars)
        proof.figures += found.figures
        for key, count in found.expected.items():
            total = totals.setdefault(key, [0, 0])
            total[0] += count
            total[1] += found.found[key]
        yield from _line_faults(found, number, reading, terms)
        yield from _stray_faults(found, number)
        yield from _color_faults(found, seen, number)
        if not is_rtl:
            yield from _scattered(shown, seen, number, reading, read)
    proof.phones = len(_phones(reading))
    yield from _recall_faults(totals, read, display.lang, reading, proof)


def _stretches(page: Page) -> list[Stretch]:
    return [_stretch(placed) for placed in page.placed() if placed.run.gids]


def _stretch(placed: Placed) -> Stretch:
    run = placed.run
    key: _Key = placed.artifact if placed.artifact is not None else run.style.message
    return Stretch(
        placed.y_pt,
        placed.x_pt,
        placed.x_pt + run.width_pt,
        run.size_pt,
        _shown_by(run),
        run.is_rtl,
        key,
        placed.color,
    )


def _line_faults(
    found: Comparison, number: int, reading: Reading, terms: Sequence[str]
) -> Iterator[Diagnostic]:
    """Yield what must be exact and is not: numbers, phones, Latin words, terms, "not"."""
    for line in found.lines:
        message = _first_message(line)
        wanted, got = figures_in(line.expected), figures_in(line.seen)
        if wanted != got:
            shown = f"`{' '.join(wanted)}` is seen as `{printable(' '.join(got))}`"
            yield reading.fault(
                "number-misread", f"{shown} on page {number}", _REPORT, lookup=message
            )
        for code, word in (
            *(("term-misread", word) for word in terms),
            *(("negation-misread", word) for word in _negations(line, reading)),
        ):
            if _is_lost(word, line):
                yield reading.fault(
                    code,
                    f"`{printable(word)}` cannot be read back on page {number}",
                    _REPORT,
                    lookup=message,
                )


def _first_message(line: Line) -> int | None:
    return next((one.key for one in line.stretches if isinstance(one.key, int)), None)


def _negations(line: Line, reading: Reading) -> Iterator[str]:
    """Yield the words of safety messages that turn a sentence round."""
    safety = reading.document.safety_lookups
    if not any(one.key in safety for one in line.stretches):
        return
    language = reading.document.lang.split("-")[0]
    for one in line.stretches:
        text = drawn_order(one.shown) if one.is_rtl else one.shown
        for start, end in negation_ranges(text, language):
            yield text[start:end]


def _is_lost(word: str, line: Line) -> bool:
    shown = plain(word)
    if not shown:
        return False
    is_rtl = any(one.is_rtl for one in line.stretches)
    forms = {shown, drawn_order(shown)} if is_rtl else {shown}
    return any(line.expected.count(form) > line.seen.count(form) for form in forms)


def _stray_faults(found: Comparison, number: int) -> Iterator[Diagnostic]:
    for one in found.moved:
        fact = f"`{printable(one.shown[:_SHOWN])}` is not seen where it should stand"
        yield _fault("moved-text", f"{fact} on page {number}")
    if found.strays:
        text = printable(found.strays[:_SHOWN])
        fact = f"`{text}` is seen on page {number}, where nothing should be"
        yield _fault("stray-text", fact)


def _color_faults(found: Comparison, seen: SeenPage, number: int) -> Iterator[Diagnostic]:
    for stretch, char in found.first:
        if stretch.color is None:
            continue
        wanted = _channels(stretch.color)
        got = seen.color(char)
        if got != wanted and _is_other(wanted, got):
            shown = printable(stretch.shown[:_SHOWN])
            fact = f"`{shown}` has the colour #{bytes(got).hex()}, not {stretch.color}"
            yield _fault("wrong-colour", f"{fact}, on page {number}")


@lru_cache(maxsize=256)
def _channels(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color.removeprefix("#")))


def _is_other(wanted: Sequence[int], got: Sequence[int]) -> bool:
    return any(abs(a - b) > _COLOR_SLACK for a, b in zip(wanted, got, strict=True))


class _Shown(NamedTuple):
    whole: str
    lines: tuple[str, ...]


def _scattered(
    shown: Page, seen: SeenPage, number: int, reading: Reading, read: list[float]
) -> Iterator[Diagnostic]:
    """Yield `scattered-text`: the viewer's own order tears a message to pieces."""
    messages = _messages(shown)
    page = plain(seen.text())
    for key, message in messages.items():
        if message.whole in page or all(line in page for line in message.lines):
            read.append(1.0)
            continue
        (whole,) = message_recalls([message.whole], page)
        parts = message_recalls(message.lines, page)
        by_line = sum(
            len(line) * recall for line, recall in zip(message.lines, parts, strict=True)
        ) / len(message.whole)
        recall = max(whole, by_line)
        read.append(recall)
        if recall < LEAST_RECALL:
            text = printable(message.whole[:_SHOWN])
            fact = f"{recall:.0%} of `{text}` come back when page {number} is copied"
            yield reading.fault("scattered-text", fact, _REPORT, lookup=key)


def _messages(page: Page) -> dict[int, _Shown]:
    lines: dict[int, dict[float, list[GlyphRun]]] = {}
    for placed in page.placed():
        message = placed.run.style.message
        if placed.artifact is None and message is not None:
            own = lines.setdefault(message, {})
            own.setdefault(round(placed.y_pt), []).append(placed.run)
    found = {}
    for message, own in lines.items():
        texts = tuple(plain(logical_text(runs)) for runs in own.values())
        if len(whole := "".join(texts)) > _SHORT:
            found[message] = _Shown(whole, texts)
    return found


def _recall_faults(
    totals: dict[_Key, list[int]],
    read: list[float],
    lang: str,
    reading: Reading,
    proof: FileProof,
) -> Iterator[Diagnostic]:
    recalls: list[float] = []
    for key, (expected, found) in totals.items():
        if isinstance(key, str) or expected <= _SHORT:
            continue
        recall = found / expected
        recalls.append(recall)
        if recall < LEAST_RECALL:
            lookup = key if isinstance(key, int) else None
            text = printable((reading.msgid(lookup) or "a text")[:_SHOWN])
            fact = f"{recall:.0%} of `{text}` can be seen where it should stand"
            yield reading.fault("unreadable-text", fact, _REPORT, lookup=lookup)
    proof.messages = sum(isinstance(key, int) for key in totals)
    proof.recall_min = round(min((*recalls, *read), default=1.0), 4)
    for found_all in (recalls, read):
        mean = sum(found_all) / len(found_all) if found_all else 1.0
        proof.recall_mean = min(proof.recall_mean, round(mean, 4))
    needed = MEAN_RECALL
    if reading.document.direction == "rtl" or lang.partition("-")[0] in _LOOSE:
        needed = MEAN_RECALL_LOOSE
    if proof.recall_mean < needed:
        fact = f"{proof.recall_mean:.1%} of the messages' text come back on average"
        yield _fault("unreadable-text", fact)


def _phones(reading: Reading) -> list[str]:
    nodes = reading.document.nodes
    return [one.text for one in nodes if isinstance(one, Value) and one.kind == "phone"]
