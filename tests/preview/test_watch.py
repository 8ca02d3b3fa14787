from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from handouts.preview.watch import SETTLE_S, Watch, watched_files


class Time:
    """Pauses that pass at once; at each of them something happens, then all ends."""

    def __init__(self, *events: Callable[[], object]) -> None:
        self.events = list(events)
        self.pauses: list[float] = []

    def __call__(self, seconds: float) -> bool:
        self.pauses.append(seconds)
        if not self.events:
            return True
        self.events.pop(0)()
        return False


def nothing() -> None:
    pass


def test_a_save_is_seen_once_it_is_at_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text("whole", "utf-8")
    time = Time(
        nothing,
        lambda: path.write_text("", "utf-8"),  # emptied before it is written
        lambda: path.write_text("whole again", "utf-8"),
        nothing,
    )
    watch = Watch(lambda: [path], pause=time)
    assert not watch.has_changed()
    assert watch.wait() == {path}
    assert path.read_text("utf-8") == "whole again"
    assert time.pauses[-2:] == [SETTLE_S, SETTLE_S]
    assert not watch.has_changed()
    assert watch.wait() is None


def test_a_file_put_in_the_place_of_another_is_a_save(tmp_path: Path) -> None:
    path, new = tmp_path / "a.po", tmp_path / "a.po~"
    path.write_text("one", "utf-8")
    new.write_text("two", "utf-8")
    then = path.stat().st_mtime_ns
    os.utime(new, ns=(then, then))
    watch = Watch(lambda: [path], pause=Time(lambda: new.replace(path), nothing))
    assert watch.wait() == {path}


def test_files_that_come_and_go_are_saves(tmp_path: Path) -> None:
    path = tmp_path / "handouts.toml"
    watch = Watch(lambda: [path], pause=Time(path.touch, nothing, path.unlink, nothing))
    assert watch.wait() == {path}
    assert watch.wait() == {path}


def test_all_that_pages_come_from_is_watched(tmp_path: Path) -> None:
    for name in ("handouts/a.html", "layouts/b.html", "sources.toml", "a.html.swp"):
        path = tmp_path / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = {
        path.relative_to(tmp_path).as_posix()
        for path in watched_files(tmp_path, "fa")
        if path.is_relative_to(tmp_path)
    }
    assert found == {
        "handouts.toml", "fonts/fonts.toml", "locales/glossary.csv",
        "locales/fa/LC_MESSAGES/handouts.po", "locales/fa/review.toml",
        "templates/handouts/a.html", "templates/layouts/b.html", "templates/sources.toml",
    }  # fmt: skip
    builtin = {path.as_posix() for path in watched_files(tmp_path, "fa")}
    for end in ("locales/fa/LC_MESSAGES/handouts.po", "layouts/leaflet.html"):
        assert any(p.endswith(end) and str(tmp_path) not in p for p in builtin)
