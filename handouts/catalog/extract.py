"""EXTRACT: template folders → the messages they ask for, as gettext will see them.

Babel drives Jinja's own extractor, with the options that expansion uses: both take
them from here, so that the msgid in the POT is the msgid that a page asks for.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, cast

from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.extract import extract as babel_messages
from jinja2 import Environment, TemplateSyntaxError
from jinja2.ext import InternationalizationExtension, babel_extract

from handouts.catalog.model import Key, SourceMessage
from handouts.diagnostics import Diagnostic, Sink

__all__ = [
    "COMMENT_TAGS",
    "KEYWORDS",
    "NEWSTYLE",
    "TRIMMED",
    "Asked",
    "TemplateMessages",
    "babel_options",
    "extract",
    "merged",
    "messages_of",
    "template_messages",
]

NEWSTYLE: Final = True
"""Jinja's newstyle gettext: a msgid holds `%(name)s`, and `%%` for every other `%`."""

TRIMMED: Final = True
"""Line breaks in a trans block, with the space round them, become one space."""

COMMENT_TAGS: Final = ("NOTE:", "TRANSLATORS:")
"""A Jinja comment that begins so, before a message, is a note to translators."""

KEYWORDS: Final = tuple(DEFAULT_KEYWORDS)
"""The functions whose calls are messages."""

_FOLDER: Final = "templates"
_HANDOUTS: Final = "handouts"
_TOO_DEEP: Final = "brackets or tags stand too deep in one another"
_Extracted = tuple[int, str, Any, list[str]]

Asked = tuple[int, str, Any]
"""A gettext call as Jinja's extractor tells it: line, function, its texts."""


def babel_options() -> dict[str, str]:
    """Return the options of Jinja's extractor, as Babel takes them."""
    return {
        "newstyle_gettext": str(NEWSTYLE).lower(),
        "trimmed": str(TRIMMED).lower(),
        "silent": "false",  # Jinja's default turns a broken template into no messages
        "encoding": "utf-8",
    }


