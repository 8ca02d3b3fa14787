"""read_catalog: a catalog, or diagnostics; never a traceback."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.catalog import MAX_FILE_BYTES, MAX_TEXT, Catalog, Key, locate, read_catalog
from handouts.diagnostics import Diagnostic, Severity, Sink

Reader = Callable[..., tuple[Any, Sink]]

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: de\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
SAVE = (
    "save the file as UTF-8, and let its header say "
    "`Content-Type: text/plain; charset=UTF-8`"
)


def only(sink: Sink) -> Diagnostic:
    assert len(sink) == 1, list(sink)
    return sink.diagnostics[0]


def test_messages_know_where_their_strings_stand(read: Reader) -> None:
    catalog, sink = read(HEADER + 'msgid "a"\nmsgstr ""\n"first "\n"se\\"cond"\n')
    assert not len(sink)
    assert catalog is not None
    assert catalog.file == "locales/de/LC_MESSAGES/handouts.po"
    assert catalog.headers["Language"] == "de"
    message = catalog.messages[Key(None, "a")]
    assert message.msgstrs == ('first se"cond',)
    assert message.msgstr_lines == (8,)
    assert locate(message, 0) == (9, 1, 8, '"first "')
    assert locate(message, 0, 6, 3) == (10, 2, 4, '"se\\"cond"')
    assert locate(message, 0, 9, 4) == (10, 6, 4, '"se\\"cond"')
    assert locate(message, 0, 2, 99) == (9, 4, 4, '"first "')


def test_a_one_line_msgstr_begins_after_its_quote(read: Reader) -> None:
    catalog, _ = read(HEADER + 'msgid "a"\nmsgstr "xyz"\n')
    message = catalog.messages[Key(None, "a")]
    assert locate(message, 0, 0, 1) == (8, 9, 1, 'msgstr "xyz"')
    assert locate(message, 0) == (8, 8, 5, 'msgstr "xyz"')


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_any_line_ends_and_a_byte_order_mark(read: Reader, ends: str) -> None:
    text = (HEADER + 'msgid "a"\nmsgstr "ä"\n').replace("\n", ends)
    catalog, sink = read(b"\xef\xbb\xbf" + text.encode())
    assert not len(sink)
    assert catalog.messages[Key(None, "a")].msgstrs == ("ä",)


def test_flags_and_exemptions(read: Reader) -> None:
    catalog, sink = read(
        HEADER + "# handouts: allow altered-number: the guideline has it so\n"
        "# handouts:allow dropped-tag : word order\n"
        '#, fuzzy, python-format\nmsgid "a"\nmsgstr "b"\n'
    )
    message = catalog.messages[Key(None, "a")]
    assert message.exempt == (
        ("altered-number", "the guideline has it so"),
        ("dropped-tag", "word order"),
    )
    assert message.fuzzy
    assert not len(sink)


def test_an_exemption_needs_a_reason(read: Reader) -> None:
    catalog, sink = read(
        HEADER + '# handouts: allow dropped-tag\nmsgid "a"\nmsgstr "b"\n'
    )
    assert catalog.messages[Key(None, "a")].exempt == ()
    found = only(sink)
    assert (found.code, found.severity) == ("exemption-without-reason", Severity.WARNING)
    assert found.message == "`allow dropped-tag` gives no reason"
    assert found.hint == "write `# handouts: allow dropped-tag: the reason`"


def test_obsolete_entries_are_left_out(read: Reader) -> None:
    catalog, _ = read(HEADER + '#~ msgid "a"\n#~ msgstr "b"\n')
    assert catalog.messages == {}


def test_latin_1(read: Reader) -> None:
    catalog, sink = read((HEADER + 'msgid "a"\nmsgstr "für"\n').encode("latin-1"))
    assert catalog is None
    found = only(sink)
    assert (found.code, found.line, found.column) == ("not-utf8", 8, 10)
    assert found.message == "byte 0xFC is not UTF-8"
    assert found.hint == SAVE


def test_utf_16(read: Reader) -> None:
    catalog, sink = read(HEADER.encode("utf-16"))
    assert catalog is None
    assert only(sink).message == "the catalog is in UTF-16, not UTF-8"


def test_another_charset_in_the_header(read: Reader) -> None:
    _, sink = read(HEADER.replace("UTF-8", "ISO-8859-15"))
    found = only(sink)
    assert (found.code, found.line) == ("not-utf8", 4)
    assert found.message == "the header says charset `ISO-8859-15`"


def test_nul_bytes(read: Reader) -> None:
    catalog, sink = read(HEADER + 'msgid "a"\nmsgstr "b\0"\n')
    assert catalog is None
    found = only(sink)
    assert (found.code, found.line, found.column) == ("nul-byte", 8, 10)
    assert found.message == "the catalog holds a NUL byte"
    assert found.hint == "delete it; if there are many, the file is damaged or not UTF-8"


def test_a_syntax_error_is_located(read: Reader) -> None:
    catalog, sink = read(HEADER + 'msgid "a"\nmsgstr "cut of')
    assert catalog is None
    found = only(sink)
    assert (found.code, found.line, found.column) == ("po-syntax", 8, 1)
    assert found.quote == 'msgstr "cut of'
    assert found.locale == "de"


def test_duplicates_name_both_lines_and_give_no_text(read: Reader) -> None:
    catalog, sink = read(HEADER + 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n')
    assert catalog.messages == {}
    found = only(sink)
    assert (found.code, found.line) == ("duplicate-message", 11)
    assert found.message == "the message is already in line 7"
    assert found.notes == ("first in: locales/de/LC_MESSAGES/handouts.po:7",)
    assert found.hint == "delete one of the two"


def test_a_context_makes_another_message(read: Reader) -> None:
    catalog, sink = read(
        HEADER + 'msgid "a"\nmsgstr "b"\n\nmsgctxt "c"\nmsgid "a"\nmsgstr "c"\n'
    )
    assert set(catalog.messages) == {Key(None, "a"), Key("c", "a")}
    assert not len(sink)


def test_too_long_a_message(read: Reader) -> None:
    catalog, sink = read(HEADER + f'msgid "a"\nmsgstr "{"x" * (MAX_TEXT + 1)}"\n')
    assert catalog.messages == {}
    found = only(sink)
    assert found.code == "message-too-long"
    assert found.message == "the message has 100001 characters; the limit is 100000"


def test_too_large_a_file_is_not_parsed(tmp_path: Path) -> None:
    path = tmp_path / "big.po"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    sink = Sink()
    assert read_catalog(path, locale="de", shown_as="big.po", sink=sink) is None
    assert MAX_FILE_BYTES == 20_000_000
    found = only(sink)
    assert found.code == "catalog-too-large"
    assert found.message == "the catalog has 50 MB; the limit is 20 MB"


def test_a_folder_and_nothing_at_all(tmp_path: Path) -> None:
    sink = Sink()
    assert read_catalog(tmp_path, locale="de", shown_as="x", sink=sink) is None
    assert read_catalog(tmp_path / "no.po", locale="de", shown_as="y", sink=sink) is None
    assert [(d.code, d.message) for d in sink] == [
        ("unreadable-catalog", "the catalog is not a file"),
        ("unreadable-catalog", "cannot read the catalog: no such file or directory"),
    ]


def test_a_file_that_may_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.po"
    path.touch()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    sink = Sink()
    assert read_catalog(path, locale="de", shown_as="x", sink=sink) is None
    assert only(sink).message == "cannot read the catalog: permission denied"


def test_no_header(read: Reader) -> None:
    catalog, sink = read('msgid "a"\nmsgstr "b"\n')
    assert catalog.messages[Key(None, "a")].msgstrs == ("b",)
    assert (only(sink).code, only(sink).severity) == ("missing-header", Severity.WARNING)
    assert catalog.plural_rule.count == 2


def test_an_empty_file(read: Reader) -> None:
    catalog, sink = read(b"")
    assert catalog.messages == {}
    assert only(sink).code == "missing-header"


def test_a_header_of_another_language(read: Reader) -> None:
    _, sink = read(HEADER.replace("Language: de", "Language: nl"))
    found = only(sink)
    assert (found.code, found.severity, found.line) == (
        "other-language",
        Severity.WARNING,
        3,
    )
    assert found.message == "the header says language `nl`, the folder says `de`"


PLURAL = 'msgid "one"\nmsgid_plural "many"\nmsgstr[0] "x"\nmsgstr[1] "y"\n\n'


def test_broken_plural_forms_give_no_plural_text(read: Reader) -> None:
    broken = HEADER.replace("(n != 1)", "n == one")
    catalog, sink = read(broken + PLURAL + 'msgid "a"\nmsgstr "b"\n')
    assert set(catalog.messages) == {Key(None, "a")}
    found = only(sink)
    assert (found.code, found.line) == ("invalid-plural-forms", 5)
    assert found.message == "Plural-Forms cannot be used: unexpected `one`"
    assert found.hint == "write `Plural-Forms: nplurals=2; plural=(n != 1);`"
    assert catalog.plural_rule.index(1) == 0


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ("nplurals=1; plural=0;",
         "nplurals is 1, but gettext gives this language 2 forms"),
        ("nplurals=2; plural=(n > 1);",
         "0 takes form 0, but in gettext's rule for this language form 1"),
    ],
)  # fmt: skip
def test_unusual_plural_forms_warn(read: Reader, stated: str, message: str) -> None:
    catalog, sink = read(HEADER.replace("nplurals=2; plural=(n != 1);", stated) + PLURAL)
    assert len(catalog.messages) == 1
    found = only(sink)
    assert (found.code, found.severity) == ("unusual-plural-forms", Severity.WARNING)
    assert found.message == message


def test_without_plural_forms_the_language_gives_them(read: Reader) -> None:
    catalog, sink = read('msgid ""\nmsgstr "Language: pl\\n"\n', "pl")
    assert not len(sink)
    assert catalog.plural_rule.count == 3
    other, _ = read('msgid ""\nmsgstr "Language: xx\\n"\n', "xx")
    assert other.plural_rule.count == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes(read: Reader, data: bytes) -> None:
    catalog, sink = read(data)
    assert isinstance(catalog, Catalog) or sink.has_errors


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 300), st.binary(min_size=1, max_size=4))
def test_damaged_bytes(read: Reader, at: int, damage: bytes) -> None:
    whole = (HEADER + PLURAL).encode()
    catalog, sink = read(whole[:at] + damage + whole[at + len(damage) :])
    assert isinstance(catalog, Catalog) or sink.has_errors


@pytest.mark.parametrize(
    "comment", ["handouts: allow x", "handouts: allow x:", "handouts:"]
)
def test_long_comments_take_no_time(read: Reader, comment: str) -> None:
    for filler in (" ", "-", ": "):
        read(f'{HEADER}# {comment}{filler * 500_000}!\nmsgid "a"\nmsgstr "b"\n')


def test_long_lines_take_no_time(read: Reader) -> None:
    for filler in (' "', "\\", '""', "\\\\", " "):
        _, sink = read(f'{HEADER}msgid "a"\nmsgstr "{filler * 500_000}!\n')
        assert sink.has_errors
