"""Every shipped edition, byte for byte, wherever and however it is made."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.read_back import CLINIC

ROOT = Path(__file__).parents[2]
LOCALES = ("en", *sorted(p.parent.parent.name for p in ROOT.glob("locales/*/*/*.po")))
HANDOUTS = tuple(sorted(path.stem for path in ROOT.glob("templates/handouts/*.html")))
ALONE = ("en/ketamine-safety", "ar/ketamine-evidence", "hi/understanding-pain",
         "ja/ketamine-safety")  # fmt: skip
"""Made again, each in a process of its own: one of every kind of script."""


def built(folder: Path, *argv: str, **environment: str) -> dict[str, str]:
    """Build in a folder; return each file's sha256, the manifest's included."""
    folder.mkdir(parents=True)
    (folder / "handouts.toml").write_text(CLINIC)
    done = subprocess.run(
        [sys.executable, str(ROOT / "make_handouts.py"), "-C", str(folder), "-q", *argv],
        env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    output = folder / "output"
    files = sorted(path for path in output.rglob("*") if path.is_file())
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what one process makes of everything."""
    folder = tmp_path_factory.mktemp("one") / "clinic"
    return built(folder, "-j", "1", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")


@pytest.mark.all_locales
def test_all_editions_are_the_same_elsewhere(
    first: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "ein anderer Ort" / "क्लिनिक"
    second = built(
        folder, "-j", "2",
        PYTHONHASHSEED="4242", TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8",
    )  # fmt: skip

    assert {name for name, digest in first.items() if second[name] != digest} == set()
    assert len(first) == len(LOCALES) * len(HANDOUTS) + 1


@pytest.mark.parametrize("name", ALONE)
def test_an_edition_is_the_same_alone(
    first: dict[str, str], tmp_path: Path, name: str
) -> None:
    locale, _, handout = name.partition("/")
    zone = {"en": "America/Caracas", "ar": "Asia/Kathmandu"}.get(locale, "Asia/Tokyo")
    alone = built(
        tmp_path / "alone", handout, "-l", locale, "-j", "1",
        PYTHONHASHSEED=str(len(name)), TZ=zone,
    )  # fmt: skip

    file = f"{name}-a4.pdf"
    assert alone[file] == first[file]
