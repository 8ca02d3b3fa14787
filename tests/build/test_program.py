from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata

import pytest

from handouts.build.program import program_digest


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    program_digest.cache_clear()
    yield
    program_digest.cache_clear()


def test_the_digest_knows_the_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = ["babel==2", "lxml==6 ; python_version > '3'", 'pytest==9 ; extra == "test"']
    monkeypatch.setattr(metadata, "requires", lambda _: wanted)
    asked: list[str] = []
    monkeypatch.setattr(metadata, "version", lambda name: asked.append(name) or "2")
    first = program_digest()
    assert asked == ["babel", "lxml"]
    program_digest.cache_clear()
    monkeypatch.setattr(metadata, "version", lambda _: "3")
    assert program_digest() != first


def test_a_checkout_that_is_not_installed_has_a_digest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    monkeypatch.setattr(metadata, "requires", lambda _: ["babel==2"])
    one = program_digest()
    program_digest.cache_clear()
    monkeypatch.setattr(metadata, "requires", missing)
    assert program_digest() != one
