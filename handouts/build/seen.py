"""What the editions of a `check` have looked at, so that nothing is looked at twice.

Each worker tells, with every edition, which messages it met; what is left (messages that
no edition shows, findings that belong to no edition) is looked at in the end.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handouts.batch import Job, Outcome
from handouts.build.edition import Resolved
from handouts.build.stats import overdue, overdue_findings, review_by_of
from handouts.build.workshop import SOURCE_LOCALE, LocaleMessages, Workshop
from handouts.catalog.model import Key
from handouts.diagnostics import Diagnostic

__all__ = ["LookedAt", "Seen", "lacks_glyphs", "looked_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """What one edition met. `places` are those of its messages among the sources.

    `unread` is what reading the locale's catalogs found, `layout` what the checks find
    in the layout's own words, which an edition only warns of. `shared` is what they find
    in the words of layouts and parts, by place, whether the edition shows these or not.
    `english` is what they find in the English of its messages, by place.
    """

    places: tuple[int, ...]
    unread: tuple[Diagnostic, ...]
    layout: tuple[Diagnostic, ...]
    shared: Mapping[int, tuple[Diagnostic, ...]]
    english: Mapping[int, tuple[Diagnostic, ...]]
    review_by: str | None


def looked_at(job: Job, resolved: Resolved | None, workshop: Workshop) -> LookedAt:
    """Return what an edition that was resolved, or refused before, has met."""
    messages = workshop.messages(job.locale)
    lookups = resolved.document.lookups if resolved else ()
    layout = dict.fromkeys(lookup.key for lookup in lookups if lookup.furniture)
    found = (workshop.places.get(one.key) for one in lookups)
    places = tuple(dict.fromkeys(place for place in found if place is not None))
    return LookedAt(
        places=places,
        unread=messages.unread,
        layout=tuple(messages.findings(layout)),
        shared=_shared(messages, workshop),
        english=_english(places, workshop),
        review_by=review_by_of(resolved) if resolved else None,
    )


def _shared(
    messages: LocaleMessages, workshop: Workshop
) -> Mapping[int, tuple[Diagnostic, ...]]:
    """Return what the checks find in the words of layouts and parts, by place."""
    found = (
        (place, tuple(messages.findings((workshop.sources[place].key,))))
        for place in workshop.shared_places
    )
    return {place: diagnostics for place, diagnostics in found if diagnostics}


def _english(
    places: Iterable[int], workshop: Workshop
) -> Mapping[int, tuple[Diagnostic, ...]]:
    """Return what the checks find in the English of messages, by place."""
    found = (
        (place, tuple(workshop.source.findings((workshop.sources[place],))))
        for place in places
    )
    return {place: diagnostics for place, diagnostics in found if diagnostics}


def lacks_glyphs(resolved: Resolved, workshop: Workshop) -> bool:
    """True if a character of the edition may have no glyph: layout will tell.

    Only single characters are looked at, which costs next to nothing.
    """
    return not workshop.engine.covers(resolved.expansion.markup, resolved.language)


@dataclass(slots=True)
class Seen:
    """All that the editions of a run have met, by locale and by handout.

    They end in any order; what is said of them has the order in which they were asked
    for.
    """

    _places: dict[str, set[int]] = field(default_factory=dict)
    _shared: dict[str, Mapping[int, tuple[Diagnostic, ...]]] = field(default_factory=dict)
    _english: dict[int, tuple[Diagnostic, ...]] = field(default_factory=dict)
    _told: dict[str, dict[int, tuple[Diagnostic, ...]]] = field(default_factory=dict)
    _months: dict[int, tuple[str, str]] = field(default_factory=dict)

    def take(self, outcome: Outcome) -> None:
        """Add what an edition met; nothing is known of one whose process was lost."""
        job, told = outcome.job, outcome.told
        places = self._places.setdefault(job.locale, set())
        own = self._told.setdefault(job.locale, {})
        if not isinstance(told, LookedAt):
            return
        places.update(told.places)
        self._shared[job.locale] = told.shared
        self._english.update(told.english)
        own[outcome.place] = (*told.unread, *told.layout)
        if told.review_by is not None:
            self._months[outcome.place] = job.handout, told.review_by

    def rest(self, workshop: Workshop) -> Iterator[Diagnostic]:
        """Yield what catalogs hold besides what the editions have told."""
        for locale, places in sorted(self._places.items()):
            if told := self._told[locale]:
                yield from dict.fromkeys(one for at in sorted(told) for one in told[at])
            else:
                yield from workshop.messages(locale).unread
            left = [at for at in range(len(workshop.sources)) if at not in places]
            if locale != SOURCE_LOCALE:
                yield from self._left(locale, left, workshop)

    def _left(
        self, locale: str, left: Sequence[int], workshop: Workshop
    ) -> Iterator[Diagnostic]:
        """Yield what the checks find in messages that no edition of a locale shows.

        The catalog is read here only for messages that no worker has looked at.
        """
        shared = self._shared.get(locale)
        if shared is not None and set(left) <= set(workshop.shared_places):
            for place in left:
                yield from shared.get(place, ())
        elif left:
            keys = (workshop.sources[place].key for place in left)
            yield from workshop.messages(locale).findings(keys)

    def source_findings(self, workshop: Workshop) -> Iterator[Diagnostic]:
        """Yield what is wrong with the templates and, in their order, their messages."""
        yield from workshop.extracted.findings
        looked_at = set[int]().union(*self._places.values())
        for place, source in enumerate(workshop.sources):
            if place in looked_at:
                yield from self._english.get(place, ())
            else:
                yield from workshop.source.findings((source,))

    def shown(self, workshop: Workshop) -> frozenset[Key]:
        """Return the messages that some edition shows."""
        places = set[int]().union(*self._places.values())
        return frozenset(workshop.sources[place].key for place in places)

    def overdue(
        self, workshop: Workshop, handouts: Iterable[str], today: datetime.date
    ) -> Iterator[Diagnostic]:
        """Yield a warning for each handout that should have been reviewed by `today`."""
        months = dict(self._months[place] for place in sorted(self._months))
        yield from overdue(months, today)
        unknown = [handout for handout in handouts if handout not in months]
        yield from overdue_findings(workshop, unknown, today)
