"""`language()`: any name of CLDR → direction, script, names, digits, fonts."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from handouts.languages import (
    REFUSED_BY_DEFAULT,
    UnknownLocaleError,
    first_weekday,
    font_families,
    language,
    matching_locale,
    own_names_missing,
    to_digits,
)

ROOT = Path(__file__).parents[2]
SHIPPED = tuple(p.parent.parent.name for p in ROOT.glob("locales/*/*/handouts.po"))


@pytest.mark.parametrize(
    ("name", "locale", "tag", "script", "direction"),
    [
        ("zh_Hans", "zh_Hans", "zh-Hans", "Hans", "ltr"),
        ("zh-hans", "zh_Hans", "zh-Hans", "Hans", "ltr"),
        ("zh_CN", "zh_CN", "zh-CN", "Hans", "ltr"),
        ("zh_TW", "zh_TW", "zh-TW", "Hant", "ltr"),
        ("zh_HK", "zh_HK", "zh-HK", "Hant", "ltr"),
        ("yue", "yue", "yue", "Hant", "ltr"),
        ("pt_BR", "pt_BR", "pt-BR", "Latn", "ltr"),
        ("PT-br", "pt_BR", "pt-BR", "Latn", "ltr"),
        ("sr", "sr", "sr", "Cyrl", "ltr"),
        ("sr_Latn", "sr_Latn", "sr-Latn", "Latn", "ltr"),
        ("sr@latin", "sr@latin", "sr-Latn", "Latn", "ltr"),
        ("sh", "sh", "sr-Latn", "Latn", "ltr"),
        ("ca@valencia", "ca@valencia", "ca-valencia", "Latn", "ltr"),
        ("es_419", "es_419", "es-419", "Latn", "ltr"),
        ("tl", "tl", "fil", "Latn", "ltr"),
        ("iw", "iw", "he", "Hebr", "rtl"),
        ("ar", "ar", "ar", "Arab", "rtl"),
        ("pa", "pa", "pa", "Guru", "ltr"),
        ("pa_PK", "pa_PK", "pa-PK", "Arab", "rtl"),
        ("ku", "ku", "ku", "Latn", "ltr"),
        ("ckb", "ckb", "ckb", "Arab", "rtl"),
        ("dv", "dv", "dv", "Thaa", "rtl"),
        ("nqo", "nqo", "nqo", "Nkoo", "rtl"),
        ("ff_Adlm", "ff_Adlm", "ff-Adlm", "Adlm", "rtl"),
        ("ja", "ja", "ja", "Jpan", "ltr"),
        ("ko", "ko", "ko", "Kore", "ltr"),
    ],
)
def test_name_gives_tag_script_and_direction(
    name: str, locale: str, tag: str, script: str, direction: str
) -> None:
    found = language(name)
    assert (found.locale, found.tag, found.script, found.direction) == (
        locale,
        tag,
        script,
        direction,
    )


@pytest.mark.parametrize(
    ("name", "english", "own"),
    [
        ("ar", "Arabic", "العربية"),  # Arabic
        ("zh_Hans", "Chinese (Simplified)", "中文 (简体)"),
        ("zh_TW", "Chinese (Traditional, Taiwan)", "中文 (繁體, 台灣)"),
        ("pt_BR", "Portuguese (Brazil)", "português (Brasil)"),
        ("bn", "Bengali", "বাংলা"),  # CLDR says Bangla
        ("pa", "Punjabi (Gurmukhi)", "ਪੰਜਾਬੀ (ਗੁਰਮੁਖੀ)"),
        ("en_US", "English (US)", "English (United States)"),  # the short name
        ("ht", "Haitian Creole", "Kreyòl Ayisyen"),
    ],
)
def test_names_are_in_english_and_in_the_language(
    name: str, english: str, own: str
) -> None:
    found = language(name)
    assert found.english_name == english
    assert found.own_name == own


@pytest.mark.parametrize(
    ("name", "digits"),
    [
        ("fa", "۰۱۲۳۴۵۶۷۸۹"),
        ("ckb", "٠١٢٣٤٥٦٧٨٩"),
        ("ar_EG", "٠١٢٣٤٥٦٧٨٩"),
        ("ar", "0123456789"),  # CLDR 48: Latin digits unless a country says otherwise
        ("bn", "০১২৩৪৫৬৭৮৯"),
        ("my", "၀၁၂၃၄၅၆၇၈၉"),
        ("ur", "0123456789"),
        ("th", "0123456789"),
    ],
)
def test_digits_are_those_of_cldrs_default_numbering_system(
    name: str, digits: str
) -> None:
    assert language(name).digits == digits


def test_ascii_digits_become_the_locales_unless_latin_is_set() -> None:
    persian = language("fa")
    assert to_digits("24.5 h", persian) == "۲۴.۵ h"
    assert to_digits("24.5 h", persian, "latin") == "24.5 h"
    assert to_digits("24", language("ar")) == "24"


@pytest.mark.parametrize(
    ("name", "suggestions"),
    [
        ("arabic", ("ar",)),
        ("Bengali", ("bn",)),
        ("zh_Hnas", ("zh_Hans", "zh_Hant", "zh_Hans_SG")),
        ("pt_RB", ("pt_BR", "pt")),
        ("en_UK", ("en_GB", "en_VU", "en_US")),
        ("de_XX", ("de",)),
        ("xx", ()),
        ("", ()),
        ("../ar", ()),
        ("de_DE.UTF-8", ("de",)),
        ("sr@euro", ("sr",)),
        ("x" * 9999, ()),
    ],
)
def test_unknown_name_is_refused_with_suggestions(
    name: str, suggestions: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownLocaleError) as caught:
        language(name)
    assert caught.value.locale == name
    assert set(suggestions) <= set(caught.value.suggestions)
    assert len(caught.value.suggestions) <= 3
    assert str(caught.value) == f"unknown locale `{name}`"


@given(st.text(max_size=30))
def test_any_text_is_a_language_or_refused(name: str) -> None:
    try:
        found = language(name)
    except UnknownLocaleError:
        return
    assert language(found.locale).tag == found.tag


@pytest.mark.all_locales
def test_every_locale_of_cldr_is_known() -> None:
    for name in locale_identifiers():
        found = language(name)
        assert found.locale.casefold() == name.casefold()
        assert found.own_name
        assert found.families[-1] == "Noto Emoji"
        assert len(found.digits) == 10
        assert [int(digit) for digit in found.digits] == list(range(10))


def test_chain_starts_with_the_scripts_face_and_ends_with_the_signs() -> None:
    assert language("ar").families == (
        "Vazirmatn",
        "Noto Sans",
        "Noto Sans Math",
        "Noto Sans Symbols 2",
        "Noto Sans Symbols",
        "Noto Emoji",
    )


@pytest.mark.parametrize(
    ("name", "script", "first"),
    [
        ("ar", "Latn", ("Noto Sans", "Noto Sans Math")),
        ("en", "Arab", ("Vazirmatn", "Noto Sans")),
        ("en", "Hani", ("Noto Sans SC", "Noto Sans JP", "Noto Sans TC", "Noto Sans KR")),
        ("zh_Hans", "Hani", ("Noto Sans SC", "Noto Sans TC", "Noto Sans JP")),
        ("zh_TW", "Hani", ("Noto Sans TC", "Noto Sans SC")),
        ("yue", "Hani", ("Noto Sans TC", "Noto Sans SC")),
        ("ja", "Hani", ("Noto Sans JP",)),
        ("ko", "Hani", ("Noto Sans KR",)),
        ("zh_Hans", "Hira", ("Noto Sans JP", "Noto Sans SC")),
        ("ja", "Hang", ("Noto Sans KR", "Noto Sans JP")),
        ("ja", "Latn", ("Noto Sans", "Noto Sans Math")),
        ("th", "Zyyy", ("Noto Sans Thai Looped", "Noto Sans")),
        ("en", "Thai", ("Noto Sans Thai Looped", "Noto Sans")),
        ("en", "Egyp", ("Noto Sans", "Noto Sans Math")),
    ],
)
def test_run_of_another_script_has_its_own_chain(
    name: str, script: str, first: tuple[str, ...]
) -> None:
    chain = language(name).families_for(script)
    assert chain[: len(first)] == first
    assert set(language(name).families) <= set(chain)
    assert len(set(chain)) == len(chain)


@pytest.mark.parametrize(
    ("tag", "first"),
    [
        ("zh-TW", "Noto Sans TC"),
        ("zh-CN", "Noto Sans SC"),
        ("yue-CN", "Noto Sans SC"),
        ("yue", "Noto Sans TC"),
        ("zh-Hant-CN", "Noto Sans TC"),
        ("ja", "Noto Sans JP"),
        ("en", "Noto Sans SC"),
    ],
)
def test_han_takes_the_shapes_of_the_tag(tag: str, first: str) -> None:
    assert font_families("Hani", tag)[0] == first


def test_setting_chooses_another_face_and_its_metrics() -> None:
    amiri = language("ar", {"Arab": "Amiri"})
    assert amiri.families[:3] == ("Amiri", "Vazirmatn", "Noto Sans")
    assert amiri.typography.leading_body == 1.85
    assert amiri.families_for("Latn")[0] == "Noto Sans"
    english = language("en", {"Arab": "Amiri"})
    assert english.families_for("Arab")[:2] == ("Amiri", "Vazirmatn")
    assert english.typography.leading_body == 1.40


def test_language_survives_the_way_to_a_worker() -> None:
    found = language("ar", {"Arab": "Amiri"})
    found.families_for("Latn")
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert hash(again) == hash(found)
    assert again.families_for("Latn") == found.families_for("Latn")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("zh-CN", "zh_Hans"),
        ("zh", "zh_Hans"),
        ("zh-HK", None),
        ("pt-br", "pt_BR"),
        ("iw", "he"),
        ("sr_Latn", "sr@latin"),
        ("de", None),
    ],
)
def test_wanted_locale_finds_the_folder_that_means_it(
    wanted: str, found: str | None
) -> None:
    folders = ("not a locale", "zh_Hans", "pt_PT", "pt_BR", "he", "sr@latin")
    assert matching_locale(wanted, folders) == found


def test_only_haitian_creole_of_the_shipped_borrows_names() -> None:
    assert own_names_missing("ht")
    assert not any(own_names_missing(name) for name in (*SHIPPED, "en", "nb", "nn"))


def test_a_week_begins_on_monday_where_nothing_is_known() -> None:
    assert first_weekday("en", "AQ") == 0
    assert first_weekday("en", "US") == 6
    assert first_weekday("en_US") == 6
    assert first_weekday("en") == 0
    assert first_weekday("fa") == 5


def test_unsigned_text_is_refused_by_default_where_machines_fail() -> None:
    refused = {
        name
        for name in ("so", "ht", "am", "pa", "pa_PK", "gu", *SHIPPED)
        if language(name).refused_by_default
    }
    assert refused == {"so", "ht", "am", "pa", "pa_PK", "gu"}
    assert {"so", "ht", "am", "pa", "gu"} == REFUSED_BY_DEFAULT
