"""Timeline, alarm, receptor, certainty: in their frame, mirrored, and when not drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.document.tree import Break, Group, MessageSpan, Paragraph, Text
from handouts.layout import KNOWN_FORMATS, Box, DisplayList, Item, Path, Placed, Segment
from handouts.layout.formats import FRAME_WIDTH_PT, MEASURE_PT, TEXT_EDGE_PT
from handouts.layout.inline import headed, joined
from handouts.layout.panels import PANELS
from handouts.layout.shapes import arc
from handouts.layout.theme import PALETTE

A4 = KNOWN_FORMATS["a4"]
EDGE = A4.side_pt + TEXT_EDGE_PT
END = A4.side_pt + FRAME_WIDTH_PT
SHORT = ("at home", "here", "drip", "home")

# As long as these labels are in the longest languages, in letters of half an em.
LONG = {
    "ru": ("Обычный сигнал тревоги: предупреждает о повреждении",
           "Слишком чувствительная сигнализация: срабатывает от лёгкого прикосновения"),
    "pl": ("Zwykły alarm: ostrzega przed urazem",
           "Podkręcony alarm: uruchamia go lekkie dotknięcie"),
    "de": ("Gewöhnlicher Alarm: Er warnt vor einer Verletzung",
           "Überempfindlicher Alarm: Schon eine leichte Berührung löst ihn aus"),
}  # fmt: skip


def section(*blocks: str) -> str:
    return "<section><h2>A heading</h2><p>before</p>" + "".join(blocks) + "</section>"


def timeline(*stops: str, bar: str = "") -> str:
    items = "".join(f"<li><p>{stop}</p></li>" for stop in stops)
    more = f' data-bar="{bar}"' if bar else ""
    return (
        f'<figure data-draw="timeline"{more}><ol>{items}</ol><p class="alt">Day</p>'
        "</figure><p>behind</p>"
    )


def panels(draw: str, first: str, second: str) -> str:
    return (
        f'<figure data-draw="{draw}"><ul><li><p>{first}</p></li><li><p>{second}</p></li>'
        '</ul><p class="alt">Pictures</p></figure><p>behind</p>'
    )


def sure(level: int, words: str = "weak", others: int = 1) -> str:
    heads = "".join(f'<th scope="col">head {n}</th>' for n in range(others))
    cells = f"<td>{'y' * 20}</td>" * (others - 1)
    return (
        f'<table><thead><tr>{heads}<th scope="col">How sure?</th></tr></thead><tbody><tr>'
        f'<th scope="row">what</th>{cells}<td><figure data-draw="certainty"'
        f' data-level="{level}"><p>{words}</p></figure></td></tr></tbody></table>'
    )


def items(display: DisplayList) -> list[Item]:
    (page,) = display.pages
    return list(page.items)


def at(display: DisplayList, text: str) -> Placed:
    (found,) = [
        one
        for one in display.pages[0].placed()
        if text in {str(one.run.texts).strip(), str(one.run.texts).strip()[::-1]}
    ]
    return found


def baselines(display: DisplayList) -> list[float]:
    return sorted({one.y_pt for one in display.pages[0].placed()})


def points(path: Path) -> Iterator[tuple[float, float]]:
    for command in path.commands:
        numbers = [float(n) for n in command[1:]]
        yield from zip(numbers[::2], numbers[1::2], strict=True)


def extent(path: Path) -> tuple[float, float, float, float]:
    """Return left, top, right and foot; a curve lies within its points."""
    xs, ys = zip(*points(path), strict=True)
    half = path.stroke_pt / 2
    return min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half


def drawn(display: DisplayList) -> list[Path]:
    """Return the shapes of pictures: they belong to a node, unlike symbols."""
    return [i for i in items(display) if isinstance(i, Path) and i.element is not None]


def discs(display: DisplayList) -> list[Box]:
    return [i for i in items(display) if isinstance(i, Box) and i.element is not None]


# --- pictures side by side ------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(PANELS))
@pytest.mark.parametrize("index", [0, 1])
def test_a_picture_stays_in_its_square(name: str, index: int) -> None:
    panel = PANELS[name][index]
    for shape in panel.shapes:
        path = Path(shape.commands, stroke_pt=shape.width if shape.stroke else 0.0)
        left, top, right, foot = extent(path)
        assert left >= 0 or shape.stroke  # a membrane runs to the very edge
        assert left >= -1.0
        assert top >= 0
        assert right <= panel.width + 1.0
        assert foot <= panel.height


@pytest.mark.parametrize("name", sorted(PANELS))
@pytest.mark.parametrize("locale", sorted(LONG))
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_pictures_and_labels_stand_apart(
    name: str, locale: str, direction: str, press: Any
) -> None:
    display = press.lay_out(section(panels(name, *LONG[locale])), direction=direction)
    shapes = [extent(path) for path in drawn(display)]
    before, behind = at(display, "before").y_pt, at(display, "behind").y_pt
    labels = [one for one in display.pages[0].placed() if before < one.y_pt < behind]
    assert min(top for _, top, _, _ in shapes) > before + 2.0
    assert max(foot for *_, foot in shapes) < min(o.y_pt - o.run.size_pt for o in labels)
    frames = sorted({one.frame for one in labels})
    assert len(frames) == 2
    assert frames[0][0] + frames[0][2] < frames[1][0]
    edges = (EDGE, END) if direction == "ltr" else (A4.side_pt, END - TEXT_EDGE_PT)
    assert min(left for left, *_ in shapes) >= edges[0] - 1.2
    assert max(right for *_, right, _ in shapes) <= edges[1] + 1.2
    assert not press.sink.has_errors


@pytest.mark.parametrize("name", sorted(PANELS))
def test_pictures_are_mirrored(name: str, new_press: Callable[[], Any]) -> None:
    body = section(panels(name, "one", "two"))
    ltr = drawn(new_press().lay_out(body, direction="ltr"))
    rtl = drawn(new_press().lay_out(body, direction="rtl"))
    width = A4.width_pt
    turned = [[(round(width - x, 6), y) for x, y in points(path)] for path in ltr]
    assert turned == [[(round(x, 6), y) for x, y in points(path)] for path in rtl]


def test_what_differs_between_the_bells_is_number_size_and_thickness() -> None:
    usual, loud = (
        [shape for shape in panel.shapes if shape.stroke] for panel in PANELS["alarm"]
    )
    assert (len(usual), len(loud)) == (2, 6)
    assert min(shape.width for shape in loud) > max(shape.width for shape in usual)


def test_fewer_signals_pass_the_blocked_gate() -> None:
    def passed(index: int) -> int:
        panel = PANELS["receptor"][index]
        tops = [extent(Path(shape.commands))[1] for shape in panel.shapes if shape.fill]
        return sum(top > 36 for top in tops)

    assert passed(0) > 3 * passed(1) > 0


@pytest.mark.parametrize("words", ["two " * 7, "two " * 4])
def test_bold_words_have_their_own_line_even_if_it_costs_one(
    words: str, press: Any
) -> None:
    body = panels("alarm", "one", f"<strong>Now:</strong> {words}")
    display = press.lay_out(section(body))
    bold = at(display, "Now:")
    (*_, first) = (
        o
        for o in display.pages[0].placed()
        if o.y_pt == bold.y_pt and o.x_pt >= bold.x_pt
    )
    assert first is bold


def test_pictures_are_low_and_grow_with_the_type(press: Any) -> None:
    display = press.lay_out(section(panels("receptor", "one " * 12, "two " * 12)))
    shapes = [extent(path) for path in drawn(display)]
    first = min(top for _, top, _, _ in shapes)
    last = max(o.y_pt for o in display.pages[0].placed() if "two" in str(o.run.texts))
    assert last - first <= 90 * display.size_pt / 12


@given(
    middle=st.floats(-180, 180),
    half=st.floats(1, 45),
    r=st.floats(1, 100),
)
def test_an_arc_lies_on_its_circle(middle: float, half: float, r: float) -> None:
    (_, x0, y0), (_, x1, y1, x2, y2, x3, y3) = arc(0, 0, r, middle, half)
    assert float(x0) ** 2 + float(y0) ** 2 == pytest.approx(r * r)
    xs = (float(x0) + 3 * float(x1) + 3 * float(x2) + float(x3)) / 8
    ys = (float(y0) + 3 * float(y1) + 3 * float(y2) + float(y3)) / 8
    assert (xs * xs + ys * ys) ** 0.5 == pytest.approx(r, rel=1e-3)


# --- the timeline ---------------------------------------------------------------------


def test_stops_stand_above_their_words(press: Any) -> None:
    display = press.lay_out(section(timeline(*SHORT, bar="2-3")))
    stops = discs(display)
    assert [stop.x_pt for stop in stops] == sorted(stop.x_pt for stop in stops)
    for stop, words in zip(stops, SHORT, strict=True):
        assert stop.x_pt - 1.0 == pytest.approx(at(display, words).x_pt)
    line, bar = [i for i in items(display) if isinstance(i, Segment) and i.element]
    assert (line.width_pt, bar.width_pt) == (2.0, 7.0)
    middles = [stop.x_pt + stop.width_pt / 2 for stop in stops]
    assert (bar.x1_pt, bar.x2_pt) == pytest.approx((middles[1], middles[3]))
    (arrow,) = drawn(display)
    assert extent(arrow)[2] == pytest.approx(EDGE + MEASURE_PT)
    assert line.x2_pt == pytest.approx(extent(arrow)[0])
    assert not [o for o in display.pages[0].placed() if o.artifact == "number"][1:]


def test_a_bar_may_run_to_the_arrow_or_not_be_there(new_press: Callable[[], Any]) -> None:
    def bars(bar: str) -> list[Segment]:
        display = new_press().lay_out(section(timeline(*SHORT, bar=bar)))
        return [i for i in items(display) if isinstance(i, Segment) and i.width_pt == 7.0]

    assert bars("") == []
    assert bars("4-4")[0].x2_pt == pytest.approx(EDGE + MEASURE_PT - 9.0)


def test_the_arrow_points_to_the_end_side(press: Any) -> None:
    display = press.lay_out(section(timeline(*SHORT)), direction="rtl")
    (arrow,) = drawn(display)
    tip = min(points(arrow))
    assert tip[0] == pytest.approx(A4.side_pt)
    assert [x for x, _ in points(arrow)].count(tip[0]) == 1
    stops = discs(display)
    assert [s.x_pt for s in stops] == sorted((s.x_pt for s in stops), reverse=True)


@pytest.mark.parametrize(
    "stops",
    [
        ("one", "two", "three", "four", "five"),
        ("one",),
        ("one two three four five six seven " * 2,) * 4,
        ("Donaudampfschifffahrtsgesellschaft",) * 4,
        ("one</p><p>more", "two"),
    ],
    ids=["five stops", "one stop", "long words", "a wide word", "two paragraphs"],
)
def test_without_room_it_is_a_numbered_list(stops: tuple[str, ...], press: Any) -> None:
    display = press.lay_out(section(timeline(*stops)))
    numbers = [o for o in display.pages[0].placed() if o.artifact == "number"]
    listed = [str(one.run.texts) for one in numbers[1:]]
    assert listed == [str(n) for n in range(1, len(stops) + 1)]
    assert discs(display) == []


def test_columns_follow_the_words_where_that_saves_lines(press: Any) -> None:
    display = press.lay_out(
        section(timeline("one two three four five six seven " * 2, "eight", "nine"))
    )
    first, second, third = (stop.x_pt for stop in discs(display))
    assert second - first > third - second + 10.0


RUSSIAN = (  # at home, arrival, drip and rest, home again: what happens there
    "<strong>Дома:</strong> без еды и питья, как договорились",
    "<strong>Прибытие:</strong> вопросы и осмотр",
    "<strong>Капельница и отдых:</strong> персонал наблюдает за вами",
    "<strong>Снова дома:</strong> с сопровождающим взрослым",
)


def test_long_words_get_the_width_that_they_need(press: Any) -> None:
    display = press.lay_out(section(timeline(*RUSSIAN)))
    stops = [stop.x_pt for stop in discs(display)]
    assert len(stops) == len(RUSSIAN)
    ends = [*stops[1:], EDGE + MEASURE_PT + 1.0]  # a disc's stroke is inside
    widths = [b - a for a, b in zip(stops, ends, strict=True)]
    assert widths[1] == min(widths) < max(widths) == widths[2]
    for stop, width in zip(stops, widths, strict=True):
        words = [
            o
            for o in display.pages[0].placed()
            if o.x_pt == pytest.approx(stop - 1.0) and o.frame[2] < MEASURE_PT / 2
        ]
        assert words
        assert all(o.run.width_pt <= width for o in words)


def columns(display: DisplayList) -> list[float]:
    """Return the widths of a timeline's four columns."""
    starts = [stop.x_pt - 1.0 for stop in discs(display)]
    widths = [b - a - 12.0 for a, b in pairwise(starts)]
    return [*widths, EDGE + MEASURE_PT - starts[-1]]


