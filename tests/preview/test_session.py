"""Building and building again: what is shown when files are right, refused or broken."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from handouts.preview import PortError, Session, open_session, screen
from handouts.preview import session as rooms
from handouts.preview.screen import Screen


def shown(session: Session, handout: str = "after") -> Screen:
    found = session._board.screen(handout)
    assert found is not None
    return found


def codes(screen: Screen) -> list[str]:
    return sorted(one.code for one in screen.diagnostics)


@pytest.fixture
def session(german: Any, preview: Any) -> Any:
    with preview(german.folder, "de_AT") as session:
        session.build()
        yield session


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_pages_are_those_of_a_build_and_nothing_is_written(
    german: Any, preview: Any
) -> None:
    before = everything(german.folder)
    with preview(german.folder, "de_AT") as session:
        session.build()
    assert everything(german.folder) == before
    assert german.run("-l", "de_AT").status == 0
    pages = shown(session).pages
    assert pages is not None
    assert pages.pdf == (german.folder / "output/de_AT/after-a4.pdf").read_bytes()
    assert not pages.is_draft


def test_a_pseudo_locale_points_at_the_templates(german: Any, preview: Any) -> None:
    with preview(german.folder, "ar_XB") as session:
        session.build()
        first = shown(session)
        path = german.add_handout("after", german.handout.replace("Rest and", "Sleep or"))
        session.build(frozenset({path}))
        second = shown(session)
    assert (first.status, first.direction, codes(first)) == ("ready", "rtl", [])
    assert {one.reference.split("/")[0] for one in first.texts} == {"templates"}
    assert [one for one in second.texts if "Sleep" in one.key.msgid]


def test_a_saved_translation_is_on_the_page(german: Any, session: Session) -> None:
    before = shown(session)
    path = german.add_catalog("de_AT", {**german.german, "At home": "Daheim"})
    session.build(frozenset({path}))
    after = shown(session)
    assert after.status == "ready"
    assert before.pages is not None
    assert after.pages is not None
    assert before.pages.digest != after.pages.digest
    (text,) = (one for one in after.texts if one.key.msgid == "At home")
    assert text.translations == ("Daheim",)


def test_a_saved_template_is_on_the_page(german: Any, session: Session) -> None:
    path = german.add_handout(
        text=german.handout.replace("</section>", "<p>{{ phone('1') }}</p></section>")
    )
    session.build(frozenset({path}))
    assert shown(session).status == "stale"
    assert "undefined-name" in codes(shown(session))
    german.add_handout(
        text=german.handout.replace("At home", "At work"),
    )
    session.build(frozenset({path}))
    assert shown(session).status == "ready"
    (text,) = (one for one in shown(session).texts if one.key.msgid == "At work")
    assert text.state == "missing"


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (b'msgid "a"\nmsgstr "no end\n', "po-syntax"),
        (b'msgid "a"\nmsgstr "\xff"\n', "not-utf8"),
    ],
)
def test_a_broken_catalog_keeps_the_last_pages(
    german: Any, session: Session, broken: bytes, code: str
) -> None:
    before = shown(session)
    path = german.write("locales/de_AT/LC_MESSAGES/handouts.po", broken)
    session.build(frozenset({path}))
    after = shown(session)
    assert (after.status, after.pages, after.texts) == (
        "stale", before.pages, before.texts,
    )  # fmt: skip
    assert code in codes(after)
    german.add_catalog("de_AT", german.german)
    session.build(frozenset({path}))
    assert shown(session) == before


def test_what_is_refused_is_shown_and_said_to_be(german: Any, session: Session) -> None:
    german.add_handout(text=german.handout.replace("<p>", '<p data-risk="safety">'))
    path = german.add_catalog("de_AT", {"At home": "Zu Hause"})
    session.build()
    found = shown(session)
    assert found.status == "refused"
    assert "safety-untranslated" in codes(found)
    assert found.pages is not None
    assert found.pages.is_draft
    (text,) = (one for one in found.texts if one.key.msgid.startswith("Rest"))
    assert text.is_safety
    assert text.reference == "templates/handouts/after.html:9"
    german.add_catalog("de_AT", german.german)
    session.build(frozenset({path}))
    assert shown(session).status == "ready"


def test_a_character_without_a_glyph_keeps_the_pages_and_shows_the_text(
    german: Any, session: Session
) -> None:
    before = shown(session).pages
    path = german.add_catalog("de_AT", {**german.german, "At home": "Zu \U00012000"})
    session.build(frozenset({path}))
    found = shown(session)
    assert found.status == "stale"
    assert found.pages is before
    assert any(one.is_error and one.msgid == "At home" for one in found.diagnostics)
    (text,) = (one for one in found.texts if one.key.msgid == "At home")
    assert text.translations == ("Zu \U00012000",)


def test_broken_settings_keep_the_last_pages(german: Any, session: Session) -> None:
    before = shown(session).pages
    path = german.write("handouts.toml", "[clinic\n")
    session.build(frozenset({path}))
    found = shown(session)
    assert (found.status, found.pages) == ("stale", before)
    assert [one.file for one in found.diagnostics] == ["handouts.toml"]
    path.unlink()
    session.build(frozenset({path}))
    assert shown(session).status == "ready"


def test_a_fault_of_the_program_ends_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    for room, name in ((screen, "finish"), (screen, "write"), (rooms, "open_workshop")):
        with monkeypatch.context() as patch:
            patch.setattr(room, name, fail)
            session.build()
        assert "internal-fault" in codes(shown(session))
        assert shown(session).pages is not None
    session.build()
    assert shown(session).status == "ready"


def test_a_damaged_font_is_told(german: Any, preview: Any, monkeypatch: Any) -> None:
    from handouts.fonts import FontError

    def fail(*_: object, **__: object) -> None:
        raise FontError("it differs", code="font-changed", file=None, hint="get it again")

    with preview(german.folder, "de_AT") as session:
        monkeypatch.setattr(screen, "resolve", fail)
        session.build()
    assert codes(shown(session)) == ["font-changed"]
    assert shown(session).pages is None


def test_handouts_come_and_go(german: Any, session: Session) -> None:
    path = german.add_handout("later")
    session.build(session._watch.wait())
    assert shown(session, "later").status == "ready"
    path.unlink()
    session.build(session._watch.wait())
    assert session._board.screen("later") is None


def test_what_is_looked_at_is_built_first_and_a_save_begins_again(
    german: Any, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("later", "next"):
        german.add_handout(name)
    session.build()
    session._board.state("next", after=-1, timeout_s=0)
    made: list[str] = []
    making = session._making

    def noted(job: Any) -> Any:
        made.append(job.handout)
        return making(job)

    monkeypatch.setattr(session, "_making", noted)
    session._watch.wait()
    session.build()
    assert made == ["next", "after", "later"]
    made.clear()
    german.add_catalog("de_AT", {**german.german, "At home": "Daheim"})
    session.build()
    assert made == ["next"]
    assert session._board.screen("later") is not None


def test_it_sees_a_save_by_itself(german: Any, running: Any) -> None:
    with running(german.folder, "de_AT") as session:
        board = session._board
        first = board.state("after", after=-1, timeout_s=20)
        while board.screen("after").status != "ready":
            first = board.state("after", after=first["version"], timeout_s=20)
        path = german.add_catalog("de_AT", {**german.german, "At home": "Daheim"})
        os.utime(path)
        while not any(
            text.translations == ("Daheim",) for text in board.screen("after").texts
        ):
            board.state("after", after=board._version, timeout_s=20)


def test_a_port_that_is_taken(german: Any, session: Session) -> None:
    port = int(session.address.strip("/").rpartition(":")[2])
    from handouts.build import BuildRequest
    from handouts.diagnostics import Sink

    request = BuildRequest(project=german.folder, locales=("de_AT",), draft=True)
    with pytest.raises(PortError):
        open_session(request, port, Sink())
