"""The page in a real browser: what a translator sees, points at and presses."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FIRST = "Is ketamine safe for me?"
PRESSURE = "high blood pressure"
CURRENT = "document.querySelector('#messages [aria-selected=true]')"


@pytest.fixture(scope="module", params=["ar", "th"])
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def catalog(tmp_path: Path, locale: str) -> Path:
    """Return a project's own copy of a shipped catalog."""
    shutil.copytree(ROOT / "locales" / locale, tmp_path / "locales" / locale)
    return tmp_path / "locales" / locale / "LC_MESSAGES" / "handouts.po"


@pytest.fixture
def page(
    tab: Any, tmp_path: Path, catalog: Path, locale: str, running: Any
) -> Iterator[Any]:
    assert catalog.is_file()
    with running(tmp_path, locale) as session:
        tab.ask(
            "Browser.grantPermissions",
            origin=session.address.strip("/"),
            permissions=["clipboardReadWrite", "clipboardSanitizedWrite"],
        )
        tab.ask("Page.navigate", url=f"{session.address}#ketamine-safety")
        tab.until("document.querySelector('#handout')?.value === 'ketamine-safety'")
        tab.until("document.querySelector('#handout').options.length === 7")
        settled(tab)
        yield tab
        # The page asks on and on: it must not complain that the program has ended.
        tab.ask("Page.navigate", url="about:blank")


def settled(tab: Any, page: str = "view.pages[0]") -> None:
    """Wait until the picture of a page is the newest one, and is drawn."""
    tab.until(
        f"view.pages.length > 0 && {page}.image.naturalWidth > 0 &&"
        f" {page}.image.getAttribute('src') === {page}.wanted"
    )


def page_of(msgid: str) -> str:
    """Return what finds the page that shows a message."""
    key = f'JSON.stringify([null, "{msgid}"])'
    found = f"view.screen.messages.find((one) => one.key === {key})"
    return f"view.pages[{found}.boxes[0][0] - 1]"


def msgstr(catalog: Path, msgid: str) -> str:
    found = re.search(
        f'msgid "{re.escape(msgid)}"\nmsgstr "(.*)"', catalog.read_text("utf-8")
    )
    assert found is not None
    return found[1]


def change(catalog: Path, msgid: str, words: str) -> None:
    text = catalog.read_text("utf-8")
    old = f'msgid "{msgid}"\nmsgstr "{msgstr(catalog, msgid)}"'
    assert text.count(old) == 1
    catalog.write_text(text.replace(old, f'msgid "{msgid}"\nmsgstr "{words}"'), "utf-8")


def line_of(catalog: Path, msgid: str) -> int:
    lines = catalog.read_text("utf-8").splitlines()
    return lines.index(f'msgid "{msgid}"') + 2


def box(tab: Any, msgid: str) -> tuple[float, float, float, float]:
    """Return the first box of a message, brought into sight: x, y, width, height."""
    key = f'JSON.stringify([null, "{msgid}"])'
    found = tab.run(
        "(() => { const box = [...document.querySelectorAll('.box')]"
        f".find((one) => one.dataset.key === {key});"
        " box.scrollIntoView({block: 'center', behavior: 'instant'});"
        " const place = box.getBoundingClientRect();"
        " return [place.x, place.y, place.width, place.height]; })()"
    )
    x, y, width, height = found
    return x, y, width, height


def point_at(tab: Any, msgid: str, *, click: bool = False) -> None:
    x, y, width, height = box(tab, msgid)
    tab.point(x + width / 2, y + height / 2, click=click)


