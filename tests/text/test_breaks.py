"""Where lines end: words of unspaced scripts, kinsoku, numbers, addresses, hyphens."""

from __future__ import annotations

import gc
import itertools
import re
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.languages import language
from handouts.text import Line, ShapedParagraph
from handouts.text.breaks import break_tiers, line_breaks

if TYPE_CHECKING:
    from conftest import Desk

# Segmented by hand, one word or unit that must stay whole between bars.
SEGMENTED = {
    # "Do not use ketamine together with sleeping pills, because it may slow breathing."
    "th": "อย่า|ใช้|เคตามีน|ร่วม|กับ|ยา|นอน|หลับ |เพราะ|อาจ|ทำ|ให้|หาย|ใจ|ช้า|ลง",
    # "Ketamine is a medicine that makes people sleep for surgery."
    "km": "កេតាមីន|គឺ|ជា|ថ្នាំ|ដែល|ធ្វើ|ឱ្យ|មនុស្ស|ដេក|លក់|សម្រាប់|ការ|វះ|កាត់|។",
    # "Ketamine is a medicine used in the operating room."
    "lo": "ເຄຕາມີນ|ແມ່ນ|ຢາ|ທີ່|ໃຊ້|ໃນ|ຫ້ອງ|ຜ່າ|ຕັດ",
    # "Ketamine is an anaesthetic."
    "my": "ကက်တမင်း|သည်| |မေ့|ဆေး|ဖြစ်|သည်|။",
}


@pytest.mark.parametrize("locale", SEGMENTED)
def test_unspaced_scripts_break_between_words(desk: Desk, locale: str) -> None:
    words = SEGMENTED[locale].split("|")
    text = "".join(words)
    edges = {sum(map(len, words[:count])) for count in range(len(words) + 1)}
    found = line_breaks(text, tag=locale, terms=desk.terms)
    assert set(found) <= edges
    assert len(found) >= len(words) // 3  # and it does break


@pytest.mark.parametrize(
    ("locale", "text", "term"),
    [
        ("th", "อย่าใช้เคตามีนร่วมกับยานอนหลับ", "เคตามีน"),
        ("km", "ប្រើកេតាមីនភ្លាមៗសម្រាប់ការវះកាត់", "កេតាមីន"),
        ("my", "ယနေ့ကက်တမင်းကိုသုံးပါ", "ကက်တမင်း"),
        ("lo", "ໃຊ້ເຄຕາມີນໃນຫ້ອງຜ່າຕັດ", "ເຄຕາມີນ"),
    ],
)
def test_terms_are_never_cut(desk: Desk, locale: str, text: str, term: str) -> None:
    paragraph = desk.shape(locale, text)
    held = desk.shape(locale, term).width(1.0)
    for width in [held, *desk.widths_em(paragraph, 40)]:
        parts = desk.texts(paragraph, 1.0, width)
        assert sum(term in part for part in parts) == 1
    # Both edges are places to break: the term moves whole.
    at = text.index(term)
    breaks = line_breaks(text, tag=locale, terms=(term,))
    assert {at, at + len(term)} <= set(breaks)


def test_term_before_a_repetition_sign_keeps_it() -> None:
    assert 7 not in line_breaks("เคตามีนๆมาก", tag="th", terms=("เคตามีน",))


def test_a_japanese_cell_too_narrow_for_a_phrase_breaks_after_a_particle(
    desk: Desk,
) -> None:
    # Nobody knows. Look at it with us.
    for text, parts in (
        ("だれにもわからない", ["だれにも", "わからない"]),
        ("私たちと一緒に見直してください", ["私たちと", "一緒に", "見直してください"]),
    ):
        paragraph = desk.shape("ja", text, phrases=True)
        width = desk.shape("ja", parts[-1]).width(1.0)
        found = desk.texts(paragraph, 1.0, width + 0.01, avoid_short_last=False)
        assert "".join(found) == text
        assert found[-1] == parts[-1]


