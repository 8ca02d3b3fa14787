"""`templates/sources.toml` → the sources of facts that leaflets print as data.

A table for each source, its key the table's name; `text` is printed. What else stands
there (address, identifiers) is for those who check the facts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from handouts.diagnostics import Diagnostic

__all__ = ["SOURCES_FILE", "Source", "Sources", "read_sources"]

SOURCES_FILE: Final = "sources.toml"
_SHOWN_AS: Final = "templates/sources.toml"
_MAX_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source of facts. `text` is what the page says, in English."""

    key: str
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All sources by key, and what was wrong with the files."""

    by_key: Mapping[str, Source]
    findings: tuple[Diagnostic, ...] = ()


def read_sources(folders: tuple[Path, ...]) -> Sources:
    """Return the sources of all folders; an earlier folder's hide a later one's."""
    by_key: dict[str, Source] = {}
    findings: list[Diagnostic] = []
    for folder in reversed(folders):
        path = folder / SOURCES_FILE
        if path.is_file():
            found = _read(path, path.stat().st_mtime_ns)
            by_key |= found.by_key
            findings += found.findings
    return Sources(by_key=MappingProxyType(by_key), findings=tuple(findings))


@lru_cache(maxsize=16)
def _read(path: Path, stamp: int) -> Sources:
    del stamp  # part of the key: a saved file is read again
    try:
        with path.open("rb") as file:
            text = file.read(_MAX_BYTES).decode()
        tables = tomllib.loads(text)
    except (OSError, ValueError) as error:
        return Sources(by_key={}, findings=(_unreadable(str(error)),))
    by_key: dict[str, Source] = {}
    findings: list[Diagnostic] = []
    for key, table in tables.items():
        source = _source(key, table)
        if source is None:
            findings.append(_no_text(key))
        else:
            by_key[key] = source
    return Sources(by_key=by_key, findings=tuple(findings))


def _source(key: str, table: object) -> Source | None:
    if not isinstance(table, dict):
        return None
    text, url = table.get("text"), table.get("url")
    if not isinstance(text, str) or not text.strip():
        return None
    return Source(key=key, text=text, url=url if isinstance(url, str) else None)


def _unreadable(reason: str) -> Diagnostic:
    return Diagnostic(
        code="unreadable-sources",
        message=f"cannot read the sources: {reason}",
        hint='write a table for each: `[key]` and below it `text = "…"`',
        file=_SHOWN_AS,
    )


def _no_text(key: str) -> Diagnostic:
    return Diagnostic(
        code="unreadable-sources",
        message=f"source `{key}` has no `text`",
        hint=f'write `[{key}]` and below it `text = "…"`',
        file=_SHOWN_AS,
    )
