"""False alarms, measured on catalogs that nobody wrote for these checks.

The shipped catalogs, in which no check may find an error, and Django's, in which every
finding counts as a false alarm though some are true; only the six of `TRUE` do not,
since they alone would make a check that refuses only warn. Only messages that a template
could hold count, and of these only those that a check has something to say about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

import polib
import pytest

from handouts.build.glossary import read_glossaries
from handouts.catalog import parse_plural_forms, single_count
from handouts.catalog.model import Key
from handouts.checks import (
    CHECKS,
    INLINE_TAGS,
    Form,
    SelectiveCheck,
    Subject,
    Terms,
    applies,
    parse,
    severity_in,
)
from handouts.checks.text import Kind
from handouts.diagnostics import Severity, Sink
from handouts.languages import language

ROOT = Path(__file__).parents[2]
SHIPPED = tuple(
    sorted(
        p.parent.parent.name
        for p in ROOT.glob("locales/*/*/handouts.po")
        if p.parent.parent.name != "en_US"  # English with other words
    )
)
MOST = 0.02
TRUE = frozenset({
    ("ko", "fewer-negations", "Designates that this user has all permissions without"),
    ("zh_Hans", "dropped-obligation", "You are seeing this message because this site r"),
    ("zh_Hant", "dropped-limit", "If you have configured your browser to disable “Ref"),
    ("zh_Hant", "dropped-limit", "If you have configured your browser to disable cook"),
    ("zh_Hant", "dropped-obligation", "You are seeing this message because this site r"),
    ("zh_Hant", "dropped-restriction", "Enter only digits separated by commas."),
})  # fmt: skip
"""Locale, code and how the English begins: what the translation does leave out.

"At least for this site" has become "for this site", "only digits" "digits", "this cookie
is required for security reasons" "it is for security"; "without explicitly assigning
them" is not there at all.
"""
KEEP = frozenset({"Cochrane", "NICE", "NMDA", "mmHg"})
MEANING = tuple(check for check in CHECKS if isinstance(check, SelectiveCheck))


def shipped(locale: str) -> list[Path]:
    found = ROOT / "locales" / locale / "LC_MESSAGES" / "handouts.po"
    return [found] if found.exists() else []


def django(locale: str) -> list[Path]:
    root = Path(str(resources.files("django")))
    folder = f"locale/{locale}/LC_MESSAGES/django*.po"
    return sorted((*root.glob(f"conf/{folder}"), *root.glob(f"contrib/*/{folder}")))


@cache
def agreed(locale: str) -> Terms:
    """Return the terms of the shipped glossary."""
    sink = Sink()
    found = read_glossaries([ROOT / "locales"], sink).terms(language(locale))
    assert not len(sink)
    return found


def subjects(path: Path, locale: str) -> Iterator[Subject]:
    """Yield the translated messages that a template could hold."""
    spoken = language(locale)
    entries = polib.pofile(str(path))
    header = entries.metadata.get("Plural-Forms", spoken.plural_rule)
    for entry in entries:
        forms = [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)]
        forms = forms or [entry.msgstr]
        if entry.obsolete or entry.fuzzy or not all(text.strip() for text in forms):
            continue
        sources = [parse(t) for t in (entry.msgid, entry.msgid_plural) if t]
        if any(
            s.of(Kind.PRINTF, Kind.BRACE, Kind.JINJA)
            or any(tag.name not in INLINE_TAGS for tag in s.tags)
            for s in sources
        ):
            continue
        count = parse_plural_forms(header).count
        yield Subject(
            key=Key(entry.msgctxt, entry.msgid),
            forms=tuple(
                Form(
                    index=n,
                    text=parse(text),
                    sources=tuple(sources)
                    if single_count(header, n) == 1
                    else tuple(reversed(sources)),
                    count=single_count(header, n) if len(sources) > 1 else None,
                    plural=len(sources) > 1,
                )
                for n, text in enumerate(forms)
            ),
            form_count=count if len(sources) > 1 else 1,
            language=spoken,
            keep=KEEP,
            terms=agreed(locale),
        )


def is_true(locale: str, code: str, subject: Subject) -> bool:
    """Return whether a finding is one of `TRUE`."""
    return any(
        (locale, code) == (where, what) and subject.key.msgid.startswith(begins)
        for where, what, begins in TRUE
    )


@cache
def counts(locale: str) -> dict[str, tuple[int, int]]:
    """Return code of a check → messages that it applies to, and those it flags."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for path in (*shipped(locale), *django(locale)):
        for subject in subjects(path, locale):
            for check in MEANING:
                if applies(check, subject):
                    found[check.code][0] += 1
                    if next(check.find(subject), None) is not None:
                        found[check.code][1] += not is_true(locale, check.code, subject)
    return {code: (applied, flagged) for code, (applied, flagged) in found.items()}


def table() -> str:
    """Return the table of `docs/checks.md`: flagged / applied, `w` where it warns."""
    locales = SHIPPED
    lines = [
        f"| check | {' | '.join(locales)} |",
        f"|---|{'---|' * len(locales)}",
    ]
    for check in MEANING:
        cells = []
        for locale in locales:
            applied, flagged = counts(locale).get(check.code, (0, 0))
            weight = severity_in(check, language(locale).language)
            mark = " w" if weight is Severity.WARNING else ""
            cells.append(f"{flagged}/{applied}{mark}")
        lines.append(f"| `{check.code}` | {' | '.join(cells)} |")
    return "\n".join(lines)


@pytest.mark.parametrize("locale", SHIPPED)
def test_no_shipped_translation_has_an_error(locale: str) -> None:
    wrong = [
        (check.code, subject.key.msgid, finding.message)
        for path in shipped(locale)
        for subject in subjects(path, locale)
        for check in CHECKS
        if severity_in(check, subject.language.language) is Severity.ERROR
        for finding in check.find(subject)
    ]
    assert wrong == []


@pytest.mark.parametrize(("locale", "code", "begins"), sorted(TRUE))
def test_what_is_true_is_found(locale: str, code: str, begins: str) -> None:
    (check,) = (one for one in MEANING if one.code == code)
    (subject,) = (
        one
        for path in django(locale)
        for one in subjects(path, locale)
        if one.key.msgid.startswith(begins)
    )
    assert list(check.find(subject))


@pytest.mark.parametrize("locale", SHIPPED)
def test_errors_are_seldom_false(locale: str) -> None:
    spoken = language(locale).language
    assert len(django(locale)) > 3
    too_many = {
        check.code: counts(locale)[check.code]
        for check in MEANING
        if check.code in counts(locale)
        if severity_in(check, spoken) is Severity.ERROR
        if counts(locale)[check.code][1] >= MOST * counts(locale)[check.code][0]
        if counts(locale)[check.code][1]
    }
    assert too_many == {}


def test_the_page_holds_the_table(request: pytest.FixtureRequest) -> None:
    page = ROOT / "docs" / "checks.md"
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition("<!-- table -->\n")
    _, end, after = rest.partition("\n<!-- end of table -->")
    now = f"{before}<!-- table -->\n{table()}{end}{after}"
    if request.config.getoption("--update"):
        page.write_text(now, encoding="utf-8")
    assert end
    assert page.read_text(encoding="utf-8") == now
