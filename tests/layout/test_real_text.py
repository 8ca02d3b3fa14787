"""The real text engine: pages keep their promises in scripts of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.diagnostics import Sink
from handouts.document import parse
from handouts.fonts import FontLibrary, builtin_fonts_dir
from handouts.languages import language
from handouts.layout import (
    KNOWN_FORMATS,
    Box,
    DisplayList,
    EditionInfo,
    Placed,
    Segment,
    lay_out,
)
from handouts.layout import Path as Shape
from handouts.layout.formats import FRAME_WIDTH_PT, MEASURE_PT, TEXT_EDGE_PT
from handouts.layout.theme import PALETTE
from handouts.text import TextEngine

# "What is ketamine?" and "Ketamine is a medicine", or words like them.
TEXTS = {
    "en": ("What is ketamine?", "Ketamine is a medicine. Do not drive for 24 hours."),
    "ar": ("ما هو الكيتامين؟", "الكيتامين دواء. لا تقُد السيارة لمدة ٢٤ ساعة."),
    "he": ("מהו קטמין?", "קטמין הוא תרופה. אין לנהוג במשך 24 שעות."),
    "hi": ("केटामाइन क्या है?", "केटामाइन एक दवा है जो लोगों को सुला देती है।"),
    "th": ("คีตามีนคืออะไร", "คีตามีนเป็นยาที่ทำให้ผู้ป่วยหลับระหว่างการผ่าตัด"),
    "ja": ("ケタミンとは", "ケタミンは、手術のときに使う麻酔薬です。"),
}


@pytest.fixture(scope="module")
def engine() -> TextEngine:
    folder: Path = builtin_fonts_dir()
    return TextEngine(FontLibrary.open((folder,)))


def laid_out(locale: str, engine: TextEngine) -> DisplayList:
    heading, text = TEXTS[locale]
    items = "".join(f"<li>{heading}</li>" for _ in range(6))
    markup = (
        f'<section data-part="body"><section><h2>{heading}</h2><p>{text * 6}</p>'
        f'<ul class="checklist">{items}</ul><table><thead><tr>'
        f'<th scope="col">{heading}</th><th scope="col">{heading}</th></tr></thead>'
        f'<tbody><tr><th scope="row">{heading}</th><td>{text}</td></tr></tbody></table>'
        f'</section><aside class="warning"><h3>{heading}</h3><p>{text * 3}</p></aside>'
        "</section>"
    )
    return set_as(markup, locale, engine)


def set_as(markup: str, locale: str, engine: TextEngine) -> DisplayList:
    own, sink = language(locale), Sink()
    document = parse(
        markup, (), nonce="n", lang=own.tag, direction=own.direction, sink=sink
    )
    assert document is not None, sink.diagnostics
    display = lay_out(
        document,
        format=KNOWN_FORMATS["a4"],
        language=own,
        engine=engine,
        edition=EditionInfo(code="7F3A91C2", digits=own.digits),
        sink=sink,
    )
    assert display is not None, sink.diagnostics
    return display


def without_spaces(one: Placed) -> tuple[float, float]:
    """Return a run's left and right end; a line's last spaces hang out of its measure."""
    run = one.run
    counts = run.counts or (1,) * len(run.texts)
    left, right, at = one.x_pt, one.x_pt + run.width_pt, 0
    widths = []
    for count in counts:
        widths.append(sum(run.advances[at : at + count]))
        at += count
    clusters = list(zip(run.texts, widths, strict=True))
    while clusters and clusters[0][0].isspace():
        left += clusters.pop(0)[1]
    while clusters and clusters[-1][0].isspace():
        right -= clusters.pop()[1]
    return left, max(left, right)


@pytest.mark.parametrize("locale", sorted(TEXTS))
def test_text_stands_in_its_frame(locale: str, engine: TextEngine) -> None:
    for page in laid_out(locale, engine).pages:
        for one in page.placed():
            x, y, width, height = one.frame
            left, right = without_spaces(one)
            assert left >= x - 0.02
            assert right <= x + width + 0.02
            assert y <= one.y_pt <= y + height


def test_lines_of_a_cell_are_as_long_as_each_other(engine: TextEngine) -> None:
    markup = (
        '<section data-part="body"><section><h2>Heading</h2><table><thead><tr>'
        '<th scope="col">What</th><th scope="col">How sure?</th></tr></thead><tbody>'
        '<tr><th scope="row">Pain</th><td><p>Possible in some people, who knows for how'
        " long it may be</p></td></tr></tbody></table></section></section>"
    )
    widths: dict[float, float] = {}
    for one in set_as(markup, "en", engine).pages[0].placed():
        if one.frame[2] < MEASURE_PT - 50 and not one.run.style.bold:
            left, right = without_spaces(one)
            widths[one.y_pt] = widths.get(one.y_pt, 0.0) + right - left
    first, *_, last = (widths[y] for y in sorted(widths))
    assert last > 0.6 * first


HEADS = {
    "en": "Worst pain",
    "he": "הכאב הכי חזק",  # the strongest pain
    "hi": "सबसे तेज़ दर्द",  # the strongest pain
    "ja": "最大の痛み",  # the greatest pain
}


@pytest.mark.parametrize("locale", ["he", "hi", "ja"])
def test_heads_of_a_diary_have_as_much_air_as_latin_ones(
    locale: str, engine: TextEngine
) -> None:
    lines = '<figure data-draw="lines" data-min="22"><p class="alt">Lines</p></figure>'

    def head_em(locale: str) -> float:
        head = HEADS[locale]
        markup = (
            f'<section data-part="body"><section><h2>{head}</h2><table class="diary">'
            f'<thead><tr><th scope="col">{head}</th><th scope="col">{head}</th></tr>'
            f"</thead><tbody><tr><td></td><td></td></tr></tbody></table>{lines}"
            "</section></section>"
        )
        display = set_as(markup, locale, engine)
        boxes = [
            item
            for item in display.pages[0].items
            if isinstance(item, Box) and item.stroke_pt == 0.75
        ]
        return boxes[0].height_pt / display.size_pt

    assert head_em(locale) >= head_em("en") - 0.01


@pytest.mark.parametrize("locale", ["ar", "he"])
def test_rail_stands_at_the_right_in_right_to_left_pages(
    locale: str, engine: TextEngine
) -> None:
    display = laid_out(locale, engine)
    (number,) = [one for one in display.pages[0].placed() if one.artifact == "number"]
    assert number.x_pt > KNOWN_FORMATS["a4"].width_pt / 2


def test_same_input_gives_the_same_pages(engine: TextEngine) -> None:
    assert laid_out("en", engine) == laid_out("en", engine)


PHONE = {"en": "Phone:", "he": "טלפון:"}


@pytest.mark.parametrize("locale", sorted(PHONE))
def test_a_line_for_a_number_runs_to_the_edge(locale: str, engine: TextEngine) -> None:
    page = KNOWN_FORMATS["a4"]

    def line(text: str, part: str = "clinic") -> tuple[float, float, float]:
        """Return the line's start and end from the frame's start side, and its type."""
        markup = f'<section data-part="{part}"><p>{text}</p></section>'
        display = set_as(markup, locale, engine)
        (found,) = [i for i in display.pages[0].items if isinstance(i, Segment)]
        ends = (found.x1_pt - page.side_pt, found.x2_pt - page.side_pt)
        if locale == "he":
            ends = (FRAME_WIDTH_PT - ends[1], FRAME_WIDTH_PT - ends[0])
        return (*ends, display.size_pt)

    label = PHONE[locale]
    start, end, size = line(f'{label} <span data-blank="field"></span>')
    assert end == pytest.approx(FRAME_WIDTH_PT)
    assert 2 * size < start < 6 * size
    # In the middle of a text, or with a width of its own, it is as long as that says.
    start, end, size = line(f'{label} <span data-blank="field"></span> {label}')
    assert end - start == pytest.approx(98.0 * size / 12)
    start, end, size = line(f'{label} <span data-blank="40mm"></span>')
    assert end - start == pytest.approx(40 * 72 / 25.4 * size / 12)


@pytest.mark.parametrize(
    ("locale", "word", "most"), [("en", "again", 8), ("he", "שוב", 12)]
)
def test_a_label_is_not_broken_at_its_line_to_write_on(
    locale: str, word: str, most: int, engine: TextEngine
) -> None:
    page, edge = KNOWN_FORMATS["a4"], TEXT_EDGE_PT + 1.25 * 14
    asked, least = (mm * 72 / 25.4 * 14 / 12 for mm in (85, 45))

    def line(words: int) -> tuple[float, float]:
        """Return where the line begins and ends, from the frame's start side."""
        label = " ".join([word] * words)
        item = f'<li>{label}: <span data-blank="85mm"></span></li>'
        markup = f'<section data-part="body"><ul>{item}<li>b</li></ul></section>'
        display = set_as(markup, locale, engine)
        items = display.pages[0].items
        (found,) = [i for i in items if isinstance(i, Segment) and i.width_pt == 0.75]
        assert len({i.y_pt for i in items if isinstance(i, Placed)}) == 2  # items
        ends = (found.x1_pt - page.side_pt, found.x2_pt - page.side_pt)
        if locale == "he":
            ends = (FRAME_WIDTH_PT - ends[1], FRAME_WIDTH_PT - ends[0])
        return ends

    seen = [line(words) for words in range(1, most + 1)]
    whole = [(start, end) for start, end in seen if end < FRAME_WIDTH_PT - 0.1]
    assert [end - start for start, end in whole] == pytest.approx([asked] * len(whole))
    shrunken = [one for one in seen if one not in whole]
    assert len(shrunken) > 1
    assert all(least - 0.1 < end - start < asked for start, end in shrunken)
    # Where it would be shorter than that, it stands below its label.
    below = [one for one in whole if one[0] == pytest.approx(edge)]
    assert below
    assert seen == [*whole[: -len(below)], *shrunken, *below]


