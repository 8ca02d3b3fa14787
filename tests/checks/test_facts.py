"""Facts and signs: what is found once for all checks is what each would find itself."""

from __future__ import annotations

import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handouts.catalog import parse_plural_forms, single_count
from handouts.catalog.model import Key
from handouts.checks import CHECKS, Form, Subject, parse
from handouts.checks.characters import CONTROLS, unbalanced
from handouts.checks.check import SignedCheck
from handouts.checks.completeness import _words
from handouts.checks.folding import CUTS, FOLD, folded, sentences
from handouts.checks.lexicon import ENGLISH, lexicon
from handouts.checks.medicines import _named, _pattern, _unaccented
from handouts.checks.severities import called_for, weighed
from handouts.checks.signs import signs_of
from handouts.checks.text import FILLER, Kind, Parsed
from handouts.checks.units import _DIMENSION, _kinds, _says, _unit
from handouts.checks.wording import _PAIRS
from handouts.languages import language, medicine_names, word_list_languages

TRAPS = Path(__file__).parents[1] / "traps"
LOCALES = ("ar", "bn", "de", "fa", "he", "hi", "ja", "km", "ko", "pl", "ru", "th", "vi")
SIGNED = tuple(check for check in CHECKS if isinstance(check, SignedCheck))
PIECES = (
    "Do not stop", "don't", "at least", "no more than", "unless", "only", "must", "never",
    "call us", "at once", "before", "after", "could", "twice a day", "one", "3", "24 mg",
    "²", "½", "٣", "10.30", "%(n)s", "%d", "{x}", "%%", "<strong>", "</strong>", "<br>",
    "<a>", "&amp;", "&#50;", "\u202e", "\u2066", "\u2069", "\ufffd", FILLER, "\u200b",
    "\u2061", "\x07", "(", ")", "【", "（", "?", "!", ".", "。", "។", "’", "Ketamine",
    "ketorolac", "氯胺酮", "кетамин", "NICE", "Woche", "weeks", "nicht", "ohne", "kann",
    "the pain and you", "www.a.org", "111", " ", "\u00a0", "\n", "İ", "ſ", "é", "\u0301",
)  # fmt: skip
texts = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(max_size=4), st.just(" ")), max_size=9
).map("".join)


@cache
def _plain_of(text: str) -> str:
    return unicodedata.normalize("NFKC", text.lower()).translate(FOLD)


@given(texts)
@example("²")
@example("%d")
@example("a.\n")
def test_facts_are_what_the_text_itself_tells(raw: str) -> None:
    text = parse(raw)
    bare = "".join(_bare(text))
    assert text.plain == _plain_of(bare)
    assert text.words == frozenset(
        re.findall(r"n't|[a-z]+|\d+", text.plain.replace("n't", " n't"))
    )
    either = text.visible + text.plain
    assert text.has_numerals == any(
        c == FILLER or re.match(r"[\d¼-¾⅐-⅞↉]", c) for c in either
    )
    assert text.has_outer_space == (raw != raw.strip())
    holding = [t for t in text.tokens if t.kind in {Kind.PLACEHOLDER, Kind.BRACE}]
    assert list(text.placeholder_names) == sorted(token.text for token in holding)
    kinds = {Kind.PLACEHOLDER, Kind.BRACE, Kind.PRINTF}
    assert list(text.filled) == [t.text for t in text.tokens if t.kind in kinds]
    starts = [tag.canonical for tag in text.tags if not tag.closing]
    assert list(text.start_tags) == sorted(starts)


def _bare(text: Parsed) -> Iterator[str]:
    """Yield the pieces of a text: a placeholder is a filler, a tag is nothing."""
    at = 0
    for token in text.tokens:
        yield text.raw[at : token.start]
        if token.kind in {Kind.PLACEHOLDER, Kind.BRACE, Kind.PRINTF}:
            yield FILLER
        elif token.kind is not Kind.TAG:
            yield text.visible[token.start : token.end].rstrip(FILLER)
        at = token.end
    yield text.raw[at:]


@given(texts)
def test_what_only_the_unusual_have_is_unusual(raw: str) -> None:
    text = parse(raw)
    shown = text.visible
    signs = (
        *CONTROLS.findall(shown),
        *unbalanced(shown),
        *re.findall(r"[()\[\]{}]", shown),
    )
    assert text.has_unusual or not (signs or re.search("[\u202a-\u202e\ufffd]", shown))


def test_every_bracket_is_unusual() -> None:
    for closing, opening in _PAIRS.items():
        assert parse(closing).has_unusual
        assert parse(opening).has_unusual


@given(texts)
@example("One. Two.")
@example("One.")
@example('Say "one."\n')
@example("一。二")
def test_sentences_are_cut_the_same_the_quick_way(raw: str) -> None:
    text = folded(raw)
    slowly = (part for part in CUTS.split(text) if part and not part.isspace())
    assert sentences(text) == tuple(slowly)
    assert parse(raw).sentences == sentences(parse(raw).plain)


def _subject(msgids: list[str], msgstrs: list[str], locale: str) -> Subject:
    spoken = language(locale)
    sources = tuple(map(parse, msgids))
    rule = spoken.plural_rule
    plural = len(sources) > 1
    return Subject(
        key=Key(None, msgids[0]),
        forms=tuple(
            Form(
                index=n,
                text=parse(text),
                sources=sources if single_count(rule, n) == 1 else sources[::-1],
                count=single_count(rule, n) if plural else None,
                plural=plural,
            )
            for n, text in enumerate(msgstrs)
        ),
        form_count=parse_plural_forms(rule).count if plural else 1,
        language=spoken,
        keep=frozenset({"NICE"}),
    )