@given(width=st.floats(20.0, 34.0))
def test_a_long_japanese_line_ends_in_no_word(desk: Desk, width: float) -> None:
    """Where a phrase leaves a hole, a word may end the line, and no more than that."""
    text = (
        "使っている薬をすべて、私たちと一緒に見直してください。悪い夢を見ることが、"
        "最長で三晩あるかもしれません。だれも、あなたに無理強いしてはいけません。"
    )
    paragraph = desk.engine.shape(
        desk.styled(text), language=language("ja"), phrases=True, hole_em=8.0
    )
    words = set(break_tiers(text, tag="ja", phrases=True)[1])
    assert {line.end for line in paragraph.lines(1.0, width)} <= words


JAPANESE = (
    "ケタミンは、手術のときに使う麻酔薬です。ちょっと待って、「ショック」ー大丈夫っ。"
)


@pytest.mark.parametrize("phrases", [False, True])
def test_japanese_lines_begin_with_no_forbidden_sign(desk: Desk, phrases: bool) -> None:
    paragraph = desk.shape("ja", JAPANESE, phrases=phrases)
    # From the narrowest where that can be; phrases are then cut inside.
    for width in [0.02 * step for step in range(220, 2200, 7)]:
        for part in desk.texts(paragraph, 1.0, width, avoid_short_last=False)[1:]:
            assert part[0] not in "、。っょー」ッ"


def test_japanese_phrases() -> None:
    text = "ケタミンは手術のときに使う薬です"
    whole = line_breaks(text, tag="ja")
    phrases = line_breaks(text, tag="ja", phrases=True)
    assert set(phrases) < set(whole)
    assert [text[a:b] for a, b in zip([0, *phrases], phrases, strict=False)] == [
        "ケタミンは", "手術のときに", "使う", "薬です"
    ]  # fmt: skip


# Segmented by hand; a bar is the end of a phrase.
PHRASES = {
    # Do not stop any medicine suddenly. It is not approved. We do not know if it helps.
    # Yes, or not yet: you may choose any. Do not drive. Nurse, epilepsy: compounds.
    "ja": "どの|薬も、|急に|やめないでください。|承認されていません|（許可が|"
    "出ていません）。|役立つか|どうかは、|わかっていません。|「受ける」|"
    "「まだ決めない」の|どれを|選んでもかまいません。|少なくとも|24時間は|"
    "運転しないでください。|看護師に|伝えてください。|お酒を|飲むことがあります。|"
    "発作は、|てんかん|（けいれん）です。|睡眠時無呼吸|または|肺の|病気、|薬より|"
    "長く|続く",
    # A crisis line for thoughts of hurting yourself. Do not stop any medicine suddenly.
    # In New Zealand it is not approved. You may agree, or not decide yet.
    "zh": "有伤害|自己的|念头时|拨打的|危机|热线。|不要|突然|停用|任何|药物。|"
    "在新西兰|它未获|批准。|您|可以|同意，|也可以|暂时|不决定。|证据的|确定性",
}


