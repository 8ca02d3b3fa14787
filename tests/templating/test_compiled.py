"""A template that one process has compiled is not parsed in another."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import TemplateSyntaxError

from handouts.templating.compiled import Compiled
from handouts.templating.environment import HandoutEnvironment

TEXT = "{% block body %}<p>{% trans %}Rest{% endtrans %}</p>{% endblock %}"


class _Engine:
    """An engine of one process, and how often it has parsed."""

    def __init__(self, folder: Path, compiled: Path) -> None:
        self.environment = HandoutEnvironment((folder,))
        self.environment.bytecode_cache = Compiled(compiled)
        self.parsed = 0
        parse = self.environment._parse

        def counted(source: str, name: str | None, filename: str | None) -> object:
            self.parsed += 1
            return parse(source, name, filename)

        self.environment._parse = counted  # type: ignore[assignment,method-assign]


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    (tmp_path / "templates" / "handouts").mkdir(parents=True)
    return tmp_path / "templates"


@pytest.fixture
def compiled(tmp_path: Path) -> Path:
    (tmp_path / "compiled").mkdir()
    return tmp_path / "compiled"


def test_the_second_engine_parses_nothing(templates: Path, compiled: Path) -> None:
    (templates / "handouts" / "a.html").write_text(TEXT)
    first, second = (_Engine(templates, compiled) for _ in range(2))
    asked = first.environment.calls("handouts/a.html")
    assert asked == ((1, "gettext", "Rest"),)
    assert second.environment.calls("handouts/a.html") == asked
    assert (first.parsed, second.parsed) == (1, 0)
    assert first.environment.outlines == second.environment.outlines
    assert first.environment.files == second.environment.files
    assert len(list(compiled.iterdir())) == 1


def test_a_template_that_has_changed_is_parsed_again(
    templates: Path, compiled: Path
) -> None:
    file = templates / "handouts" / "a.html"
    file.write_text(TEXT)
    first, second = (_Engine(templates, compiled) for _ in range(2))
    first.environment.calls("handouts/a.html")
    file.write_text(TEXT.replace("Rest", "Wait"))
    assert second.environment.calls("handouts/a.html") == ((1, "gettext", "Wait"),)
    assert second.parsed == 1


def test_a_broken_template_is_left_to_nobody(templates: Path, compiled: Path) -> None:
    (templates / "handouts" / "a.html").write_text("{% block %}")
    for _ in range(2):
        engine = _Engine(templates, compiled)
        assert engine.environment.calls("handouts/a.html") is None
        with pytest.raises(TemplateSyntaxError):
            engine.environment._parse("{% block %}", "a", "a")
    assert list(compiled.iterdir()) == []