def test_columns_are_as_equal_as_the_fewest_lines_allow(press: Any) -> None:
    # 18 letters are wider than a fourth of the measure, and stay on one line.
    home = "<strong>Home again, home:</strong> with help"
    stops = ["<strong>A:</strong> b", home, "<strong>C:</strong> d", "e"]
    found = columns(press.lay_out(section(timeline(*stops))))
    assert found[1] == pytest.approx(17 * 7.0, abs=0.1)
    rest = (MEASURE_PT - 3 * 12 - found[1]) / 3
    assert [found[0], *found[2:]] == pytest.approx([rest] * 3)
    # Where bold words cannot have one line each, they have two.
    longer = [
        home,
        home.replace("Home", "And home"),
        home.replace("home", "at home"),
        home,
    ]
    found = columns(press.lay_out(section(timeline(*longer))))
    assert found == pytest.approx([(MEASURE_PT - 36) / 4] * 4)


def test_one_long_label_makes_no_other_long(press: Any) -> None:
    # The first has three lines below its bold word in any case. With one line for the
    # bold words of the third, the second would be broken at each space.
    stops = [
        "<strong>A:</strong> " + "aaaaaaaa " * 6,
        "<strong>B:</strong> bbbbbbb bb bbbbbbb",
        "<strong>Drip and recovery:</strong> staff here",
        "<strong>D:</strong> " + "d" * 13,
    ]
    found = columns(press.lay_out(section(timeline(*stops))))
    assert [found[0], found[3]] == pytest.approx([17 * 7.0, 13 * 7.0], abs=0.1)
    rest = (MEASURE_PT - 3 * 12 - found[0] - found[3]) / 2
    assert found[1:3] == pytest.approx([rest] * 2)