@pytest.mark.parametrize(("own", "tag"), [("ja", "ja"), ("zh", "zh-Hans")])
def test_phrases_are_those_of_a_reader(own: str, tag: str) -> None:
    expected = PHRASES[own].split("|")
    text = "".join(expected)
    ends = line_breaks(text, tag=tag, phrases=True)
    found = [text[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    assert found == expected


# Do not drive for at least 24 hours after the drip. Ask a friend to come.
HELD = {
    "en": "Do not drive for at [least |24 hours] after the drip. Ask a friend to come.",
    "bn": "ড্রিপের পর [কমপক্ষে |২৪ ঘণ্টা] গাড়ি চালাবেন না। কাউকে সঙ্গে রাখুন।",
    "he": "אין לנהוג במשך [לפחות |24 שעות] לאחר העירוי. בקשו ממישהו ללוות.",
    "ja": "点滴のあとは、[少なくとも|24時間は]運転しないでください。だれかに頼みます。",
    "th": "อย่าขับรถ[อย่างน้อย |24 ชั่วโมง]หลังการให้ยา ขอให้คนที่ไว้ใจอยู่ด้วย",
}


@pytest.mark.parametrize("tag", HELD)
def test_a_line_begins_elsewhere_than_where_it_is_held(desk: Desk, tag: str) -> None:
    before, word, number, _ = re.split(r"[\[|\]]", HELD[tag])
    text = re.sub(r"[\[|\]]", "", HELD[tag])
    at = len(before + word)
    counted = [(at, at + len(number))]
    together = desk.shape(tag, (word + number)).width(1.0)
    free, held = (
        desk.shape(tag, text, phrases=True, nobreaks=counted, held=one)
        for one in ((), (at,))
    )
    assert held.min_width(1.0) == free.min_width(1.0)

    def parts(paragraph: ShapedParagraph, width: float, *, balance: bool) -> bool:
        return at in {one.start for one in paragraph.lines(1.0, width, balance=balance)}

    parted = set()
    for step in range(140):
        width = together + 0.1 * step
        for balance in (False, True):
            assert not parts(held, width, balance=balance)
            parted.add(parts(free, width, balance=balance))
    assert parted == {False, True}  # or it has shown nothing


def test_what_is_held_is_a_place_like_others_where_there_is_no_room(desk: Desk) -> None:
    text = "Do not drive for at least 24 hours after the drip."
    paragraph = desk.shape("en", text, nobreaks=[(26, 34)], held=(26,))
    width = 0.9 * desk.shape("en", "least 24 hours").width(1.0)
    assert "24 hours " in desk.texts(paragraph, 1.0, width)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Before you decide: say more to us than you may think", "Before you decide: "),
        ("Someone must drive. Do not drive for a day", "Someone must drive. "),
        ("Those who live in pain, and those close to", "Those who live in pain, "),
        ("Fibromyalgia of all (pain in the whole body)", "Fibromyalgia of all "),
        ("Yes: this is too short to stand there by itself", None),
        ("Say it, and mark all that you may have had so far", None),
        ("For many cases (approx. 3 of 4) we know no more yet", None),
    ],
)  # fmt: skip
def test_two_balanced_lines_part_at_a_pause(
    desk: Desk, text: str, first: str | None
) -> None:
    paragraph = desk.shape("en", text)
    width = 0.72 * paragraph.width(1.0)
    even = desk.texts(
        desk.shape("en", re.sub(r"[:,.]", "x", text)), 1.0, width, balance=True
    )
    lines = desk.texts(paragraph, 1.0, width, balance=True)
    assert len(lines) == 2
    assert paragraph.pauses(1.0, width) is (first is not None)
    if first is None:
        assert len(lines[0]) == len(even[0])
    else:
        assert lines[0] == first


def test_a_pause_does_not_make_a_line_too_wide_or_one_more(desk: Desk) -> None:
    text = "It is so: nobody knows it for certain, and nobody may say so to anyone"
    paragraph = desk.shape("en", text)
    for step in range(1, 80):
        width = 0.5 * step
        lines = paragraph.lines(1.0, width, balance=True)
        assert len(lines) == len(paragraph.lines(1.0, width, avoid_short_last=False))
        if width >= paragraph.min_width(1.0):
            assert max(line.width_pt for line in lines) <= width + 0.01


def test_no_line_parts_a_word_that_is_said_twice() -> None:
    text = (
        "थोड़ा-थोड़ा बार-बार सूई-दवा"  # little by little, again and again, needle and drug
    )
    first, second = text.index(" ") + 1, text.rindex(" ") + 1
    assert line_breaks(text, tag="hi") == [first, second, second + 4, len(text)]


@pytest.mark.parametrize("tag", ["uk", "en", "vi"])
@pytest.mark.parametrize("dash", ["\u2013", "\u2014"])
def test_no_line_begins_with_a_dash_between_words(tag: str, dash: str) -> None:
    text = f"one {dash} two"
    assert line_breaks(text, tag=tag) == [6, 9]


