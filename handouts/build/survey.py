"""Looks through all handouts: their messages, and where each of these stands.

Every handout is shown once for a clinic that has set everything and once for one that
has set nothing, so that what is found depends on the templates alone: on no clinic, no
translation and no format. A template is parsed once, to be read and to be shown.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Final, NamedTuple

from handouts.batch import Job, available_cores
from handouts.build.context import PROFILES, Profile, context_of
from handouts.build.documents import document_of
from handouts.build.uses import Use, uses_in
from handouts.build.workshop import SOURCE_LOCALE, Extracted, Workshop
from handouts.catalog import SourceMessage, TemplateMessages, merged, messages_of
from handouts.catalog.model import Key
from handouts.checks import Vetted, vet_source_when_asked, vet_when_asked
from handouts.config import Settings
from handouts.diagnostics import Sink
from handouts.document import Document
from handouts.languages import language
from handouts.layout import KNOWN_FORMATS
from handouts.templating import TemplateSet, expand

__all__ = ["Survey", "survey"]

_TRANSLATED: Final = "es"
"""Any language but the source: layouts say more in a translation."""
_MANY: Final = 24
"""With more handouts than this, every core takes a share of them."""
_FIRST: Final = 3
"""Handouts in which the rarer words of layouts and parts are looked for."""
_HANDOUTS: Final = "templates/handouts/"


class Survey(NamedTuple):
    """The messages of all templates, and the uses of these in the handouts.

    A handout that cannot be shown has no uses; why it cannot is told by `check`.
    """

    extracted: Extracted
    uses: tuple[Use, ...]


class _Share(NamedTuple):
    """What was found in some of the handouts, and in all layouts and parts."""

    messages: tuple[TemplateMessages, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Show:
    """What shows a handout."""

    templates: TemplateSet
    sources: tuple[SourceMessage, ...]
    deadline_s: float


class _Way(NamedTuple):
    """One way to show a handout."""

    locale: str
    vetted: Vetted
    source: Vetted
    profile: Profile


def survey(workshop: Workshop) -> Survey:
    """Look through the handouts of a project, on every core if they are many."""
    templates, deadline_s = workshop.templates, workshop.settings.build.deadline_s
    names = templates.handouts()
    shares = _shares(templates, names, deadline_s)
    found = {one.name: one for share in shares for one in share.messages}
    found |= {one.name: one for one in _others(templates, found.keys())}
    extracted = workshop.extracted_from(found.values())
    show = _Show(templates=templates, sources=extracted.sources, deadline_s=deadline_s)
    seen = tuple(use for share in shares for use in share.uses)
    return Survey(extracted, (*seen, *_rarer(show, names, {use.key for use in seen})))


def _shares(
    templates: TemplateSet, names: Sequence[str], deadline_s: float
) -> list[_Share]:
    cores = available_cores()
    if len(names) > _MANY and cores > 1:
        try:
            return _shares_by(templates, names, deadline_s, cores)
        except BrokenProcessPool:  # killed, for want of memory perhaps
            pass
    return [_share(templates, names, deadline_s)]


def _shares_by(
    templates: TemplateSet, names: Sequence[str], deadline_s: float, workers: int
) -> list[_Share]:
    """Return the shares of as many workers, in the order of the handouts."""
    size = -(-len(names) // workers)
    parts = [names[start : start + size] for start in range(0, len(names), size)]
    with ProcessPoolExecutor(
        len(parts), mp_context=get_context("spawn"), initializer=gc.disable
    ) as executor:
        doing = [executor.submit(_share, templates, part, deadline_s) for part in parts]
        return [one.result() for one in doing]


def _share(templates: TemplateSet, names: Sequence[str], deadline_s: float) -> _Share:
    found = templates.messages(names)
    sources = merged(found, Sink())
    show = _Show(templates=templates, sources=sources, deadline_s=deadline_s)
    return _Share(found, tuple(_uses(show, names)))


def _others(templates: TemplateSet, found: Collection[str]) -> Iterable[TemplateMessages]:
    """Return what the templates ask for that no share was given: hidden handouts."""
    return messages_of(templates.folders, wanted=lambda name: name not in found)


def _rarer(show: _Show, names: Sequence[str], seen: set[Key]) -> Iterator[Use]:
    """Yield uses of the messages of layouts and parts that no handout has shown yet."""
    missing = {one.key for one in _only(show, ()).sources} - seen
    if missing:
        first = names[:_FIRST]
        yield from _unseen(_only(show, first), first, missing)


def _only(show: _Show, names: Sequence[str]) -> _Show:
    """Return what shows these handouts, without the other handouts' messages."""
    files = {f"{_HANDOUTS}{name}.html" for name in names}
    sources = (
        source
        for source in show.sources
        if any(f in files or not f.startswith(_HANDOUTS) for f, _ in source.references)
    )
    return replace(show, sources=tuple(sources))


def _uses(show: _Show, names: Sequence[str]) -> list[Use]:
    """Return every use of a message in these handouts, in reading order.

    A handout is shown in one more way only while a message of its own is not seen.
    """
    ways = _ways(show)
    own = _own_messages(show.sources)
    found: dict[Use, None] = {}
    for name in names:
        missing = own.get(f"{_HANDOUTS}{name}.html", set())
        for way in ways:
            new = dict.fromkeys(_uses_shown(show, name, way))
            found |= new
            missing = missing - {use.key for use in new}
            if not missing:
                break
    return list(found)


def _unseen(show: _Show, names: Sequence[str], missing: set[Key]) -> Iterator[Use]:
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
    source = vet_source_when_asked(show.sources, judged=False)
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


def _uses_shown(show: _Show, name: str, way: _Way) -> Iterator[Use]:
    document = _shown(show, name, way)
    return iter(()) if document is None else uses_in(document, name)


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
    return None if expansion is None else document_of(expansion, own, sink)
