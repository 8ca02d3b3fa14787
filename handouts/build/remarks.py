"""What the POT tells translators of each message: where it stands and what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from handouts.build.uses import Use
from handouts.catalog import SourceMessage
from handouts.catalog.model import Key

__all__ = ["remarked"]

_MAX_PLACES: Final = 4
_LAYOUTS: Final = "templates/layouts/"


def remarked(
    sources: Sequence[SourceMessage], uses: Iterable[Use]
) -> tuple[SourceMessage, ...]:
    """Return the messages, each with what translators should know of it.

    What the template's author wrote comes first.
    """
    by_key: dict[Key, dict[Use, None]] = {}
    for one in uses:
        by_key.setdefault(one.key, {})[one] = None
    return tuple(
        replace(
            source,
            comments=(
                *source.comments,
                *_lines(tuple(by_key.get(source.key, ())), in_layout=_in_layout(source)),
            ),
        )
        for source in sources
    )


def _in_layout(source: SourceMessage) -> bool:
    return any(file.startswith(_LAYOUTS) for file, _ in source.references)


def _lines(uses: Sequence[Use], *, in_layout: bool) -> Iterator[str]:
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


def _placed(uses: Sequence[Use], *, in_layout: bool) -> Iterator[str]:
    """Yield where each use stands; what a layout says stands in every handout."""
    for use in uses:
        place = use.place
        if place.part:
            yield f"{'every handout' if in_layout else use.handout}, {place.part}"
        else:
            heading = f', under "{place.heading}"' if place.heading else ""
            yield f"{use.handout}{heading}, {place.role}"


def _examples(uses: Sequence[Use]) -> Mapping[str, str]:
    """Return what each placeholder holds, as the first use that has it tells."""
    found: dict[str, str] = {}
    for use in uses:
        for name, holds in use.values:
            found.setdefault(name, holds)
    return found