def ink(tab: Any, msgid: str) -> int:
    """Return how many dark dots the picture has inside a message's first box."""
    settled(tab, page_of(msgid))
    key = f'JSON.stringify([null, "{msgid}"])'
    return int(
        tab.run(
            "(() => {"
            f" const message = view.screen.messages.find((one) => one.key === {key});"
            " const [number, ...sides] = message.boxes[0];"
            " const { image } = view.pages[number - 1];"
            " const scale = image.naturalWidth / view.screen.pages[number - 1].width_pt;"
            " const [x, y, width, height] = sides.map("
            "(side) => Math.round(side * scale));"
            " const canvas = new OffscreenCanvas(width, height).getContext('2d');"
            " canvas.drawImage(image, -x, -y);"
            " const dots = canvas.getImageData(0, 0, width, height).data;"
            " let dark = 0;"
            " for (let i = 0; i < dots.length; i += 4) dark += dots[i] < 100;"
            " return dark; })()"
        )
    )


def test_pointing_shows_the_message(
    page: Any, catalog: Path, locale: str, tmp_path: Path
) -> None:
    point_at(page, PRESSURE)
    page.until("!document.querySelector('#message').hidden")
    detail = page.text("#detail")
    assert msgstr(catalog, PRESSURE) in detail
    assert PRESSURE in detail
    assert "Translated" in detail
    assert "Safety text" in detail
    assert re.search(r"Room in its last line: \d+ pt, about \d+ letters? more", detail)
    place = f"locales/{locale}/LC_MESSAGES/handouts.po:{line_of(catalog, PRESSURE)}"
    assert page.text("#reference") == place
    marked = page.run("[...document.querySelectorAll('.box.current')].length")
    assert marked == 1
    # The box lies on the words: there is ink in it, and it is as wide as they are.
    assert ink(page, PRESSURE) > 100
    direction = page.run(
        "getComputedStyle(document.querySelector('#translations .text')).direction"
    )
    assert direction == ("rtl" if locale == "ar" else "ltr")
    page.picture(tmp_path / "pointing.png")


def test_choosing_holds_the_message_and_copies_its_place(
    page: Any, catalog: Path, locale: str
) -> None:
    point_at(page, PRESSURE, click=True)
    place = f"locales/{locale}/LC_MESSAGES/handouts.po:{line_of(catalog, PRESSURE)}"
    page.until(f"document.querySelector('#told').innerText.includes('{place}')")
    assert page.run("navigator.clipboard.readText()") == place
    point_at(page, FIRST)
    assert page.text("#reference") == place
    page.press("e")
    page.until("document.querySelector('#told').innerText.includes('Copied the English')")
    assert page.run("navigator.clipboard.readText()") == PRESSURE
    page.press("Escape")
    page.point(2, 300)
    assert page.run("document.querySelector('#message').hidden")
    point_at(page, FIRST)
    page.until("!document.querySelector('#message').hidden")
    assert FIRST in page.text("#english")


def test_a_save_changes_picture_and_panel(page: Any, catalog: Path) -> None:
    words = msgstr(catalog, PRESSURE)
    point_at(page, PRESSURE, click=True)
    narrow = box(page, PRESSURE)[2]
    dots = ink(page, PRESSURE)
    source = f"{page_of(PRESSURE)}.image.getAttribute('src')"
    picture = page.run(source)
    change(catalog, PRESSURE, f"{words} {words}")
    page.until(
        f"document.querySelector('#translations').innerText.trim() === '{words} {words}'"
    )
    settled(page, page_of(PRESSURE))
    assert page.run(source) != picture
    assert box(page, PRESSURE)[2] > 1.3 * narrow  # as wide as its column, at most
    assert ink(page, PRESSURE) > 1.3 * dots


