"""What goes wrong in a template → diagnostics with file, line and a way out."""

from __future__ import annotations

import difflib
import re
import traceback
from collections.abc import Callable, Collection, Iterable
from typing import Final, TypedDict

from jinja2 import (
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.exceptions import SecurityError

from handouts.diagnostics import Diagnostic

__all__ = ["AuthorError", "Names", "diagnose", "nearest"]

_UNKNOWN_TAG: Final = re.compile(r"Encountered unknown tag '([^']+)'\.\s*(.*)", re.DOTALL)
_UNEXPECTED_END: Final = re.compile(r"Unexpected end of template\.\s*(.*)", re.DOTALL)
_NO_FILTER: Final = re.compile(r"No (filter|test) named '([^']+)'")
_UNDEFINED: Final = re.compile(r"'([^']+)' is undefined")
_NO_ATTRIBUTE: Final = re.compile(r"has no (?:attribute|element) '?([^']+?)'?$")
_INNERMOST: Final = re.compile(r"innermost block that needs to be closed is '([^']+)'")
_TAGS: Final = (
    "block", "call", "elif", "else", "endblock", "endcall", "endfilter", "endfor",
    "endif", "endmacro", "endset", "endtrans", "endwith", "extends", "filter", "for",
    "from", "if", "import", "include", "macro", "pluralize", "set", "trans", "with",
)  # fmt: skip


class AuthorError(Exception):
    """A mistake of a template's author, met while the template is read or run.

    It never leaves this room: `diagnose` turns it into a diagnostic.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        hint: str | None = None,
        file: str | None = None,
        line: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.file = file
        self.line = line


class Names:
    """What a template may call by name, for "did you mean"."""

    def __init__(
        self, *, names: Iterable[str], attributes: Iterable[str], filters: Iterable[str]
    ) -> None:
        self.names = tuple(names)
        self.attributes = tuple(attributes)
        self.filters = tuple(filters)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the hint that names the known word most like `name`, or None."""
    found = difflib.get_close_matches(name, sorted(set(known)), n=1, cutoff=0.6)
    return f"did you mean `{found[0]}`?" if found else None


def diagnose(
    error: Exception,
    *,
    files: Collection[str],
    names: Names,
    templates: Callable[[], Iterable[str]],
) -> Diagnostic:
    """Return what `error`, raised by a template, means to its author.

    Args:
        error: What the template engine raised.
        files: The templates' file names as the engine knows them.
        names: What may be called by name.
        templates: Returns the names of all templates; asked only when one is missing.
    """
    file, line = _place(error, files)
    if isinstance(error, AuthorError) and error.file:
        file, line = error.file, error.line
    return Diagnostic(**_explained(error, names, templates), file=file, line=line)


class _Words(TypedDict):
    code: str
    message: str
    hint: str | None


def _explained(
    error: Exception, names: Names, templates: Callable[[], Iterable[str]]
) -> _Words:
    """Return what is wrong and the way out."""
    match error:
        case AuthorError():
            return _words(error.code, error.message, error.hint)
        case TemplateNotFound():
            return _missing(str(error.name or "?"), templates())
        case TemplateSyntaxError():
            return _syntax(error.message or "", names)
        case UndefinedError():
            return _undefined(str(error), names)
        case _:
            return _failure(error, names)


def _words(code: str, message: str, hint: str | None) -> _Words:
    return _Words(code=code, message=message, hint=hint)


def _missing(template: str, templates: Iterable[str]) -> _Words:
    return _words(
        "missing-template",
        f"template `{template}` does not exist",
        nearest(template, templates) or "create it in the folder `templates`",
    )


def _failure(error: Exception, names: Names) -> _Words:
    text = _sentence(str(error))
    if isinstance(error, RecursionError):
        return _words(
            "template-recursion",
            "template includes, extends or calls itself without end",
            "take out the `include`, `extends` or macro call that leads back",
        )
    if isinstance(error, SecurityError):
        hint = "use only the values and filters that the documentation names"
        return _words("forbidden-in-template", text, hint)
    unknown = _NO_FILTER.search(str(error))
    if isinstance(error, TemplateRuntimeError) and unknown:
        return _no_filter(unknown, names)
    text = f"template failed: {text or type(error).__name__}"
    return _words("template-failure", text, "see the expression on this line")


def _place(error: Exception, files: Collection[str]) -> tuple[str | None, int | None]:
    """Return the template's file and line nearest to where `error` was raised."""
    if isinstance(error, TemplateSyntaxError):
        return error.filename or error.name, error.lineno
    found: tuple[str | None, int | None] = (None, None)
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename in files:
            found = frame.f_code.co_filename, line
    return found


def _syntax(text: str, names: Names) -> _Words:
    if found := _NO_FILTER.search(text):
        return _no_filter(found, names)
    hint: str | None = None
    if (found := _UNKNOWN_TAG.search(text)) and found[1] in _TAGS:
        text = f"`{found[1]}` stands where another tag is still open"
        hint = _closing(found[2]) or f"take out `{{% {found[1]} %}}`"
    elif found:
        text = f"unknown tag `{found[1]}`"
        hint = nearest(found[1], _TAGS) or _closing(found[2])
    elif found := _UNEXPECTED_END.search(text):
        text = "template ends inside a tag that is not closed"
        hint = _closing(found[1])
    elif "translatable section" in text or "translation block" in text:
        hint = "end the text with `{% endtrans %}`; inside, `{{ name }}` alone may stand"
    return _words("template-syntax", _sentence(text), hint)


def _closing(text: str) -> str | None:
    """Return the hint that names the tag to close, from the engine's own words."""
    found = _INNERMOST.search(text)
    return f"close `{found[1]}` with `{{% end{found[1]} %}}`" if found else None


def _no_filter(found: re.Match[str], names: Names) -> _Words:
    kind, name = found.groups()
    hint = nearest(name, names.filters) if kind == "filter" else None
    return _words("undefined-name", f"there is no {kind} `{name}`", hint)


def _undefined(text: str, names: Names) -> _Words:
    if found := _UNDEFINED.search(text):
        hint = nearest(found[1], names.names)
        return _words("undefined-name", f"name `{found[1]}` is not defined", hint)
    if found := _NO_ATTRIBUTE.search(text):
        hint = nearest(found[1], names.attributes)
        return _words("undefined-name", f"there is no `{found[1]}` here", hint)
    return _words("undefined-name", _sentence(text), None)


def _sentence(text: str) -> str:
    """Return `text` as messages are written: lowercase first letter, no final period."""
    text = " ".join(text.split()).removesuffix(".")
    return text[:1].lower() + text[1:]
