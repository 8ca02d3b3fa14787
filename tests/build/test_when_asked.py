"""What lays out and writes pages is loaded by whoever makes pages, not before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from handouts import build, layout, pdf
from handouts.when_asked import loaded_when_asked

_PAGES = ("reportlab", "pikepdf", "pypdfium2", "handouts.layout.compose")


@pytest.mark.parametrize("package", [build, layout, pdf], ids=lambda one: one.__name__)
def test_all_names_of_a_package_are_there(package: object) -> None:
    names = package.__all__  # type: ignore[attr-defined]  # each has one
    assert all(getattr(package, name) is not None for name in names)


def test_a_name_comes_from_its_module() -> None:
    load = loaded_when_asked("handouts.layout", {"formats": ["KNOWN_FORMATS"]})
    assert load("KNOWN_FORMATS") is layout.KNOWN_FORMATS


def test_a_name_that_no_module_has_is_no_attribute() -> None:
    assert not hasattr(pdf, "no_such_name")
    with pytest.raises(AttributeError, match=r"'handouts\.pdf' .* 'no_such_name'"):
        _ = pdf.no_such_name


def test_a_check_loads_nothing_that_makes_pages() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import sys, handouts.build.runs; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(build.__file__).parents[2],
    )
    loaded = found.stdout.split()
    assert "handouts.build.edition" in loaded
    assert not set(_PAGES) & set(loaded)