def test_the_keyboard_is_enough(page: Any) -> None:
    for _ in range(12):
        page.press("Tab")
        if page.run("document.activeElement.id") == "messages":
            break
    assert page.run("document.activeElement.id") == "messages"
    assert page.run("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    seen = []
    for _ in range(4):
        page.press("ArrowDown")
        seen.append(page.text("#english"))
    assert seen == page.run("view.screen.messages.slice(0, 4).map((one) => one.msgid)")
    page.press("ArrowUp")
    assert page.text("#english") == seen[2]
    page.press("Enter")
    page.until("document.querySelector('#told').innerText.includes('handouts.po:')")
    page.press("/")
    assert page.run("document.activeElement.id") == "filter"
    for letter in "blood p":
        page.press(letter)
    page.press("Enter")
    assert "blood p" in page.text("#english")
    assert page.run("document.activeElement.id") == "messages"
    assert page.run(f"{CURRENT}.id === document.activeElement"
                    ".getAttribute('aria-activedescendant')")  # fmt: skip
    assert page.run("document.querySelectorAll('#messages li').length") < 5
    page.until(
        "(() => { const box = document.querySelector('.box.current')"
        ".getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight; })()"
    )


def test_what_is_to_mend_is_found(page: Any, catalog: Path, tmp_path: Path) -> None:
    text = catalog.read_text("utf-8")
    entry = f'msgid "{PRESSURE}"'
    catalog.write_text(text.replace(entry, f"#, fuzzy\n{entry}"), "utf-8")
    page.until("!document.querySelector('#banner').hidden")
    assert page.text("#banner-head").startswith("This leaflet cannot be printed yet")
    assert f"safety message `{PRESSURE}` is marked fuzzy" in page.text("#banner-list")
    page.press("n")
    page.until(f"document.querySelector('#english').innerText === '{PRESSURE}'")
    assert "Fuzzy: needs another look" in page.text("#chips")
    assert "Error: safety message" in page.text("#findings")
    assert page.text("#room") == "The page shows the English here for now."
    assert msgstr(catalog, PRESSURE) in page.text("#translations")
    assert page.run("document.querySelectorAll('.box.mend').length") >= 1
    assert "draft" in page.text("#summary")
    page.picture(tmp_path / "mend.png")


def test_a_broken_file_keeps_the_pages(page: Any, catalog: Path) -> None:
    whole = catalog.read_text("utf-8")
    picture = page.run("view.pages[0].image.getAttribute('src')")
    catalog.write_text(whole.replace('msgstr "', "msgstr ", 3), "utf-8")
    page.until("!document.querySelector('#banner').hidden")
    assert "You see the pages as they were before." in page.text("#banner-head")
    assert page.run("view.pages[0].image.getAttribute('src')") == picture
    catalog.write_text(whole, "utf-8")
    page.until("document.querySelector('#banner').hidden")


def test_another_leaflet_is_chosen(page: Any) -> None:
    page.run(
        "(() => { const chooser = document.querySelector('#handout');"
        " chooser.value = 'understanding-pain';"
        " chooser.dispatchEvent(new Event('change')); })()"
    )
    page.until("view.screen.handout === 'understanding-pain'")
    settled(page)
    assert page.run("document.title").startswith("understanding-pain")
    assert page.run("location.hash") == "#understanding-pain"
    assert page.run("document.querySelectorAll('.page').length") == page.run(
        "view.screen.pages.length"
    )


def test_everything_has_a_name_for_a_screen_reader(page: Any) -> None:
    page.ask("Accessibility.enable")
    nodes = page.ask("Accessibility.getFullAXTree")["nodes"]
    page.ask("Accessibility.disable")
    asked = {"button", "combobox", "searchbox", "listbox", "option", "main", "image"}
    found = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"] and node["role"]["value"] in asked
    ]
    assert {role for role, _ in found} >= asked - {"image", "main"}
    assert [role for role, name in found if not name.strip()] == []


def test_an_ended_preview_is_said_to_be(
    tab: Any, tmp_path: Path, locale: str, running: Any
) -> None:
    with running(tmp_path, locale, "ketamine-safety") as session:
        tab.ask("Page.navigate", url=session.address)
        tab.until("document.body?.dataset.version")
        settled(tab)
    tab.until("(view.question.abort(), document.querySelector('#banner-head')"
              ".innerText.includes('has ended'))")  # fmt: skip
    time.sleep(0.1)
    assert tab.complaints != []
    assert all("ERR_CONNECTION_REFUSED" in one for one in tab.complaints)
    tab.complaints.clear()
