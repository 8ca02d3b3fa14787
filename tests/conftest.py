"""What all tests share: golden files, projects to build, and Hypothesis's profiles."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from handouts.cli import main

GOLDENS = Path(__file__).parent / "golden"

settings.register_profile(
    "dev",
    max_examples=50,
    deadline=None,  # shared machines stall
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "ci", settings.get_profile("dev"), max_examples=500, derandomize=True, print_blob=True
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return `check(name, text)`: `text` is that of the file under tests/golden.

    With `--update` the file is written instead; its diff is reviewed like code.
    """
    update = bool(request.config.getoption("--update"))

    def check(name: str, text: str) -> None:
        path = GOLDENS / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"no golden {name}: run pytest --update"
        assert text == path.read_text(encoding="utf-8")

    return check


HANDOUT = """\
{% extends layout %}
{% set version = "1.0" %}{% set written = "2026-01" %}{% set review_by = "2027-01" %}
{% set symbol = "info" %}{% set sources = [] %}
{% block title %}{% trans %}After your treatment{% endtrans %}{% endblock %}
{% block audience %}{% trans %}For patients{% endtrans %}{% endblock %}
{% block body %}
<section id="home">
  <h2>{% trans %}At home{% endtrans %}</h2>
  <p>{% trans %}Rest and drink water.{% endtrans %}</p>
</section>
{% endblock %}
"""
"""A handout of a few words; its five lines with messages are 4, 5, 8 and 9."""

# German, for HANDOUT.
GERMAN = {
    "After your treatment": "Nach Ihrer Behandlung",
    "For patients": "Für Patienten",
    "At home": "Zu Hause",
    "Rest and drink water.": "Ruhen Sie sich aus und trinken Sie Wasser.",
}


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    status: int
    stdout: str
    stderr: str

    @property
    def diagnostics(self) -> list[dict[str, Any]]:
        """The findings of a run with `--diagnostic-format json`."""
        data = json.loads(self.stdout)
        assert data["schema"] == 1
        return list(data["diagnostics"])

    @property
    def codes(self) -> list[str]:
        return sorted({one["code"] for one in self.diagnostics})

    def one(self, code: str) -> dict[str, Any]:
        """The only finding with this code."""
        (found,) = (one for one in self.diagnostics if one["code"] == code)
        return found

    @property
    def count(self) -> str:
        """The closing line without its time."""
        return self.stderr.splitlines()[-1].rpartition(" in ")[0]


class Project:
    """A clinic's project folder, and the command line run on it in this process."""

    handout = HANDOUT
    german: Mapping[str, str] = GERMAN

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def add_handout(self, name: str = "after", text: str = HANDOUT) -> Path:
        return self.write(f"templates/handouts/{name}.html", text)

    def add_catalog(
        self,
        locale: str,
        messages: Mapping[str, str],
        *,
        plural_forms: str = "nplurals=2; plural=(n != 1);",
        headers: Mapping[str, str] = {},
    ) -> Path:
        """Write a catalog whose first message stands in line 9."""
        lines = [
            'msgid ""', 'msgstr ""',
            f'"Language: {locale}\\n"',
            '"MIME-Version: 1.0\\n"',
            '"Content-Type: text/plain; charset=UTF-8\\n"',
            '"Content-Transfer-Encoding: 8bit\\n"',
            f'"Plural-Forms: {plural_forms}\\n"',
            *(f'"{name}: {value}\\n"' for name, value in headers.items()),
        ]  # fmt: skip
        for msgid, msgstr in messages.items():
            lines += ["", f"msgid {_quoted(msgid)}", f"msgstr {_quoted(msgstr)}"]
        text = "\n".join(lines) + "\n"
        return self.write(f"locales/{locale}/LC_MESSAGES/handouts.po", text)

    def run(self, *argv: str, jobs: int | None = 1) -> Answer:
        """Run a command; `build` and `check` in this process."""
        out, err = io.StringIO(), io.StringIO()
        makes = not argv or argv[0] not in _QUICK
        more = ["-j", str(jobs)] if makes and jobs is not None else []
        with redirect_stdout(out), redirect_stderr(err):
            status = main(["-C", str(self.folder), *argv, *more])
        return Answer(status, out.getvalue(), err.getvalue())

    def build(self, *argv: str) -> Answer:
        return self.run("build", *argv, "--diagnostic-format", "json")

    def check(self, *argv: str) -> Answer:
        return self.run("check", *argv, "--diagnostic-format", "json")

    @property
    def manifest(self) -> dict[str, dict[str, Any]]:
        data = json.loads((self.folder / "output" / "manifest.json").read_text("utf-8"))
        assert data["schema"] == 1
        return {one["file"]: one for one in data["editions"]}

    def files(self) -> list[str]:
        """Everything under `output/`, hidden files too."""
        output = self.folder / "output"
        return sorted(
            path.relative_to(output).as_posix()
            for path in output.rglob("*")
            if path.is_file()
        )


_QUICK = frozenset({
    "extract", "fonts", "info", "init", "sign", "stats", "update", "--help", "--version",
})  # fmt: skip


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


@pytest.fixture(scope="session")
def make_project() -> type[Project]:
    """Return the class of project folders, for fixtures that keep one for longer."""
    return Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project folder."""
    return Project(tmp_path / "clinic")


@pytest.fixture
def german(project: Project) -> Project:
    """Return a project with one handout and its German catalog.

    It is that of a locale that is not shipped, so nothing else translates the rest.
    """
    project.add_handout()
    project.add_catalog("de_AT", GERMAN)
    return project
