"""Msgstrs amended in place: the other bytes stay."""

from __future__ import annotations

from pathlib import Path

from handouts.catalog import Amendment, Catalog, Message, amend_catalog, read_catalog
from handouts.catalog.model import Key
from handouts.diagnostics import Sink

TEXT = """\ufeff# mine\r
msgid ""\r
msgstr "Language: de\\n"\r
\r
#. a note
#:   odd.html:1\r
msgid "one"\r
  msgstr "eins"  \r
#, fuzzy
msgid "wrapped"\r
msgstr ""\r
"zwei "\r
"drei"\r
\r
msgid "day"\r
msgid_plural "days"\r
msgstr[0] "Tag"\r
msgstr[1] "Tage\""""


def _read(path: Path) -> Catalog:
    sink = Sink()
    found = read_catalog(path, locale="de", shown_as="de.po", sink=sink)
    assert found is not None
    return found


def _amended(tmp_path: Path, changes: dict[str, tuple[str, ...]]) -> tuple[str, Catalog]:
    path = tmp_path / "de.po"
    path.write_bytes(TEXT.encode())
    messages = _read(path).messages
    assert amend_catalog(
        path, [Amendment(messages[Key(None, k)], texts) for k, texts in changes.items()]
    )
    assert [one.name for one in tmp_path.iterdir()] == ["de.po"]
    return path.read_bytes().decode(), _read(path)


def test_only_the_msgstr_changes(tmp_path: Path) -> None:
    text, _ = _amended(tmp_path, {"one": ('e"i\\ns',)})
    assert text == TEXT.replace('"eins"  ', '"e\\"i\\\\ns"')


def test_a_wrapped_msgstr_becomes_one_string(tmp_path: Path) -> None:
    text, catalog = _amended(tmp_path, {"wrapped": ("zwei drei vier",)})
    old = 'msgstr ""\r\n"zwei "\r\n"drei"'
    assert text == TEXT.replace(old, 'msgstr "zwei drei vier"')
    assert catalog.messages[Key(None, "wrapped")].msgstrs == ("zwei drei vier",)


def test_lines_of_a_text_are_strings_of_their_own(tmp_path: Path) -> None:
    text, catalog = _amended(tmp_path, {"one": ("a\n\u2028b\n",)})
    new = '""\r\n"a\\n"\r\n"\u2028b\\n"'
    assert text == TEXT.replace('"eins"  ', new)
    assert catalog.messages[Key(None, "one")].msgstrs == ("a\n\u2028b\n",)


def test_a_form_in_the_last_line_without_an_end(tmp_path: Path) -> None:
    text, catalog = _amended(tmp_path, {"day": ("Tag", "x\ny")})
    assert text == TEXT.replace('"Tage"', '""\r\n"x\\n"\r\n"y"')
    assert catalog.messages[Key(None, "day")].msgstrs == ("Tag", "x\ny")


def test_a_file_that_changed_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "de.po"
    path.write_bytes(TEXT.encode())
    message: Message = _read(path).messages[Key(None, "day")]
    for changed in (TEXT.replace("Tage", "Jahre"), "", TEXT.replace("one", "1\n")):
        path.write_bytes(changed.encode())
        assert not amend_catalog(path, [Amendment(message, ("a", "b"))])
        assert path.read_bytes() == changed.encode()
