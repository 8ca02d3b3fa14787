"""What a workshop is told or reads beforehand is what it would find when asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handouts.build import BuildRequest, Workshop, open_workshop
from handouts.diagnostics import Sink


@pytest.fixture
def opened(german: Any) -> Workshop:
    return _opened(german.folder)


def _opened(project: Path) -> Workshop:
    found = open_workshop(BuildRequest(project=project), Sink())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("looked_for", "found"),
    [((), ()), (("after",), ("after",)), (("after",), ())],
    ids=["none", "found", "lost"],
)
def test_templates_read_in_shares_ask_for_the_same(
    german: Any, opened: Workshop, looked_for: tuple[str, ...], found: tuple[str, ...]
) -> None:
    shares = opened.templates.messages(found, alone=True)
    opened.know(looked_for, shares)
    assert opened.extracted == _opened(german.folder).extracted
    assert len(opened.sources) > 3


def test_catalogs_read_ahead_say_the_same(german: Any, opened: Workshop) -> None:
    opened.read_ahead("de_AT")
    path = german.folder / "locales" / "de_AT" / "LC_MESSAGES" / "handouts.po"
    text = path.read_text("utf-8")
    path.write_text("no catalog\n", "utf-8")  # it is read already
    found = opened.messages("de_AT")
    path.write_text(text, "utf-8")
    wanted = _opened(german.folder).messages("de_AT")
    assert (found.files, found.unread) == (wanted.files, wanted.unread)
    keys = [source.key for source in opened.sources]
    assert [found.vetted.get(key) for key in keys] == [
        wanted.vetted.get(key) for key in keys
    ]


def test_what_was_read_ahead_is_forgotten_with_the_rest(
    german: Any, opened: Workshop
) -> None:
    opened.read_ahead("de_AT")
    german.add_catalog("de_AT", {})
    opened.forget("de_AT")
    states = {
        opened.messages("de_AT").vetted.get(source.key) for source in opened.sources
    }
    assert not any(found and found.forms for found in states)


def test_the_source_is_not_read_ahead(opened: Workshop) -> None:
    opened.read_ahead("en")
    assert opened.messages("en").vetted is opened.source


def test_what_layouts_and_parts_say_is_shared(opened: Workshop) -> None:
    shared = {opened.sources[place] for place in opened.shared_places}
    for source in opened.sources:
        files = {file for file, _ in source.references}
        own = any(file.startswith("templates/handouts/") for file in files)
        assert (source in shared) is not own
    assert 0 < len(shared) < len(opened.sources)
