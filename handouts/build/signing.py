"""What a signature stands for: the text of a handout, without the clinic's own values.

The text is resolved twice, for a clinic that has set nothing and for one that has set
everything, so that neither's words can change unseen. Band and body count with their
order, roles, risk, words and numbers; of the layout, the words. How the digest is made
is settled in docs/decisions/0008: change it, and every signature ends.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from handouts.build.context import PROFILES, Profile
from handouts.build.documents import document_of
from handouts.build.workshop import SOURCE_LOCALE, Workshop, is_source_language
from handouts.catalog import Review, Role, Signature
from handouts.catalog.model import Key, SourceMessage
from handouts.diagnostics import Sink
from handouts.document import Document, Text
from handouts.layout import KNOWN_FORMATS
from handouts.templating import Context, Person, expand

__all__ = ["Lapse", "ReviewText", "Standing", "review_text_of", "standing_of"]

_SHARED: Final = ("templates/layouts/", "templates/parts/")
_READ_PARTS: Final = ("band", "body")
_MARK_DIGITS: Final = 8
_MOST_SHOWN: Final = 5
_TOLD: Final = (
    "level", "kind", "css_class", "symbol_key", "symbol", "draw", "options", "count",
    "header", "scope", "colspan", "rowspan", "safety", "lang", "direction", "href",
    "width_pt", "name", "text",
)  # fmt: skip
"""What of a node a reader would notice, besides its words."""
_INSIDE: Final = (
    "caption", "head", "body", "alt", "blocks", "items", "cells", "children",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewText:
    """A handout's text in one locale, as somebody signs it.

    `marks` are a short digest of each message and the message's msgid, in the order in
    which the messages are read.
    """

    handout: str
    locale: str
    version: str
    digest: str
    marks: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """A signature that has ended: the text is another one now.

    `changed` are the msgids of messages that are new or say something else, `removed`
    how many of the signed messages are gone. Both empty: the order or a role changed.
    """

    signature: Signature
    changed: tuple[str, ...]
    removed: int

    @property
    def notes(self) -> tuple[str, ...]:
        """What has changed, in lines for people."""
        shown = [f"new or changed: `{msgid}`" for msgid in self.changed[:_MOST_SHOWN]]
        if len(self.changed) > _MOST_SHOWN:
            shown.append(f"and {len(self.changed) - _MOST_SHOWN} more")
        if self.removed:
            shown.append(f"{self.removed} of the signed messages are gone")
        return tuple(shown) or ("the order of the text, or what counts as safety",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Which signatures hold for today's text of one handout, and which have ended."""

    locale: str
    valid: Mapping[Role, Signature] = field(default_factory=dict)
    lapsed: Mapping[Role, Lapse] = field(default_factory=dict)

    @property
    def needed(self) -> Role:
        """The role whose signature takes the draft notice away."""
        return Role.CLINICIAN if is_source_language(self.locale) else Role.REVIEWER

    @property
    def is_signed(self) -> bool:
        """True if the person who is needed has signed exactly this text."""
        return self.needed in self.valid

    @property
    def people(self) -> dict[Role, Person]:
        """Who has signed, as the page names them."""
        return {
            role: Person(name=one.name, date=one.date.isoformat())
            for role, one in self.valid.items()
        }

    @property
    def method(self) -> str | None:
        """How the translation was made, as the first who signed it says."""
        return next((one.method for one in self.valid.values() if one.method), None)

    @property
    def changed(self) -> int:
        """How many messages are not what the last person signed, if that has ended."""
        lapsed = sorted(self.lapsed.values(), key=lambda one: one.signature.date)
        return max(len(lapsed[-1].changed), lapsed[-1].removed) if lapsed else 0

    @property
    def allowed(self) -> frozenset[str]:
        """The codes of checks that a valid signature allows to be exempted."""
        return frozenset(code for one in self.valid.values() for code in one.allow)


def standing_of(
    handout: str, locale: str, workshop: Workshop, *, review: Review
) -> Standing:
    """Return how far a handout is signed; nothing is resolved where nobody has signed."""
    signatures = review.of(handout)
    if not signatures:
        return Standing(locale=locale)
    text = review_text_of(handout, locale, workshop, Sink())
    if text is None:  # its faults are told where the edition itself is resolved
        return Standing(locale=locale)
    valid = {role: one for role, one in signatures.items() if one.digest == text.digest}
    lapsed = {
        role: _lapse(one, text) for role, one in signatures.items() if role not in valid
    }
    return Standing(locale=locale, valid=valid, lapsed=lapsed)


