"""POT, new catalogs and updates: what gettext would write, and nothing lost."""

import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.catalog import (
    Key,
    SourceMessage,
    Update,
    init_catalog,
    read_catalog,
    update_catalog,
    write_pot,
)
from handouts.diagnostics import Sink

POLISH = (
    "nplurals=3; plural=(n==1 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)


def source(
    msgid: str, plural: str | None = None, context: str | None = None, line: int = 1
) -> SourceMessage:
    reference = ("templates/handouts/a.html", line)
    return SourceMessage(key=Key(context, msgid), plural=plural, references=(reference,))


SOURCES = (
    SourceMessage(
        key=Key(None, 'Plain "q" \\ text 50%% é\ttab'),
        plural=None,
        references=tuple((f"templates/handouts/ketamine-{n}.html", n) for n in range(9)),
        comments=("one note", "another"),
    ),
    source("%(n)s hour", "%(n)s hours", context="how long"),
    source("line one\nline two\n"),
    source("x" * 300),
)


def update(path: Path, *sources: SourceMessage) -> Update | None:
    sink = Sink()
    done = update_catalog(sources, path, shown_as="x.po", sink=sink)
    assert not len(sink), list(sink)
    return done


def msgcat(path: Path) -> bytes:
    command = ["msgcat", "--no-wrap", str(path)]
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.mark.usefixtures("gettext_tools")
def test_the_pot_is_what_msgcat_writes(tmp_path: Path) -> None:
    path = tmp_path / "handouts.pot"
    write_pot(SOURCES, path, version="0.1")
    assert path.read_bytes() == msgcat(path)


@pytest.mark.usefixtures("gettext_tools")
def test_a_new_and_an_updated_catalog_are_what_msgcat_writes(tmp_path: Path) -> None:
    path = tmp_path / "pl.po"
    _init(path)
    assert path.read_bytes() == msgcat(path)
    text = path.read_text().replace('msgstr[0] ""', 'msgstr[0] "godzina"')
    path.write_text(
        text.replace("#. one note", "# mine\n#\n# two\n#. one note")
        + '\n# gone\n#~ msgid "old"\n#~ msgstr "stary"\n'
    )
    update(path, source("%(n)s hours", "%(n)s hourss", "how long"), *SOURCES[::2])
    assert path.read_bytes() == msgcat(path)


@pytest.mark.usefixtures("gettext_tools")
def test_msgfmt_accepts_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "pl.po"
    _init(path)
    command = ["msgfmt", "-c", "-o", str(tmp_path / "pl.mo"), str(path)]
    subprocess.run(command, check=True, capture_output=True)


def _init(path: Path) -> None:
    done = init_catalog(
        SOURCES, path, locale="pl", plural_forms=POLISH, version="0.1", sink=Sink()
    )
    assert done


def test_the_pot_depends_on_nothing_but_the_messages(tmp_path: Path) -> None:
    first, second = tmp_path / "a.pot", tmp_path / "b.pot"
    write_pot(SOURCES, first, version="0.1")
    write_pot(SOURCES, second, version="0.1")
    assert first.read_bytes() == second.read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"a.pot", "b.pot"}


def test_the_pot_flags_placeholders_and_keeps_notes(tmp_path: Path) -> None:
    path = tmp_path / "handouts.pot"
    write_pot(SOURCES, path, version="0.1")
    plain, plural, *_ = polib.pofile(str(path))
    assert (plain.flags, plural.flags) == ([], ["python-format"])
    assert plain.comment == "one note\nanother"
    assert plain.occurrences[1] == ("templates/handouts/ketamine-1.html", "1")
    assert plural.msgctxt == "how long"
    assert plural.msgstr_plural == {0: "", 1: ""}


def test_a_new_catalog_has_the_languages_headers_and_forms(tmp_path: Path) -> None:
    path = tmp_path / "pl" / "LC_MESSAGES" / "handouts.po"
    _init(path)
    sink = Sink()
    catalog = read_catalog(path, locale="pl", shown_as="pl.po", sink=sink)
    assert not len(sink)
    assert catalog is not None
    assert catalog.headers["Language"] == "pl"
    assert catalog.plural_rule.count == 3
    assert catalog.messages[SOURCES[1].key].msgstrs == ("", "", "")


def test_a_catalog_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "pl.po"
    path.write_text("precious")
    sink = Sink()
    done = init_catalog(
        SOURCES, path, locale="pl", plural_forms=POLISH, version="1", sink=sink
    )
    assert not done
    (found,) = sink
    assert (found.code, found.message) == (
        "catalog-exists", "there is a catalog for this locale already",
    )  # fmt: skip
    assert path.read_text() == "precious"


