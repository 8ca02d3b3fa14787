"""Babel's own commands on the same tree find what `extract` finds."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import polib
import pytest

from handouts.catalog import COMMENT_TAGS, extract, template_messages
from handouts.diagnostics import Sink

ROOT = Path(__file__).parents[2]


def test_pybabel_extract_finds_the_same_messages(tmp_path: Path) -> None:
    pot = tmp_path / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "extract", "-F",
               "babel.cfg", "-o", str(pot), "templates"]  # fmt: skip
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    theirs = {
        (e.msgctxt, e.msgid, e.msgid_plural, "python-format" in e.flags)
        for e in polib.pofile(str(pot))
    }
    sink = Sink()
    ours = {
        (s.key.context, s.key.msgid, s.plural or "", "%(" in s.key.msgid)
        for s in extract([ROOT / "templates"], sink)
    }
    assert len(sink) == 0
    assert theirs == ours


def test_the_entry_point_is_the_extractor() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    module, _, name = project["entry-points"]["babel.extractors"]["handouts"].partition(
        ":"
    )
    assert getattr(import_module(module), name) is template_messages


@pytest.mark.parametrize(
    "text",
    [
        "<p>{% trans %}One\n  line{% endtrans %}</p>",
        '{{ _("a %s") }}{% trans "where" n=1 %}{{ n }} x{% pluralize %}{{ n }} xs'
        "{% endtrans %}",
        "{% trans %}50 %{% endtrans %}{% trans %}{% endtrans %}",
    ],
)
def test_a_template_without_notes_gives_what_one_with_notes_gives(
    tmp_path: Path, text: str
) -> None:
    """Without notes there is a shorter way; a note at the end forces the longer one."""
    found = []
    for number, end in enumerate(("", f"\n{{# {COMMENT_TAGS[1]} nothing follows #}}")):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "a.html").write_text(text + end)
        sink = Sink()
        found.append((extract([folder], sink), [one.code for one in sink]))
    assert found[0] == found[1]
    assert found[0][0]
