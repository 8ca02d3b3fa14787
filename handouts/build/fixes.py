"""`check --fix`: what is certain to be a slip is put right in the project's catalogs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from handouts.build.selection import known_locales
from handouts.build.workshop import Workshop
from handouts.catalog import Amendment, Message, amend_catalog, read_catalog
from handouts.checks import fixed, fixes
from handouts.diagnostics import Diagnostic, Sink
from handouts.languages import Language, to_digits

__all__ = ["fix_all"]

_ALLOWED: Final = "outer-space"  # the one fix whose check a translator may allow
_SPACE: Final = " "


def fix_all(workshop: Workshop, names: Sequence[str], sink: Sink) -> list[str]:
    """Put right what is certain in the project's own catalogs; a line for each message.

    Fuzzy and obsolete messages stay as they are, so do catalogs that cannot be read:
    `check` tells why. A second run changes nothing.

    Raises:
        OSError: a file cannot be written; those before it are done.
    """
    present = workshop.own_locales()
    wanted = known_locales(names, workshop, Sink(), present) if names else present
    return [line for locale in wanted for line in _fix(workshop, locale, sink)]


def _fix(workshop: Workshop, locale: str, sink: Sink) -> list[str]:
    path = workshop.own_catalog(locale)
    shown_as, language = workshop.shown(path), _as_set(workshop, locale)
    amendments = _amendments(path, shown_as, language)
    if not amendments:
        return []
    if not amend_catalog(path, amendments):
        sink.report(_changed(shown_as, locale))
        return []
    workshop.forget(locale)
    return [
        f"{shown_as}:{message.line}: {what}"
        for message, _ in amendments
        if (what := "; ".join(dict.fromkeys(_told(message, language))))
    ]


def _as_set(workshop: Workshop, locale: str) -> Language:
    """Return the language, with the digits that the settings have it printed in."""
    language = workshop.language(locale)
    digits = to_digits("0123456789", language, workshop.settings.digits)
    return replace(language, digits=digits)


def _amendments(path: Path, shown_as: str, language: Language) -> list[Amendment]:
    locale = language.locale
    catalog = read_catalog(path, locale=locale, shown_as=shown_as, sink=Sink())
    found = []
    for message in catalog.messages.values() if catalog else ():
        if message.fuzzy or any(code == _ALLOWED for code, _ in message.exempt):
            continue
        texts = fixed(message, language)
        if texts != message.msgstrs:
            found.append(Amendment(message, texts))
    return found


def _told(message: Message, language: Language) -> Iterator[str]:
    """Yield what was put right in a message, in the code points' names."""
    sources = (message.key.msgid, message.plural or message.key.msgid)
    for index, text in enumerate(message.msgstrs):
        for fix in fixes(text, sources[min(index, 1)], language):
            before = _named(text[fix.start : fix.end])
            after = _named(fix.replacement)
            if not after:
                yield f"deleted {before}"
            elif not before:
                yield f"added {after}"
            else:
                yield f"{before} became {after}"


def _named(text: str) -> str:
    """Return the names of invisible characters; spaces are counted."""
    if text and not text.strip(_SPACE):
        return "a space" if len(text) == 1 else f"{len(text)} spaces"
    return ", ".join(map(_name, text))


def _name(char: str) -> str:
    found = unicodedata.name(char, "")
    return found.lower() if found else f"U+{ord(char):04X}"


def _changed(shown_as: str, locale: str) -> Diagnostic:
    return Diagnostic(
        code="catalog-changed",
        message="the catalog was saved by somebody else while it was being mended",
        hint="run `check --fix` again",
        file=shown_as,
        locale=locale,
    )