def test_three_lines_are_few_enough_for_equal_columns(press: Any) -> None:
    # "one two three" would fit one line in a wider column.
    stops = ["<strong>A:</strong> one two three", *["<strong>B:</strong> b"] * 3]
    found = columns(press.lay_out(section(timeline(*stops))))
    assert found == pytest.approx([(MEASURE_PT - 36) / 4] * 4)


def test_smaller_type_is_taken_where_that_keeps_the_picture(press: Any) -> None:
    word = "x" * 14  # four of them have no room beside each other at 14 pt
    display = press.lay_out(section(timeline(*(f"{word} a" for _ in range(4)))))
    assert len(discs(display)) == 4
    assert display.size_pt == 13.75


_LABELS = st.lists(
    st.text(alphabet="ab ", min_size=1, max_size=60).filter(str.strip),
    min_size=2,
    max_size=5,
)


@settings(max_examples=40, deadline=None)
@given(labels=_LABELS, direction=st.sampled_from(["ltr", "rtl"]))
def test_no_label_stands_on_another_and_none_is_lost(
    labels: list[str], direction: str, new_press: Callable[[], Any]
) -> None:
    stops = [f"<strong>X:</strong> {label}" for label in labels]
    press = new_press()
    display = press.lay_out(section(timeline(*stops)), direction=direction)
    before, behind = at(display, "before").y_pt, at(display, "behind").y_pt
    placed = [
        o
        for o in display.pages[0].placed()
        if before < o.y_pt < behind and o.artifact is None
    ]
    text = "".join(str(o.run.texts) for o in placed)
    assert text.count("X") == len(labels)
    assert text.count("a") + text.count("b") == sum(
        label.count("a") + label.count("b") for label in labels
    )
    if discs(display):
        frames = sorted({(o.frame[0], o.frame[2]) for o in placed})
        assert len(frames) == len(labels)
        for (x, width), (other, _) in pairwise(frames):
            assert other - x - width == pytest.approx(12.0)
        heads = [o for o in placed if "X" in str(o.run.texts)]
        assert len({o.y_pt for o in heads}) == 1
        assert len({o.y_pt for o in placed}) <= 4


