from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from handouts.diagnostics import Diagnostic
from handouts.fonts import Face, FontLibrary
from handouts.layout.display import DisplayList, Placed
from handouts.pdf import message_recalls, prove_display, text_recall
from handouts.text.model import GlyphRun, Style
from handouts.text.subset import closure, is_blank, nominal_glyph

Shaper = Callable[..., GlyphRun]
Placer = Callable[..., Placed]
Displayed = Callable[..., DisplayList]
Prove = Callable[..., tuple[Diagnostic, ...]]


@pytest.fixture
def prove(placer: Placer, displayed: Displayed) -> Prove:
    """Prove one run, placed on the second page of two."""

    def proved(
        run: GlyphRun, *, msgids: tuple[str, ...] = (), x: float = 50, y: float = 100
    ) -> tuple[Diagnostic, ...]:
        return prove_display(displayed([], [placer(run, x=x, y=y)]), msgids=msgids)

    return proved


# family, text, right to left: forms that depend on their neighbours, signs that move
# before their consonant, splits, mirrored brackets, a joiner, composed letters.
SOUND = [
    ("Noto Sans", "Is it safe? 50 mg \u2013 e\u0301 \u1ec7 fi", False),
    ("Noto Sans", "no-break\u00a0space and\u2011hyphen", False),
    ("Vazirmatn", "لأن السلامة (دواء) [جديد]", True),
    ("Vazirmatn", "به\u200cکار می\u200cرود", True),
    ("Noto Sans Hebrew", "כאב (כרוני)", True),
    ("Noto Sans Devanagari", "क्षत्रिय कर्म हिन्दी श्री", False),
    ("Noto Sans Bengali", "ইংল্যান্ড কো ডৌ", False),
    ("Noto Sans Tamil", "கொடு பௌ", False),
    ("Noto Sans Malayalam", "കൊടുക്ക മൗ", False),
    ("Noto Sans Sinhala", "ශ්\u200dරී ලංකා", False),
    ("Noto Sans Thai", "น้ำ ปี่", False),
    ("Noto Sans Lao", "ນ້ຳ", False),
    ("Noto Sans Khmer", "ប៊ីស្សូ កោះ ហ្វ្រិក", False),
    ("Noto Sans Myanmar", "အိန္ဒိယ ဗြိတိသျှ", False),
    ("Noto Sans JP", "日本語です。", False),
]


@pytest.mark.parametrize(("family", "text", "rtl"), SOUND)
def test_sound_shaping_proves_sound(
    *,
    library: FontLibrary,
    shaper: Shaper,
    prove: Prove,
    family: str,
    text: str,
    rtl: bool,
) -> None:
    run = shaper(library.face(family, 400), text, rtl=rtl)

    assert prove(run) == ()


@pytest.mark.parametrize(
    ("family", "text", "other"),
    [
        ("Noto Sans", "50 mg", "15 mg"),  # a dose
        ("Vazirmatn", "۵۰", "۰۵"),  # Persian digits turned round
        ("Noto Sans", "²", "2"),
        ("Noto Sans", "a", "а"),  # a Cyrillic letter that looks the same
        ("Noto Sans Devanagari", "नहीं", "महीं"),  # "not"
    ],
)
def test_a_glyph_of_another_character_is_found(
    *,
    library: FontLibrary,
    shaper: Shaper,
    prove: Prove,
    family: str,
    text: str,
    other: str,
) -> None:
    face = library.face(family, 400)
    said = shaper(face, text, style=Style(message=1))
    drawn = replace(said, gids=shaper(face, other).gids)

    found = prove(drawn, msgids=("first", "second"))

    assert {diagnostic.code for diagnostic in found} == {"glyph-outside-closure"}
    assert {diagnostic.msgid for diagnostic in found} == {"second"}


def test_the_finding_names_the_character_and_the_glyph(
    sans: Face, shaper: Shaper, prove: Prove
) -> None:
    run = replace(shaper(sans, "5"), gids=shaper(sans, "6").gids)

    (found,) = prove(run)

    assert found.message == (
        "`5` (U+0035) is drawn as glyph 25 of `NotoSans-Regular`, which it cannot give"
    )
    assert found.is_error


