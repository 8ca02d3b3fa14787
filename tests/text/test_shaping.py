"""Glyphs of each script: joining, conjuncts, stacked marks, spacing, sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import uharfbuzz as hb

from handouts.text import Isolate, Style

if TYPE_CHECKING:
    from conftest import Desk


def glyphs(desk: Desk, family: str, text: str, *, weight: int = 400) -> list[int]:
    """Return what HarfBuzz alone draws for one word, left to right."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(desk.library.face(family, weight).hb_font, buffer, None)
    return [info.codepoint for info in buffer.glyph_infos]


def drawn(desk: Desk, locale: str, text: str, **kwargs: Any) -> list[int]:
    return [gid for run in desk.line(locale, text, **kwargs).runs for gid in run.gids]


@pytest.mark.parametrize(
    ("locale", "family", "word"),
    [
        ("ar", "Vazirmatn", "الكيتامين"),
        ("fa", "Vazirmatn", "می\u200cشود"),  # ZWNJ parts the joining
        ("ur", "Vazirmatn", "کیٹامین"),
        ("he", "Noto Sans Hebrew", "כְּאֵב"),
        ("hi", "Noto Sans Devanagari", "क्षत्रिय"),
        ("bn", "Noto Sans Bengali", "শ্বাসকষ্ট"),
        ("ta", "Noto Sans Tamil", "கெட்டமைன்"),
        ("te", "Noto Sans Telugu", "క్షేత్రం"),
        ("si", "Noto Sans Sinhala", "ශ්\u200dරී"),  # ZWJ makes the conjunct
        ("th", "Noto Sans Thai Looped", "น้ำยาฆ่าเชื้อ"),
        ("lo", "Noto Sans Lao Looped", "ນ້ຳ"),
        ("km", "Noto Sans Khmer", "ស្ត្រី"),
        ("my", "Noto Sans Myanmar", "ကျွန်ုပ်"),
        ("am", "Noto Sans Ethiopic", "ኬታሚን"),
        ("ka", "Noto Sans Georgian", "კეტამინი"),
        ("hy", "Noto Sans Armenian", "ցավ"),
        ("vi", "Noto Sans", "điều trị bằng thuốc"),
        ("vi", "Noto Sans", "e\u0302\u0301"),
        ("yo", "Noto Sans", "ẹ́ ọ̀ ṣ"),
        ("zh_Hant", "Noto Sans TC", "藥物"),
        ("ko", "Noto Sans KR", "한글"),
    ],
)
def test_words_are_shaped_as_harfbuzz_shapes_them(
    desk: Desk, locale: str, family: str, word: str
) -> None:
    expected = glyphs(desk, family, word)
    assert 0 not in expected
    assert drawn(desk, locale, word) == expected
    line = desk.line(locale, word)
    assert desk.logical(line) == word.replace("\u200c", "").replace("\u200d", "")


def test_joiners_have_no_glyph_and_no_width(desk: Desk) -> None:
    # After a letter that never joins to the left a non-joiner changes nothing.
    assert drawn(desk, "fa", "د\u200cا") == drawn(desk, "fa", "دا")


def test_zwnj_parts_and_zwj_joins(desk: Desk) -> None:
    assert drawn(desk, "fa", "می\u200cشود") != drawn(desk, "fa", "میشود")
    assert drawn(desk, "si", "ශ්\u200dරී") != drawn(desk, "si", "ශ්රී")


def test_letters_join_over_a_bold_letter(desk: Desk) -> None:
    word = "بيت"  # initial, medial, final
    plain = drawn(desk, "ar", word)[::-1]
    line = desk.line("ar", word, bold="ي")
    runs = desk.reading(line)
    assert [run.face.key for run in runs] == [
        "Vazirmatn-Regular", "Vazirmatn-Bold", "Vazirmatn-Regular"
    ]  # fmt: skip
    bold = glyphs(desk, "Vazirmatn", word, weight=700)[::-1]
    assert [run.gids[0] for run in runs] == [plain[0], bold[1], plain[2]]
    # Alone they would have other forms.
    assert plain[0] != drawn(desk, "ar", "ب")[0]
    assert bold[1] != glyphs(desk, "Vazirmatn", "ي", weight=700)[0]


def test_lam_alef_is_one_glyph_and_one_cluster(desk: Desk) -> None:
    (run,) = desk.line("ar", "لا").runs
    assert (len(run.gids), tuple(run.texts), run.counts) == (1, ("لا",), None)


