"""What each drawing must hold, so that it can be drawn and read aloud."""

from __future__ import annotations

from typing import Any, Final

from handouts.document.findings import Findings
from handouts.document.tree import Figure, Item, ListBlock, Paragraph

__all__ = ["check_figure"]

_NEEDS_ALT: Final = frozenset({"alarm", "lines", "receptor", "scale", "timeline"})
_OF_ITEMS: Final = frozenset({"alarm", "people", "phones", "receptor", "timeline"})
_MOST_ITEMS: Final = {"alarm": 2, "people": 3, "phones": 6, "receptor": 2}
_LEAST_ITEMS: Final = {"alarm": 2, "receptor": 2}
_ALT_HINT: Final = 'add `<p class="alt">…</p>` with the same in words'


def check_figure(figure: Figure, element: Any, findings: Findings) -> None:  # noqa: ANN401  # lxml has no types
    """Report a figure without what its drawing needs."""
    if figure.draw in _NEEDS_ALT and figure.alt is None:
        findings.error(
            "missing-alt",
            element,
            f"`{figure.draw}` has no text to read aloud",
            _ALT_HINT,
        )
    if figure.draw == "scale" and len(figure.blocks) != 2:
        findings.error(
            "incomplete-figure",
            element,
            f"`scale` has {len(figure.blocks)} end labels",
            "write two paragraphs: the words for 0 and for 10",
        )
    if figure.draw == "certainty":
        _check_certainty(figure, element, findings)
    elif element.getparent().tag == "td":
        findings.error(
            "wrong-nesting",
            element,
            f"`{figure.draw}` cannot stand in a cell",
            "a cell may hold a `certainty`; put this figure below the table",
        )
    _check_bar(figure, element, findings)
    if figure.draw in _OF_ITEMS:
        _check_items(figure, element, findings)
    options = dict(figure.options)
    least, most = options.get("min", "1"), options.get("max", "99")
    if least.isdecimal() and most.isdecimal() and int(least) > int(most):
        findings.error(
            "invalid-attribute",
            element,
            f"`data-min` {least} is more than `data-max` {most}",
            "swap them",
        )


def _check_certainty(figure: Figure, element: Any, findings: Findings) -> None:  # noqa: ANN401  # lxml has no types
    if "level" not in dict(figure.options):
        findings.error(
            "missing-attribute",
            element,
            "`certainty` lacks `data-level`",
            "write `data-level` from 1 (no clear evidence) to 4 (strong)",
        )
    if len(figure.blocks) != 1 or not isinstance(figure.blocks[0], Paragraph):
        findings.error(
            "incomplete-figure",
            element,
            "`certainty` does not hold one paragraph",
            "write its words: `<p>{% trans %}Weak evidence{% endtrans %}</p>`",
        )


def _check_bar(figure: Figure, element: Any, findings: Findings) -> None:  # noqa: ANN401  # lxml has no types
    bar = dict(figure.options).get("bar")
    if bar is None:
        return
    first, _, last = bar.partition("-")
    stops = sum(len(b.items) for b in figure.blocks if isinstance(b, ListBlock))
    if not (first <= last and last.isdecimal() and int(last) <= stops):
        findings.error(
            "invalid-attribute",
            element,
            f"`data-bar` {bar} is no stretch of {stops} stops",
            "write the first and the last stop of the stretch, such as `2-3`",
        )


def _check_items(figure: Figure, element: Any, findings: Findings) -> None:  # noqa: ANN401  # lxml has no types
    lists = [block for block in figure.blocks if isinstance(block, ListBlock)]
    items = [item for block in lists for item in block.items]
    if len(lists) != 1 or len(figure.blocks) != 1:
        findings.error(
            "incomplete-figure",
            element,
            f"`{figure.draw}` does not hold one list",
            "write `<ul>` with an `<li>` for each picture",
        )
    elif len(items) < _LEAST_ITEMS.get(figure.draw, 0):
        findings.error(
            "incomplete-figure",
            element,
            f"`{figure.draw}` has {len(items)} items, it shows "
            f"{_LEAST_ITEMS[figure.draw]} pictures",
            "write an `<li>` for each picture",
        )
    elif len(items) > _MOST_ITEMS.get(figure.draw, len(items)):
        findings.error(
            "incomplete-figure",
            element,
            f"`{figure.draw}` has {len(items)} items, room is for "
            f"{_MOST_ITEMS[figure.draw]}",
            "make it two figures",
        )
    for item in items:
        _check_item(figure.draw, item, element, findings)


def _check_item(draw: str, item: Item, element: Any, findings: Findings) -> None:  # noqa: ANN401  # lxml has no types
    paragraphs = [block for block in item.blocks if isinstance(block, Paragraph)]
    has_alt = any(paragraph.css_class == "alt" for paragraph in paragraphs)
    if draw == "people" and item.count is None:
        findings.error(
            "incomplete-figure",
            element,
            "an item of `people` has no count",
            'write `<li data-count="27">`',
        )
    if draw == "people" and not has_alt:
        findings.error(
            "missing-alt",
            element,
            "an item of `people` has no text to read aloud",
            _ALT_HINT,
        )
    if draw == "phones" and len(paragraphs) not in {2, 3}:
        findings.error(
            "incomplete-figure",
            element,
            "an item of `phones` is not a label and a number",
            "write `<li><p>label</p><p>{{ clinic.phone|phone }}</p></li>`",
        )
