"""Display list → text, for golden tests and for reading: one item a line, 0.01 pt."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.layout.display import (
    Box,
    DisplayList,
    Item,
    Page,
    Path,
    Picture,
    Placed,
    Segment,
)

__all__ = ["dump_display"]


def dump_display(display: DisplayList) -> str:
    """Return the display list as text, positions at 0.01 pt."""
    return "\n".join(_lines(display)) + "\n"


def _lines(display: DisplayList) -> Iterator[str]:
    yield (
        f"{display.title} [{display.lang} {display.direction}] {_n(display.size_pt)} pt,"
        f" {len(display.pages)} pages"
    )
    for number, page in enumerate(display.pages, start=1):
        yield from _page(number, page)


def _page(number: int, page: Page) -> Iterator[str]:
    yield f"page {number} {_n(page.width_pt)} x {_n(page.height_pt)}"
    for item in page.items:
        yield "  " + _item(item)


def _item(item: Item) -> str:
    match item:
        case Placed():
            return _placed(item)
        case Box():
            dash = f" dash {_ns(item.dash)}" if item.dash else ""
            place = _ns((item.x_pt, item.y_pt, item.width_pt, item.height_pt))
            return (
                f"box {place} r{_n(item.radius_pt)}"
                f"{_paint(item.fill, item.stroke, item.stroke_pt)}{dash}"
            )
        case Segment():
            ends = _ns((item.x1_pt, item.y1_pt, item.x2_pt, item.y2_pt))
            return f"line {ends} {_n(item.width_pt)} {item.color}"
        case Path():
            return f"path {_bounds(item)}{_paint(item.fill, item.stroke, item.stroke_pt)}"
        case Picture():
            place = _ns((item.x_pt, item.y_pt, item.width_pt, item.height_pt))
            return f"picture {place} {len(item.data)} bytes"


def _placed(item: Placed) -> str:
    run = item.run
    clusters = list(run.texts)
    text = "".join(reversed(clusters) if run.is_rtl else clusters)
    weight = " bold" if run.style.bold else ""
    artifact = f" ({item.artifact})" if item.artifact else ""
    message = f" m{run.style.message}" if run.style.message is not None else ""
    element = f" e{run.style.element}" if run.style.element is not None else ""
    return (
        f"text {_ns((item.x_pt, item.y_pt))} {_n(run.width_pt)} wide {_n(run.size_pt)} pt"
        f"{weight} {item.color} on {item.background}{artifact}{element}{message} {text!r}"
    )


def _paint(fill: str | None, stroke: str | None, stroke_pt: float) -> str:
    filled = f" fill {fill}" if fill else ""
    return filled + (f" stroke {stroke} {_n(stroke_pt)}" if stroke else "")


def _bounds(path: Path) -> str:
    xs = [float(n) for command in path.commands for n in command[1::2]]
    ys = [float(n) for command in path.commands for n in command[2::2]]
    return f"{_ns((min(xs), min(ys), max(xs), max(ys)))} {len(path.commands)} commands"


def _n(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _ns(values: tuple[float, ...]) -> str:
    return " ".join(_n(value) for value in values)
