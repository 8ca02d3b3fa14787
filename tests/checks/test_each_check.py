"""One table for all checks: what is right, what a comment allows, what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from handouts.catalog import State
from handouts.checks import CHECKS, CHECKS_BY_CODE, SelectiveCheck
from handouts.diagnostics import Severity

Judge = Callable[..., Any]
Text = str | list[str]


@dataclass(frozen=True)
class Good:
    """A pair that the check has nothing to say about."""

    msgid: str | tuple[str, str]
    msgstr: Text
    locale: str = "de"


@dataclass(frozen=True)
class Bad:
    """A pair that the check objects to, in these words."""

    msgid: str | tuple[str, str]
    msgstr: Text
    message: str
    hint: str
    locale: str = "de"
    column: int = 8


HOURS = ("Wait %(n)s hour", "Wait %(n)s hours")
RLE, PDF, LRI, PDI, RLM = "\u202b", "\u202c", "\u2066", "\u2069", "\u200f"

CASES: dict[str, tuple[list[Good], list[Bad]]] = {
    "dropped-placeholder": (
        [
            Good("Call %(phone)s", "Rufen Sie %(phone)s an"),
            Good(HOURS, ["Warten Sie eine Stunde", "Warten Sie %(n)s Stunden"]),
            Good(("One hour", "%(n)s hours"), ["Eine Stunde", "%(n)s Stunden"]),
            # Arabic forms 0, 1 and 2 are for none, one and two alone.
            Good(HOURS, ["لا تنتظر", "ساعة", "ساعتان", "%(n)s س", "%(n)s س", "%(n)s س"],
                 "ar"),
            Good(("%(n)s hour, call %(p)s", "%(n)s hours, call %(p)s"),
                 ["%(n)s Stunde, %(p)s", "%(n)s Stunden, %(p)s"]),
        ],
        [
            Bad("Call %(phone)s", "Rufen Sie an",
                "translation lacks `%(phone)s`, which the source has",
                "add `%(phone)s` to the msgstr"),
            Bad("Call {phone}", "Rufen Sie an",
                "translation lacks `{phone}`, which the source has",
                "add `{phone}` to the msgstr"),
            # Russian form 0 is for 1, 21, 31 and so on: the number must be printed.
            Bad(HOURS, ["Ждите час", "Ждите %(n)s часа", "Ждите %(n)s часов"],
                "translation lacks `%(n)s`, which the source has",
                "add `%(n)s` to the msgstr[0]", "ru", 11),
            Bad(("%(n)s hour, call %(p)s", "%(n)s hours, call %(p)s"),
                ["%(n)s Stunde", "%(n)s Stunden, %(p)s"],
                "translation lacks `%(p)s`, which the source has",
                "add `%(p)s` to the msgstr[0]", "de", 11),
        ],
    ),
    "unknown-placeholder": (
        [Good("%(a)s %(b)s", "%(b)s %(a)s"), Good("50%% of", "50% von")],
        [
            Bad("Call %(phone)s", "Rufen Sie %(phone)s, %(fon)s",
                "translation has `%(fon)s`, which the source lacks",
                "use `%(phone)s`", column=30),
            Bad("Call", "Ruf %(fon)s",
                "translation has `%(fon)s`, which the source lacks",
                "delete it: the source has no placeholder", column=13),
        ],
    ),
    "repeated-placeholder": (
        [Good("%(a)s or %(a)s", "%(a)s oder %(a)s")],
        [Bad("Call %(p)s", "%(p)s: %(p)s anrufen",
             "translation has `%(p)s` more often than the source",
             "delete `%(p)s` here, if once is enough", column=16)],
    ),
    "invalid-placeholder": (
        [
            Good("50%% of people", "50% людей", "ru"),
            Good("50%% of people", "50%% der Leute"),
            Good("50%% of people", "50 % der Leute"),
            Good("50%% sure", "50%sicher"),
            Good("50%% of people", "İnsanların %50'si", "tr"),
            Good("50%% (half)", "50%(約半分)", "ja"),
        ],
        [
            Bad("Call", "Ruf %s", "`%s` is not a valid placeholder",
                "delete it: the source has no placeholder; a percent sign that is text "
                "takes a space after it, or is `%%`", column=13),
            Bad("a %(x)s", "b %(x)s %d", "`%d` is not a valid placeholder",
                "use `%(x)s`; a percent sign that is text takes a space after it, or is "
                "`%%`", column=17),
            Bad("a %(x)s", "b %(x)s %(x)d", "`%(x)d` is not a valid placeholder",
                "use `%(x)s`; a percent sign that is text takes a space after it, or is "
                "`%%`", column=17),
            Bad("a %(h)s", "%(h)s %(h)300000000s",
                "`%(h)300000000s` is not a valid placeholder",
                "use `%(h)s`; a percent sign that is text takes a space after it, or is "
                "`%%`", column=15),
        ],
    ),
    "template-syntax-in-translation": (
        [Good("a {b}", "{b} c")],
        [
            Bad("a %(x)s", "%(x)s }}", "translation has `}}`, which belongs to templates",
                "use `%(x)s`", column=15),
            Bad("a", "b {%", "translation has `{%`, which belongs to templates",
                "delete it: the source has no placeholder", column=11),
        ],
    ),
    "dropped-tag": (
        [
            Good("Do <strong>not</strong> drive", "Fahren Sie <strong>nicht</strong>"),
            Good('<span lang="la">per os</span>', "<span lang='la'>per os</span>"),
            Good("a<br>b", "c<br/>d"),
        ],
        [
            Bad("Do <strong>not</strong> drive", "Fahren Sie nicht",
                "translation lacks `<strong>`, which the source has",
                "put `<strong>` round the same words, as the msgid does"),
            Bad("a<br>b", "c d", "translation lacks `<br>`, which the source has",
                "add `<br>` to the msgstr"),
            Bad('<span lang="la">x</span>', '<span lang="de">y</span>',
                'translation lacks `<span lang="la">`, which the source has',
                'put `<span lang="la">` round the same words, as the msgid does'),
        ],
    ),
    "unknown-tag": (
        [Good("if x < 5", "wenn x < 5"), Good("A & B", "A & B oder C"),
         Good("a <em>b</em>", "<em>c</em> d")],
        [
            Bad("a", "<script>b</script>",
                "translation has `<script>`, which the source lacks", "delete the tag",
                column=9),
            Bad("a <em>b</em>", "<em>c</em><strong>d</strong>",
                "translation has `<strong>`, which the source lacks", "use `<em>`",
                column=19),
            Bad("a <em>b</em>", '<em onclick="x">c</em>',
                'translation has `<em onclick="x">`, which the source lacks',
                "use `<em>`", column=9),
        ],
    ),
    "broken-markup": (
        [Good("<em>a</em> <strong>b</strong>", "<strong><em>c</em></strong>")],
        [
            Bad("<em>a</em>", "<em>b", "`<em>` is not closed",
                "add `</em>` where it ends", column=9),
            Bad("<em>a</em>", "<em>b</em", "`</` begins a tag that is not finished",
                "finish the tag; a sign for less-than is `&lt;`", column=14),
            Bad("<em>a</em><sup>b</sup>", "<em>c<sup>d</em></sup>",
                "`</em>` closes a tag that is not open", "close `<sup>` first",
                column=20),
            Bad("<em>a</em>", "<em>b</em></em>", "`</em>` closes a tag that is not open",
                "delete it", column=19),
            Bad("<em>a</em>", "<em/>b", "`<em/>` holds no text",
                "write `<em>…</em>`", column=9),
            Bad("a<br>b", "a<br>b</br>", "`</br>` closes nothing", "write `<br>` alone",
                column=15),
        ],
    ),
    "plural-form-count": (
        [Good(HOURS, ["%(n)s Stunde", "%(n)s Stunden"]),
         Good(HOURS, ["%(n)s 時間"], "ja")],
        [
            Bad(HOURS, ["%(n)s godzinę", "%(n)s godziny"],
                "translation has 2 plural forms, the header's nplurals is 3",
                "write msgstr[0] to msgstr[2]", "pl", 11),
            Bad(HOURS, ["%(n)s 時間", "%(n)s 時間"],
                "translation has 2 plural forms, the header's nplurals is 1",
                "write msgstr[0] alone", "ja", 11),
        ],
    ),
    "empty-plural-form": (
        [Good(HOURS, ["%(n)s Stunde", "%(n)s Stunden"])],
        [Bad(HOURS, ["%(n)s Stunde", ""], "msgstr[1] is empty",
             "write the form for its numbers, even if it is the same as another",
             column=11)],
    ),
    "altered-number": (
        [Good("Take 25 mg twice a day.", "خذ ٢٥ ملغ مرتين يوميا.", "ar")],
        [
            Bad("Take 50 mg once a day.", "خذ ٥ ملغ مرة يوميا.",
                "translation says `٥` where the source says `50`",
                "write 50, in any digits", "ar", 12),
            Bad("Take 75 mg once a day.", "خذ 57 ملغ مرة يوميا.",
                "translation says `57` where the source says `75`",
                "write 75, in any digits", "ar", 12),
            Bad("2.5 mg", "2.500 mg",
                "translation says `2.500` where the source says `2.5`",
                "write 2.5, in any digits", column=9),
        ],
    ),
    "dropped-number": (
        [Good("for 24 hours", "24 Stunden lang")],
        [Bad("at least 24 hours", "lange", "translation lacks the number `24`",
             "add 24 to the msgstr, in digits")],
    ),
    "added-number": (
        [Good("Twice a day", "1日2回", "ja"), Good("three months", "3 か月", "ja"),
         Good(("One hour", "%(n)s hours"), ["1 Stunde", "%(n)s Stunden"])],
        [Bad("for some hours", "für 24 Stunden",
             "translation has the number `24`, which the source lacks",
             "delete it, or write it as a word if the source does", column=13)],
    ),
    "control-character": (
        [Good("a b", "c\u00ad\u200b\u200c\u200d\u2060d\te")],
        [
            Bad("a", "b\x07", "translation has the hidden character `U+0007`",
                "delete it", column=10),
            Bad("a", "b\ufeffc",
                "translation has the hidden character `U+FEFF ZERO WIDTH NO-BREAK SPACE`",
                "delete it", column=10),
            Bad("a", "b&#8232;",
                "translation has the hidden character `U+2028 LINE SEPARATOR`",
                "delete it", column=10),
        ],
    ),
    "bidi-override": (
        [Good("a", f"ب {RLM}{LRI}x{PDI} ب", "ar")],
        [Bad("a", "ب &#x202E;x", "translation has the bidi control `U+202E RIGHT-TO-LEFT "
             "OVERRIDE`",
             "delete it; to keep words apart put `<bdi>` round them, if the source "
             "has it, or U+2068 before and U+2069 after", "ar", 11)],
    ),
    "unbalanced-isolate": (
        [Good("a", f"ب {LRI}x{LRI}y{PDI}{PDI}", "ar")],
        [
            Bad("a", f"ب {LRI}x",
                "translation has unpaired `U+2066 LEFT-TO-RIGHT ISOLATE`",
                "put U+2069 after the words it isolates", "ar", 11),
            Bad("a", f"ب{PDI}",
                "translation has unpaired `U+2069 POP DIRECTIONAL ISOLATE`",
                "delete it, or put an isolate before the words it closes", "ar", 10),
        ],
    ),
    "replacement-character": (
        [Good("for", "für")],
        [Bad("for", "f\ufffdr",
             "translation has lost text: `U+FFFD REPLACEMENT CHARACTER`",
             "type the character again", column=10)],
    ),
    "outer-space": (
        [Good("a ", "b "), Good("a", "b")],
        [
            Bad("a", " b", "the space at the start of the translation differs from the "
                "source", "make the start of the msgstr like that of the msgid",
                column=9),
            Bad("a ", "b", "the space at the end of the translation differs from the "
                "source", "make the end of the msgstr like that of the msgid",
                column=9),
        ],
    ),
    "unpaired-bracket": (
        [Good("a (b)", "c （d）", "ja"), Good("a) b", "a) c"), Good("a", "(b [c])")],
        [
            Bad("a (b)", "c (d", "`(` has no pair", "add the other one, or delete it",
                column=11),
            Bad("a", "「c", "`「` has no pair", "add the other one, or delete it",
                "ja", 9),
        ],
    ),
    "identical-to-source": (
        [Good("%(n)s %%", "%(n)s %%"), Good("NMDA", "NMDA"), Good("5", "5"),
         Good("Wait", "Wait", "en_GB")],
        [Bad("Wait here", "Wait here", "translation is the same as the English",
             "translate it, or write `# handouts: allow identical-to-source: the reason` "
             "above it")],
    ),
    "wrong-script": (
        [Good("Ketamine (Ketalar)", "Кетамин (Ketalar)", "ru"),
         Good("Wait", "24 %%", "ru"),
         Good("Wait", "请等 B12", "zh_Hans")],
        [Bad("Wait", "Warten", "translation has no letter of `Cyrl` script",
             "write it in Russian; is the text in the catalog of another language?",
             "ru")],
    ),
}  # fmt: skip

GOOD = [
    pytest.param(code, case, id=f"{code}-{number}")
    for code, (good, _) in CASES.items()
    for number, case in enumerate(good)
]
BAD = [
    pytest.param(code, case, id=f"{code}-{number}")
    for code, (_, bad) in CASES.items()
    for number, case in enumerate(bad)
]


def test_every_check_is_in_the_table() -> None:
    others = [c for c in CHECKS if not isinstance(c, SelectiveCheck)]
    assert list(CASES) == [check.code for check in others]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_every_check_states_what_it_finds(check: Any) -> None:
    assert check.statement[0].islower()
    assert not check.statement.endswith(".")
    assert type(check).__doc__


@pytest.mark.parametrize(("code", "case"), GOOD)
def test_good(judge: Judge, code: str, case: Good) -> None:
    found = judge(case.msgid, case.msgstr, case.locale)
    assert code not in [d.code for d in found.sink]


@pytest.mark.parametrize(("code", "case"), BAD)
def test_bad(judge: Judge, code: str, case: Bad) -> None:
    vetting = judge(case.msgid, case.msgstr, case.locale)
    found = next(d for d in vetting.sink if d.code == code)
    assert (found.message, found.hint) == (case.message, case.hint)
    assert found.severity is CHECKS_BY_CODE[code].severity
    assert found.column == case.column
    assert found.line is not None
    assert found.quote is not None
    assert found.quote.startswith("msgstr")
    assert found.file == f"locales/{case.locale}/LC_MESSAGES/handouts.po"
    assert found.locale == case.locale
    assert found.msgid == (case.msgid if isinstance(case.msgid, str) else case.msgid[0])
    assert found.notes == ("used by: templates/handouts/a.html:31",)
    if found.severity is Severity.ERROR:
        assert (vetting.message.state, vetting.message.forms) == (State.FAILING, ())


@pytest.mark.parametrize(("code", "case"), BAD)
def test_exempt(judge: Judge, code: str, case: Bad) -> None:
    comment = f"handouts: allow {code}: reviewed"
    vetting = judge(case.msgid, case.msgstr, case.locale, comment=comment)
    codes = [d.code for d in vetting.sink]
    if CHECKS_BY_CODE[code].exemptable:
        assert code not in codes
        assert code in [d.code for d in vetting.message.exempted]
    else:
        assert {code, "exemption-ignored"} <= set(codes)