def test_what_must_be_parted_leaves_no_line_empty_before_it(desk: Desk) -> None:
    text = "Podría aliviar el dolor hasta 12 semanas"  # may ease the pain up to 12 weeks
    paragraph = desk.shape("es", text, nobreaks=[(30, 40)], held=(30,))
    width = desk.shape("es", "Podría aliviar el").width(1.0) + 0.01
    lines = desk.texts(paragraph, 1.0, width)
    assert lines == ["Podría aliviar el ", "dolor hasta ", "12 semanas"]


def test_a_short_line_before_what_is_held_takes_words_from_above(desk: Desk) -> None:
    text = "May ease pain for up to 12 weeks"
    held = {"nobreaks": [(24, 32)], "held": (21, 24)}
    whole = desk.shape("en", "up to 12 weeks")
    paragraph = desk.shape("en", text, **held)
    assert paragraph.held_width(1.0) == pytest.approx(whole.width(1.0), abs=0.01)
    assert paragraph.min_width(1.0) < paragraph.held_width(1.0)
    lines = desk.texts(paragraph, 1.0, 1.02 * whole.width(1.0))
    assert lines == ["May ease ", "pain for ", "up to 12 weeks"]


@given(width=st.floats(1.0, 30.0))
def test_no_line_before_what_is_held_becomes_too_wide(desk: Desk, width: float) -> None:
    text = (
        "May ease pain for a while, in many for up to 12 weeks, in few for at least 24."
    )
    held = (42, 45, 69, 75)
    paragraph = desk.shape("en", text, nobreaks=[(45, 53)], held=held)
    lines = paragraph.lines(1.0, width)
    assert [line.end for line in lines] == [line.start for line in lines[1:]] + [
        len(text)
    ]
    if width >= paragraph.min_width(1.0):
        assert max(line.width_pt for line in lines) <= width + 0.01


@pytest.mark.parametrize(
    "whole",
    [
        "ありません", "いません", "やめないで", "しないでください", "わからない",
        "見直してください", "してはいけない",
    ],
)  # fmt: skip
def test_no_line_parts_a_japanese_denial_from_its_verb(desk: Desk, whole: str) -> None:
    text = f"これはとても長い文で、どこかで切れますが、{whole}。そして続きます。"
    paragraph = desk.shape("ja", text)
    for step in range(40):
        width = paragraph.min_width(1.0) + 0.4 * step
        assert any(whole[-3:] in part for part in desk.texts(paragraph, 1.0, width))


def test_a_phrase_wider_than_its_line_breaks_at_words_then_anywhere(desk: Desk) -> None:
    text = "複合性局所疼痛症候群の痛み"  # complex regional pain syndrome
    paragraph = desk.shape("ja", text, phrases=True)
    em = desk.shape("ja", "痛").width(1.0)
    assert desk.texts(paragraph, 1.0, 11 * em) == ["複合性局所疼痛症候群の", "痛み"]
    for count in range(2, 11):
        parts = desk.texts(paragraph, 1.0, count * em)
        assert "".join(parts) == text
        assert all(desk.shape("ja", one).width(1.0) <= count * em for one in parts)
    assert paragraph.min_width(1.0) <= 2 * em


def test_a_phrase_leaves_no_large_hole(desk: Desk) -> None:
    text = "薬は複合性局所疼痛症候群の痛みに使います"
    em = desk.shape("ja", "痛").width(1.0)
    styled, own = desk.styled(text), language("ja")
    for hole, first in ((20.0, "薬は"), (3.0, "薬は複合性局所疼痛")):
        shaped = desk.engine.shape(styled, language=own, phrases=True, hole_em=hole)
        assert desk.texts(shaped, 1.0, 11.5 * em)[0] == first


def test_balanced_phrases_stay_whole(desk: Desk) -> None:
    text = "決めるのはあなたです。「受ける」「受けない」のどれを選んでもかまいません。"
    paragraph = desk.shape("ja", text, phrases=True)
    ends = {*line_breaks(text, tag="ja", phrases=True)}
    widest = max(
        desk.shape("ja", text[a:b]).width(1.0)
        for a, b in zip([0, *sorted(ends)], sorted(ends), strict=False)
    )
    for step in range(30):
        width = widest + 0.7 * step
        assert {*paragraph.ends(1.0, width, balance=True)} <= ends
        assert {*paragraph.ends(1.0, width)} <= ends