OLD = r"""# Translator's note
msgid ""
msgstr ""
"X-Own: kept\n"
"Language: de\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

# mine
#: old:1
#, python-format
msgid "Call %(phone)s"
msgstr "Rufen Sie %(phone)s an"

#, fuzzy
#| msgid "before"
msgid "Fuzzy one"
msgstr "Unscharf"

msgid "Do not drive for at least one day"
msgstr "Fahren Sie mindestens einen Tag nicht"

msgid "Never translated"
msgstr ""

#~ msgid "It was here once"
#~ msgstr "Es war einmal hier"
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "de.po"
    path.write_text(OLD)
    return path


def entries(path: Path) -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in polib.pofile(str(path))}


def test_update_keeps_marks_and_buries(old: Path) -> None:
    done = update(
        old,
        source("Call %(phone)s", line=7),
        source("Fuzzy one"),
        source("Do not drive for at least two days"),
        source("Something else altogether"),
    )
    assert done == Update(kept=1, fuzzy=2, new=1, obsolete=2)
    found = entries(old)
    kept = found["Call %(phone)s"]
    assert kept.msgstr == "Rufen Sie %(phone)s an"
    assert kept.occurrences == [("templates/handouts/a.html", "7")]
    assert (kept.tcomment, kept.flags) == ("mine", ["python-format"])
    assert found["Fuzzy one"].previous_msgid == "before"
    like = found["Do not drive for at least two days"]
    assert like.fuzzy
    assert like.msgstr == "Fahren Sie mindestens einen Tag nicht"
    assert like.previous_msgid == "Do not drive for at least one day"
    assert found["Something else altogether"].msgstr == ""
    assert found["Do not drive for at least one day"].obsolete
    assert found["It was here once"].obsolete
    assert "Never translated" not in found
    assert '"X-Own: kept\\n"\n"Language: de\\n"' in old.read_text()
    assert old.read_text().startswith("# Translator's note\n")


def test_update_revives_an_obsolete_message(old: Path) -> None:
    update(old, source("It was here once"))
    entry = entries(old)["It was here once"]
    assert (entry.msgstr, entry.obsolete, entry.fuzzy) == ("Es war einmal hier", 0, False)


def test_update_of_a_message_that_gets_a_plural(old: Path) -> None:
    update(old, source("Call %(phone)s", "Call them: %(phone)s"))
    entry = entries(old)["Call %(phone)s"]
    assert entry.fuzzy
    assert entry.msgstr_plural == dict.fromkeys((0, 1), "Rufen Sie %(phone)s an")


def test_update_of_a_message_that_loses_its_plural(tmp_path: Path) -> None:
    path = tmp_path / "de.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgid_plural "b"\n'
        'msgstr[0] "x"\nmsgstr[1] "y"\n'
    )
    update(path, source("a"))
    entry = entries(path)["a"]
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid_plural) == ("y", True, "b")


@pytest.mark.parametrize("change", ["same", "half", "changed"])
def test_a_second_update_changes_nothing(old: Path, change: str) -> None:
    texts = ["Call %(phone)s", "Fuzzy one", "Do not drive for at least one day"]
    if change == "half":
        texts = texts[:1]
    if change == "changed":
        texts = [f"{text} now" for text in texts]
    update(old, *map(source, texts))
    before = old.read_bytes(), old.stat().st_mtime_ns
    update(old, *map(source, texts))
    assert (old.read_bytes(), old.stat().st_mtime_ns) == before


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ('msgid "a\n', "po-syntax"),
        ('msgid "a"\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n', "duplicate-message"),
    ],
)
def test_a_broken_catalog_is_left_alone(tmp_path: Path, broken: str, code: str) -> None:
    path = tmp_path / "de.po"
    path.write_text(broken)
    sink = Sink()
    assert update_catalog(SOURCES, path, shown_as="de.po", sink=sink) is None
    assert [found.code for found in sink] == [code]
    assert path.read_text() == broken


WORDS = st.text("abc %()s", min_size=1, max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sets(WORDS, max_size=6), st.sets(WORDS, max_size=6))
def test_no_translation_is_ever_lost(
    tmp_path: Path, before: set[str], after: set[str]
) -> None:
    path = tmp_path / "x.po"
    texts = "\n".join(f'msgid "{text}"\nmsgstr "T:{text}"\n' for text in sorted(before))
    path.write_text(f'msgid ""\nmsgstr ""\n\n{texts}')
    update(path, *map(source, sorted(after)))
    kept = {entry.msgstr for entry in polib.pofile(str(path))}
    assert {f"T:{text}" for text in before} <= kept
    once = path.read_bytes()
    update(path, *map(source, sorted(after)))
    assert path.read_bytes() == once


def test_what_is_odd_in_a_catalog_stays(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    header = '#\nmsgid ""\nmsgstr "Language: de\\n"\n'
    text = f'{header}\n#\nmsgctxt ""\nmsgid "a"\nmsgstr "one\u2028two"\n'
    path.write_text(text, encoding="utf-8")
    assert update(path, SourceMessage(key=Key("", "a"), plural=None, references=()))
    kept = path.read_text("utf-8")
    assert kept == text.replace('"one\u2028two"', '""\n"one\u2028"\n"two"')
    assert update(path, SourceMessage(key=Key("", "a"), plural=None, references=()))
    assert path.read_text("utf-8") == kept


def test_a_plural_without_text_is_none(tmp_path: Path) -> None:
    path = tmp_path / "handouts.pot"
    write_pot([source("a", "")], path, version="0.1")
    assert path.read_text("utf-8").endswith('\nmsgid "a"\nmsgstr ""\n')