@pytest.mark.parametrize(
    ("locale", "head", "effects", "ends"),
    [
        # Balanced, one would end its first line elsewhere.
        (
            "ja",
            "{1}人が{0}人増える",
            ("眠くなる", "めまいのする", "吐き気のある"),
            "人が",
        ),
        # Full, the first would end its first line behind the number.
        (
            "ko",
            "{1} 사람이 {0}명 늘어납니다",
            ("졸린", "어지러운", "메스꺼운"),
            "사람이",
        ),
        ("en", "{} more people feel {}", ("sleepy", "sick", "dizzy"), "people"),
    ],
)
def test_headlines_of_grids_end_their_lines_alike(
    locale: str, head: str, effects: tuple[str, ...], ends: str, engine: TextEngine
) -> None:
    items = "".join(
        f'<li data-count="{count}"><p>{head.format(count, effect)}</p>'
        f'<p class="alt">{count}</p></li>'
        for count, effect in zip((27, 12, 11), effects, strict=True)
    )
    markup = (
        f'<section data-part="body"><figure data-draw="people"><ul>{items}</ul>'
        "</figure></section>"
    )
    display = set_as(markup, locale, engine)
    lines: dict[tuple[float, float], str] = {}
    for one in display.pages[0].placed():
        if one.artifact is None:
            key = (one.frame[0], one.y_pt)
            lines[key] = lines.get(key, "") + "".join(one.run.texts)
    found = [line.strip().endswith(ends) for line in lines.values()]
    assert sum(found) == len(effects)


