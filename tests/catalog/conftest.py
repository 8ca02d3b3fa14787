"""Fixtures of the catalog tests: a PO file from a string, read or reported."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from handouts.catalog import Catalog, read_catalog
from handouts.diagnostics import Sink

SHOWN_AS = "locales/de/LC_MESSAGES/handouts.po"

Reader = Callable[..., tuple[Catalog | None, Sink]]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Write text or bytes to a file and read it as a catalog."""

    def _read(content: str | bytes, locale: str = "de") -> tuple[Catalog | None, Sink]:
        path = tmp_path / "handouts.po"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        sink = Sink()
        return read_catalog(path, locale=locale, shown_as=SHOWN_AS, sink=sink), sink

    return _read


@pytest.fixture(scope="session")
def gettext_tools() -> None:
    """Skip where gettext's own tools are missing; fail where they are asked for."""
    if shutil.which("msgcat") is None:
        assert not os.environ.get("HANDOUTS_REQUIRE_TOOLS"), "msgcat is asked for"
        pytest.skip("gettext's msgcat is not installed")