def template_messages(
    file: BinaryIO,
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[_Extracted]:
    """Yield a template's messages: the extraction method `handouts` of Babel.

    `pybabel extract -F babel.cfg templates` finds the msgids that `extract` finds.
    """
    tags = tuple(comment_tags) or COMMENT_TAGS
    yield from babel_extract(file, tuple(keywords), tags, {**babel_options(), **options})


class _Template(NamedTuple):
    """A template: its name inside its folder, and its file."""

    name: str
    path: Path

    @property
    def shown_as(self) -> str:
        return _shown(self.name)


def _shown(name: str) -> str:
    return f"{_FOLDER}/{name}"


def _order(name: str) -> tuple[bool, str]:
    """Handouts first: a translator meets the text before the layout's words."""
    return not name.startswith(f"{_HANDOUTS}/"), name


@dataclass(slots=True)
class _Found:
    """A message while its uses come in."""

    plural: str | None
    references: dict[tuple[str, int], None] = field(default_factory=dict)
    comments: dict[str, None] = field(default_factory=dict)


class TemplateMessages(NamedTuple):
    """What one template asks for: (line, key, plural, comments), and its mistakes."""

    name: str
    messages: tuple[tuple[int, Key, str | None, tuple[str, ...]], ...]
    findings: tuple[Diagnostic, ...] = ()


def extract(template_folders: Sequence[Path], sink: Sink) -> tuple[SourceMessage, ...]:
    """Return the messages of all `.html` templates, sorted by their first use.

    Handouts come first, by name and line, then layouts and parts. A template in an
    earlier folder hides one of the same name in a later folder. References read
    `templates/handouts/x.html`, wherever the folder lies. Reports templates that are
    no Jinja (`template-syntax`) or no UTF-8, empty messages, and a msgid that is given
    two plurals; the other templates and messages still count.
    """
    return merged(messages_of(template_folders), sink)


def messages_of(
    template_folders: Sequence[Path],
    *,
    wanted: Callable[[str], bool] = lambda _: True,
    parsed: Callable[[str, str], Iterable[Asked] | None] = lambda *_: None,
) -> Iterator[TemplateMessages]:
    """Yield what each template asks for by itself; `merged` makes messages of it.

    Args:
        template_folders: An earlier folder's template hides a later one's.
        wanted: Which templates, by name such as `handouts/x.html`.
        parsed: What parses templates for other ends, too: for a name and a text the
            gettext calls in their order, or None if it cannot tell.
    """
    for template in _templates(template_folders):
        if wanted(template.name):
            sink = Sink()
            messages = tuple(_messages(template, parsed, sink))
            yield TemplateMessages(template.name, messages, sink.diagnostics)


def merged(found: Iterable[TemplateMessages], sink: Sink) -> tuple[SourceMessage, ...]:
    """Return the messages of several templates, as `extract` does."""
    entries: dict[Key, _Found] = {}
    for name, messages, findings in sorted(found, key=lambda one: _order(one.name)):
        sink.extend(findings)
        file = _shown(name)
        for line, key, plural, comments in messages:
            entry = entries.setdefault(key, _Found(plural))
            entry.references[file, line] = None
            entry.comments |= dict.fromkeys(comments)
            if plural is not None and entry.plural not in {None, plural}:
                sink.report(_two_plurals(file, line, key, entry))
            entry.plural = entry.plural or plural
    return tuple(
        SourceMessage(
            key=key,
            plural=entry.plural,
            references=tuple(entry.references),
            comments=tuple(entry.comments),
        )
        for key, entry in entries.items()
    )


def _templates(folders: Sequence[Path]) -> list[_Template]:
    by_name: dict[str, _Template] = {}
    for folder in folders:
        for path in folder.rglob("*.html"):
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                by_name.setdefault(name, _Template(name, path))
    return sorted(by_name.values(), key=lambda template: _order(template.name))


def _messages(
    template: _Template,
    parsed: Callable[[str, str], Iterable[Asked] | None],
    sink: Sink,
) -> Iterator[tuple[int, Key, str | None, tuple[str, ...]]]:
    source = _source(template, sink)
    if source is None:
        return
    empty: list[int] = []
    asked = None if _has_notes(source) else parsed(template.name, source)
    try:
        found = list(_extracted(source, asked, empty))
    except TemplateSyntaxError as error:
        sink.report(_syntax(template, error.lineno, error.message or "", source))
        return
    except RuntimeError as error:  # Jinja's parser gives up
        # Python's own words say where it was just then, and are others each time.
        reason = _TOO_DEEP if isinstance(error, RecursionError) else str(error)
        sink.report(_syntax(template, 1, reason, source))
        return
    sink.extend(_empty(template, line) for line in empty)
    for line, message, comments, context in sorted(found, key=lambda item: item[0]):
        msgid, plural = message if isinstance(message, tuple) else (message, None)
        notes = tuple(" ".join(comment.split()) for comment in comments)
        yield line, Key(context, msgid), plural, notes


def _source(template: _Template, sink: Sink) -> str | None:
    """Return the template's text without a byte-order mark; None if unreadable."""
    try:
        return template.path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sink.report(
            Diagnostic(
                code="not-utf8",
                message="the template is not UTF-8",
                hint="save the file as UTF-8",
                file=template.shown_as,
                line=error.object.count(b"\n", 0, error.start) + 1,
            )
        )
    except OSError as error:
        sink.report(
            Diagnostic(
                code="unreadable-template",
                message=f"cannot read the template: {(error.strerror or '').lower()}",
                hint="check that you may read it",
                file=template.shown_as,
            )
        )
    return None


def _extracted(
    source: str, asked: Iterable[Asked] | None, empty: list[int]
) -> Iterable[Any]:
    """Yield Babel's results; lines of empty messages go to `empty` instead."""

    def method(
        file: BinaryIO,
        keywords: Collection[str],
        comment_tags: Collection[str],
        options: Mapping[str, Any],
    ) -> Iterator[_Extracted]:
        del file, options
        for line, function, message, comments in _asked_for(
            source, asked, tuple(keywords), tuple(comment_tags)
        ):
            if _is_empty(function, message):  # Babel would write to stderr
                empty.append(line)
            else:
                yield line, function, message, comments

    return babel_messages(
        cast("Any", method),  # Babel's alias swaps the type of the options
        io.BytesIO(source.encode()),
        keywords=DEFAULT_KEYWORDS,
        comment_tags=COMMENT_TAGS,
        options=babel_options(),
    )


def _has_notes(source: str) -> bool:
    return any(tag in source for tag in COMMENT_TAGS)


def _asked_for(
    source: str,
    asked: Iterable[Asked] | None,
    keywords: Sequence[str],
    comment_tags: Sequence[str],
) -> Iterator[_Extracted]:
    """Yield what Jinja's extractor does; it need not look for notes where none are.

    Looking for them costs as much as all the rest.
    """
    if _has_notes(source):
        file = io.BytesIO(source.encode())
        yield from babel_extract(file, keywords, comment_tags, dict(babel_options()))
        return
    if asked is None:
        asked = _engine().extract_translations(source, keywords)
    for line, function, message in asked:
        yield line, function, message, []


@cache
def _engine() -> Any:  # noqa: ANN401  # the extension's methods have no types
    """Return an engine that parses as Jinja's extractor does with our options."""
    engine = Environment(extensions=[InternationalizationExtension])  # noqa: S701  # nothing is expanded
    engine.policies["ext.i18n.trimmed"] = TRIMMED
    engine.newstyle_gettext = NEWSTYLE  # type: ignore[attr-defined]  # the extension's
    return engine


def _is_empty(function: str, message: object) -> bool:
    parts = message if isinstance(message, tuple) else (message,)
    texts = parts[1:] if function in {"pgettext", "npgettext"} else parts
    return bool(texts) and texts[0] == ""


def _syntax(template: _Template, line: int, reason: str, source: str) -> Diagnostic:
    lines = source.split("\n")
    quote = lines[line - 1] if 0 < line <= len(lines) else None
    return Diagnostic(
        code="template-syntax",
        message=f"the template is not valid Jinja: {_lowered(reason)}",
        hint="mend this line; until then none of the template's messages counts",
        file=template.shown_as,
        line=line,
        column=len(quote) - len(quote.lstrip()) + 1 if quote else None,
        quote=quote,
        quoted_width=max(len(quote.strip()), 1) if quote else 1,
    )


def _lowered(reason: str) -> str:
    """Return Jinja's sentence as diagnostics are written."""
    return reason[:1].lower() + reason[1:].rstrip(".")


def _empty(template: _Template, line: int) -> Diagnostic:
    return Diagnostic(
        code="empty-message",
        message="the trans block is empty; gettext answers that with the header",
        hint="write its text, or delete the block",
        file=template.shown_as,
        line=line,
    )


def _two_plurals(file: str, line: int, key: Key, entry: _Found) -> Diagnostic:
    first_file, first = next(iter(entry.references))
    return Diagnostic(
        code="conflicting-plural",
        message="the same msgid has two different plurals; gettext knows one",
        hint='give one of the two a context: {% trans "context" %}',
        file=file,
        line=line,
        msgid=key.msgid,
        notes=(f"first used: {first_file}:{first}",),
    )
