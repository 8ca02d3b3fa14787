"""vet: states, safe fragments, exemptions; hostile text breaks nothing."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from handouts.catalog import (
    Catalog,
    Key,
    Message,
    SourceMessage,
    State,
    parse_plural_forms,
)
from handouts.checks import INLINE_TAGS, parse, vet, vet_source
from handouts.diagnostics import Severity, Sink
from handouts.languages import language

Judge = Callable[..., Any]


def test_a_translation_gives_safe_fragments(judge: Judge) -> None:
    found = judge(
        "<strong>A</strong> & %(x)s: 50%%",
        "<strong>Ä</strong> &amp; %(x)s < 5: 50% & 7%%",
    )
    assert found.message.forms == ()  # 5 and 7 are no numbers of the source
    found = judge(
        "<strong>A</strong> & %(x)s: 50%%", "<strong>Ä</strong> &amp; %(x)s < y: 50% & %%"
    )
    assert found.message.state is State.TRANSLATED
    assert found.message.forms == (
        "<strong>Ä</strong> &amp; %(x)s &lt; y: 50%% &amp; %%",
    )


@pytest.mark.parametrize(
    ("msgstr", "flags", "state"),
    [
        ("", (), State.MISSING),
        (" \u00a0", (), State.MISSING),
        ("Warten", ("fuzzy",), State.FUZZY),
        ("Warten", (), State.TRANSLATED),
        ("Warten %s", (), State.FAILING),
    ],
)
def test_states(judge: Judge, msgstr: str, flags: tuple[str, ...], state: State) -> None:
    found = judge("Wait", msgstr, flags=flags).message
    assert found.state is state
    assert found.forms == (("Warten",) if state is State.TRANSLATED else ())


def test_without_a_catalog_everything_is_missing() -> None:
    source = SourceMessage(key=Key(None, "a"), plural=None, references=())
    sink = Sink()
    vetted = vet(None, [source], language("pl"), sink)
    found = vetted.get(source.key)
    assert found is not None
    assert (found.state, found.forms, found.message) == (State.MISSING, (), None)
    assert (vetted.plural_index(1), vetted.plural_index(2), vetted.plural_index(5)) == (
        0, 1, 2,
    )  # fmt: skip
    assert vetted.get(Key("other", "a")) is None
    assert not len(sink)


def test_plural_forms_come_in_order(judge: Judge) -> None:
    found = judge(
        ("%(n)s day", "%(n)s days"), ["%(n)s dzień", "%(n)s dni", "%(n)s dni"], "pl"
    )
    assert found.message.forms == ("%(n)s dzień", "%(n)s dni", "%(n)s dni")


def test_another_plural_than_the_templates() -> None:
    message = Message(
        key=Key(None, "a"), plural="b", msgstrs=("x", "y"), fuzzy=False, line=3,
        msgstr_lines=(5, 6),
    )  # fmt: skip
    catalog = Catalog(
        locale="de", file="de.po", headers={}, messages={message.key: message},
        plural_rule=parse_plural_forms(language("de").plural_rule),
    )  # fmt: skip
    sink = Sink()
    source = SourceMessage(key=message.key, plural=None, references=())
    vetted = vet(catalog, [source], language("de"), sink)
    assert vetted.messages[message.key].state is State.FAILING
    (found,) = sink
    assert (found.code, found.line) == ("outdated-plural", 3)
    assert found.message == "the msgid_plural of the catalog is not that of the templates"
    assert found.hint == "run `update`, then check the forms"


@pytest.mark.parametrize(
    ("code", "message", "hint"),
    [
        ("altered-numbers", "`altered-numbers` is not the code of a check",
         "did you mean `altered-number`?"),
        ("bidi-override", "`bidi-override` cannot be allowed", "mend the translation"),
    ],
)  # fmt: skip
def test_exemptions_that_do_not_count(
    judge: Judge, code: str, message: str, hint: str
) -> None:
    (found,) = judge("Wait", "Warten", comment=f"handouts: allow {code}: why not").sink
    assert (found.code, found.severity) == ("exemption-ignored", Severity.WARNING)
    assert (found.message, found.hint) == (message, hint)


def test_an_unknown_code_lists_the_codes(judge: Judge) -> None:
    (found,) = judge("Wait", "Warten", comment="handouts: allow zzz: why").sink
    assert found.hint.startswith("the codes are added-negation, added-number, ")


def test_terms_that_stay_are_neither_english_nor_wrong_script(judge: Judge) -> None:
    keep = frozenset({"Ketalar"})
    assert not len(judge("Ketalar", "Ketalar", "ru", keep=keep).sink)
    assert not len(judge("Ketalar, pain", "Ketalar", "ru", keep=keep).sink)


def test_findings_of_one_check_are_bounded(judge: Judge) -> None:
    assert len(judge("a", "b" + "\x07" * 500).message.diagnostics) == 20


CLAIM_HINT = "say what is known and what is not; a question or a denial is no claim"
SOURCE_CASES = [
    ("Hello %(x)s %%", None, []),
    ("see %%(x)s", None, [("raw-placeholder", "`%(x)s` is typed as gettext writes it; "
     "Jinja doubles its `%`", "write `{{ x }}` in the trans block")]),
    ('see <a href="x">y</a>', None, [("link-in-msgid", "a link stands in a message: a "
     "translation could lead elsewhere", "make it a placeholder: `{{ link }}`, with the "
     "`url` filter")]),
    ("<p>x", None, [("tag-in-msgid", "`<p>` stands in a message", "end the trans block "
     "before it; a message may have `bdi`, `br`, `em`, `span`, `strong`, `sub`, `sup`"),
     ("broken-markup", "`<p>` is not closed", "add `</p>` where it ends")]),
    ("wait 24 hours", None, [
     ("number-in-msgid", "the number `24` is typed into a message",
     "make it a placeholder: `{% trans n=24|number %}`")]),
    ("one", "wait 2.5 hours", [
     ("number-in-msgid", "the number `2.5` is typed into a message",
      "make it a placeholder")]),
    ('<span lang="%(x)s">y</span>', None, [
     ("broken-markup", "a placeholder stands in the "
     "tag `span`: it is not filled in", "write the value itself, or move the tag out of "
     "the message")]),
    ("a\u202eb", None, [("control-character", "the message has the character `U+202E "
     "RIGHT-TO-LEFT OVERRIDE`", "delete it; direction is set with `<bdi>`")]),
    ("a\u2067b", None, [("control-character", "the message has the character `U+2067 "
     "RIGHT-TO-LEFT ISOLATE`", "delete it; direction is set with `<bdi>`")]),
    ("Ketamine <strong>is</strong> safe.", None, [
     ("promotional-claim", "the English claims `is safe`", CLAIM_HINT)]),
    ("It is not proven to help. It cures pain!", "It heals nerves.", [
     ("promotional-claim", "the English claims `cures`", CLAIM_HINT),
     ("promotional-claim", "the English claims `heals`", CLAIM_HINT)]),
    ("It has no side effects.", None, [
     ("promotional-claim", "the English claims `no side effects`", CLAIM_HINT)]),
    ("No new side effects", None, []),
    ("Is ketamine safe? It is not a cure for pain, and nobody can guarantee it.", None,
     []),
]  # fmt: skip


@pytest.mark.parametrize(("msgid", "plural", "expected"), SOURCE_CASES)
def test_the_english(
    msgid: str, plural: str | None, expected: list[tuple[str, str, str]]
) -> None:
    references = tuple((f"templates/{name}.html", 3) for name in "abcdef")
    source = SourceMessage(key=Key(None, msgid), plural=plural, references=references)
    sink = Sink()
    found = vet_source([source], sink).get(source.key)
    assert [(d.code, d.message, d.hint) for d in sink] == expected
    assert found is not None
    assert found.state is (State.FAILING if sink.has_errors else State.SOURCE)
    assert len(found.forms) == (2 if plural else 1)
    for diagnostic in sink:
        assert (diagnostic.file, diagnostic.line) == ("templates/a.html", 3)
        assert diagnostic.notes[0] == "used by: templates/b.html:3"
        assert len(diagnostic.notes) == 3


def test_english_plurals() -> None:
    vetted = vet_source([], Sink())
    assert [vetted.plural_index(n) for n in (0, 1, 2)] == [1, 0, 1]


TAG = re.compile(
    rf"</?(?:{'|'.join(sorted(INLINE_TAGS))})(?: [a-z_][\w:.-]*=\"[^\"<>]*\")*>"
)
HOSTILE = [
    *("<strong>", "</strong>", "<em>", "</em>", "<br>", "<br/>", "<script>", "</script>"),
    *("<a ", "<!--", "-->", "< ", " & ", "&amp;", "&lt;script&gt;", "&#x202e;", "&#0;"),
    *("&#55296;", "%(x)s", "%(y)s", "%", "%%", "%s", "%(x)d", "%(", "{{", "}}", "{%"),
    *("%}", "{x}", "(", ")", "5", "٥", "½", "1,000", "1/0", '<span lang="%(x)s">'),
    *("<span a='\"'>", "</span>", "\u202e", "\u2066", "\u2069", "\x00"),
]
PIECES = st.lists(
    st.one_of(st.text(max_size=6), st.sampled_from(HOSTILE)), max_size=12
).map("".join)


@given(PIECES)
@example('<span a="&lt;%(x)s&quot;\'">x</span>')
@example("<SPAN>x</span>")
def test_a_fragment_holds_no_markup_but_inline_tags(text: str) -> None:
    rest = TAG.sub("", parse(text).fragment)
    assert "<" not in rest
    assert ">" not in rest
    assert re.fullmatch(r"(?:[^&]|&(?:amp|lt|gt|quot);)*", rest, re.DOTALL)


@given(PIECES, st.text(max_size=5))
def test_filling_in_never_fails(text: str, value: str) -> None:
    fragment = parse(text).fragment
    filled = fragment % defaultdict(lambda: value)
    for token in parse(text).placeholders:
        if token.text.startswith("%("):
            assert value in filled


@given(PIECES)
def test_visible_text_keeps_every_offset(text: str) -> None:
    parsed = parse(text)
    assert len(parsed.visible) == len(text)
    for tag in parsed.tags:
        assert set(parsed.visible[tag.token.start : tag.token.end]) == {"\ufffc"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    PIECES,
    st.lists(PIECES, min_size=1, max_size=4),
    st.sampled_from(["de", "ar", "ja", "ru", "hi", "tr"]),
)
def test_hostile_text_is_judged(msgid: str, forms: list[str], locale: str) -> None:
    spoken = language(locale)
    plural = msgid + "s" if len(forms) > 1 else None
    key = Key(None, msgid or "x")
    message = Message(
        key=key, plural=plural, msgstrs=tuple(forms), fuzzy=False, line=1,
        msgstr_lines=(1,) * len(forms),
    )  # fmt: skip
    catalog = Catalog(
        locale=locale, file="x.po", headers={}, messages={key: message},
        plural_rule=parse_plural_forms(spoken.plural_rule),
    )  # fmt: skip
    source = SourceMessage(key=key, plural=plural, references=())
    sink = Sink()
    found = vet(catalog, [source], spoken, sink).messages[key]
    vet_source([source], sink)
    for form in found.forms:
        form % defaultdict(str)
        assert not any(unicodedata.bidirectional(c) in {"RLO", "LRO"} for c in form)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<a ",
            "<a b='c' ",
            "</",
            "&amp;",
            "%(x)s",
            "%(x",
            "%5",
            "1 000 ",
            "1,000,",
            "9",
        ),
        *("1/2 ", "(", ")", "[(", "\u2066", "\u2069", "<strong>", "{{", "½", "\x07", " "),
    ],
)
def test_long_hostile_text_takes_no_time(judge: Judge, piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    judge("Wait 1 000 hours (now)", text)
    judge(text or "x", text[:-1])
