"""Vertical metrics of each script, and the directions and digits of scripts."""

from __future__ import annotations

import unicodedata

import pytest
from babel.core import get_global

from handouts.languages import Typography, language, script_direction, typography


def leadings(metrics: Typography) -> tuple[float, ...]:
    return (
        metrics.leading_body,
        metrics.leading_title,
        metrics.leading_heading,
        metrics.leading_box,
        metrics.leading_key,
        metrics.leading_table,
        metrics.leading_emergency,
    )


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en", (1.40, 1.16, 1.25, 1.35, 1.32, 1.33, 1.30)),
        ("ru", (1.40, 1.16, 1.25, 1.35, 1.32, 1.33, 1.30)),
        ("vi", (1.50, 1.26, 1.35, 1.45, 1.42, 1.43, 1.40)),
        ("he", (1.45, 1.30, 1.30, 1.30, 1.37, 1.38, 1.30)),
        ("ar", (1.55, 1.40, 1.40, 1.40, 1.47, 1.48, 1.40)),
        ("hi", (1.50, 1.40, 1.40, 1.40, 1.42, 1.43, 1.40)),
        ("th", (1.60, 1.50, 1.50, 1.50, 1.52, 1.53, 1.50)),
        ("km", (1.75, 1.60, 1.60, 1.60, 1.67, 1.68, 1.60)),
        ("my", (1.80, 1.65, 1.65, 1.65, 1.72, 1.73, 1.65)),
        ("ja", (1.60, 1.30, 1.30, 1.30, 1.52, 1.53, 1.30)),
        ("ko", (1.55, 1.30, 1.30, 1.30, 1.47, 1.48, 1.30)),
    ],
)
def test_leadings_follow_the_design(locale: str, expected: tuple[float, ...]) -> None:
    assert leadings(language(locale).typography) == expected


@pytest.mark.parametrize(
    ("locale", "optical", "mid", "ink"),
    [
        ("en", 1.00, 0.29, (-0.24, 0.98)),
        ("pa", 1.12, 0.31, (-0.29, 0.92)),
        ("te", 1.04, 0.28, (-0.47, 0.97)),
        ("zh_Hans", 1.00, 0.38, (-0.10, 0.86)),
    ],
)
def test_optical_size_and_ink(
    locale: str, optical: float, mid: float, ink: tuple[float, float]
) -> None:
    metrics = language(locale).typography
    assert (metrics.optical, metrics.mid) == (optical, mid)
    assert (metrics.ink_low, metrics.ink_high) == ink


def test_nastaliq_only_where_it_is_chosen() -> None:
    assert language("ur").typography.leading_body == 1.55
    chosen = language("ur", {"Arab": "Noto Nastaliq Urdu"})
    assert chosen.typography.leading_body == 2.50
    assert chosen.typography.optical == 1.33
    assert language("ur_Aran").typography == chosen.typography
    assert language("ur_Aran").families[:2] == ("Noto Nastaliq Urdu", "Vazirmatn")


def test_unmeasured_script_gets_room_for_marks() -> None:
    metrics = typography("Tibt", language="bo")
    assert metrics.leading_body >= metrics.ink_high - metrics.ink_low


MEASURED = "en vi he ar hi bn pa gu ta te th lo km my am hy ka ja ko"


@pytest.mark.parametrize("locale", MEASURED.split())
def test_body_lines_never_touch(locale: str) -> None:
    metrics = language(locale).typography
    assert metrics.leading_body >= metrics.ink_high - metrics.ink_low
    assert metrics.leading_body == max(leadings(metrics))


# One letter of each living right-to-left script, by its Unicode name.
@pytest.mark.parametrize(
    ("script", "letter"),
    [
        ("Arab", "\N{ARABIC LETTER ALEF}"),
        ("Hebr", "\N{HEBREW LETTER ALEF}"),
        ("Syrc", "\N{SYRIAC LETTER ALAPH}"),
        ("Thaa", "\N{THAANA LETTER HAA}"),
        ("Nkoo", "\N{NKO LETTER A}"),
        ("Adlm", "\N{ADLAM CAPITAL LETTER ALIF}"),
        ("Rohg", "\N{HANIFI ROHINGYA LETTER A}"),
        ("Latn", "A"),
        ("Deva", "\N{DEVANAGARI LETTER A}"),
        ("Tfng", "\N{TIFINAGH LETTER YA}"),
    ],
)
def test_direction_is_that_of_the_scripts_letters(script: str, letter: str) -> None:
    is_rtl = unicodedata.bidirectional(letter) in {"R", "AL"}
    assert script_direction(script) == ("rtl" if is_rtl else "ltr")


def test_direction_agrees_with_babel_where_it_knows() -> None:
    scripts = {full.split("_")[1] for full in get_global("likely_subtags").values()}
    rtl = {script for script in scripts if script_direction(script) == "rtl"}
    assert {"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Yezi"} <= rtl
    assert not rtl & {"Latn", "Cyrl", "Grek", "Deva", "Thai", "Mong", "Ethi"}