def test_a_marked_place_to_break_is_one_inside_a_phrase() -> None:
    assert 3 in line_breaks("危機\u200b相談電話", tag="ja", phrases=True)
    assert 2 not in line_breaks("危機相談電話", tag="ja", phrases=True)


def test_korean_breaks_at_spaces_only() -> None:
    text = "케타민은 수술할 때 쓰는 마취제입니다(NMDA 수용체). 24시간 운전하지 마세요."
    for offset in line_breaks(text, tag="ko")[:-1]:
        assert text[offset - 1] == " "
    assert len(line_breaks(text, tag="ko")) == text.count(" ") + 1


@pytest.mark.parametrize(
    ("locale", "text", "whole"),
    [
        ("en", "Take 50 mg now", "50 mg"),
        ("en", "Take 0.5–1 mg/kg now", "0.5–1 mg/kg"),
        ("en", "At 38.5 °C call", "38.5 °C"),
        ("en", "About 5 % of", "5 %"),
        ("en", "Ring +44 20 7946 0958 now", "+44 20 7946 0958"),
        ("en", "In 10 000 people", "10 000"),
        ("ru", "Примите 50 мг утром", "50 мг"),
        ("fa", "روزی ۵۰ mg بخورید", "۵۰ mg"),
        ("ar", "تناول ٥٠ ملغ يوميا", "٥٠ ملغ"),
        ("he", "קח 50 מ״ג ביום", "50 מ״ג"),
        ("hi", "रोज़ ५० मि.ग्रा. लें", "५० मि.ग्रा."),
        ("th", "กิน ๕๐ มก. ทุกวัน", "๕๐ มก."),
        ("th", "กิน 50 มิลลิกรัมต่อวันทุกวัน", "50 มิลลิกรัม"),
        ("km", "រយៈពេល 24 ម៉ោងក្រោយពេល", "24 ម៉ោង"),
        ("lo", "ພາຍໃນ 24 ຊົ່ວໂມງຫຼັງ", "24 ຊົ່ວໂມງ"),
        ("my", "ယနေ့ ၂၄ နာရီအတွင်း", "၂၄ နာရီ"),
        ("ja", "少なくとも24時間は運転しないでください", "24時間"),
        ("zh_Hans", "至少24小时内不要开车", "24小时"),
        ("zh_Hant", "每公斤 50 毫克", "50 毫克"),
    ],
)
def test_number_and_unit_stay_together(
    desk: Desk, locale: str, text: str, whole: str
) -> None:
    paragraph = desk.shape(locale, text)
    for width in desk.widths_em(paragraph, 30):
        parts = desk.texts(paragraph, 1.0, width, avoid_short_last=False)
        assert any(whole in part for part in parts)


@pytest.mark.parametrize(
    ("locale", "text", "whole"),
    [
        ("en", "Give a number from 0 to 10 in the evening", "0 to 10"),
        ("ru", "Поставьте число от 0 до 10 вечером", "0 до 10"),
        ("ar", "أعط رقما من 0 إلى 10 كل مساء", "0 إلى 10"),
        ("he", "תנו מספר מ-0 עד 10 בערב", "0 עד 10"),
        ("fa", "عددی از ۰ تا ۱۰ بدهید", "۰ تا ۱۰"),
        ("hi", "हर शाम 0 से 10 तक अंक दें", "0 से 10"),
        ("bn", "প্রতিদিন 0 থেকে 10 নম্বর দিন", "0 থেকে 10"),
        ("th", "ให้คะแนน 0 ถึง 10 ทุกเย็น", "0 ถึง 10"),
        ("km", "ដាក់ពិន្ទុពី 0 ដល់ 10 រាល់ល្ងាច", "0 ដល់ 10"),
        ("ja", "毎晩、痛みを0から10までの数字で", "0から10"),
        ("zh_Hans", "每晚用0到10的数字", "0到10"),
        ("en", "Wait at least \ufffc hours before", "\ufffc hours"),
    ],
)
def test_ranges_and_what_is_counted_stay_whole(
    desk: Desk, locale: str, text: str, whole: str
) -> None:
    blanks = [(text.index("\ufffc"), 3.0)] if "\ufffc" in text else []
    paragraph = desk.shape(locale, text, phrases=True, blanks=blanks)
    for width in desk.widths_em(paragraph, 30):
        parts = desk.texts(paragraph, 1.0, width, avoid_short_last=False)
        assert any(whole in part for part in parts)