# --- how sure -------------------------------------------------------------------------


@pytest.mark.parametrize("level", [1, 2, 3, 4])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_boxes_are_filled_from_the_start(level: int, direction: str, press: Any) -> None:
    display = press.lay_out(section(sure(level)), direction=direction)
    boxes = [i for i in items(display) if isinstance(i, Box) and i.stroke_pt == 1.0]
    boxes.sort(key=lambda box: box.x_pt, reverse=direction == "rtl")
    assert [box.fill for box in boxes] == (
        [PALETTE.brand] * level + [PALETTE.white] * (4 - level)
    )
    assert {box.stroke for box in boxes} == {PALETTE.brand}
    assert {box.element for box in boxes} == {None}  # decoration: the words say it
    foot = boxes[0].y_pt + boxes[0].height_pt
    assert foot < at(display, "weak").y_pt - 0.5 * display.size_pt


def test_words_below_boxes_are_level_with_those_beside(press: Any) -> None:
    cells = (
        '<table><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
        '<tbody><tr><th scope="row">one<br/>two</th><td><figure data-draw="certainty"'
        ' data-level="2"><p>weak</p></figure></td></tr></tbody></table>'
    )
    display = press.lay_out(section(cells))
    assert at(display, "weak").y_pt == pytest.approx(at(display, "two").y_pt)