def _lapse(signature: Signature, text: ReviewText) -> Lapse:
    signed = frozenset(signature.marks)
    changed = (msgid for mark, msgid in text.marks.items() if mark not in signed)
    return Lapse(
        signature=signature,
        changed=tuple(dict.fromkeys(changed)),
        removed=len(signed - text.marks.keys()),
    )


def review_text_of(
    handout: str, locale: str, workshop: Workshop, sink: Sink
) -> ReviewText | None:
    """Return the text that a signature would stand for, or None and the reasons."""
    told: list[Any] = [handout, locale]
    marks: dict[str, str] = {}
    version = ""
    for profile in PROFILES:
        resolved = _resolved(handout, locale, workshop, profile, sink)
        if resolved is None:
            return None
        document, version = resolved
        told.append(list(_outline(document)))
        marks.update(_marks(document))
    layout = list(_layout_words(locale, workshop))
    told.append(layout)
    marks.update((_mark(words), words[1]) for words in layout)
    return ReviewText(
        handout=handout,
        locale=locale,
        version=version,
        digest=hashlib.sha256(_written(told)).hexdigest(),
        marks=marks,
    )


def _resolved(
    handout: str, locale: str, workshop: Workshop, profile: Profile, sink: Sink
) -> tuple[Document, str] | None:
    """Return the document for a made-up clinic, and the handout's version."""
    own = workshop.language(locale)
    context = Context(
        format=next(iter(KNOWN_FORMATS)),
        clinic=profile.clinic,
        country=profile.country,
        source=SOURCE_LOCALE,
        digits="locale",
        made_by="machine",
    )
    expansion = expand(
        workshop.templates,
        handout,
        vetted=workshop.messages(locale).vetted,
        source=workshop.source,
        language=own,
        context=context,
        sink=sink,
        deadline_s=workshop.settings.build.deadline_s,
    )
    if expansion is None:
        return None
    document = document_of(expansion, own, sink)
    if document is None:
        return None
    return document, str(expansion.variables["version"])


def _outline(document: Document) -> Iterator[list[Any]]:
    """Yield a row for each node of band and body, in reading order."""
    for name in _READ_PARTS:
        part = document.part(name)
        if part is not None:
            yield from _rows(part, 0, document)


def _rows(node: Any, depth: int, document: Document) -> Iterator[list[Any]]:  # noqa: ANN401  # any node
    if isinstance(node, Text):
        yield [depth, node.text]
        return
    values = _values(node)
    told = [[name, values[name]] for name in _TOLD if values.get(name)]
    words = list(document.lookups[node.lookup].key) if "lookup" in values else []
    yield [depth, type(node).__name__, told, words]
    for name in _INSIDE:
        inside = values.get(name) or ()
        for child in inside if isinstance(inside, tuple) else (inside,):
            yield from _rows(child, depth + 1, document)


def _values(node: Any) -> dict[str, Any]:  # noqa: ANN401  # any node
    """Return a node's fields; inline nodes are tuples, blocks dataclasses."""
    names = getattr(node, "_fields", None) or [one.name for one in fields(node)]
    return {name: getattr(node, name) for name in names}


def _marks(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the mark and msgid of each message that is not the layout's own."""
    for index, one in enumerate(document.lookups):
        if not one.furniture:
            is_safety = index in document.safety_lookups
            words = [*one.key, one.plural, one.text, list(one.arguments), is_safety]
            yield _mark(words), one.key.msgid


def _layout_words(locale: str, workshop: Workshop) -> Iterator[list[Any]]:
    """Yield the messages of layouts and parts with their forms in the locale."""
    vetted = workshop.messages(locale).vetted
    for source in sorted(_shared(workshop.sources), key=lambda one: _order(one.key)):
        found = vetted.get(source.key)
        yield [*source.key, source.plural, list(found.forms if found else ())]


def _shared(sources: Iterable[SourceMessage]) -> Iterator[SourceMessage]:
    for source in sources:
        if any(file.startswith(_SHARED) for file, _ in source.references):
            yield source


def _order(key: Key) -> tuple[str, str]:
    return key.msgid, key.context or ""


def _mark(words: list[Any]) -> str:
    return hashlib.sha256(_written(words)).hexdigest()[:_MARK_DIGITS]


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
