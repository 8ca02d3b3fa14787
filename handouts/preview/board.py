"""The screens of all handouts, as JSON for the browser, and a way to wait for news.

The one place that the thread that builds and the threads that serve both touch.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any, Final

from handouts.diagnostics import Diagnostic
from handouts.preview.screen import Pages, Screen, Text

__all__ = ["Board"]

_SHORT: Final = 100
"""As much of a very long msgid as a finding holds."""


class Board:
    """Holds the newest screens; each change of them raises `version`."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._screens: dict[str, Screen] = {}
        self._version = 0
        self._wanted: str | None = None

    @property
    def wanted(self) -> str | None:
        """The handout that somebody looks at: it is built before the others."""
        return self._wanted

    def screen(self, handout: str) -> Screen | None:
        """Return a handout's screen, or None if there is no such handout."""
        return self._screens.get(handout)

    def font(self, digest: str) -> bytes | None:
        """Return a font of the pages by the sha256 of its file."""
        for screen in self._screens.values():
            for face in screen.pages.faces if screen.pages else ():
                if face.sha256 == digest:
                    return face.data
        return None

    def put(self, screens: Iterable[Screen], *, all_of_them: bool = False) -> None:
        """Show new screens; `all_of_them`: handouts that are not named are gone."""
        new = {screen.job.handout: screen for screen in screens}
        with self._news:
            kept = {} if all_of_them else self._screens
            self._screens = dict(sorted({**kept, **new}.items()))
            self._version += 1
            self._news.notify_all()

    def state(self, handout: str, *, after: int, timeout_s: float) -> dict[str, Any]:
        """Return all the browser shows of a handout (the first, for one not known).

        Waits until there is something, and it is not the version `after`, but no longer
        than `timeout_s`.
        """
        with self._news:
            self._wanted = handout
            self._news.wait_for(
                lambda: self._screens and self._version != after, timeout_s
            )
            screens, version = self._screens, self._version
        screen = screens.get(handout) or next(iter(screens.values()), None)
        return {
            "version": version,
            "handouts": [_summary(one) for one in screens.values()],
            "screen": _screen(screen) if screen else None,
        }


def _summary(screen: Screen) -> Mapping[str, object]:
    return {
        "name": screen.job.handout,
        "errors": sum(one.is_error for one in screen.diagnostics),
    }


def _screen(screen: Screen) -> Mapping[str, object]:
    return {
        "handout": screen.job.handout,
        "locale": screen.job.locale,
        "format": screen.job.format,
        "lang": screen.lang,
        "direction": screen.direction,
        "status": screen.status,
        "body_pt": screen.pages.body_pt if screen.pages else None,
        "is_draft": screen.pages is not None and screen.pages.is_draft,
        "is_signed": screen.pages is not None and screen.pages.is_signed,
        "fonts": _fonts(screen.pages),
        "pages": _pages(screen.job.handout, screen.pages),
        "messages": [_message(text, screen.pages) for text in screen.texts],
        "diagnostics": [_finding(one, screen.texts) for one in screen.diagnostics],
    }


def _fonts(pages: Pages | None) -> list[str]:
    return [f"/font/{face.sha256}" for face in pages.faces] if pages else []


def _pages(handout: str, pages: Pages | None) -> list[Mapping[str, object]]:
    return [
        {
            "width_pt": width,
            "height_pt": height,
            "picture": f"/page/{handout}/{number}.png?v={pages.digest}",
        }
        for number, (width, height) in enumerate(pages.sizes_pt, start=1)
    ] if pages else []  # fmt: skip


def _message(text: Text, pages: Pages | None) -> Mapping[str, object]:
    drawn = pages.drawn.get(text.key) if pages else None
    room = drawn.room if drawn else None
    return {
        "context": text.key.context,
        "msgid": text.key.msgid,
        "plural": text.plural,
        "translations": text.translations,
        "state": text.state,
        "is_safety": text.is_safety,
        "reference": text.reference,
        "in_catalog": text.in_catalog,
        "comments": text.comments,
        "remarks": text.remarks,
        "boxes": [
            (box.page, *(round(side, 2) for side in box[1:]))
            for box in (drawn.boxes if drawn else ())
        ],
        "room": {"pt": round(room.pt, 1), "letters": room.letters} if room else None,
    }


def _finding(one: Diagnostic, texts: Iterable[Text]) -> Mapping[str, object]:
    """Return a finding; `message` is the number of the message that it is about."""
    about = None
    if one.msgid is not None:
        short = one.msgid[:_SHORT]
        keys = (text.key.msgid[:_SHORT] for text in texts)
        about = next((n for n, msgid in enumerate(keys) if msgid == short), None)
    place = (one.file, one.line, one.column)
    return {
        "code": one.code,
        "severity": one.severity.value,
        "text": one.message,
        "hint": one.hint,
        "place": ":".join(str(part) for part in place if part is not None) or None,
        "notes": one.notes,
        "message": about,
    }