@pytest.mark.parametrize("words", ["weak", "weak " * 30])
def test_in_a_stacked_table_boxes_end_the_line(words: str, press: Any) -> None:
    display = press.lay_out(section(sure(3, words, others=4)))
    assert at(display, "How sure?").x_pt == EDGE
    boxes = [i for i in items(display) if isinstance(i, Box) and i.stroke_pt == 1.0]
    assert len(boxes) == 4
    runs = [o for o in display.pages[0].placed() if "weak" in str(o.run.texts)]
    end = max(o.x_pt + o.run.width_pt for o in runs)
    assert min(box.x_pt for box in boxes) > end
    assert max(box.x_pt + box.width_pt for box in boxes) <= END
    base = max(o.y_pt for o in runs)
    assert base - display.size_pt < boxes[0].y_pt < base


def test_how_sure_may_stand_outside_a_table(press: Any) -> None:
    figure = '<figure data-draw="certainty" data-level="1"><p>none</p></figure>'
    display = press.lay_out(section(figure))
    assert at(display, "none").x_pt == EDGE
    assert (
        len([i for i in items(display) if isinstance(i, Box) and i.stroke_pt == 1]) == 4
    )


# --- words ----------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["", *"?!:؟？！："])
def test_a_label_gets_no_colon(end: str) -> None:
    text = Paragraph(element=2, children=(Text(text="weak"),))
    label = Paragraph(element=1, children=(Text(text=f"Sure{end} "),))
    assert plain(joined(label, text, above=False)) == f"Sure{end}  weak"


def plain(children: Any) -> str:
    return "".join(
        child.text if isinstance(child, Text) else plain(child.children)
        for child in children
    )


def test_bold_first_words_get_their_own_line() -> None:
    bold = Group(element=3, kind="strong", children=(Text(text="Now:"),))
    own = Group(element=4, kind="em", children=(Text(text="rest"),))
    assert headed((bold, Text(text=" rest"))) == (
        bold, Text(text=" "), Break(element=3), Text(text="rest"),
    )  # fmt: skip
    assert headed((bold, Text(text="rest"))) == (
        bold, Break(element=3), Text(text="rest"),
    )  # fmt: skip
    span = MessageSpan(element=2, lookup=0, children=(bold, own))
    (made,) = headed((span,))
    assert isinstance(made, MessageSpan)
    assert made.children == (bold, Break(element=3), own)
    for same in ((), (bold,), (Text(text="rest"), bold), (own, bold)):
        assert headed(same) == same