def test_the_longer_end_of_a_scale_has_the_room_of_the_shorter(
    engine: TextEngine,
) -> None:
    def labels(*texts: str) -> list[Placed]:
        figure = "".join(f"<p>{text}</p>" for text in texts)
        markup = (
            '<section data-part="body"><section><h2>Pain</h2><figure data-draw="scale">'
            f'{figure}<p class="alt">A scale</p></figure></section></section>'
        )
        found = set_as(markup, "en", engine).pages[0].placed()
        return [one for one in found if one.artifact is None][1:]

    long = "the worst pain you can imagine"
    for texts in (("no pain", long), (long, "no pain")):
        first, last = labels(*texts)
        assert first.y_pt == last.y_pt
        assert first.x_pt + first.run.width_pt < last.x_pt
    assert len({one.y_pt for one in labels(long, long)}) == 2
    # Much longer than half the scale, it takes a second line: it names only one end.
    longer = labels("no pain", "the worst pain that you have had or can imagine, ever")
    assert len({one.y_pt for one in longer}) == 2
    assert all(one.x_pt > 0.4 * MEASURE_PT + TEXT_EDGE_PT for one in longer[1:])


@pytest.mark.parametrize("locale", sorted(TEXTS))
def test_the_letters_of_an_emergency_stand_in_the_middle(
    locale: str, engine: TextEngine
) -> None:
    heading, text = TEXTS[locale]
    markup = (
        f'<section data-part="body"><section><h2>{heading}</h2><p>{text}</p></section>'
        f'<aside class="emergency"><h3>{heading}</h3><p>{text}</p></aside></section>'
    )
    display = set_as(markup, locale, engine)
    items = display.pages[0].items
    box = next(i for i in items if isinstance(i, Box) and i.fill == PALETTE.red)
    runs = [p for p in display.pages[0].placed() if p.color == PALETTE.white]
    (base,) = {one.y_pt for one in runs if one.artifact is None}
    # The white field that is cut out of the red; it is drawn before the symbol.
    field = next(i for i in items if isinstance(i, Shape) and i.fill == PALETTE.white)
    foot = min(float(y) for c in field.commands for y in c[2::2])
    middle = (box.y_pt + foot) / 2
    sizes = language(locale).typography
    letters = base - (sizes.mid + 0.065 * (sizes.mid < 0.38)) * runs[-1].run.size_pt
    assert letters == pytest.approx(middle, abs=2.0)


