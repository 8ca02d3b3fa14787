"""`stats`: for each locale and handout what is translated, signed, lapsed, overdue."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handouts.batch import Job
from handouts.build.edition import Resolved, resolve
from handouts.build.selection import known_handouts, known_locales
from handouts.build.signing import Lapse, Standing
from handouts.build.workshop import SOURCE_LOCALE, Workshop
from handouts.catalog import Signature
from handouts.catalog.model import Key, State
from handouts.diagnostics import Diagnostic, Severity, Sink
from handouts.layout import KNOWN_FORMATS

__all__ = [
    "Count",
    "count_all",
    "overdue",
    "overdue_findings",
    "review_by_of",
    "stats_lines",
    "stats_record",
]

SCHEMA: Final = 1
_SOUND: Final = frozenset({State.SOURCE, State.TRANSLATED})
_HEAD: Final = (
    "locale", "handout", "messages", "translated", "fuzzy", "missing", "failing",
    "safety", "signed",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One handout in one locale.

    `states` counts the messages by what their translation may be used for; `safety`
    are those that must not be lost, `safety_sound` how many of them may be printed.
    `overdue_since` is the first day on which the leaflet should not be handed out.
    """

    locale: str
    handout: str
    version: str
    states: Mapping[State, int]
    safety: int
    safety_sound: int
    standing: Standing
    review_by: str
    overdue_since: datetime.date | None

    @property
    def messages(self) -> int:
        """How many messages the handout uses."""
        return sum(self.states.values())

    @property
    def sound(self) -> int:
        """How many of them may be printed."""
        return sum(self.states.get(state, 0) for state in _SOUND)


def count_all(
    workshop: Workshop,
    locales: Sequence[str],
    handouts: Sequence[str],
    sink: Sink,
    *,
    today: datetime.date,
) -> tuple[Count, ...]:
    """Count every handout in every locale that is asked for (none named: all)."""
    present = workshop.locales()
    wanted = known_locales(locales, workshop, sink, present) if locales else present
    named = known_handouts(handouts, workshop, sink)
    found = []
    for locale in wanted:
        sink.extend(workshop.messages(locale).unread)
        for handout in named:
            resolved = _resolved(handout, locale, workshop, sink)
            if resolved is not None:
                found.append(_count(handout, locale, resolved, today))
    sink.extend(overdue({one.handout: one.review_by for one in found}, today))
    return tuple(found)


def overdue_findings(
    workshop: Workshop, handouts: Iterable[str], today: datetime.date
) -> Iterator[Diagnostic]:
    """Yield a warning for each handout that should not be handed out any more."""
    ignored = Sink()
    resolved = (
        (name, _resolved(name, SOURCE_LOCALE, workshop, ignored)) for name in handouts
    )
    months = {name: review_by_of(one) for name, one in resolved if one}
    yield from overdue(months, today)


def review_by_of(resolved: Resolved) -> str:
    """Return the month by which a handout is to be reviewed, such as `2027-11`."""
    return str(resolved.expansion.variables["review_by"])


def _resolved(
    handout: str, locale: str, workshop: Workshop, sink: Sink
) -> Resolved | None:
    """Return the edition before layout, or None and the reasons.

    What is wrong with single messages is counted here and told by `check`.
    """
    job = Job(handout=handout, locale=locale, format=next(iter(KNOWN_FORMATS)))
    found = Sink()
    resolved = resolve(job, workshop, found)
    if resolved is None:
        sink.extend(found.located(locale=locale, handout=handout))
    return resolved


def _count(handout: str, locale: str, resolved: Resolved, today: datetime.date) -> Count:
    document = resolved.document
    states: dict[Key, State] = {}
    safety: dict[Key, State] = {}
    for index, lookup in enumerate(document.lookups):
        states[lookup.key] = lookup.state
        if index in document.safety_lookups:
            safety[lookup.key] = lookup.state
    review_by = review_by_of(resolved)
    return Count(
        locale=locale,
        handout=handout,
        version=str(resolved.expansion.variables["version"]),
        states={s: sum(one is s for one in states.values()) for s in State},
        safety=len(safety),
        safety_sound=sum(one in _SOUND for one in safety.values()),
        standing=resolved.standing,
        review_by=review_by,
        overdue_since=_overdue_since(review_by, today),
    )


def _overdue_since(review_by: str, today: datetime.date) -> datetime.date | None:
    """Return the day after the month `review_by` ("2027-11"), if that day has come."""
    year, month = map(int, review_by.split("-"))
    last = datetime.date(year, month, calendar.monthrange(year, month)[1])
    return last + datetime.timedelta(days=1) if today > last else None


def overdue(months: Mapping[str, str], today: datetime.date) -> Iterator[Diagnostic]:
    """Yield a warning for each handout whose month of review is over."""
    for handout, review_by in months.items():
        if _overdue_since(review_by, today) is None:
            continue
        yield Diagnostic(
            code="review-overdue",
            severity=Severity.WARNING,
            message=f"this leaflet was to be reviewed by {review_by}; it is {today}",
            hint="let its facts be checked again, then set `version`, `written` and "
            "`review_by` anew",
            file=f"templates/handouts/{handout}.html",
            handout=handout,
        )


def stats_lines(counts: Sequence[Count]) -> Iterator[str]:
    """Yield a table for people: a row for each locale and handout."""
    rows = [_HEAD, *(_row(one) for one in counts)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEAD))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _row(one: Count) -> tuple[str, ...]:
    states = (one.sound, *(one.states[s] for s in (State.FUZZY, State.MISSING)))
    return (
        one.locale,
        one.handout,
        str(one.messages),
        *map(str, states),
        str(one.states[State.FAILING]),
        f"{one.safety_sound} of {one.safety}",
        _signed_words(one),
    )


def _signed_words(one: Count) -> str:
    valid = [f"{s.role} {s.name} {s.date}" for s in one.standing.valid.values()]
    lapsed = [_lapsed_words(lapse) for lapse in one.standing.lapsed.values()]
    words = "; ".join((*valid, *lapsed)) or "by nobody"
    return f"{words}; overdue since {one.overdue_since}" if one.overdue_since else words


def _lapsed_words(lapse: Lapse) -> str:
    one = lapse.signature
    what = f"{len(lapse.changed)} messages changed, {lapse.removed} gone"
    return f"{one.role} {one.name} {one.date} lapsed: {what}"


def stats_record(counts: Iterable[Count], today: datetime.date) -> dict[str, object]:
    """Return the counts as JSON has them; keys are only ever added."""
    return {
        "schema": SCHEMA,
        "today": today.isoformat(),
        "handouts": [_record(one) for one in counts],
    }


def _record(one: Count) -> dict[str, object]:
    return {
        "locale": one.locale,
        "handout": one.handout,
        "version": one.version,
        "messages": one.messages,
        "translated": one.sound,
        "fuzzy": one.states[State.FUZZY],
        "missing": one.states[State.MISSING],
        "failing": one.states[State.FAILING],
        "safety": one.safety,
        "safety_translated": one.safety_sound,
        "is_signed": one.standing.is_signed,
        "signed": [_signature(s) for s in one.standing.valid.values()],
        "lapsed": [
            _signature(lapse.signature)
            | {"changed": list(lapse.changed), "removed": lapse.removed}
            for lapse in one.standing.lapsed.values()
        ],
        "review_by": one.review_by,
        "overdue_since": one.overdue_since and one.overdue_since.isoformat(),
    }


def _signature(one: Signature) -> dict[str, object]:
    return {
        "role": one.role.value,
        "name": one.name,
        "date": one.date.isoformat(),
        "version": one.version,
        "method": one.method,
    }
