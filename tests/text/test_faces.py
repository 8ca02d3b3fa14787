"""Which face sets what: fallback, neighbours, brackets, quotation marks, digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handouts.text import Style, UnsettableTextError

if TYPE_CHECKING:
    from conftest import Desk

LATIN = "NotoSans-Regular"
MATH = "NotoSansMath-Regular"
ARABIC = "Vazirmatn-Regular"
HEBREW = "NotoSansHebrew-Regular"
THAI = "NotoSansThaiLooped-Regular"
DEVANAGARI = "NotoSansDevanagari-Regular"
JAPANESE = "NotoSansJP-Regular"
CHINESE = "NotoSansSC-Regular"


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        # Latin words and digits are Latin; spaces and signs go with what precedes them.
        ("th", "ใช้ 24 ชั่วโมง", [("ใช้ ", THAI), ("24 ", LATIN), ("ชั่วโมง", THAI)]),
        ("th", "คือ NMDA ครับ", [("คือ ", THAI), ("NMDA ", LATIN), ("ครับ", THAI)]),
        ("hi", "दवा 24।", [("दवा ", DEVANAGARI), ("24", LATIN), ("।", DEVANAGARI)]),
        # Before the first letter a paragraph is set in its own face.
        ("th", "“NMDA” คือ", [("“", THAI), ("NMDA", LATIN), ("” คือ", THAI)]),
        ("ar", "«NMDA» هو", [("«", ARABIC), ("NMDA", LATIN), ("» هو", ARABIC)]),
        # Brackets are a pair, in the face of the text round them.
        ("th", "คือ (NMDA) ครับ", [("คือ (", THAI), ("NMDA", LATIN), (") ครับ", THAI)]),
        ("ar", "هو (NMDA).", [("هو (", ARABIC), ("NMDA", LATIN), (").", ARABIC)]),
        ("th", "drug (ยา) ok", [("drug (", LATIN), ("ยา", THAI), (") ok", LATIN)]),
        # After a Latin word in an Arabic sentence.
        ("ar", "ما NMDA: دا", [("ما ", ARABIC), ("NMDA", LATIN), (": دا", ARABIC)]),
        ("ar", "ما Crohn’s هنا", [("ما ", ARABIC), ("Crohn’s", LATIN), (" هنا", ARABIC)]),
        # A quotation in the other direction sets its own signs.
        ("en", "say «كيت» now", [("say «", LATIN), ("كيت", ARABIC), ("» now", LATIN)]),
        # A phone number is one piece, its plus sign too.
        ("th", "โทร +44 20 ครับ", [("โทร ", THAI), ("+44 20 ", LATIN), ("ครับ", THAI)]),
        ("hi", "अ +ब", [("अ +ब", DEVANAGARI)]),
        # Digits of the script come from its face, ASCII ones from the Latin.
        ("th", "๒๔ ชั่วโมง", [("๒๔ ชั่วโมง", THAI)]),
        ("ar", "٥٠ ملغ", [("٥٠", ARABIC), (" ملغ", ARABIC)]),
        ("fa", "تا ۲۴", [("تا ", ARABIC), ("۲۴", ARABIC)]),
        # A sign that neither face has leaves what follows alone.
        ("en", "at ≥ 38 °C", [("at ", LATIN), ("≥", MATH), (" 38 °C", LATIN)]),
        ("en", "24 เคตามีน 50", [("24 ", LATIN), ("เคตามีน ", THAI), ("50", LATIN)]),
        ("ru", "боль NMDA 24 ч", [("боль ", LATIN), ("NMDA 24 ", LATIN), ("ч", LATIN)]),
        ("en", "日本「語」", [("日本「語」", CHINESE)]),
    ],
)  # fmt: skip
def test_faces_of_runs(desk: Desk, locale: str, text: str, expected: list) -> None:
    assert desk.faces(desk.line(locale, text)) == expected


def test_isolated_phone_is_one_run(desk: Desk) -> None:
    phone = "+44 20 7946 0958"
    line = desk.line("ar", f"اتصل {phone} الآن", ltr=phone)
    assert (phone, LATIN) in desk.faces(line)


def test_negative_arabic_number_is_one_face(desk: Desk) -> None:
    faces = desk.faces(desk.line("ar", "إلى -٥٠ هنا", ltr="-٥٠"))
    assert {face for _, face in faces} == {ARABIC}


# --- Chinese and Japanese


def test_quotation_marks_in_chinese(desk: Desk) -> None:
    # “This drug” is Chinese, full-width; the quotation inside the Latin run is not.
    assert desk.faces(desk.line("zh_Hans", "“药”是")) == [("“药”是", CHINESE)]
    faces = desk.faces(desk.line("zh_Hans", "他说“ketamine”好"))
    assert faces == [("他说“", CHINESE), ("ketamine", LATIN), ("”好", CHINESE)]
    faces = desk.faces(desk.line("zh_Hans", "药the “K” drug是"))
    assert faces == [("药", CHINESE), ("the “K” drug", LATIN), ("是", CHINESE)]


def test_apostrophe_of_a_latin_word_in_japanese(desk: Desk) -> None:
    faces = desk.faces(desk.line("ja", "病気はCrohn’s diseaseです"))
    assert ("Crohn’s disease", LATIN) in faces


def test_a_latin_phrase_takes_its_own_languages_quotes(desk: Desk) -> None:
    text = "英語の“ketamine”です"
    at = text.index("“")
    latin = [(at, at + 10, Style(lang="en"))]
    assert ("“ketamine”", LATIN) in desk.faces(desk.line("ja", text, styles=latin))


def test_range_and_percent_between_digits_are_latin(desk: Desk) -> None:
    assert ("0.5–1 mg/kg", LATIN) in desk.faces(desk.line("ja", "量は0.5–1 mg/kgです"))


def test_han_by_language_not_by_code_point(desk: Desk) -> None:
    bone = "骨"  # one code point, different strokes in China and Japan
    assert desk.faces(desk.line("ja", bone)) == [(bone, JAPANESE)]
    assert desk.faces(desk.line("zh_Hans", bone)) == [(bone, CHINESE)]
    assert desk.faces(desk.line("zh_Hant", bone)) == [(bone, "NotoSansTC-Regular")]
    quoted = desk.line("zh_Hans", "药骨", styles=[(1, 2, Style(lang="ja"))])
    assert desk.faces(quoted) == [("药", CHINESE), ("骨", JAPANESE)]


def test_unknown_language_of_a_style_is_the_paragraphs(desk: Desk) -> None:
    line = desk.line("zh_Hans", "药骨", styles=[(1, 2, Style(lang="qqx"))])
    assert {face for _, face in desk.faces(line)} == {CHINESE}


def test_rare_han_comes_from_another_han_face(desk: Desk) -> None:
    faces = dict(desk.faces(desk.line("zh_Hant", "變痩了")))  # U+75E9 is not in TC
    assert faces["變"] == "NotoSansTC-Regular"
    assert faces["痩"] in {CHINESE, JAPANESE}


# --- symbols, planes, weights


@pytest.mark.parametrize(
    ("text", "face"),
    [
        ("⇒ 38 °C", "NotoSansMath-Regular"),
        ("☎ yes", "NotoSansSymbols2-Regular"),
        ("💊 pill", "NotoEmoji-Regular"),
        ("⚕ care", "NotoSansSymbols-Regular"),
    ],
)
@pytest.mark.parametrize("locale", ["en", "ar", "th", "hi", "km"])
def test_signs_come_from_the_symbol_faces(
    desk: Desk, locale: str, text: str, face: str
) -> None:
    assert face in {key for part, key in desk.faces(desk.line(locale, text))}


def test_supplementary_planes(desk: Desk) -> None:
    text = "𠮷さんは💊を24時間飲む。𠮷野家"  # U+20BB7 and U+1F48A: two UTF-16 units each
    paragraph = desk.shape("ja", text)
    for width in desk.widths_em(paragraph, 30):
        assert "".join(desk.texts(paragraph, 1.0, width)) == text
        assert any("24時間" in part for part in desk.texts(paragraph, 1.0, width))
    assert "".join(part for part, _ in desk.faces(desk.line("ja", text))) == text


def test_emoji_sequence_is_one_cluster(desk: Desk) -> None:
    line = desk.line("en", "ask 👩\u200d🔬 now")
    (run,) = [run for run in line.runs if run.face.key == "NotoEmoji-Regular"]
    assert "".join(run.texts) == "👩🔬"


def test_bold_signs_after_regular_text_are_bold(desk: Desk) -> None:
    line = desk.line("th", "คือ (ยา) ok", bold="(ยา)")
    assert ("(ยา)", "NotoSansThaiLooped-Bold") in desk.faces(line)
    line = desk.line("en", "take, please", bold=", ")
    assert (", ", "NotoSans-Bold") in desk.faces(line)


def test_bold_of_a_face_without_bold_is_its_regular(desk: Desk) -> None:
    assert ("≥", "NotoSansMath-Regular") in desk.faces(desk.line("en", "≥", bold="≥"))


# --- what cannot be set


@pytest.mark.parametrize(
    ("locale", "text", "bad"),
    [
        ("en", "dose \u1bc0 mg", "\u1bc0"),  # Batak letter A
        ("ar", "جرعة \ue000", "\ue000"),  # private use
        ("th", "ยา\ufdd0", "\ufdd0"),  # a noncharacter
        ("en", "a\nb", "\n"),
        ("en", "a\x01b", "\x01"),
    ],
)
def test_missing_glyph_names_the_character_and_message(
    desk: Desk, locale: str, text: str, bad: str
) -> None:
    styles = [(0, len(text), Style(message=17))]
    with pytest.raises(UnsettableTextError, match="missing-glyph at") as caught:
        desk.shape(locale, text, styles=styles)
    (problem,) = caught.value.problems
    assert (problem.code, problem.text) == ("missing-glyph", bad)
    assert problem.offset == text.index(bad)
    assert problem.style.message == 17


def test_every_missing_glyph_is_named(desk: Desk) -> None:
    with pytest.raises(UnsettableTextError) as caught:
        desk.shape("en", "\u1bc0 and \ue000")
    assert [problem.offset for problem in caught.value.problems] == [0, 6]


@pytest.mark.parametrize(
    ("locale", "text", "cut"),
    [
        ("vi", "e\u0302\u0301", 1),  # a mark without its letter
        ("hi", "कि", 1),  # a vowel sign
        ("hi", "क्ष", 2),  # inside a conjunct
        ("th", "น้ำ", 2),
        ("my", "ဆေး", 2),  # before the visarga
        ("en", "👩\u200d🔬", 2),
        ("ko", "\u1112\u1161", 1),  # conjoining jamo
    ],
)
def test_style_inside_a_cluster(desk: Desk, locale: str, text: str, cut: int) -> None:
    with pytest.raises(UnsettableTextError) as caught:
        desk.shape(locale, text, styles=[(cut, len(text), Style(bold=True, message=3))])
    first = caught.value.problems[0]
    assert (first.code, first.offset, first.style.message) == ("split-cluster", cut, 3)


def test_mark_without_a_letter_is_refused(desk: Desk) -> None:
    with pytest.raises(UnsettableTextError) as caught:
        desk.shape("hi", "दवा ि है")
    assert [problem.code for problem in caught.value.problems] == ["stray-mark"]


def test_a_dotted_circle_that_is_meant_is_set(desk: Desk) -> None:
    assert desk.logical(desk.line("hi", "मात्रा ◌ि")) == "मात्रा ◌ि"
