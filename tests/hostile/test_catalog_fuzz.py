"""Whatever a catalog's bytes are: a catalog or findings, soon, and nothing raw."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from handouts.catalog import extract, read_catalog, update_catalog
from handouts.catalog.model import SourceMessage, State
from handouts.checks import vet
from handouts.diagnostics import Sink
from handouts.languages import language
from handouts.report import render_github, render_json, render_text

ROOT = Path(__file__).parents[2]
REAL = (ROOT / "locales" / "es" / "LC_MESSAGES" / "handouts.po").read_bytes()
SOURCES = extract([ROOT / "templates"], Sink())
LONG_S = 20.0  # of the processor; a few milliseconds are usual
_UNHURRIED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
RELAXED = settings(deadline=None, suppress_health_check=_UNHURRIED)
FEW = settings(RELAXED, max_examples=15)  # each is a whole run of the program


def judged(
    folder: Path, data: bytes, sources: tuple[SourceMessage, ...] = SOURCES
) -> Sink:
    """Read, vet, update and report a catalog; return what was found."""
    path = folder / "handouts.po"
    path.write_bytes(data)
    sink = Sink()
    start = time.process_time()
    catalog = read_catalog(path, locale="es", shown_as="es.po", sink=sink)
    vetted = vet(catalog, sources, language("es"), sink)
    for message in vetted.messages.values():
        assert bool(message.forms) == (message.state is State.TRANSLATED)
    update_catalog(sources, path, shown_as="es.po", sink=sink)
    for text in (render_text(sink), render_json(sink), render_github(sink)):
        assert_harmless(text)
    assert time.process_time() - start < LONG_S
    return sink


def assert_harmless(text: str) -> None:
    """No terminal obeys any of it, and none is turned round by it."""
    for character in set(text) - {"\n"}:
        assert unicodedata.category(character) not in {"Cc", "Cs"}, repr(character)
        bidi = unicodedata.bidirectional(character)
        assert bidi not in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Return a real catalog with stretches cut, doubled, swapped or overwritten."""
    data = bytearray(REAL)
    places = st.integers(0, len(REAL))
    for _ in range(draw(st.integers(1, 6))):
        start, length = draw(places), draw(st.sampled_from([0, 1, 2, 7, 60, 4000]))
        piece = bytes(data[start : start + length])
        data[start : start + length] = draw(
            st.sampled_from([b"", piece * 2, piece[::-1], b'"', b"\\", b"\n", b"#~ "])
            | st.binary(max_size=12)
        )
    return bytes(data)


@RELAXED
@given(mutated())
def test_bytes_of_a_real_catalog_changed(tmp_path: Path, data: bytes) -> None:
    judged(tmp_path, data)


@RELAXED
@given(st.binary(max_size=400))
@example(b"\xff\xfe" + 'msgid ""'.encode("utf-16-le"))
@example(b'msgid ""\nmsgstr "\x1b[2J"\n')
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    judged(tmp_path, data)


NASTY = st.sampled_from(
    ["\x1b[31m", "\x1b]0;x\x07", "\x9b2J", "\u202e", "\u2066", "\u2069", "\ufeff", "word",
     "\u200b", "\x00", "\x7f", "\u2028", "\ud7ff", "\U0010ffff", "\ue000", "{{ clinic }}",
     "{% raw %}", "{#", "#}", "<script>x</script>", "<strong>", "</strong>", "<br/>",
     "<m n='0'>", "&lt;", "&#0;", "&#x202e;", "&amp;" * 30, "%(hours)s", "%(x)s", "%n",
     "%(hours)300000000s", "%%", "%", "٣", "0", "1e999", "\\n", "\\\\", '\\"',
     "\u0301" * 40, "]]>", "<!--", "<?php ?>", "\\e", "é", "字"]
)  # fmt: skip
PLURALS = st.sampled_from(
    ["nplurals=2; plural=n != 1;", "nplurals=2; plural=" + "(" * 4000 + "n" + ")" * 4000,
     "nplurals=2; plural=" + "n?" * 300 + "0" + ":1" * 300, "nplurals=999; plural=n;",
     "nplurals=2; plural=" + "!" * 900 + "n", "nplurals=2; plural=n/0",
     "nplurals=2; plural=__import__('os')", "nplurals=2; plural=n**n**n", ""]
)  # fmt: skip
CHARSETS = st.sampled_from(
    ["UTF-8", "utf-16", "latin-1", "rot13", "idna", "CHARSET", "\x1b"]
)


@st.composite
def written(draw: st.DrawFn) -> bytes:
    """Return a catalog whose syntax is mostly right, and whose texts are not."""
    nasty = st.lists(NASTY, max_size=6).map("".join)
    lines = ['msgid ""', 'msgstr ""',
             f'"Content-Type: text/plain; charset={draw(CHARSETS)}\\n"',
             f'"Plural-Forms: {draw(PLURALS)}\\n"']  # fmt: skip
    for source in draw(st.lists(st.sampled_from(SOURCES), max_size=4)):
        msgid = source.key.msgid.replace('"', '\\"')
        lines += ["", f"# {draw(nasty)}", f"#, {draw(st.sampled_from(['', 'fuzzy']))}"]
        if source.key.context:
            lines.append(f'msgctxt "{source.key.context}"')
        lines.append(f'msgid "{msgid}"')
        if source.plural is None:
            lines.append(f'msgstr "{draw(nasty)}"')
        else:
            lines.append(f'msgid_plural "{source.plural}"')
            count = draw(st.integers(1, 12))
            lines += [f'msgstr[{form}] "{draw(nasty)}"' for form in range(count)]
    return "\n".join(lines).encode()


@RELAXED
@given(written())
def test_texts_that_are_no_translations(tmp_path: Path, data: bytes) -> None:
    judged(tmp_path, data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'msgid "' + b"x" * 100_000_000, "catalog-too-large"),
        (b'msgid "' + b"x" * 19_000_000 + b'"\nmsgstr ""\n', "message-too-long"),
        (b'msgid "a' + b"\\" * 19_000_000, "po-syntax"),
        (b"#" * 19_000_000, "missing-header"),
        (b'"' * 19_000_000, "po-syntax"),
        (b"#," + b"," * 19_000_000, "missing-header"),
        (b'msgid "a"\nmsgstr "' + b"\x1b[2J" * 20_000 + b'"\n', "missing-header"),
        (b'msgid ""\nmsgstr ""\n"' + b"A: b\\n" * 3_000_000 + b'"\n', "missing-header"),
    ],
    ids=lambda one: one if isinstance(one, str) else None,
)
def test_endless_lines(tmp_path: Path, data: bytes, code: str) -> None:
    sink = judged(tmp_path, data)
    codes = {one.code for one in sink}
    assert code in codes or (
        code == "missing-header" and codes <= {code, "message-too-long"}
    )


@FEW
@given(data=mutated() | written())
def test_the_program_answers_with_findings(german: Any, data: bytes) -> None:
    german.write("locales/es/LC_MESSAGES/handouts.po", data)
    answer = german.run("check", "-l", "es")
    assert answer.status in {0, 1}
    assert "Traceback" not in answer.stderr
    assert "internal-fault" not in answer.stderr
    assert_harmless(answer.stderr + answer.stdout)
