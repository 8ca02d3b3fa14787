"""Negations stay with what they deny, in every shipped language."""

import pytest

from handouts.languages import negation_ranges

CASES = [
    # locale, text, its meaning, where a line must not end
    ("en", "Do not drive", "", "not d"),
    ("es", "No conduzca, ni beba", "do not drive, nor drink", "ni b"),
    ("pl", "maszyn, nie pij", "machines, do not drink", "nie p"),
    ("ru", "вам не помогает", "does not help you", "не п"),
    ("ar", "لا تقد السيارة", "do not drive the car", "لا ت"),
    ("fa", "نه رانندگی", "no driving", "نه ر"),
    ("he", "אין לנהוג", "one must not drive", "אין ל"),
    ("hi", "गाड़ी न चलाएँ", "do not drive a car", "न च"),
    ("bn", "গাড়ি চালাবেন না", "do not drive a car", "ন না"),
    ("th", "ห้ามขับรถ", "driving is forbidden", "ห้ามข"),
    ("km", "កុំបើកបរ", "do not drive", "កុំប"),
    ("zh", "请不要开车", "please do not drive", "不要"),
    ("ar", "ولا تأتِ وحدك", "and do not come alone", "ولا ت"),
    ("he", "לעולם אל תשתמשו", "never use", "לעולם א"),
    ("fr", "ne conduisez pas", "do not drive", "z pas"),
    ("tr", "bir çözüm değil", "not a solution", "m değil"),
    ("ko", "운전하지 마십시오", "do not drive", "지 마십시오"),
    ("ko", "운전하시면 안 됩니다", "you must not drive", "안 됩"),
    ("vi", "Quý vị không được lái xe", "you must not drive", "không được l"),
    ("vi", "không\u00a0uống rượu", "do not drink alcohol", "không\u00a0u"),
]


@pytest.mark.parametrize(("language", "text", "meaning", "kept"), CASES)
def test_no_line_ends_there(language: str, text: str, meaning: str, kept: str) -> None:
    del meaning
    assert kept in [text[start:end] for start, end in negation_ranges(text, language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "nothing, notes"), ("ru", "нельсон"), ("pl", "niebo"), ("ja", "運転しない")],
)
def test_parts_of_words_do_not_count(language: str, text: str) -> None:
    assert list(negation_ranges(text, language)) == []