def test_two_sentences_are_no_range() -> None:
    text = "Take 1, or 2. Then 3 people: 4 in all"
    assert {8, 11, 14} <= set(line_breaks(text, tag="en"))


def test_unit_is_not_half_a_word() -> None:
    assert 3 in line_breaks("24 minor pains", tag="en")
    assert 3 in line_breaks("24 साल", tag="hi")


def test_nobreaks_hold(desk: Desk) -> None:
    paragraph = desk.shape("en", "Take it not before noon", nobreaks=[(8, 18)])
    for width in desk.widths_em(paragraph):
        assert any("not before" in part for part in desk.texts(paragraph, 1.0, width))


def test_a_forced_break_is_kept_inside_nobreaks() -> None:
    assert line_breaks("a b\u2028c d", tag="en", nobreaks=[(0, 7)]) == [4, 7]


# --- addresses and long words

URL = "https://www.example.org/what-is/ketamine?lang=en&page=2.html"


def test_address_is_whole_where_it_fits(desk: Desk) -> None:
    paragraph = desk.shape("en", f"Read {URL} at home.")
    for width in desk.widths_em(paragraph):
        assert any(URL in part for part in desk.texts(paragraph, 1.0, width))


def test_address_too_wide_breaks_after_its_signs(desk: Desk) -> None:
    paragraph = desk.shape("en", f"Read {URL} at home.")
    width = desk.shape("en", URL).width(1.0) * 0.4
    parts = desk.texts(paragraph, 1.0, width)
    inner = parts[1:-1]
    assert len(inner) >= 2
    assert all(part[-1] in "/?.-=&" for part in inner)
    drawn = [desk.logical(line) for line in paragraph.lines(1.0, width)]
    assert "".join(drawn) == paragraph.text  # no hyphen is added


def test_japanese_after_an_address_still_breaks() -> None:
    text = "www.example.org/aをご覧ください"
    assert len(line_breaks(text, tag="ja")) > 3


def test_long_word_is_cut_between_clusters(desk: Desk) -> None:
    word = "Betäubungsmittelverschreibungsverordnungsänderungskommission"
    assert len(word) >= 60
    paragraph = desk.shape("de", f"Die {word} tagt")
    lines = paragraph.lines(1.0, 12.0)
    assert all(line.width_pt <= 12.0 for line in lines)
    assert desk.texts(paragraph, 1.0, 12.0)[0] == "Die "  # the word has a line of its own


def test_too_long_phone_number_breaks_at_a_space(desk: Desk) -> None:
    paragraph = desk.shape("en", "+44 20 7946 0958")
    parts = desk.texts(paragraph, 1.0, 5.5)
    assert all(part.endswith(" ") for part in parts[:-1])
    assert len(parts) > 1


# --- soft hyphens, zero-width spaces, forced breaks


def test_soft_hyphen_is_drawn_at_a_line_end_only(desk: Desk) -> None:
    paragraph = desk.shape("de", "Schmerz\u00adtherapie")
    (whole,) = paragraph.lines(1.0, 100.0)
    assert desk.logical(whole) == "Schmerztherapie"
    first, second = paragraph.lines(1.0, paragraph.width(1.0) * 0.7)
    assert desk.logical(first) == "Schmerz\u00ad"
    assert desk.logical(second) == "therapie"
    hyphen = first.runs[-1]
    face = desk.library.face("Noto Sans", 400)
    assert hyphen.gids == (face.hb_font.get_nominal_glyph(ord("-")),)
    assert (hyphen.start, hyphen.end) == (7, 8)
    assert first.width_pt == pytest.approx(hyphen.x_pt + hyphen.width_pt)