def test_marks_are_clusters_of_their_own(desk: Desk) -> None:
    (run,) = desk.line("th", "ที่").runs
    assert list(run.texts) == ["ท", "ี", "่"]


def test_reordered_syllable_is_one_cluster(desk: Desk) -> None:
    (run,) = desk.line("hi", "कि").runs
    assert (tuple(run.texts), run.counts) == (("कि",), (2,))
    (run,) = desk.line("km", "កើត").runs
    assert run.texts[0] == "កើ"


def test_fi_ligature_or_not_covers_the_text(desk: Desk) -> None:
    assert desk.logical(desk.line("en", "office fflat")) == "office fflat"


# --- sizes


def test_faces_have_the_same_x_height(desk: Desk) -> None:
    line = desk.line("ar", "دواء Ketamine", 12.0)
    heights = {run.face.x_height / run.face.upem * run.size_pt for run in line.runs}
    assert max(heights) == pytest.approx(min(heights))
    assert max(heights) == pytest.approx(0.536 * 12.0)


def test_bold_is_as_large_as_regular(desk: Desk) -> None:
    line = desk.line("hi", "दवा मोटा", bold="मोटा")
    assert {round(run.size_pt, 6) for run in line.runs} == {round(12.0 * 1.08, 6)}


def test_superscript_is_smaller_and_raised(desk: Desk) -> None:
    line = desk.line("en", "m2", styles=[(1, 2, Style(scale=0.66, rise=0.36))])
    base, sup = line.runs
    assert (base.size_pt, base.y_pt) == (12.0, 0.0)
    assert sup.size_pt == pytest.approx(0.66 * 12.0)
    assert sup.y_pt == pytest.approx(0.36 * 12.0)
    assert line.width_pt == pytest.approx(base.width_pt + sup.width_pt)


def test_blanks_have_their_width_and_place(desk: Desk) -> None:
    text = "Name: \ufffc today"
    line = desk.line("en", text, 10.0, blanks=[(6, 8.0)])
    ((x, width, offset),) = line.blanks
    before = desk.line("en", "Name: ", 10.0)
    assert (width, offset) == (80.0, 6)
    assert x == pytest.approx(sum(run.width_pt for run in before.runs))
    assert line.width_pt == pytest.approx(
        desk.line("en", "Name:  today", 10.0).width_pt + 80
    )


def test_blanks_in_rtl_stand_left_of_what_comes_before(desk: Desk) -> None:
    line = desk.line("ar", "الاسم \ufffc", 10.0, blanks=[(6, 8.0)])
    ((x, width, _),) = line.blanks
    assert (x, width) == (0.0, 80.0)


def test_lines_break_round_a_blank(desk: Desk) -> None:
    paragraph = desk.shape("en", "a \ufffc b", blanks=[(2, 10.0)])
    assert [len(line.blanks) for line in paragraph.lines(1.0, 10.0)] == [0, 1, 0]


def test_style_comes_back_on_the_runs(desk: Desk) -> None:
    style = Style(bold=True, message=4, element=9, href="https://example.org/")
    line = desk.line("en", "see this page", styles=[(4, 8, style)])
    assert [run.style for run in line.runs] == [Style(), style, Style()]
    assert [(run.start, run.end) for run in line.runs] == [(0, 4), (4, 8), (8, 13)]


def test_underline_stops_before_the_spaces_at_a_line_end(desk: Desk) -> None:
    text = "under lined"
    paragraph = desk.shape("en", text, styles=[(0, len(text), Style(underline=True))])
    first = paragraph.lines(1.0, paragraph.width(1.0) * 0.7)[0]
    assert [run.texts for run in first.runs] == ["under", " "]
    assert not first.runs[-1].style.underline


# --- Chinese and Japanese


def test_quarter_em_between_han_and_latin(desk: Desk) -> None:
    size = 12.0
    for text, gaps in [
        ("薬24時間", 2),
        ("薬NMDA", 1),
        ("薬、NMDA", 0),
        ("薬 24", 0),
        ("24薬", 1),
    ]:
        parts = sum(run.width_pt for run in desk.line("ja", text, size).runs)
        assert desk.line("ja", text, size).width_pt == pytest.approx(parts + gaps * 3.0)


def test_no_gap_at_a_line_end(desk: Desk) -> None:
    paragraph = desk.shape("ja", "薬24時間")
    han = desk.shape("ja", "薬").width(1.0)
    first, second = paragraph.lines(1.0, paragraph.width(1.0) - 0.1)
    assert first.width_pt == pytest.approx(han)
    assert second.runs[0].x_pt == 0.0