def test_a_dotted_circle_is_no_part_of_the_text(
    library: FontLibrary, shaper: Shaper, prove: Prove
) -> None:
    # A Devanagari vowel sign without a consonant: the shaper adds U+25CC.
    run = shaper(library.face("Noto Sans Devanagari", 400), "ि")

    (found,) = prove(run)

    assert found.code == "glyph-outside-closure"


def test_a_missing_glyph_is_found(sans: Face, shaper: Shaper, prove: Prove) -> None:
    (found,) = prove(shaper(sans, "中"))

    assert found.code == "missing-glyph"
    assert found.message == "`中` (U+4E2D) has no glyph in `NotoSans-Regular`"


def test_the_hyphen_of_a_soft_hyphen_is_sound(
    sans: Face, shaper: Shaper, prove: Prove
) -> None:
    hyphen = shaper(sans, "-")

    for text in ("\u00ad", ""):
        run = replace(hyphen, texts=[text])
        assert prove(run) == ()
    (found,) = prove(replace(shaper(sans, "x"), texts=["\u00ad"]))
    assert found.message.startswith("`\\u{00AD}` (U+00AD) is drawn as glyph")


@pytest.mark.parametrize(
    ("x", "y"),
    [(30, 100), (500, 100), (50, 30), (50, 810)],
    ids=["left", "right", "top", "foot"],
)
def test_text_that_leaves_its_frame_is_found(
    sans: Face, shaper: Shaper, prove: Prove, x: float, y: float
) -> None:
    run = shaper(sans, "twelve twelve twelve")

    (found,) = prove(run, x=x, y=y)

    assert found.code == "outside-frame"
    assert found.message == "`twelve twelve twelve` leaves its frame on page 2"


def test_text_that_leaves_the_page_is_found(
    sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    placed = placer(shaper(sans, "off"), x=590)._replace(frame=(0, 0, 900, 900))

    (found,) = prove_display(displayed([placed]))

    assert found.code == "outside-frame"


def test_spaces_at_the_end_of_a_line_may_hang_over(
    sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    word, spaces = shaper(sans, "word   "), shaper(sans, "  ")
    x = 40 + 515.28 - shaper(sans, "word").width_pt

    assert prove_display(displayed([placer(word, x=x), placer(spaces, x=550)])) == ()
    assert prove_display(displayed([placer(word, x=x + 1)])) != ()


def test_the_closure_knows_forms_but_not_other_letters(
    library: FontLibrary, sans: Face
) -> None:
    arabic = library.face("Vazirmatn", 400)

    assert len(closure(arabic, "ب")) > 3  # initial, medial, final, isolated
    assert nominal_glyph(sans, ord("2")) not in closure(sans, "²")
    assert nominal_glyph(sans, ord(")")) in closure(sans, "(")  # mirrored
    assert nominal_glyph(sans, ord("é")) in closure(sans, "e\u0301")
    assert 0 not in closure(sans, "中")
    assert is_blank(sans, nominal_glyph(sans, ord(" ")))
    assert not is_blank(sans, nominal_glyph(sans, ord("x")))


# --- how much came back ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "found", "recall"),
    [
        ("", "", 1.0),
        ("a b c", "abc", 1.0),
        ("abcd", "abxd", 0.75),
        ("ab", "ba", 0.5),
        ("ﻻ", "لا", 1.0),  # the lam-alef character and its letters
        ("می\u200cرود", "میرود", 1.0),  # Persian with and without the non-joiner
        ("abc", "", 0.0),
    ],
)
def test_the_recall_of_a_text(expected: str, found: str, recall: float) -> None:
    assert text_recall(expected, found) == recall


def test_a_message_is_found_as_a_whole_or_not() -> None:
    page = "Call 555 0100 at once. Do not drive for 24 hours. Drink water."
    messages = (
        "Do not drive for 24 hours.",
        "Do not drlve for 24 hours.",
        "zebra quagga",
    )

    exact, near, strewn = message_recalls(messages, page)

    assert exact == 1.0
    assert 0.9 < near < 1.0
    assert strewn < 0.5
    assert message_recalls(("longer than the page",), "page") == (4 / 17,)