def test_a_title_is_smaller_where_that_saves_a_line(engine: TextEngine) -> None:
    def title(text: str) -> tuple[float, int]:
        band = f'<h1>{text}</h1><p class="lead">For</p>'
        markup = f'<section data-part="band">{band}</section>'
        found = set_as(markup, "en", engine).pages[0].placed()
        runs = [one for one in found if one.run.style.bold]
        return round(runs[0].run.size_pt / 14, 2), len({one.y_pt for one in runs})

    assert title("A short title") == (2.08, 1)
    assert title("A title of a few words too many") == (1.75, 1)
    assert title("A title of so many more words that it has two lines") == (2.08, 2)


@pytest.mark.parametrize(
    ("words", "size", "lines"), [(5, 9.0, 1), (11, 8.0, 1), (20, 9.0, 2)]
)
def test_a_footer_is_smaller_where_that_saves_a_line(
    engine: TextEngine, words: int, size: float, lines: int
) -> None:
    field = '<span data-field="{}"></span>'
    markup = (
        '<section data-part="body"><section><h2>Pain</h2><p>Words</p></section></section>'
        f'<section data-part="footer"><p>{"Leaflets " * words}</p>'
        f"<p>Page {field.format('page')} of {field.format('pages')} · code "
        f"{field.format('code')}</p></section>"
    )
    found = set_as(markup, "en", engine).pages[0].placed()
    runs = [one for one in found if one.artifact == "footer"]
    assert {round(one.run.size_pt, 2) for one in runs} == {size}
    assert len({one.y_pt for one in runs}) == lines