@pytest.mark.parametrize(
    ("locale", "sign"), [("ja", "。"), ("ja", "」"), ("zh_Hans", "，"), ("zh_Hant", "」")]
)
def test_full_width_signs_take_half_at_a_line_end(
    desk: Desk, locale: str, sign: str
) -> None:
    em = desk.shape(locale, "安").width(1.0)
    assert desk.shape(locale, f"安{sign}").width(1.0) == pytest.approx(1.5 * em)
    line = desk.line(locale, f"安{sign}", 1.0)
    assert line.width_pt == pytest.approx(1.5 * em)
    assert sum(line.runs[0].advances) == pytest.approx(1.5 * em)
    assert desk.shape(locale, f"安{sign}安").width(1.0) == pytest.approx(3 * em)


def test_centred_signs_of_traditional_chinese_keep_their_width(desk: Desk) -> None:
    em = desk.shape("zh_Hant", "藥").width(1.0)
    assert desk.shape("zh_Hant", "藥。").width(1.0) == pytest.approx(2 * em)


@pytest.mark.parametrize(
    ("text", "ems"),
    [
        ("薬」。薬", 3.5),
        ("薬（「薬", 3.5),
        ("薬」「薬", 3.5),
        ("薬、薬", 3),
        ("薬。」「薬", 4),
    ],
)
def test_signs_that_meet_lose_their_empty_halves(
    desk: Desk, text: str, ems: float
) -> None:
    em = desk.shape("ja", "薬").width(1.0)
    assert desk.shape("ja", text).width(1.0) == pytest.approx(ems * em)


def test_japanese_justifies_by_a_little_between_characters(desk: Desk) -> None:
    text = (
        "麻酔薬です。少なくとも24時間は車を運転しないでください。NMDA受容体をふさぎます。"
        * 2
    )
    paragraph = desk.shape("ja", text)
    em = desk.shape("ja", "薬").width(1.0)
    measure = 20 * em
    plain = paragraph.lines(1.0, measure)
    wide = paragraph.lines(1.0, measure, justify=True)
    assert [line.end for line in plain] == [line.end for line in wide]
    for before, after in zip(plain[:-1], wide[:-1], strict=True):
        added = after.width_pt - before.width_pt
        assert 0 <= added <= 0.05 * len(text)
        assert after.width_pt <= measure + 1e-6
    assert any(line.width_pt == pytest.approx(measure) for line in wide[:-1])
    assert str(wide[-1]) == str(plain[-1])


def test_justifying_does_not_spread_latin_words(desk: Desk) -> None:
    paragraph = desk.shape("ja", "薬はNMDAとketamineです。" * 6)
    em = desk.shape("ja", "薬").width(1.0)
    for line in paragraph.lines(1.0, 21.3 * em, justify=True):
        for run in line.runs:
            if run.face.family == "Noto Sans":
                inner = [run.face.advance(gid) for gid in run.gids]
                for advance, own in list(zip(run.advances, inner, strict=True))[:-1]:
                    assert advance <= own / run.face.upem * run.size_pt + 1e-9


def test_english_is_never_stretched(desk: Desk) -> None:
    paragraph = desk.shape(
        "en", "Take the tablets with water in the morning and at night"
    )
    plain = paragraph.lines(1.0, 15.0)
    assert str(paragraph.lines(1.0, 15.0, justify=True)) == str(plain)


# --- what is kept


def test_a_paragraph_is_shaped_once(desk: Desk) -> None:
    assert desk.shape("en", "the same") is desk.shape("en", "the same")
    assert desk.shape("en", "the same") is not desk.shape("pl", "the same")
    isolate = [Isolate(0, 3, "rtl")]
    assert desk.shape("en", "the same") is not desk.shape(
        "en", "the same", isolates=isolate
    )


def test_lines_are_kept_for_a_few_sizes_only(desk: Desk) -> None:
    paragraph = desk.shape("en", "Take the tablets with water in the morning")
    first = paragraph.lines(12.0, 100.0)
    assert paragraph.lines(12.0, 100.0) is first
    assert paragraph.lines(12.0, 100.0, balance=True) is not first
    for width in range(100, 140):
        paragraph.lines(12.0, float(width))
    assert paragraph.lines(12.0, 100.0) is not first
    assert str(paragraph.lines(12.0, 100.0)) == str(first)
