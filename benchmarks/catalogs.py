"""`python -m benchmarks.catalogs`: the commands for translators on a large project.

A project of 20,000 messages with a German catalog is made up; then 2,000 of its English
texts change. Each command runs in a process of its own, as a user runs it: its time, and
the most memory that it, or the largest of its workers, held. Limits are those that the
project sets itself: `update` 10 s, `check` 5 s, 400 MB. Where the machine has other work,
the time of its processors tells more.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import click

from handouts.catalog import Catalog, extract, read_catalog
from handouts.checks import vet
from handouts.diagnostics import Sink
from handouts.languages import language
from handouts.templating import builtin_templates

_T = TypeVar("_T")
_ROOT: Final = Path(__file__).resolve().parent.parent
_A_HANDOUT: Final = 100  # messages; the shipped handouts have 60 to 80
_LOCALE: Final = "de"
_HEAD: Final = """\
{% extends layout %}
{% set version = "1.0" %}{% set written = "2026-01" %}{% set review_by = "2027-01" %}
{% set symbol = "info" %}{% set sources = [] %}
"""
# English and what stands for it in the made-up German.
_WORDS: Final = {
    "doctor": "Arzt", "nurse": "Pflegekraft", "pain": "Schmerz", "sleep": "Schlaf",
    "walk": "Gang", "water": "Wasser", "morning": "Morgen", "evening": "Abend",
    "rest": "Ruhe", "help": "Hilfe", "warm": "warm", "slow": "langsam", "and": "und",
    "with": "mit", "before": "vor", "after": "nach", "week": "Woche", "body": "Leib",
    "nerve": "Nerv", "hand": "Hand", "leg": "Bein", "family": "Familie", "plan": "Plan",
    "small": "klein", "step": "Schritt", "goal": "Ziel", "breath": "Atem",
    "mood": "Laune", "work": "Arbeit",
    "often": "oft", "here": "hier", "often again": "oft wieder",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message of the made-up project: its English, its German, what it holds."""

    english: tuple[str, ...]
    german: tuple[str, ...]
    kind: int
    number: int

    def changed(self) -> Sentence:
        """Return it as an author rewords it: one word more."""
        return Sentence(
            tuple(f"{text[:-1]} today." for text in self.english),
            self.german,
            self.kind,
            self.number,
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """What a command took."""

    seconds: float
    cpu_seconds: float
    megabytes: float
    last_line: str


@click.command()
@click.option("--messages", default=20_000, help="Messages of the project.")
@click.option("--changed", default=2_000, help="How many of them change.")
def main(messages: int, changed: int) -> None:
    """Time `extract`, `update` and `check` on a large project."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        sentences = list(_sentences(messages))
        _write_templates(project, sentences)
        _run(project, "init", _LOCALE)
        _translate(project, sentences)
        size = _catalog(project).stat().st_size / 1e6
        print(f"{messages} messages, {size:.1f} MB; {changed} change")
        _report("extract", _run(project, "extract"))
        _report("update, nothing changed", _run(project, "update"), 10)
        every = messages // changed
        new = [s.changed() if n % every == 0 else s for n, s in enumerate(sentences)]
        _write_templates(project, new)
        _report(f"update, {changed} changed", _run(project, "update"), 10)
        _report("update once more", _run(project, "update"), 10)
        _report_stages(project)
        _report("check", _run(project, "check", "-l", _LOCALE), 5)


def _sentences(count: int) -> Iterator[Sentence]:
    """Yield different sentences; every fourth counts, every fifth has a tag."""
    chance = random.Random(20_000)
    words = tuple(_WORDS)
    for number in range(count):
        chosen = chance.choices(words, k=chance.randint(4, 22))
        label = f"{_letters(number)}:"
        english = f"{label} {' '.join(chosen)}."
        german = f"{label} {' '.join(_WORDS[word] for word in chosen)}."
        kind = number % 20
        if kind % 4 == 0:
            yield Sentence(
                (f"%(n)s hour, {english}", f"%(n)s hours, {english}"),
                (f"%(n)s Stunde, {german}", f"%(n)s Stunden, {german}"),
                kind,
                number,
            )
        elif kind % 5 == 0:
            tag = "<strong>{}</strong> {}"
            yield Sentence(
                (tag.format("Rest.", english),),
                (tag.format("Ruhe.", german),),
                kind,
                number,
            )
        else:
            yield Sentence((english,), (german,), kind, number)


def _letters(number: int) -> str:
    """Return a word of its own for a number: digits would count as numbers."""
    letters = ""
    for _ in range(4):
        number, rest = divmod(number, 20)
        letters += "bcdfghjklmnpqrstvwxz"[rest] + "aeiou"[rest % 5]
    return letters.capitalize()


def _write_templates(project: Path, sentences: list[Sentence]) -> None:
    folder = project / "templates" / "handouts"
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(sentences), _A_HANDOUT):
        name = f"h{start // _A_HANDOUT:03}"
        part = sentences[start : start + _A_HANDOUT]
        text = (
            f"{_HEAD}{{% block title %}}{{% trans %}}Leaflet {_letters(start)}"
            "{% endtrans %}{% endblock %}\n"
            "{% block audience %}{% trans %}For patients{% endtrans %}{% endblock %}\n"
            '{% block body %}\n<section id="all">\n'
            "  <h2>{% trans %}What to do{% endtrans %}</h2>\n"
            f"{''.join(map(_markup, part))}</section>\n{{% endblock %}}\n"
        )
        (folder / f"{name}.html").write_text(text)


def _markup(sentence: Sentence) -> str:
    texts = [text.replace("%(n)s", "{{ n }}") for text in sentence.english]
    counted = f" n={sentence.number % 30 + 2}|number" if len(texts) > 1 else ""
    inner = "{% pluralize %}".join(texts)
    risk = ' data-risk="safety"' if sentence.kind % 3 == 0 else ""
    return f"  <p{risk}>{{% trans{counted} %}}{inner}{{% endtrans %}}</p>\n"


def _catalog(project: Path) -> Path:
    return project / "locales" / _LOCALE / "LC_MESSAGES" / "handouts.po"


def _translate(project: Path, sentences: list[Sentence]) -> None:
    """Fill the new catalog in, as a translator's editor would."""
    path = _catalog(project)
    german = {sentence.english[0]: sentence.german for sentence in sentences}
    entries = []
    for entry in path.read_text().split("\n\n"):
        lines = entry.split("\n")
        msgid = next((one[7:-1] for one in lines if one.startswith('msgid "')), "")
        forms = german.get(msgid, ("Zettel",) * 2)
        for at, line in enumerate(lines):
            if msgid and line.startswith("msgstr"):
                form = 1 if line.startswith("msgstr[1]") else 0
                lines[at] = f'{line.rstrip(chr(34))}"{forms[form]}"'
        entries.append("\n".join(lines))
    path.write_text("\n\n".join(entries))


def _run(project: Path, *argv: str) -> Figures:
    """Run a command as a user does; return what it took."""
    script = str(_ROOT / "make_handouts.py")
    errors = project / "stderr.txt"
    with errors.open("w") as stderr:
        start = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, script, "-C", str(project), *argv],
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
        assert child.stdout is not None
        out = child.stdout.read()
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0  # it has been waited for
        seconds = time.perf_counter() - start
    lines = (out + errors.read_text()).splitlines()
    return Figures(
        seconds=seconds,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        megabytes=usage.ru_maxrss / 1024,
        last_line=lines[-1] if lines else "",
    )


def _report(name: str, found: Figures, limit_s: float | None = None) -> None:
    ratio = f"{found.seconds / limit_s:5.2f} of {limit_s:g} s" if limit_s else " " * 12
    print(
        f"{name:26} {found.seconds:6.2f} s  {ratio}  CPU {found.cpu_seconds:6.2f} s  "
        f"{found.megabytes:5.0f} MB  "
        f"{found.last_line}"
    )


def _report_stages(project: Path) -> None:
    """Tell what reading and vetting cost by themselves, in this process."""
    sink = Sink()
    folders = [project / "templates", builtin_templates()]
    sources = _timed("extraction alone", lambda: extract(folders, sink))
    path = _catalog(project)

    def read() -> Catalog:
        found = read_catalog(path, locale=_LOCALE, shown_as="de.po", sink=sink)
        assert found is not None
        return found

    catalog = _timed("reading alone", read)
    _timed("vetting alone", lambda: vet(catalog, sources, language(_LOCALE), sink))


def _timed(name: str, work: Callable[[], _T]) -> _T:
    start = time.perf_counter()
    found = work()
    print(f"{name:26} {time.perf_counter() - start:6.2f} s")
    return found


if __name__ == "__main__":
    main()
