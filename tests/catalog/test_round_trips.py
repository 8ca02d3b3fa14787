"""What is written, others read and write again without a change, and so do we."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.catalog import (
    Key,
    SourceMessage,
    Update,
    init_catalog,
    update_catalog,
    write_pot,
)
from handouts.catalog.po import parse_po
from handouts.diagnostics import Sink

ROOT = Path(__file__).parents[2]
CATALOGS = sorted(ROOT.glob("locales/*/LC_MESSAGES/handouts.po"))
POT = ROOT / "locales" / "handouts.pot"
GERMAN = "nplurals=2; plural=(n != 1);"


def gettext(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.mark.usefixtures("gettext_tools")
@pytest.mark.parametrize("path", [*CATALOGS, POT], ids=lambda path: path.parts[-3])
def test_gettext_takes_every_shipped_file_as_it_is(path: Path, tmp_path: Path) -> None:
    assert gettext("msgcat", "--no-wrap", str(path)) == path.read_bytes()
    gettext("msgfmt", "-c", "-o", str(tmp_path / "x.mo"), str(path))


@pytest.mark.parametrize("path", [*CATALOGS, POT], ids=lambda path: path.parts[-3])
def test_polib_and_babel_read_in_every_shipped_file_what_we_read(path: Path) -> None:
    ours, faults = parse_po(path.read_text("utf-8"))
    assert not faults
    live = {e.key: e.msgstrs for e in ours if not e.obsolete and e.msgid}
    assert as_polib(path) == live
    assert as_babel(path) == live


def as_polib(path: Path) -> dict[Key, tuple[str, ...]]:
    return {
        Key(e.msgctxt, e.msgid): tuple(e.msgstr_plural.values())
        if e.msgid_plural
        else (e.msgstr,)
        for e in polib.pofile(str(path))
        if not e.obsolete
    }


def as_babel(path: Path) -> dict[Key, tuple[str, ...]]:
    catalog = read_po(io.BytesIO(path.read_bytes()), abort_invalid=True)
    return {
        Key(one.context, one.id[0] if one.pluralizable else one.id): tuple(one.string)
        if one.pluralizable
        else (one.string,)
        for one in catalog
        if one.id
    }


@pytest.mark.usefixtures("gettext_tools")
def test_the_shipped_catalogs_are_up_to_date(tmp_path: Path) -> None:
    """`update` in a copy changes nothing: neither the POT nor any catalog."""
    for folder in ("locales", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    from handouts.cli import main

    assert main(["-C", str(tmp_path), "update"]) == 0
    for path in [*CATALOGS, POT]:
        assert (tmp_path / path.relative_to(ROOT)).read_bytes() == path.read_bytes()


# Texts of templates: no control characters but line feeds and tabs.
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t\\"%'),
    max_size=30,
)
# Comments: one line each, with no space at either end.
LINE = TEXT.map(lambda text: " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split()))


@st.composite
def messages(draw: st.DrawFn) -> SourceMessage:
    msgid = draw(TEXT.filter(bool)).removeprefix("\n").removesuffix("\n") or "x"
    plural = draw(st.none() | st.just(f"{msgid} s"))
    lines = draw(st.lists(st.integers(1, 99_999), min_size=1, max_size=6, unique=True))
    return SourceMessage(
        key=Key(draw(st.none() | st.sampled_from(["a", "table heading"])), msgid),
        plural=plural,
        references=tuple(("templates/handouts/a.html", line) for line in lines),
        comments=tuple(one for one in draw(st.lists(LINE, max_size=2)) if one),
    )


SOURCES = st.lists(messages(), max_size=5, unique_by=lambda one: one.key)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(SOURCES, SOURCES)
def test_extract_init_update_and_update_again(
    tmp_path: Path, before: list[SourceMessage], after: list[SourceMessage]
) -> None:
    path, pot = tmp_path / "de.po", tmp_path / "x.pot"
    path.unlink(missing_ok=True)
    write_pot(before, pot, version="1")
    init_catalog(before, path, locale="de", plural_forms=GERMAN, version="1", sink=Sink())
    filled = polib.pofile(str(path), wrapwidth=0)
    for entry in filled:
        forms = entry.msgstr_plural
        entry.msgstr = "" if forms else f"T:{entry.msgid}"
        entry.msgstr_plural = {form: f"T{form}:{entry.msgid}" for form in forms}
    path.write_bytes("\n".join(map(str, (_header(path), *_texts(filled)))).encode())
    written = [tuple(one) for one in as_polib(path).values()]

    first, second = updated(after, path), updated(after, path)
    assert first[1] == second[1]
    assert first[0] == second[0]
    kept = {
        tuple(e.msgstr_plural.values()) or (e.msgstr,) for e in polib.pofile(str(path))
    }
    assert {one[0] for one in written} <= {one[0] for one in kept}


def _header(path: Path) -> str:
    return path.read_text("utf-8").split("\n\n", 1)[0] + "\n"


def _texts(filled: polib.POFile) -> list[str]:
    return [entry.__unicode__(0) for entry in filled]


def updated(sources: list[SourceMessage], path: Path) -> tuple[Update | None, bytes]:
    sink = Sink()
    done = update_catalog(sources, path, shown_as="de.po", sink=sink)
    assert not len(sink), list(sink)
    return done, path.read_bytes()


@pytest.mark.usefixtures("gettext_tools")
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=25,  # each starts gettext twice
)
@given(SOURCES.filter(bool))
def test_gettext_takes_whatever_is_written(
    tmp_path: Path, sources: list[SourceMessage]
) -> None:
    path = tmp_path / "x.pot"
    write_pot(sources, path, version="1")
    assert gettext("msgcat", "--no-wrap", str(path)) == path.read_bytes()
