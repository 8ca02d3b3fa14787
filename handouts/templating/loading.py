"""Template folders → template texts; a project's own folder hides the built-in one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from jinja2 import BaseLoader, Environment, TemplateNotFound

from handouts.templating.faults import AuthorError

__all__ = ["HANDOUTS", "Folders", "builtin_templates"]

HANDOUTS: Final = "handouts"
MAX_TEMPLATE_BYTES: Final = 256 * 1024
"""A two-page leaflet has about 15 KiB; what is far larger is no leaflet."""

_SHOWN_FOLDER: Final = "templates"
_Stamp = tuple[str, int, int]


def builtin_templates() -> Path:
    """Return the folder of the templates that come with the program."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_data" / "templates"
    return packed if packed.is_dir() else package.parent / "templates"


class Folders(BaseLoader):
    """Finds a template in the first of several folders that has it."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders: Final = folders

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, its name as shown to users, and "is it unchanged".

        Raises:
            TemplateNotFound: no folder has it.
            AuthorError: it is there and cannot be read as text.
        """
        del environment  # every environment reads the same files
        path = self.find(template)
        if path is None:
            raise TemplateNotFound(template)
        file = self.shown(template)
        stamp = self._stamp(template)
        return _text(path, file), file, lambda: self._stamp(template) == stamp

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        return sorted({name for folder in self.folders for name in _names(folder)})

    def find(self, template: str) -> Path | None:
        """Return the path of the first file of that name, or None."""
        parts = template.split("/")
        if any(part in {"", ".", ".."} or "\\" in part for part in parts):
            return None
        paths = (folder.joinpath(*parts) for folder in self.folders)
        return next((path for path in paths if os.path.lexists(path)), None)

    def shown(self, template: str) -> str:
        """Return how the user would type its path: `templates/handouts/x.html`."""
        return f"{_SHOWN_FOLDER}/{template}"

    def handouts(self) -> tuple[str, ...]:
        """Return the handouts' names: those of the first folder that has any."""
        for folder in self.folders:
            names = sorted(path.stem for path in (folder / HANDOUTS).glob("*.html"))
            if names:
                return tuple(names)
        return ()

    def _stamp(self, template: str) -> _Stamp | None:
        path = self.find(template)
        try:
            found = path.stat() if path else None
        except OSError:
            return None
        return (str(path), found.st_mtime_ns, found.st_size) if found else None


def _names(folder: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


def _text(path: Path, file: str) -> str:
    try:
        if path.stat().st_size > MAX_TEMPLATE_BYTES:
            raise AuthorError(
                "template-too-large",
                f"template has more than {MAX_TEMPLATE_BYTES // 1024} KiB",
                hint="split it into several handouts",
                file=file,
            )
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise AuthorError(
            "not-utf8",
            "the template is not UTF-8",
            hint="save the file as UTF-8",
            file=file,
            line=line,
        ) from error
    except OSError as error:
        raise AuthorError(
            "unreadable-template",
            f"template cannot be read: {error.strerror or 'unknown reason'}",
            hint="check that it is a file and that you may read it",
            file=file,
        ) from error
