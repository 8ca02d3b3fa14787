"""Which files a preview depends on, and when one of them was saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, TypeAlias

from handouts.build import CATALOG, GLOSSARY_NAME, builtin_locales
from handouts.catalog import REVIEW_FILE
from handouts.config import SETTINGS_NAME
from handouts.templating import builtin_templates

__all__ = ["Watch", "watched_files"]

POLL_S: Final = 0.05
SETTLE_S: Final = 0.03
"""An editor may empty a file before it writes it: what is read must be at rest."""

_TEMPLATES: Final = frozenset({".html", ".toml"})
_Stamps: TypeAlias = dict[Path, tuple[int, int, int]]


def watched_files(project: Path, locale: str) -> Iterator[Path]:
    """Yield what the pages of a locale come from; some of it may not be there yet."""
    yield project / SETTINGS_NAME
    yield project / "fonts" / "fonts.toml"
    for folder in dict.fromkeys((project / "locales", builtin_locales())):
        yield folder / locale / CATALOG
        yield folder / locale / REVIEW_FILE
        yield folder / GLOSSARY_NAME
    for folder in dict.fromkeys((project / "templates", builtin_templates())):
        yield from (path for path in folder.rglob("*") if path.suffix in _TEMPLATES)


class Watch:
    """Tells when one of the files changes, by time, size and number on the disk."""

    def __init__(
        self,
        files: Callable[[], Iterable[Path]],
        *,
        pause: Callable[[float], bool],
    ) -> None:
        """Watch `files`; `pause(seconds)` returns True where nobody waits any more."""
        self._files = files
        self._pause = pause
        self._seen = self._stamps()

    def has_changed(self) -> bool:
        """Return True if a file is not as it was when `wait` returned."""
        return self._stamps() != self._seen

    def wait(self) -> frozenset[Path] | None:
        """Return what was saved, once all files are at rest; None at the end."""
        while not self.has_changed():
            if self._pause(POLL_S):
                return None
        before, now = None, self._stamps()
        while now != before:
            self._pause(SETTLE_S)
            before, now = now, self._stamps()
        changed = frozenset(path for path, _ in now.items() ^ self._seen.items())
        self._seen = now
        return changed

    def _stamps(self) -> _Stamps:
        return dict(_stamped(self._files()))


def _stamped(files: Iterable[Path]) -> Iterator[tuple[Path, tuple[int, int, int]]]:
    for path in files:
        try:
            found = path.stat()
        except OSError:  # not there, or not yet again
            continue
        yield path, (found.st_mtime_ns, found.st_size, found.st_ino)