def test_soft_hyphen_takes_the_style_it_stands_in(desk: Desk) -> None:
    paragraph = desk.shape(
        "de", "Die Schmerz\u00adtherapie", bold="Schmerz\u00adtherapie"
    )
    line = paragraph.lines(1.0, desk.shape("de", "Die Schmerz").width(1.0) * 1.12)[0]
    assert line.runs[-1].texts == "\u00ad"
    assert line.runs[-1].face.key == "NotoSans-Bold"


def test_hyphen_counts_in_the_width(desk: Desk) -> None:
    paragraph = desk.shape("de", "ab\u00adcd")
    without = desk.shape("de", "ab").width(1.0)
    assert desk.texts(paragraph, 1.0, without + 0.4) == ["ab\u00ad", "cd"]
    # The hyphen does not fit: the word is cut without one rather than run over.
    assert all(
        line.width_pt <= without + 0.1 for line in paragraph.lines(1.0, without + 0.1)
    )


def test_zero_width_space_is_a_break_without_a_glyph(desk: Desk) -> None:
    paragraph = desk.shape("km", "ថ្នាំ\u200bកេតាមីន")
    first, second = paragraph.lines(1.0, paragraph.width(1.0) * 0.8)
    assert paragraph.text[: first.end].endswith("\u200b")
    assert desk.logical(first) + desk.logical(second) == "ថ្នាំកេតាមីន"


def test_no_break_space_does_not_break() -> None:
    assert line_breaks("a\u00a0b c", tag="en") == [4, 5]


def test_line_separator_forces_a_line(desk: Desk) -> None:
    paragraph = desk.shape("en", "one\u2028\u2028two ")
    lines = paragraph.lines(12.0, 1e6)
    assert [(line.start, line.end) for line in lines] == [(0, 4), (4, 5), (5, 9)]
    assert [desk.logical(line) for line in lines] == ["one", "", "two "]
    assert paragraph.width(12.0) == pytest.approx(max(one.width_pt for one in lines))


# --- odd texts


def test_empty_text_has_no_line(desk: Desk) -> None:
    for locale in ("en", "ar"):
        paragraph = desk.shape(locale, "")
        assert paragraph.lines(12.0, 100.0) == ()
        assert paragraph.width(12.0) == paragraph.min_width(12.0) == 0.0


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_only_spaces_make_one_line_of_no_width(desk: Desk, locale: str) -> None:
    (line,) = desk.shape(locale, "   ").lines(12.0, 1.0)
    assert line.width_pt == pytest.approx(0.0)
    assert desk.logical(line) == "   "


def test_tab_is_set_as_a_space(desk: Desk) -> None:
    assert desk.line("en", "a\tb").width_pt == desk.line("en", "a b").width_pt
    assert desk.logical(desk.line("en", "a\tb")) == "a b"


