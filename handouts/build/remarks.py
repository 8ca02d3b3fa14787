"""What the POT tells translators of each message: where it stands and what it holds.

Every handout is shown once for a clinic that has set everything and once for one that
has set nothing, so that the remarks depend on the templates alone: on no clinic, no
translation and no format.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Final, NamedTuple

from handouts.batch import Job, available_cores
from handouts.build.context import PROFILES, Profile, context_of
from handouts.build.workshop import SOURCE_LOCALE, Workshop
from handouts.catalog import SourceMessage
from handouts.catalog.model import Key
from handouts.checks import Vetted, vet_source_when_asked, vet_when_asked
from handouts.config import Settings
from handouts.diagnostics import Sink
from handouts.document import (
    Aside,
    Blank,
    Block,
    Document,
    Field,
    Figure,
    Group,
    Heading,
    Inline,
    Item,
    ListBlock,
    MessageSpan,
    Paragraph,
    Section,
    Table,
    Value,
    parse,
    plain_text,
)
from handouts.languages import language
from handouts.layout import KNOWN_FORMATS
from handouts.templating import TemplateSet, expand

__all__ = ["remarked"]

_TRANSLATED: Final = "es"
"""Any language but the source: layouts say more in a translation."""
_MANY: Final = 24
"""With more handouts than this, every core takes a share of them."""
_FIRST: Final = 3
"""Handouts in which the rarer words of layouts and parts are looked for."""
_MAX_PLACES: Final = 4
_HANDOUTS: Final = "templates/handouts/"
_LAYOUTS: Final = "templates/layouts/"
_PLACEHOLDER: Final = re.compile(r"%\((\w+)\)s")
_PARTS: Final = {
    "clinic": "head of the page",
    "band": "title and readers",
    "draft": "notice until a reviewer has signed",
    "provenance": "end of the leaflet",
    "footer": "foot of every page",
}
_PICTURES: Final = {
    "people": "100 people, some of them filled in",
    "phones": "boxes with telephone numbers",
    "lines": "empty lines to write on",
    "scale": "a scale to mark",
    "timeline": "a timeline",
    "symbol": "a symbol",
}
_FROM_SETTINGS: Final = {
    "phone": "a telephone number, or a line to write it on",
    "name": "a name, or a line to write it on",
    "hours": "days and times",
}
_FIELDS: Final = {
    "page": "the number of this page, such as 1",
    "pages": "the number of pages, such as 2",
    "code": "the edition code, such as 1A2B3C4D",
    "emergency": "the number of the page with the emergency box, such as 2",
}
_KINDS: Final = {
    "number": "a number", "percent": "a percentage", "date": "a date",
    "url": "a web address", "text": "a text",
}  # fmt: skip


class _Place(NamedTuple):
    """Where a message stands; what is not known is empty."""

    part: str = ""
    heading: str = ""
    role: str = ""
    picture: str = ""
    is_safety: bool = False


class _Use(NamedTuple):
    """One use of a message. `values` are (placeholder, what it holds)."""

    key: Key
    handout: str
    place: _Place
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Show:
    """What shows a handout; the same in every process."""

    templates: TemplateSet
    sources: tuple[SourceMessage, ...]
    deadline_s: float


class _Way(NamedTuple):
    """One way to show a handout."""

    locale: str
    vetted: Vetted
    source: Vetted
    profile: Profile


def remarked(workshop: Workshop) -> tuple[SourceMessage, ...]:
    """Return the messages of the templates, each with what translators should know.

    What the template's author wrote comes first. A handout that cannot be shown gives no
    remarks; why it cannot is told by `check`.
    """
    names = workshop.templates.handouts()
    show = _Show(
        templates=workshop.templates,
        sources=workshop.sources,
        deadline_s=workshop.settings.build.deadline_s,
    )
    uses: dict[Key, dict[_Use, None]] = {}
    for one in _all_uses(show, names):
        uses.setdefault(one.key, {})[one] = None
    return tuple(
        replace(
            source,
            comments=(
                *source.comments,
                *_lines(tuple(uses.get(source.key, ())), in_layout=_in_layout(source)),
            ),
        )
        for source in workshop.sources
    )


def _in_layout(source: SourceMessage) -> bool:
    return any(file.startswith(_LAYOUTS) for file, _ in source.references)


def _all_uses(show: _Show, names: Sequence[str]) -> Iterator[_Use]:
    workers = available_cores()
    if len(names) <= _MANY or workers == 1:
        found = _uses(show, names)
    else:
        try:
            found = _uses_by(show, names, workers)
        except BrokenProcessPool:  # killed, for want of memory perhaps
            found = _uses(show, names)
    yield from found
    seen = {use.key for use in found}
    shared = _only(show, ())
    missing = {one.key for one in shared.sources} - seen
    if missing:
        first = names[:_FIRST]
        yield from _unseen(_only(show, first), first, missing)


def _uses_by(show: _Show, names: Sequence[str], workers: int) -> list[_Use]:
    """Return the uses as `_uses` does; each worker takes a share of the handouts."""
    size = -(-len(names) // workers)
    shares = [names[start : start + size] for start in range(0, len(names), size)]
    shows = [_only(show, share) for share in shares]
    with ProcessPoolExecutor(
        len(shares), mp_context=get_context("spawn"), initializer=gc.disable
    ) as executor:
        found = list(executor.map(_uses, shows, shares))
    return [use for some in found for use in some]


def _only(show: _Show, names: Sequence[str]) -> _Show:
    """Return what shows these handouts, without the other handouts' messages."""
    files = {f"{_HANDOUTS}{name}.html" for name in names}
    sources = (
        source
        for source in show.sources
        if any(f in files or not f.startswith(_HANDOUTS) for f, _ in source.references)
    )
    return replace(show, sources=tuple(sources))


