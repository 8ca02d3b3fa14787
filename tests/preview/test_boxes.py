"""Where the messages stand: of shipped editions, and of a page whose words are known."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from handouts.batch import Job
from handouts.build import BuildRequest, open_workshop
from handouts.diagnostics import Sink
from handouts.preview.screen import Making, Screen

LOCALES = ("en", "ar", "th", "ja")


def screen_of(folder: Path, locale: str, handout: str) -> Screen:
    workshop = open_workshop(
        BuildRequest(project=folder, locales=(locale,), draft=True), Sink()
    )
    job = Job(handout=handout, locale=locale, format="a4")
    return Making(job, workshop).drawn()


@pytest.fixture(scope="module", params=LOCALES)
def screen(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Screen:
    return screen_of(tmp_path_factory.mktemp("empty"), request.param, "ketamine-safety")


def test_each_box_lies_on_its_page(screen: Screen) -> None:
    assert screen.pages is not None
    for drawn in screen.pages.drawn.values():
        assert drawn.boxes
        for box in drawn.boxes:
            width, height = screen.pages.sizes_pt[box.page - 1]
            assert 0 <= box.x_pt < box.x_pt + box.width_pt <= width
            assert 0 <= box.y_pt < box.y_pt + box.height_pt <= height


def test_boxes_of_different_messages_do_not_overlap(screen: Screen) -> None:
    assert screen.pages is not None
    found = [
        (key, box) for key, drawn in screen.pages.drawn.items() for box in drawn.boxes
    ]
    for index, (key, one) in enumerate(found):
        for other_key, other in found[:index]:
            if one.page != other.page or key == other_key:
                continue
            beside = (
                min(one.x_pt + one.width_pt, other.x_pt + other.width_pt)
                - max(one.x_pt, other.x_pt)
            )  # fmt: skip
            below = (
                min(one.y_pt + one.height_pt, other.y_pt + other.height_pt)
                - max(one.y_pt, other.y_pt)
            )  # fmt: skip
            assert beside < 0.5 or below < 0.5, (key, one, other_key, other)


def test_messages_stand_in_reading_order(screen: Screen) -> None:
    """Of what is drawn once, the next message is further down, beside, or overleaf."""
    assert screen.pages is not None
    drawn = screen.pages.drawn
    once = [
        drawn[text.key].boxes[0]
        for text in screen.texts
        if text.key in drawn and len({box.page for box in drawn[text.key].boxes}) == 1
    ]
    assert len(once) > 50
    assert [box.page for box in once] == sorted(box.page for box in once)
    upwards = [
        (before, after)
        for before, after in pairwise(once)
        if before.page == after.page and after.y_pt < before.y_pt - 0.5
    ]
    # Up only to the next column: never inside the one that holds the message before.
    for before, after in upwards:
        left, right = sorted((before, after), key=lambda box: box.x_pt)
        assert left.x_pt + left.width_pt <= right.x_pt + 0.5, (before, after)


def test_every_message_is_there_and_says_where(screen: Screen) -> None:
    keys = [text.key for text in screen.texts]
    assert len(keys) == len(set(keys))
    assert screen.pages is not None
    assert set(screen.pages.drawn) <= set(keys)
    undrawn = {key.msgid for key in keys if key not in screen.pages.drawn}
    assert "Lines to write on" in undrawn
    locale = screen.job.locale
    for text in screen.texts:
        file, _, line = text.reference.rpartition(":")
        if locale == "en":
            assert file.startswith("templates/")
        elif text.in_catalog:
            assert file == f"locales/{locale}/LC_MESSAGES/handouts.po"
            path = Path(__file__).parents[2] / file
            found = path.read_text("utf-8").splitlines()[int(line) - 1]
            assert found.startswith("msgstr")


WATER = "Rest and drink water."


def drawn_water(german: Any, words: str) -> Any:
    german.add_catalog("de_AT", {**german.german, WATER: words})
    screen = screen_of(german.folder, "de_AT", "after")
    assert screen.pages is not None
    (drawn,) = (one for key, one in screen.pages.drawn.items() if key.msgid == WATER)
    return drawn


def test_room_is_what_fits_into_the_last_line(german: Any) -> None:
    words = "Ruhen Sie sich aus und trinken Sie Wasser"
    drawn = drawn_water(german, words)
    assert len(drawn.boxes) == 1
    (letters, room_pt) = (drawn.room.letters, drawn.room.pt)
    assert letters > 8
    fuller = drawn_water(german, words + " aus" * ((letters - 4) // 4))
    assert len(fuller.boxes) == 1
    assert 0 <= fuller.room.pt < room_pt
    assert fuller.room.letters < 10
    longer = drawn_water(german, words + " aus" * (letters // 4 + 3))
    assert len(longer.boxes) == 2
    first, second = longer.boxes
    assert first.y_pt + first.height_pt == pytest.approx(second.y_pt)
    assert second.width_pt < first.width_pt


def test_a_message_that_stands_twice_has_all_its_boxes(german: Any) -> None:
    german.add_handout(
        text=german.handout.replace("<p>", "<p>{% trans %}At home{% endtrans %}</p><p>")
    )
    screen = screen_of(german.folder, "de_AT", "after")
    assert screen.pages is not None
    (home,) = (one for key, one in screen.pages.drawn.items() if key.msgid == "At home")
    assert len(home.boxes) == 2
    assert sum(text.key.msgid == "At home" for text in screen.texts) == 1


def test_what_translators_are_told(german: Any) -> None:
    catalog = german.add_catalog("de_AT", german.german)
    text = catalog.read_text("utf-8")
    catalog.write_text(
        text.replace('msgid "At home"', '# besser: daheim?\n#, fuzzy\nmsgid "At home"'),
        "utf-8",
    )
    german.add_handout(
        text=german.handout.replace("  <h2>", "  {# TRANSLATORS: A heading. #}\n  <h2>")
    )
    screen = screen_of(german.folder, "de_AT", "after")
    (home,) = (text for text in screen.texts if text.key.msgid == "At home")
    assert home.state == "fuzzy"
    assert home.translations == ("Zu Hause",)
    assert home.remarks == ("besser: daheim?",)
    assert home.comments == ("A heading.",)
    assert not home.is_safety
    (missing,) = (text for text in screen.texts if "qualified reviewer" in text.key.msgid)
    assert (missing.state, missing.in_catalog) == ("missing", False)
    assert missing.reference.startswith("templates/layouts/leaflet.html:")
