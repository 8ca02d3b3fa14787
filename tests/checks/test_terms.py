"""Terms of the glossary in running text: English inflection, other languages' forms."""

from pathlib import Path

import pytest

from handouts.build.glossary import read_glossaries
from handouts.checks import Term, Terms, parse
from handouts.checks.terms import says_term
from handouts.diagnostics import Sink
from handouts.languages import language


def found(text: str, *english: str) -> list[str]:
    terms = Terms(Term(one, ("x",)) for one in english)
    return [term.english for term in terms.in_english(parse(text))]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("dose", "Two doses."), ("dose", "DOSE"), ("dose", "dosing it"),
        ("flare-up", "In a flare up"), ("flare-up", "flare-ups"),
        ("dizzy", "dizzily"), ("therapy", "therapies"),
        ("side effect", "side <strong>effects</strong>"), ("NMDA", "the NMDA gate"),
    ],
)  # fmt: skip
def test_english_inflection(term: str, text: str) -> None:
    assert found(text, term) == [term]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("dose", "dosette"), ("drip", "hardrip"), ("drip", "dripple"),
        ("side effect", "the effect on that side"), ("NMDA", "nmda"), ("", "drip"),
        ("drip", ""), ("-", "a - b"),
    ],
)  # fmt: skip
def test_other_words_are_no_terms(term: str, text: str) -> None:
    assert found(text, term) == []


def test_a_term_inside_a_longer_one_is_none() -> None:
    assert found("nerve pain", "pain", "nerve pain") == ["nerve pain"]
    assert found("nerve pain and pain", "pain", "nerve pain") == ["nerve pain", "pain"]


@pytest.mark.parametrize(
    ("locale", "variant", "text", "expected"),
    [
        ("pl", "dawka", "mniejszych dawek", True),
        ("pl", "dawka", "długo", False),
        ("ru", "капельница", "через капельницу", True),
        ("es", "dolor crónico", "dolores crónicos", True),
        ("es", "dolor crónico", "dolores", False),
        ("de", "Arm", "Arme", True),
        ("de", "Arm", "Armbanduhr", False),  # a short word takes a short ending
        ("he", "דם", "הדם", True),  # "the blood"
        ("he", "כלב", "לב", False),  # "dog" is no "heart" with something before it
        ("ar", "ألم", "والألم", True),  # "and the pain"
        ("zh_Hans", "怀孕 哺乳", "怀孕或哺乳", True),
        ("zh_Hans", "怀孕 哺乳", "怀孕", False),
        ("km", "ឈឺ", "ការឈឺចាប់", True),
    ],
)
def test_forms(locale: str, variant: str, text: str, *, expected: bool) -> None:
    term = Term("x", (variant,))
    assert says_term(parse(text), term, language(locale).language) is expected


def test_the_glossary_gives_the_terms_of_a_language(tmp_path: Path) -> None:
    own, shared = tmp_path / "own", tmp_path / "shared"
    for folder, rows in (
        (own, "drip,term,Tropf | Infusion,\ndose,term,,\n"),
        (shared, "drip,term,nichts,goteo\ndose,reading-exempt,Dosis,\nX,drug,y,z\n"),
    ):
        folder.mkdir()
        (folder / "glossary.csv").write_text(f"term,kind,de,es\n{rows}")
    glossary = read_glossaries([own, shared], Sink())
    text = parse("The drip, its dose and X")
    terms = {one: glossary.terms(language(one)) for one in ("de", "de_AT", "es", "fr")}
    drip = Term("drip", ("Tropf", "Infusion"))
    assert terms["de"].in_english(text) == (Term("dose", ("Dosis",)), drip)
    assert terms["de_AT"].in_english(text) == terms["de"].in_english(text)
    assert terms["es"].in_english(text) == (Term("drip", ("goteo",)),)
    assert terms["fr"].in_english(text) == ()
