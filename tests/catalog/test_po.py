"""The PO syntax: every line has its place, nothing is lost, faults are named."""

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.catalog.po import Entry, parse_po, unescape

WHOLE = r"""# title
msgid ""
msgstr ""
"Language: de\n"

# to translators
#. extracted
#: templates/handouts/a.html:3 templates/handouts/b.html:4
#, fuzzy, python-format
#| msgctxt "old"
#| msgid "Old "
#| "text"
msgctxt "c"
msgid "One"
msgid_plural "%(n)s"
msgstr[0] "Eins"
msgstr[1] ""
"%(n)s "
"\"q\" \\ \t"
#comment without a space
#,fuzzy
msgid "x"
msgstr "y"

# kept
#~| msgid "before"
#~ msgid "gone"
#~ msgstr "weg"
"""


def entries(text: str) -> tuple[Entry, ...]:
    found, faults = parse_po(text)
    assert faults == ()
    return found


def test_everything_is_kept_with_its_place() -> None:
    header, plural, plain, gone = entries(WHOLE)
    assert (header.line, header.msgid, header.msgstrs) == (1, "", ("Language: de\n",))
    assert (plural.line, plural.msgid_line) == (6, 14)
    assert plural.key == ("c", "One")
    assert plural.msgstrs == ("Eins", '%(n)s "q" \\ \t')
    assert plural.comments == ("to translators",)
    assert plural.extracted == ("extracted",)
    assert plural.references == (
        "templates/handouts/a.html:3",
        "templates/handouts/b.html:4",
    )
    assert plural.flags == ("fuzzy", "python-format")
    assert plural.previous == ("old", "Old text", None)
    assert [piece.line for piece in plural.pieces[1]] == [17, 18, 19]
    assert [piece.column for piece in plural.pieces[1]] == [12, 2, 2]
    assert plain.comments == ("comment without a space",)
    assert plain.fuzzy
    assert gone.obsolete
    assert (gone.comments, gone.previous) == (("kept",), (None, "before", None))


UNFINISHED = "is the file cut off? restore it, or delete the unfinished entry"
UNCLOSED = ("the string has no closing quote", 'end the line with `"`')
MISSING = "is a part of the file missing? each msgid needs its msgstr"


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ('msgid "a"\nmsgstr "b', 2, *UNCLOSED),
        ('msgid "a"\nmsgstr "b\\"', 2, *UNCLOSED),
        ('msgid "a"\nmsgstr', 2,
         "this is neither a keyword, a quoted string nor a comment",
         "delete the line, or put `# ` before it"),
        ('msgid "a"\n', 1, "the entry of line 1 has no msgstr", UNFINISHED),
        ('msgid "a"\nmsgstr "b"\nmsgctxt "c"\n', 3, "the entry of line 3 has no msgid",
         UNFINISHED),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', 2, "`msgid` comes where a msgstr should",
         MISSING),
        ('msgid "a"\nmsgstr "b "c""\n', 2, "a quote inside the string is not escaped",
         'write it as `\\"`'),
        ('msgid "a"\nmsgstr "b \\x"\n', 2,
         "`\\x` is not an escape that a PO file may hold",
         "write a backslash of the text as `\\\\`"),
        ('msgstr "b"\n', 1, "a msgstr follows no msgid", "put its msgid before it"),
        ('"b"\n', 1, "a quoted string follows no keyword",
         "put msgid or msgstr before it"),
        ('msgid "a"\nmsgstr[0] "b"\n', 2, "`msgstr[0]` comes where `msgstr` should",
         "put the forms in order: msgstr[0], msgstr[1] and so on"),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr[1] "b"\n', 3,
         "`msgstr[1]` comes where `msgstr[0]` should",
         "put the forms in order: msgstr[0], msgstr[1] and so on"),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 3, "`msgstr` comes where `msgstr` should",
         "put the forms in order: msgstr[0], msgstr[1] and so on"),
        ('msgidx "a"\n', 1, "`msgidx` is not a keyword here",
         "the keywords are msgctxt, msgid, msgid_plural, msgstr and msgstr[0]"),
        ('#| msgstr "a"\n', 1, "a `#|` line holds no msgctxt, msgid or msgid_plural",
         "delete the line"),
        ('msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n', 2,
         "a merge left its conflict mark here",
         "resolve the conflict, keep one side"),
    ],
)  # fmt: skip
def test_faults_are_named(text: str, line: int, message: str, hint: str) -> None:
    _, faults = parse_po(text)
    assert [(f.line, f.message, f.hint) for f in faults] == [(line, message, hint)]


def test_a_fault_does_not_hide_the_next() -> None:
    _, faults = parse_po('msgid "a\nmsgstr "x"\n\nmsgid "b"\nmsgstr "y" z\n\nmsgid "c"\n')
    assert [fault.line for fault in faults] == [1, 5, 7]


def test_faults_are_bounded() -> None:
    _, faults = parse_po("rubbish\n" * 1000)
    assert len(faults) == 20


def test_unescape_knows_gettexts_escapes() -> None:
    assert unescape(r"\n\t\\\"\a\b\f\r\v") == '\n\t\\"\a\b\f\r\v'


TEXTS = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\0"), max_size=30
)


@given(st.lists(st.tuples(TEXTS.filter(bool), TEXTS, TEXTS), max_size=5))
def test_reads_what_polib_writes(rows: list[tuple[str, str, str]]) -> None:
    written = [
        polib.POEntry(msgid=msgid, msgstr=msgstr, msgctxt=context)
        for msgid, msgstr, context in rows
    ]
    found = entries("\n".join(entry.__unicode__(0) for entry in written))
    assert [(e.msgid, e.msgstrs[0], e.context) for e in found] == rows


@given(st.text(max_size=200))
def test_any_text_is_entries_or_faults(text: str) -> None:
    parse_po(text)


@given(st.integers(0, len(WHOLE)))
def test_a_file_cut_off_anywhere_is_read_or_reported(at: int) -> None:
    found, faults = parse_po(WHOLE[:at])
    kept = {entry.key for entry in found}
    assert faults or kept <= {e.key for e in entries(WHOLE)}
