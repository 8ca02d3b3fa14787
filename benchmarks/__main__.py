"""`python -m benchmarks`: time, memory and bytes side by side, and the ratios.

`python -m benchmarks text-layer`: what readers get back of the same sentences.
`python -m benchmarks read-back`: what they get back of the shipped leaflets.
With `--write` these two put their tables into the pages of docs/.

Cold: a new process from start to the PDF. Warm: the same process again, interleaved by
round, so that a busy moment of the machine meets every engine.
"""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from benchmarks.engines import ENGINES, LOCALES, Leaflet, leaflet

if TYPE_CHECKING:
    from benchmarks.tagging import TagCost
    from benchmarks.text_layer import Comparison

_COLD_ROUNDS: Final = 3
_OURS: Final = "handouts"
_ROOT: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Row:
    """One engine's figures for one locale; times are medians (and minima) in ms."""

    engine: str
    cold_ms: float
    warm_ms: float
    warm_min_ms: float
    memory_mb: float
    pages: int
    kilobytes: float


@click.group(invoke_without_command=True)
@click.option("--rounds", default=15, help="Warm runs of each engine.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@click.option("--child", type=int, hidden=True)
@click.option("--profile", help="Profile this project's warm run in a locale.")
@click.pass_context
def main(
    context: click.Context,
    rounds: int,
    *,
    as_json: bool,
    child: int | None,
    profile: str | None,
) -> None:
    """Compare this project with Typst and ReportLab's own Paragraph, in time and bytes.

    With it: what this project's tags and proofs cost.
    """
    if context.invoked_subcommand is not None:
        return
    if child is not None:
        _child(child)
        return
    if profile:
        _profile(profile)
        return
    results = {locale: _compare(locale, rounds) for locale in LOCALES}
    costs = _tag_costs(rounds)
    if as_json:
        tables = {k: [vars_of(r) for r in v] for k, v in results.items()}
        print(json.dumps({**tables, "tags": [asdict(c) for c in costs]}, indent=1))
        return
    for locale, rows in results.items():
        _print(locale, rows)
    _print_tags(costs, rounds)


@main.command("text-layer")
@click.option("-l", "--locale", "chosen", multiple=True, help="Only this locale.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@click.option("--write", is_flag=True, help="Put the tables into text-layer-peers.md.")
def text_layer(chosen: tuple[str, ...], *, as_json: bool, write: bool) -> None:
    """Set the same sentences with four engines and read them back with four programs.

    Exit status 1 if another engine is better than this project by more than 0.03 in
    poppler or PDFium.
    """
    from benchmarks.text_layer import HELD, compare, shortfalls  # noqa: PLC0415  # the same

    found = compare(_locales(chosen, write=write), tell=_tell)
    if write:
        _write_text_layer(found)
    if as_json:
        print(json.dumps(found.plain(), indent=1))
    else:
        _print_text_layer(found)
    if any(shortfalls(name, found.rows.get(name, {}), ours=_OURS) for name in HELD):
        sys.exit(1)


@main.command("read-back")
@click.option("-l", "--locale", "chosen", multiple=True, help="Only this locale.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4")
@click.option("--write", is_flag=True, help="Put the table into text-layer.md.")
def of_leaflets(chosen: tuple[str, ...], paper: str, *, write: bool) -> None:
    """Make every shipped leaflet and look for its messages in poppler and PDFium."""
    from benchmarks.pages import READ_BACK_PAGE, put  # noqa: PLC0415  # not for --child
    from benchmarks.read_back import read_back, reading_table  # noqa: PLC0415  # the same

    if write and paper != "a4":
        raise click.UsageError("`--write` takes A4: leave `--paper` out")
    locales = _locales(chosen, write=write)
    table = reading_table(read_back(locales, paper, tell=_tell))
    if write:
        put(READ_BACK_PAGE, "viewers", table)
    print(table)


def _locales(chosen: tuple[str, ...], *, write: bool) -> tuple[str, ...]:
    """Return the locales to measure; pages hold all of them or none."""
    from benchmarks.sentences import locales  # noqa: PLC0415  # not for --child

    known = locales()
    for unknown in sorted(set(chosen) - set(known)):
        raise click.BadParameter(f"`{unknown}`: the locales are {', '.join(known)}")
    if chosen and write:
        raise click.UsageError("`--write` takes every locale: leave `-l` out")
    return chosen or known


def _tell(name: str) -> None:
    click.echo(name, err=True)


def _write_text_layer(found: Comparison) -> None:
    from benchmarks.pages import PEERS_PAGE, put  # noqa: PLC0415  # not for --child
    from benchmarks.text_layer import block  # noqa: PLC0415  # the same

    if found.left_out:
        raise click.ClickException(f"left out: {'; '.join(found.left_out)}")
    for extractor, rows in found.rows.items():
        put(PEERS_PAGE, extractor, block(extractor, rows, ours=_OURS))


def _print_text_layer(found: Comparison) -> None:
    from benchmarks.text_layer import (  # noqa: PLC0415  # not for --child
        TOLERANCE,
        markdown_table,
        shortfalls,
    )

    counts = " or ".join(map(str, sorted(set(found.sentences.values()))))
    print(f"{counts} sentences a locale: mean recall (lowest)")
    for extractor, rows in found.rows.items():
        print(f"\n{extractor} {found.versions[extractor]}\n\n{markdown_table(rows)}\n")
        short = shortfalls(extractor, rows, ours=_OURS)
        for one in short:
            print(f"not best: {one}")
        if not short:
            print(f"{_OURS} is best or within {TOLERANCE} of the best in every row")
    readers = found.rows.keys()
    engines = [f"{k} {v}" for k, v in found.versions.items() if k not in readers]
    print(f"\nengines: {', '.join(engines)}")
    for line in found.left_out:
        print(f"left out: {line}")


def _tag_costs(rounds: int) -> list[TagCost]:
    from benchmarks.tagging import LOCALES, tag_cost  # noqa: PLC0415  # not for --child

    return [tag_cost(locale, rounds) for locale in LOCALES]


def _print_tags(costs: list[TagCost], rounds: int) -> None:
    from benchmarks.tagging import tag_table  # noqa: PLC0415  # not for --child

    print(f"\nTags and proof of the shipped leaflet, warm, fastest of {rounds}\n")
    print(tag_table(costs))
    print("untagged: the same pages with all text as furniture, all shapes decoration")


def vars_of(row: Row) -> dict[str, Any]:
    """Return a row as a plain mapping."""
    return {name: getattr(row, name) for name in Row.__slots__}


def _compare(locale: str, rounds: int) -> list[Row]:
    text = leaflet(locale)
    cold = [_cold(index, text) for index in range(len(ENGINES))]
    setters = [engine.prepare(text) for engine in ENGINES]
    pdfs = [setter() for setter in setters]
    times: list[list[float]] = [[] for _ in ENGINES]
    gc.collect()
    for _ in range(rounds):
        for index, setter in enumerate(setters):
            started = time.perf_counter()
            setter()
            times[index].append((time.perf_counter() - started) * 1000)
    return [
        Row(
            engine=engine.name,
            cold_ms=cold[index][0],
            warm_ms=statistics.median(times[index]),
            warm_min_ms=min(times[index]),
            memory_mb=cold[index][1],
            pages=_pages(pdfs[index]),
            kilobytes=len(pdfs[index]) / 1000,
        )
        for index, engine in enumerate(ENGINES)
    ]


def _cold(index: int, text: Leaflet) -> tuple[float, float]:
    """Return the fastest new process in ms, and its peak memory in MB."""
    times, memory = [], 0.0
    for _ in range(_COLD_ROUNDS):
        started = time.perf_counter()
        command = [sys.executable, "-m", "benchmarks", "--child", str(index)]
        done = subprocess.run(
            command,
            cwd=_ROOT,
            check=True,
            capture_output=True,
            input=json.dumps(text).encode(),
        )
        times.append((time.perf_counter() - started) * 1000)
        memory = max(memory, float(done.stdout))
    return min(times), memory


def _child(index: int) -> None:
    ENGINES[index].prepare(json.load(sys.stdin))()
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        print(0)
        return
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)


def _pages(pdf: bytes) -> int:
    import pypdfium2  # noqa: PLC0415  # not part of what is timed

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _print(locale: str, rows: list[Row]) -> None:
    ours = rows[0]
    print(f"\n{locale}: two pages\n")
    print(f"{'engine':22}{'cold ms':>9}{'x':>6}{'warm ms':>9}{'(min)':>8}{'x':>6}"
          f"{'MB':>6}{'pages':>7}{'kB':>7}")  # fmt: skip
    for row in rows:
        print(
            f"{row.engine:22}{row.cold_ms:9.0f}{ours.cold_ms / row.cold_ms:6.2f}"
            f"{row.warm_ms:9.1f}{row.warm_min_ms:8.1f}{ours.warm_ms / row.warm_ms:6.2f}"
            f"{row.memory_mb:6.0f}{row.pages:7}{row.kilobytes:7.1f}"
        )
    print("x : this project's time over the engine's, in the same run")


def _profile(locale: str) -> None:
    import cProfile  # noqa: PLC0415  # only here
    import pstats  # noqa: PLC0415  # only here

    setter = ENGINES[0].prepare(leaflet(locale))
    setter()
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(10):
        setter()
    profiler.disable()
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(60)


if __name__ == "__main__":
    main()
