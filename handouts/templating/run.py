"""One expansion in progress: what the template's gettext calls and filters work on.

The environment and its compiled templates serve every edition; what belongs to one
edition is here, found through a context variable.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from markupsafe import Markup, escape

from handouts.catalog.model import Key, Lookup, State
from handouts.diagnostics import Diagnostic, Severity
from handouts.templating.faults import AuthorError
from handouts.templating.values import (
    Blank,
    Numerals,
    Value,
    count_of,
    hours_shown,
    plain,
    shown,
    value_markup,
)

if TYPE_CHECKING:
    from jinja2.environment import TemplateModule

    from handouts.checks import Vetted

__all__ = ["Place", "Run", "current_run"]

_PLACEHOLDER: Final = re.compile(r"%(?:\((\w+)\)s|%)")
_MAX_STEPS: Final = 200_000
"""Calls and loop turns of one expansion; a two-page leaflet takes about 500."""
_MAX_CHARACTERS: Final = 8_000_000
"""Text made on the way, counted once for each time it is passed on."""
_STEPS_BETWEEN_LOOKS: Final = 64

CURRENT: Final[ContextVar[Run]] = ContextVar("handouts.templating.run")


class Place(NamedTuple):
    """Where a template asks for a message; `furniture`: in a layout or a part."""

    file: str | None
    line: int | None
    furniture: bool


class _Found(NamedTuple):
    """What stands for a message on the page."""

    form: str
    text: str
    state: State
    is_own: bool
    file: str | None
    line: int | None


class Run:
    """The state of one expansion."""

    def __init__(
        self,
        *,
        vetted: Vetted,
        source: Vetted,
        own: Numerals,
        english: Numerals,
        deadline_s: float,
    ) -> None:
        self._vetted = vetted
        self._source = source
        self._own = own
        self._english = english
        self._numerals = own
        self._is_bare = False
        # Of this thread's own work: a machine that is busy, or asleep, makes no template
        # endless.
        self._deadline = time.thread_time() + deadline_s
        self._deadline_s = deadline_s
        self._steps = 0
        self._characters = 0
        self.nonce = ""
        self.lookups: list[Lookup] = []
        self.findings: list[Diagnostic] = []
        self.variables: dict[str, Any] = {}
        self.modules: dict[str | None, TemplateModule] = {}

    def tick(self) -> None:
        """Count one step.

        Raises:
            AuthorError: too many steps, or the time is over.
        """
        self._steps += 1
        if self._steps > _MAX_STEPS:
            raise AuthorError(
                "template-too-long",
                f"template takes more than {_MAX_STEPS} steps",
                hint="make its loops shorter",
            )
        if self._steps % _STEPS_BETWEEN_LOOKS == 0:
            self.look_at_time()

    def look_at_time(self) -> None:
        """Raise AuthorError if the time is over."""
        if time.thread_time() >= self._deadline:
            raise AuthorError(
                "template-too-long",
                f"template takes more than {self._deadline_s:g} s of computing",
                hint="make its loops shorter",
            )

    def charge(self, characters: int) -> None:
        """Count text made; raise AuthorError if it gets too much."""
        self._characters += characters
        if self._characters > _MAX_CHARACTERS:
            raise AuthorError(
                "template-too-large",
                f"template makes more than {_MAX_CHARACTERS} characters",
                hint="make its loops shorter",
            )

    def message(
        self,
        key: Key,
        plural: str | None,
        count: object,
        arguments: Mapping[str, object],
        place: Place,
    ) -> Markup:
        """Return the message for the page, marked with the number of its lookup."""
        self.tick()
        whole = None if plural is None else self._count(count, key, place)
        if self._is_bare:
            found = self._in_bare(key, plural, whole, place)
            return Markup(self._filled(found.form, arguments, place)[0])  # noqa: S704  # vetted fragment, values escaped
        found = self._in_own(key, plural, whole) or self._in_source(
            key, plural, whole, place
        )
        self._numerals = self._own if found.is_own else self._english
        try:
            html, pairs = self._filled(found.form, arguments, place)
        finally:
            self._numerals = self._own
        number = len(self.lookups)
        self.lookups.append(self._lookup(key, plural, found, pairs, place))
        return Markup(f"<m {self._attributes(number, found)}>{html}</m>")  # noqa: S704  # vetted fragment, values escaped

    def value_markup(self, value: Value) -> str:
        """Return the marked text of a value, as the message round it is written."""
        text = shown(value, self._numerals)
        if self._is_bare:
            return str(escape(text))
        if value.kind == "hours":
            # Times run from left to right in every language, as a phone number does.
            days, times = hours_shown(value, self._numerals)
            parts = (("text", days), ("phone", times))
            return " ".join(
                value_markup(kind, part, nonce=self.nonce) for kind, part in parts if part
            )
        if value.kind == "weekday":
            return value_markup("text", text, nonce=self.nonce)
        is_link = value.kind == "url" and text.startswith("https://")
        return value_markup(
            value.kind, text, nonce=self.nonce, href=text if is_link else None
        )

    def in_source(self, block: Any) -> Markup:  # noqa: ANN401  # whatever a template calls
        """Return what `block` prints, in the source language and without marks.

        For the line that staff read: it is data, no message of the edition.
        """
        was, self._is_bare, self._numerals = self._is_bare, True, self._english
        try:
            return Markup(str(block()).strip())  # noqa: S704  # a block's output is markup
        finally:
            self._is_bare, self._numerals = was, self._own

    def _count(self, count: object, key: Key, place: Place) -> int:
        """Return the whole number to count with; a fraction is worth a warning."""
        whole = count_of(count)
        if not isinstance(count, Blank) and count not in {whole, -whole}:
            self.findings.append(
                Diagnostic(
                    code="fractional-count",
                    severity=Severity.WARNING,
                    message=f"`{count}` chooses a plural form as {whole} does",
                    hint="word it so that the fraction counts nothing",
                    file=place.file,
                    line=place.line,
                    msgid=key.msgid,
                )
            )
        return whole

    def _in_own(self, key: Key, plural: str | None, count: int | None) -> _Found | None:
        """Return the edition's own text, or None if there is none to be used."""
        giver, found = self._vetted.given(key)
        if found is None or not found.forms:
            return None
        index = 0 if count is None else giver.plural_index(count)
        index = min(index, len(found.forms) - 1)
        message = found.message
        return _Found(
            form=found.forms[index],
            text=_source_text(key, plural, index)
            if message is None
            else message.msgstrs[index],
            state=found.state,
            is_own=True,
            file=None if message is None else giver.file,
            line=None if message is None else message.msgstr_lines[index],
        )

    def _in_bare(
        self, key: Key, plural: str | None, count: int | None, place: Place
    ) -> _Found:
        """Return the text for staff: English, as the edition's own overrides have it."""
        overrides = self._own.language.is_same_language(self._english.language)
        own = self._in_own(key, plural, count) if overrides else None
        return own or self._in_source(key, plural, count, place)

    def _in_source(
        self, key: Key, plural: str | None, count: int | None, place: Place
    ) -> _Found:
        """Return the English text: what stands where a translation is missing."""
        own = self._vetted.get(key)
        found = self._source.get(key)
        is_plural = plural is not None and count != 1
        text = _source_text(key, plural, int(is_plural))
        if found is None or not found.forms:
            self._report_unusable(key, place)
            form = str(escape(text))
        else:
            form = found.forms[min(int(is_plural), len(found.forms) - 1)]
        state = State.MISSING if own is None else own.state
        return _Found(form, text, state, False, None, None)

    def _report_unusable(self, key: Key, place: Place) -> None:
        """A msgid that fails its own checks is reported by them; one unknown is here."""
        if self._source.get(key) is not None:
            return
        self.findings.append(
            Diagnostic(
                code="unextracted-message",
                message=f"message `{key.msgid}` is not among the extracted ones",
                hint="write it as `{% trans %}…{% endtrans %}` with fixed words",
                file=place.file,
                line=place.line,
                msgid=key.msgid,
            )
        )

    def _filled(
        self, form: str, arguments: Mapping[str, object], place: Place
    ) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return the form with its values in place, and the values as shown."""
        if "%" not in form:
            return form, ()
        values: dict[str, tuple[str, str]] = {}

        def fill(found: re.Match[str]) -> str:
            name = found[1]
            if name is None:
                return "%"
            if name not in values:
                values[name] = self._argument(name, arguments, place)
            return values[name][0]

        html = _PLACEHOLDER.sub(fill, form)
        return html, tuple((name, text) for name, (_, text) in values.items())

    def _argument(
        self, name: str, arguments: Mapping[str, object], place: Place
    ) -> tuple[str, str]:
        """Return one value as markup and as text."""
        value = arguments.get(name)
        match value:
            case Value():
                return self.value_markup(value), shown(value, self._numerals)
            case Blank():
                return value.__html__(), ""
            case Markup():
                return str(value), plain(value)
            case None:
                raise AuthorError(
                    "unset-value",
                    f"placeholder `{name}` has no value",
                    hint=f"write `{name}=…|name` or `{name}=…|phone`: an unset value "
                    "becomes a blank",
                    file=place.file,
                    line=place.line,
                )
            case _:
                pass
        text = str(value)
        if self._is_bare:
            return str(escape(text)), text
        return value_markup("text", text, nonce=self.nonce), text

    def _lookup(
        self,
        key: Key,
        plural: str | None,
        found: _Found,
        pairs: tuple[tuple[str, str], ...],
        place: Place,
    ) -> Lookup:
        language = (self._own if found.is_own else self._english).language
        return Lookup(
            key=key,
            plural=plural,
            text=found.text,
            arguments=pairs,
            state=found.state,
            lang=language.tag,
            file=found.file or place.file,
            line=found.line if found.file else place.line,
            furniture=place.furniture,
        )

    def _attributes(self, number: int, found: _Found) -> str:
        marks = f'n="{number}" t="{self.nonce}"'
        if found.is_own:
            return marks
        language = self._english.language
        return f'{marks} lang="{language.tag}" dir="{language.direction}"'


def _source_text(key: Key, plural: str | None, index: int) -> str:
    """Return the English that stands for a form."""
    return key.msgid if plural is None or index == 0 else plural


def current_run() -> Run:
    """Return the expansion that runs in this thread; a LookupError is a bug."""
    return CURRENT.get()
