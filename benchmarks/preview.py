"""`python -m benchmarks.preview`: from saving a PO file to its new picture.

The whole way: the watch sees the file, the leaflet is built, the question that the page
left open is answered, the picture is asked for over HTTP and drawn.
"""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Final
from urllib.request import urlopen

import click

from handouts.build import BuildRequest, builtin_locales
from handouts.diagnostics import Sink
from handouts.preview import Session, open_session

_LOCALES: Final = ("es", "ar", "th", "ja")
_HANDOUT: Final = "ketamine-safety"
_MSGID: Final = 'msgid "high blood pressure"\nmsgstr "'
_TIMEOUT_S: Final = 30


@click.command()
@click.option("--rounds", default=15, help="Saves of each locale.")
def main(rounds: int) -> None:
    """Print how long it takes until a saved translation is seen."""
    print(f"{'locale':8} {'median ms':>10} {'max ms':>8}")
    for locale in _LOCALES:
        found = _measured(locale, rounds)
        print(f"{locale:8} {statistics.median(found):10.0f} {max(found):8.0f}")


def _measured(locale: str, rounds: int) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copytree(builtin_locales() / locale, project / "locales" / locale)
        catalog = project / "locales" / locale / "LC_MESSAGES" / "handouts.po"
        request = BuildRequest(project=project, locales=(locale,), draft=True)
        session = open_session(request, 0, Sink())
        assert session is not None
        building = threading.Thread(target=session.run)
        with session:
            building.start()
            found = [_saved(session, catalog, number) for number in range(rounds)]
        building.join()
        return found


def _saved(session: Session, catalog: Path, number: int) -> float:
    """Save a changed translation; return the milliseconds until its picture is there."""
    before = _at_rest(session)
    text = catalog.read_text("utf-8")
    start = text.index(_MSGID) + len(_MSGID)
    end = text.index('"', start)
    once = text[start:end].split(" / ")[0]
    words = once if number % 2 else f"{once} / {once}"
    changed = f"{text[:start]}{words}{text[end:]}"
    started = time.perf_counter()
    catalog.write_text(changed, "utf-8")
    picture = before["screen"]["pages"][0]["picture"]
    state = before
    while state["screen"]["pages"][0]["picture"] == picture:
        state = _state(session, state["version"])
    with urlopen(session.address[:-1] + state["screen"]["pages"][0]["picture"]) as answer:
        answer.read()
    return (time.perf_counter() - started) * 1000


def _at_rest(session: Session) -> dict[str, Any]:
    """Return the state once all leaflets are built."""
    time.sleep(1.0)
    return _state(session, -1)


def _state(session: Session, after: int) -> dict[str, Any]:
    url = f"{session.address}state?handout={_HANDOUT}&after={after}"
    with urlopen(url, timeout=_TIMEOUT_S) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


if __name__ == "__main__":
    main()