def _uses(show: _Show, names: Sequence[str]) -> list[_Use]:
    """Return every use of a message in these handouts, in reading order.

    A handout is shown in one more way only while a message of its own is not seen.
    """
    ways = _ways(show)
    own = _own_messages(show.sources)
    found: dict[_Use, None] = {}
    for name in names:
        missing = own.get(f"{_HANDOUTS}{name}.html", set())
        for way in ways:
            new = dict.fromkeys(_uses_shown(show, name, way))
            found |= new
            missing = missing - {use.key for use in new}
            if not missing:
                break
    return list(found)


def _unseen(show: _Show, names: Sequence[str], missing: set[Key]) -> Iterator[_Use]:
    """Yield the first uses of messages of layouts and parts that were not seen yet."""
    ways = _ways(show)[1:]
    for name in names:
        for way in ways:
            new = [use for use in _uses_shown(show, name, way) if use.key in missing]
            yield from new
            missing = missing - {use.key for use in new}
            if not missing:
                return


def _ways(show: _Show) -> tuple[_Way, ...]:
    """Return the ways to show a handout: the one that says most comes first."""
    source = vet_source_when_asked(show.sources)
    untranslated = vet_when_asked(None, show.sources, language(_TRANSLATED))
    return tuple(
        _Way(locale, vetted, source, profile)
        for locale, vetted in ((_TRANSLATED, untranslated), (SOURCE_LOCALE, source))
        for profile in reversed(PROFILES)
    )


def _own_messages(sources: Iterable[SourceMessage]) -> dict[str, set[Key]]:
    """Return the messages by the handouts' files."""
    own: dict[str, set[Key]] = {}
    for source in sources:
        for file, _ in source.references:
            if file.startswith(_HANDOUTS):
                own.setdefault(file, set()).add(source.key)
    return own


def _uses_shown(show: _Show, name: str, way: _Way) -> Iterator[_Use]:
    document = _shown(show, name, way)
    return iter(()) if document is None else _uses_in(document, name)


def _shown(show: _Show, name: str, way: _Way) -> Document | None:
    own, sink = language(way.locale), Sink()
    job = Job(handout=name, locale=way.locale, format=next(iter(KNOWN_FORMATS)))
    context = context_of(job, Settings(), made_by="machine")
    expansion = expand(
        show.templates,
        name,
        vetted=way.vetted,
        source=way.source,
        language=own,
        context=replace(context, clinic=way.profile.clinic, country=way.profile.country),
        sink=sink,
        deadline_s=show.deadline_s,
    )
    if expansion is None:
        return None
    return parse(
        expansion.markup,
        expansion.lookups,
        nonce=expansion.nonce,
        lang=own.tag,
        direction=own.direction,
        sink=sink,
    )


def _uses_in(document: Document, handout: str) -> Iterator[_Use]:
    for part in document.parts:
        at = _Place(part=_PARTS.get(part.part or "", ""))
        for span, place in _spans_in(part.blocks, at):
            lookup = document.lookups[span.lookup]
            safety = span.lookup in document.safety_lookups
            yield _Use(
                key=lookup.key,
                handout=handout,
                place=place._replace(is_safety=safety),
                values=tuple(_values(lookup.text, lookup.arguments, span)),
            )