@pytest.mark.parametrize(
    ("locale", "unit"),
    [("en", "word "), ("en", "x"), ("ar", "كلمة 12 "), ("th", "ยา"), ("en", "a1/\u2028")],
)
def test_time_grows_with_the_length_only(desk: Desk, locale: str, unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * (count // len(unit))
        gc.disable()  # what all the tests before have left takes as long as that
        try:
            started = time.process_time()
            paragraph = desk.shape(locale, text)
            paragraph.lines(12.0, 400.0, balance=True)
            paragraph.lines(12.0, 400.0)
            return time.process_time() - started
        finally:
            gc.enable()

    seconds(100)
    small, large = seconds(5_000), seconds(50_000)
    # Ten times the text; a quadratic step would take a hundred times as long.
    assert large < 40 * max(small, 0.004)


# --- the shape of a paragraph


def test_short_last_line_is_mended(desk: Desk) -> None:
    text = "Take the tablets with water in the morning and again at night as told by me"
    paragraph = desk.shape("en", text)
    mended = 0
    for width in [12 + 0.1 * step for step in range(120)]:
        plain = paragraph.lines(1.0, width, avoid_short_last=False)
        better = paragraph.lines(1.0, width)
        if plain[-1].width_pt < 0.15 * width:
            mended += better[-1].width_pt >= 0.15 * width
        else:
            assert str(plain) == str(better)
    assert mended


def test_balance_evens_lines_out(desk: Desk) -> None:
    paragraph = desk.shape("en", "What you should know before your operation")
    plain = paragraph.lines(1.0, 18.0, avoid_short_last=False)
    even = paragraph.lines(1.0, 18.0, balance=True)

    def spread(lines: tuple[Line, ...]) -> float:
        return max(x.width_pt for x in lines) - min(x.width_pt for x in lines)

    assert len(plain) == len(even) == 2
    assert spread(even) <= spread(plain)


def test_balance_cuts_no_word(desk: Desk) -> None:
    paragraph = desk.shape("de", "Schmerzmittelverordnung a b c d e f g h i")
    word = desk.shape("de", "Schmerzmittelverordnung").width(1.0)
    for width in (word, word * 1.01, word * 1.2):
        parts = desk.texts(paragraph, 1.0, width, balance=True)
        assert parts[0].startswith("Schmerzmittelverordnung")


@pytest.mark.parametrize(
    ("locale", "text", "kept"),
    [
        ("pl", "ból i lęk w nocy", ["i lęk", "w nocy"]),  # pain and fear at night
        (
            "ru",
            "боль и страх в груди",
            ["и страх", "в груди"],
        ),  # pain and fear in the chest
        ("en", "I take a walk", []),
        ("km", "តូចៗ", ["ចៗ"]),  # very small: the repetition sign begins no line
    ],
)
def test_short_words_and_repetition_signs_stay(
    locale: str, text: str, kept: list[str]
) -> None:
    found = set(line_breaks(text, tag=locale))
    for part in kept:
        start = text.find(part)
        assert not found & set(range(start + 1, start + len(part)))
    if not kept:
        assert {2, 7, 9} <= found


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        ("ro", ["Dați-ne-o ", "într-o ", "zi"]),  # give it to us some day
        ("ro", ["V-ați ", "simțit ", "rău, ", "dintr-un ", "motiv"]),
        ("ro", ["SUNAȚI-NE, ", "nu-i ", "târziu"]),
        ("ro", ["terapie ", "cognitiv-", "comportamentală"]),
        ("fr", ["appelez-", "nous"]),
    ],
)
def test_no_line_ends_in_a_hyphen_that_ties_a_short_romanian_word(
    tag: str, parts: list[str]
) -> None:
    text = "".join(parts)
    ends = [0, *line_breaks(text, tag=tag)]
    assert [text[a:b] for a, b in itertools.pairwise(ends)] == parts


def test_a_word_wider_than_its_line_is_cut_among_phrases_too(desk: Desk) -> None:
    text = "薬はmethylenedioxymethamphetamineです"
    paragraph = desk.shape("ja", text, phrases=True)
    em = desk.shape("ja", "薬").width(1.0)
    parts = desk.texts(paragraph, 1.0, 6 * em)
    assert "".join(parts) == text
    assert len(parts) > 3
    assert all(desk.shape("ja", one).width(1.0) <= 6 * em for one in parts)


@pytest.mark.parametrize("step", range(24))
def test_mending_a_short_last_line_tears_no_phrase(desk: Desk, step: int) -> None:
    text = "長く続く痛みに役立つかどうかは、まだわかっていません。薬です。"
    styled, own = desk.styled(text), language("ja")
    paragraph = desk.engine.shape(styled, language=own, phrases=True, hole_em=4.0)
    phrases = {*line_breaks(text, tag="ja", phrases=True)}
    width = desk.shape("ja", "薬").width(1.0) * (8 + step * 0.7)
    plain = paragraph.ends(1.0, width, avoid_short_last=False)
    mended = paragraph.ends(1.0, width)
    assert len({*mended} - phrases) <= len({*plain} - phrases)
    assert len(mended) == len(plain)
