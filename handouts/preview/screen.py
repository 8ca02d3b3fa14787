"""One handout as the browser shows it: pages, messages, and what was found.

The stages are those of a build that allows drafts, so the pages are the very bytes it
writes. Two things differ, because a screen is not handed to a patient: what a gate
refuses is shown all the same, and said to be refused; and when nothing can be drawn,
the last pages stay.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from handouts.batch import Job
from handouts.build import (
    Resolved,
    Workshop,
    Written,
    fault_diagnostic,
    finish,
    font_diagnostic,
    resolve,
    write,
)
from handouts.catalog.model import Key, Lookup, SourceMessage
from handouts.diagnostics import Diagnostic, Sink
from handouts.document import Document, MessageSpan
from handouts.fonts import Face, FontError
from handouts.languages import language
from handouts.layout import DisplayList
from handouts.preview.boxes import Drawn, drawn_messages

__all__ = ["Making", "Pages", "Screen", "Status", "Text"]

Status = Literal["ready", "refused", "stale"]
_DIGEST_DIGITS: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The pages that could be drawn last; `drawn` says where each message stands.

    `faces` are the regular fonts of the pages, the most used one first: the browser
    may have none for the language.
    """

    pdf: bytes
    digest: str
    sizes_pt: tuple[tuple[float, float], ...]
    body_pt: float
    is_draft: bool
    is_signed: bool
    drawn: Mapping[Key, Drawn]
    faces: tuple[Face, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One message of the handout, with all that a translator wants to know of it.

    `translations` are the msgstrs as they stand in the catalog, printed or not.
    `reference` is where to find it: `locales/fa/LC_MESSAGES/handouts.po:123`, or the
    template's line if the catalog lacks it, or is made up and no file.
    """

    key: Key
    plural: str | None
    translations: tuple[str, ...]
    state: str
    is_safety: bool
    reference: str
    in_catalog: bool
    comments: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What is shown of one handout; `pages` None: it could never be drawn."""

    job: Job
    status: Status
    pages: Pages | None = None
    texts: tuple[Text, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    lang: str = ""
    direction: str = "ltr"


class Making:
    """One handout on its way to the screen; nothing raises, for whosever mistake.

    `found` is what opening the project found (`workshop` None: it could not be opened).
    `before` is the screen whose pages and texts stay where there are no new ones.
    """

    def __init__(
        self,
        job: Job,
        workshop: Workshop | None,
        found: Iterable[Diagnostic] = (),
        *,
        before: Screen | None = None,
    ) -> None:
        self._job = job
        self._workshop = workshop
        self._last = before or Screen(job=job, status="stale")
        self._sink = Sink()
        self._sink.extend(found)
        self._resolved: Resolved | None = None
        self._written: Written | None = None
        self._guarded(self._write)

    def drawn(self) -> Screen:
        """Return the pages as soon as they can be seen; the file is not proved yet."""
        if self._resolved is None or self._workshop is None:
            return replace(self._last, status=self._status, diagnostics=self._diagnostics)
        resolved, written = self._resolved, self._written
        return Screen(
            job=self._job,
            status=self._status,
            pages=_pages(resolved, written) if written else self._last.pages,
            texts=tuple(_texts(resolved.document, self._workshop, self._job.locale)),
            diagnostics=self._diagnostics,
            lang=resolved.language.tag,
            direction=resolved.language.direction,
        )

    def proved(self) -> Screen:
        """Return the same, with what proving the finished file found besides."""
        self._guarded(self._finish)
        return self.drawn()

    @property
    def _status(self) -> Status:
        if self._written is None:
            return "stale"
        return "refused" if self._sink.has_errors else "ready"

    @property
    def _diagnostics(self) -> tuple[Diagnostic, ...]:
        return self._sink.located(locale=self._job.locale, handout=self._job.handout)

    def _guarded(self, step: Callable[[Workshop], None]) -> None:
        if self._workshop is None:
            return
        try:
            step(self._workshop)
        except FontError as error:
            self._sink.report(font_diagnostic(error))
        except Exception as error:  # noqa: BLE001  # a fault must not end the preview
            self._sink.report(fault_diagnostic(error))

    def _write(self, workshop: Workshop) -> None:
        self._resolved = resolve(self._job, workshop, self._sink)
        if self._resolved is not None:
            # What the gates refuse is drawn, too: their errors stay out of this sink.
            drawing = Sink()
            self._written = write(self._job, self._resolved, workshop, drawing)
            self._sink.extend(drawing)

    def _finish(self, workshop: Workshop) -> None:
        if self._resolved is not None and self._written is not None:
            proving = Sink()
            finish(self._job, self._resolved, self._written, workshop, proving)
            self._sink.extend(proving)


def _pages(resolved: Resolved, written: Written) -> Pages:
    display = written.display
    return Pages(
        pdf=written.pdf,
        digest=hashlib.sha256(written.pdf).hexdigest()[:_DIGEST_DIGITS],
        sizes_pt=tuple((page.width_pt, page.height_pt) for page in display.pages),
        body_pt=display.size_pt,
        is_draft=resolved.is_draft,
        is_signed=resolved.standing.is_signed,
        drawn=_drawn_by_key(resolved.document, display),
        faces=_faces(display),
    )


def _faces(display: DisplayList) -> tuple[Face, ...]:
    runs = (placed.run for page in display.pages for placed in page.placed())
    used = Counter(run.face for run in runs if not run.style.bold)
    return tuple(face for face, _ in used.most_common())


def _drawn_by_key(document: Document, display: DisplayList) -> dict[Key, Drawn]:
    """Return where each message stands; one may be used in several places."""
    by_key: dict[Key, Drawn] = {}
    for lookup, drawn in sorted(drawn_messages(display).items()):
        key = document.lookups[lookup].key
        known = by_key.setdefault(key, Drawn())
        known.boxes.extend(drawn.boxes)
        rooms = [room for room in (known.room, drawn.room) if room is not None]
        known.room = min(rooms, default=None)
    return by_key


def _texts(document: Document, workshop: Workshop, locale: str) -> Iterator[Text]:
    """Yield the messages in reading order, each once."""
    spans = [node.lookup for node in document.nodes if isinstance(node, MessageSpan)]
    order = dict.fromkeys((*spans, *range(len(document.lookups))))
    safety = {document.lookups[index].key for index in document.safety_lookups}
    sources = {source.key: source for source in workshop.sources}
    seen: set[Key] = set()
    for lookup in (document.lookups[index] for index in order):
        if lookup.key not in seen:
            seen.add(lookup.key)
            source = sources.get(lookup.key)
            yield _text(lookup, source, workshop, locale, is_safety=lookup.key in safety)


def _text(
    lookup: Lookup,
    source: SourceMessage | None,
    workshop: Workshop,
    locale: str,
    *,
    is_safety: bool,
) -> Text:
    vetted, is_made_up = workshop.messages(locale).vetted, language(locale).is_pseudo
    giver, found = vetted.given(lookup.key)
    message = found.message if found else None
    if message is not None and giver.file is not None and not is_made_up:
        reference = f"{giver.file}:{(*message.msgstr_lines, message.line)[0]}"
    else:
        file, line = source.references[0] if source else (lookup.file, lookup.line)
        reference = f"{file}:{line}"
    return Text(
        key=lookup.key,
        plural=lookup.plural,
        translations=message.msgstrs if message else (),
        state=lookup.state.value,
        is_safety=is_safety,
        reference=reference,
        in_catalog=message is not None,
        comments=source.comments if source else (),
        remarks=message.comments if message else (),
    )