def _spans_in(
    blocks: Iterable[Block], at: _Place
) -> Iterator[tuple[MessageSpan, _Place]]:
    """Yield the messages of blocks, each with its place."""
    for block in blocks:
        match block:
            case Heading():
                at = at._replace(heading=plain_text(block.children))
                yield from _of(block.children, at._replace(heading="", role="heading"))
            case Paragraph():
                is_alt = block.css_class == "alt"
                role = "read aloud in place of the picture" if is_alt else at.role
                yield from _of(block.children, at._replace(role=role or "paragraph"))
            case Section() | Aside():
                inside = at
                if isinstance(block, Aside):
                    inside = at._replace(heading="", role=f"{block.kind} box")
                yield from _spans_in(block.blocks, inside)
            case Figure():
                inside = at._replace(picture=_PICTURES.get(block.draw, ""), role="label")
                alt = () if block.alt is None else (block.alt,)
                yield from _spans_in((*block.blocks, *block.caption, *alt), inside)
            case ListBlock():
                for item in block.items:
                    yield from _spans_in(item.blocks, _item_place(block, item, at))
            case Table():
                yield from _spans_in_table(block, at)
            case _:  # a rule
                pass


def _item_place(block: ListBlock, item: Item, at: _Place) -> _Place:
    if item.count is not None:
        return at._replace(picture=f"100 people, {item.count} of them filled in")
    if at.picture:
        return at
    role = "line with a box to tick" if block.kind == "check" else "list item"
    return at._replace(role=role)


def _spans_in_table(table: Table, at: _Place) -> Iterator[tuple[MessageSpan, _Place]]:
    yield from _of(table.caption or (), at._replace(role="caption of a table"))
    for row in (*table.head, *table.body):
        for cell in row.cells:
            role = "heading in a table" if cell.header else "cell of a table"
            yield from _spans_in(cell.blocks, at._replace(role=role))


def _of(inlines: Iterable[Inline], at: _Place) -> Iterator[tuple[MessageSpan, _Place]]:
    for inline in inlines:
        if isinstance(inline, MessageSpan):
            yield inline, at
        elif isinstance(inline, Group):
            yield from _of(inline.children, at)


def _values(
    text: str, arguments: tuple[tuple[str, str], ...], span: MessageSpan
) -> Iterator[tuple[str, str]]:
    """Yield (placeholder, what it holds) in the order in which the English has them."""
    shown = dict(arguments)
    nodes = list(_filled(span.children))
    names = _PLACEHOLDER.findall(text)
    kinds = dict(zip(names, nodes, strict=True)) if len(names) == len(nodes) else {}
    for name in dict.fromkeys(names):
        yield name, _holds(kinds.get(name), shown.get(name, ""))


def _filled(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Yield what stands for the placeholders of a message."""
    for inline in inlines:
        if isinstance(inline, Group) and inline.href is None:
            yield from _filled(inline.children)
        elif isinstance(inline, (Value, Field, Blank, Group)):
            yield inline


def _holds(node: Inline | None, shown: str) -> str:
    match node:
        case Value() if node.kind in _FROM_SETTINGS:
            return _FROM_SETTINGS[node.kind]
        case Value():
            return f"{_KINDS.get(node.kind, 'a text')}, such as {shown}"
        case Field():
            return _FIELDS[node.name]
        case Group():
            return f"a web address, such as {shown}"
        case Blank():
            return "a line to write on"
        case _:
            return f"a value, such as {shown}" if shown else "a value"


def _lines(uses: Sequence[_Use], *, in_layout: bool) -> Iterator[str]:
    """Yield the lines of remarks for the uses of one message."""
    if not uses:
        return
    places = tuple(dict.fromkeys(_placed(uses, in_layout=in_layout)))
    for place in places[:_MAX_PLACES]:
        yield f"Where: {place}."
    if len(places) > _MAX_PLACES:
        yield f"Where: {len(places) - _MAX_PLACES} more places."
    is_safety = any(use.place.is_safety for use in uses)
    yield (
        "Safety: yes. Without a sound translation the leaflet is not printed."
        if is_safety
        else "Safety: no."
    )
    for picture in dict.fromkeys(use.place.picture for use in uses if use.place.picture):
        yield f"Picture: {picture}."
    yield from (f"%({name})s: {holds}." for name, holds in _examples(uses).items())


def _placed(uses: Sequence[_Use], *, in_layout: bool) -> Iterator[str]:
    """Yield where each use stands; what a layout says stands in every handout."""
    for use in uses:
        place = use.place
        if place.part:
            yield f"{'every handout' if in_layout else use.handout}, {place.part}"
        else:
            heading = f', under "{place.heading}"' if place.heading else ""
            yield f"{use.handout}{heading}, {place.role}"


def _examples(uses: Sequence[_Use]) -> Mapping[str, str]:
    """Return what each placeholder holds, as the first use that has it tells."""
    found: dict[str, str] = {}
    for use in uses:
        for name, holds in use.values:
            found.setdefault(name, holds)
    return found