def _found_unasked(subject: Subject) -> list[str]:
    """Return the codes of checks that are not asked and would find something."""
    own = subject.language.language
    asked = {check.code for check, _ in called_for(signs_of(subject), own)}
    rest = (check for check, _ in weighed(own) if check.code not in asked)
    return [check.code for check in rest if any(check.find(subject))]


@given(st.lists(texts, min_size=1, max_size=2), st.data())
def test_a_check_that_is_not_asked_would_find_nothing(
    msgids: list[str], data: st.DataObject
) -> None:
    locale = data.draw(st.sampled_from(LOCALES))
    count = 1 if len(msgids) == 1 else data.draw(st.integers(1, 3))
    msgstrs = data.draw(st.lists(texts, min_size=count, max_size=count))
    assert _found_unasked(_subject(msgids, msgstrs, locale)) == []


@pytest.mark.parametrize("path", sorted(TRAPS.rglob("*.toml")), ids=lambda p: p.stem)
def test_in_no_trap_is_a_check_left_out_that_finds_something(path: Path) -> None:
    asked = 0
    for trap in tomllib.loads(path.read_text("utf-8"))["trap"]:
        msgids = [
            trap["msgid"],
            *([trap["msgid_plural"]] if "msgid_plural" in trap else []),
        ]
        for said in (trap["good"], trap["bad"]):
            msgstrs = said if isinstance(said, list) else [said]
            subject = _subject(msgids, msgstrs, path.stem)
            assert _found_unasked(subject) == []
            asked += len(called_for(signs_of(subject), subject.language.language))
    assert asked > 0


def test_a_message_without_signs_is_asked_little() -> None:
    plain = _subject(["Warm water helps"], ["Warmes Wasser hilft"], "de")
    assert len(called_for(signs_of(plain), "de")) == len(CHECKS) - len(SIGNED)
    signs = signs_of(_subject(["Do not wait 3 days "], ["Warten Sie (drei) Tage"], "de"))
    assert {"negation", "<numerals>", "<outer-space>", "<unusual>"} <= signs
    assert signs.isdisjoint({"<tags>", "<fields>"})


@given(st.lists(st.one_of(texts, st.sampled_from([
    entry.removeprefix("re:").replace("*", "").replace(r"\w", "")
    for entries in medicine_names().values() for entry in entries
])), max_size=4).map("".join))  # fmt: skip
@example("don'tramadol")
@example("8ketorolac")
@example("xketamine")
def test_names_of_medicines_are_found_as_without_the_quick_look(raw: str) -> None:
    text = parse(raw).plain
    bare = _unaccented(text)
    slowly = {name for name in medicine_names() if _pattern(name).search(bare)}
    assert _named(text) == slowly


@pytest.mark.parametrize("own", word_list_languages())
def test_units_are_found_as_without_the_quick_look(own: str) -> None:
    lists = lexicon(own)
    assert lists is not None
    for words in lists.lists.units.values():
        for word in words:
            text = folded(f"24 {word.removeprefix('re:').replace('*', '')}, 5%")
            slowly = {kind for kind in _DIMENSION if _unit(kind, own).search(text)}
            assert _kinds(text, own) == slowly


@pytest.mark.parametrize("own", word_list_languages())
def test_what_a_part_says_the_whole_may_say(own: str) -> None:
    words = lexicon(own)
    assert words is not None
    for sense, entries in words.lists.senses.items():
        for entry in entries:
            part = folded(entry.replace("*", "").replace("…", " "))
            if words.says(part, sense):
                assert words.may_say(f"one. {part} two.", sense), (sense, entry)
    for entry in words.lists.claims:
        part = folded(entry.replace("*", "").replace("…", " "))
        assert words.may_claim(f"one. {part} two.") or not list(words.claims(part))


def test_english_words_tell_their_classes() -> None:
    assert "negation" in ENGLISH.senses_of_words("do not stop")
    assert "negation" in ENGLISH.senses_of_words("you don't")
    assert "at-least" in ENGLISH.senses_of_words("at least")
    assert ENGLISH.senses_of_words("warm water") == frozenset()


def test_what_is_common_has_no_sign_that_is_looked_for() -> None:
    for code in range(sys.maxunicode + 1):
        if (text := parse(chr(code))).is_common:
            looked_for = text.visible + text.plain
            assert not re.search(r"[\d<&%{}#()\[\]¼-¾⅐-⅞↉]", looked_for)
            assert FILLER not in looked_for
            assert all(unicodedata.category(c) not in {"Cc", "Cf"} for c in looked_for)


@given(texts)
@example("one's own, well-known")
@example("It is NICE; the pain and you")
@example("’the")
def test_english_words_are_found_the_same_the_quick_way(raw: str) -> None:
    source = parse(raw)
    slowly = re.findall(r"(?<![-\w])[A-Za-z][A-Za-z'’]*(?![-\w])", source.visible)
    assert _words(source) == {word.lower() for word in slowly}


@pytest.mark.parametrize("own", word_list_languages())
@given(texts)
@example("24 h")
@example("after 3h, or 3 hours")
@example("%(n)s min")
def test_a_unit_is_found_wherever_its_pattern_is(own: str, raw: str) -> None:
    text = parse(raw).plain
    for kind in _DIMENSION:
        assert _says(kind, text, own) == bool(_unit(kind, own).search(text))
