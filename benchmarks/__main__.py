"""`python -m benchmarks`: time, memory and bytes side by side, and the ratios.

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
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from benchmarks.engines import ENGINES, LOCALES, Leaflet, leaflet

_COLD_ROUNDS: Final = 3
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


@click.command()
@click.option("--rounds", default=15, help="Warm runs of each engine.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@click.option("--child", type=int, hidden=True)
@click.option("--profile", help="Profile this project's warm run in a locale.")
def main(rounds: int, *, as_json: bool, child: int | None, profile: str | None) -> None:
    """Compare this project with Typst and ReportLab's own Paragraph."""
    if child is not None:
        _child(child)
        return
    if profile:
        _profile(profile)
        return
    results = {locale: _compare(locale, rounds) for locale in LOCALES}
    if as_json:
        print(
            json.dumps({k: [vars_of(r) for r in v] for k, v in results.items()}, indent=1)
        )
        return
    for locale, rows in results.items():
        _print(locale, rows)


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
