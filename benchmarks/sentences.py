"""The sentences of the text-layer comparison: the same plain text for every engine.

They are messages of a shipped leaflet, taken from its vetted catalogs by this project's
own stages. A `Sheet` holds all that an engine needs, so that none of them depends on
another's idea of a language.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from handouts.batch import Job
from handouts.build import BuildRequest, Workshop, open_workshop
from handouts.build.edition import Resolved, resolve
from handouts.diagnostics import Sink
from handouts.document import (
    Document,
    Heading,
    MessageSpan,
    Paragraph,
    Section,
    Text,
    message_texts,
)
from handouts.fonts import REGULAR

__all__ = [
    "HANDOUT",
    "Sheet",
    "document_of",
    "locales",
    "sheet",
    "shipped",
]

HANDOUT: Final = "ketamine-safety"
_MOST: Final = 40
_SHORTEST: Final = 30
"""Characters of the English message: shorter ones are headings, labels and cells."""
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is set: one paragraph a sentence, in the fonts named, best first.

    `tag` is BCP 47, `language` ISO 639, `fonts` are (family, file of the regular).
    """

    locale: str
    tag: str
    language: str
    direction: str
    title: str
    fonts: tuple[tuple[str, Path], ...]
    sentences: tuple[str, ...]

    @property
    def is_rtl(self) -> bool:
        """True if lines run from right to left."""
        return self.direction == "rtl"


def _opened(project: Path) -> Workshop:
    """Return a project folder opened as the program opens it."""
    sink = Sink()
    found = open_workshop(BuildRequest(project=project), sink)
    if found is None:
        raise SystemExit("\n".join(one.message for one in sink))
    return found


@cache
def shipped() -> Workshop:
    """The program without a clinic: no phone numbers, no logo."""
    with tempfile.TemporaryDirectory() as folder:
        return _opened(Path(folder))


def locales() -> tuple[str, ...]:
    """Return every shipped locale, the source language first."""
    return shipped().locales()


def sheet(locale: str) -> Sheet:
    """Return the sentences of the leaflet in one locale and the fonts to set them in."""
    resolved, language = _resolved(locale), shipped().language(locale)
    document, library = resolved.document, shipped().library
    texts = message_texts(document)
    records = (library.record(family, REGULAR) for family in language.families)
    return Sheet(
        locale=locale,
        tag=language.tag,
        language=language.language,
        direction=language.direction,
        title=str(texts[_first_lookup(document)]),
        fonts=tuple((one.family, library.path(one)) for one in records if one),
        sentences=tuple(_plain(texts[lookup]) for lookup in _chosen(document)),
    )


def document_of(text: Sheet) -> Document:
    """Return the sheet as PARSE would: a title, and one paragraph a sentence.

    The numbers of nodes count in pre-order.
    """
    title = Heading(element=1, level=1, children=(Text(text.title),))
    band = Section(element=0, part="band", blocks=(title,))
    paragraphs = tuple(
        Paragraph(element=number, children=(Text(sentence),))
        for number, sentence in enumerate(text.sentences, 3)
    )
    body = Section(element=2, part="body", blocks=paragraphs)
    return Document(
        lang=text.tag,
        direction="rtl" if text.is_rtl else "ltr",
        parts=(band, body),
        nodes=(band, title, body, *paragraphs),
        lookups=(),
        safety_lookups=frozenset(),
    )


@cache
def _resolved(locale: str) -> Resolved:
    sink = Sink()
    job = Job(handout=HANDOUT, locale=locale, format="a4")
    found = resolve(job, shipped(), sink)
    if found is None:
        raise SystemExit("\n".join(one.message for one in sink))
    return found


def _chosen(document: Document) -> list[int]:
    """Return the lookups of running text, in reading order, each message once.

    A message that appears in English in another language is left out.
    """
    body, found = document.part("body"), dict[str, int]()
    inside = range(body.element, _end(document, body)) if body else range(0)
    for element in inside:
        node = document.nodes[element]
        if isinstance(node, MessageSpan):
            lookup = document.lookups[node.lookup]
            msgid, is_own = lookup.key.msgid, lookup.lang == document.lang
            if is_own and len(_TAG.sub("", msgid)) >= _SHORTEST:
                found.setdefault(msgid, node.lookup)
    return list(found.values())[:_MOST]


def _end(document: Document, body: Section) -> int:
    """Return the number of the first node after `body`: nodes count in pre-order."""
    later = (part.element for part in document.parts if part.element > body.element)
    return min(later, default=len(document.nodes))


def _first_lookup(document: Document) -> int:
    """Return the lookup of the title: the first message of the title band."""
    band = document.part("band")
    start = band.element if band else 0
    return next(
        node.lookup for node in document.nodes[start:] if isinstance(node, MessageSpan)
    )


def _plain(text: str) -> str:
    return " ".join(text.split())
